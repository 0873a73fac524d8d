-- create the table `audit_entries`
CREATE TABLE IF NOT EXISTS "audit_entries" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "at" DATETIME_TEXT NOT NULL,
  "action" VARCHAR(60) NOT NULL,
  "subject" BIGINT UNSIGNED NOT NULL,
  CONSTRAINT "action: length <= 60" CHECK (length("action") <= 60),
  CONSTRAINT "subject: range" CHECK ("subject" >= 0)
);
