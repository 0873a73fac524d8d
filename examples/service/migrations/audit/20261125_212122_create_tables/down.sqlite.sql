-- drop the table `audit_entries`
DROP TABLE IF EXISTS "audit_entries";
