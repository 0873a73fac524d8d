DROP PROCEDURE authors_report;
