-- drop the table `cached_reports`
DROP TABLE IF EXISTS "cached_reports";
