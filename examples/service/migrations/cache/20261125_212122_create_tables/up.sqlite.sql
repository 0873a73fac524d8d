-- create the table `cached_reports`
CREATE TABLE IF NOT EXISTS "cached_reports" (
  "name" VARCHAR(60) NOT NULL,
  "body" JSON_TEXT NOT NULL,
  "made_at" DATETIME_TEXT NOT NULL,
  PRIMARY KEY ("name"),
  CONSTRAINT "name: length <= 60" CHECK (length("name") <= 60)
);
