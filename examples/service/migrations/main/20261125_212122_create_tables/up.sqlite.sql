-- create the table `users`
CREATE TABLE IF NOT EXISTS "users" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "email" VARCHAR(190) NOT NULL,
  "name" VARCHAR(60) NOT NULL,
  "version" INTEGER UNSIGNED NOT NULL,
  CONSTRAINT "users_email_key" UNIQUE ("email"),
  CONSTRAINT "users_name_key" UNIQUE ("name"),
  CONSTRAINT "email: length <= 190" CHECK (length("email") <= 190),
  CONSTRAINT "name: length <= 60" CHECK (length("name") <= 60),
  CONSTRAINT "version: range" CHECK ("version" BETWEEN 0 AND 4294967295)
);

-- create the table `posts`
CREATE TABLE IF NOT EXISTS "posts" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "author_id" BIGINT UNSIGNED NOT NULL,
  "title" VARCHAR(200) NOT NULL,
  "body" TEXT NOT NULL,
  "published" BOOLEAN NOT NULL,
  "created_at" DATETIME_TEXT NOT NULL,
  "updated_at" DATETIME_TEXT NOT NULL,
  "version" INTEGER UNSIGNED NOT NULL,
  CONSTRAINT "posts_author_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "author_id: range" CHECK ("author_id" >= 0),
  CONSTRAINT "title: length <= 200" CHECK (length("title") <= 200),
  CONSTRAINT "version: range" CHECK ("version" BETWEEN 0 AND 4294967295)
);
CREATE INDEX IF NOT EXISTS "posts_author_id_created_at_idx" ON "posts" ("author_id", "created_at");

-- create the table `comments`
CREATE TABLE IF NOT EXISTS "comments" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "post_id" BIGINT UNSIGNED NOT NULL,
  "author_id" BIGINT UNSIGNED NOT NULL,
  "text" TEXT NOT NULL,
  "created_at" DATETIME_TEXT NOT NULL,
  CONSTRAINT "comments_post_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
  CONSTRAINT "comments_author_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
  CONSTRAINT "post_id: range" CHECK ("post_id" >= 0),
  CONSTRAINT "author_id: range" CHECK ("author_id" >= 0)
);
CREATE INDEX IF NOT EXISTS "comments_post_id_idx" ON "comments" ("post_id");
CREATE INDEX IF NOT EXISTS "comments_author_id_idx" ON "comments" ("author_id");

-- create the table `tags`
CREATE TABLE IF NOT EXISTS "tags" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "word" VARCHAR(40) NOT NULL,
  CONSTRAINT "tags_word_key" UNIQUE ("word"),
  CONSTRAINT "word: length <= 40" CHECK (length("word") <= 40)
);

-- create the table `post_tags`
CREATE TABLE IF NOT EXISTS "post_tags" (
  "post_id" BIGINT UNSIGNED NOT NULL,
  "tag_id" BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY ("post_id", "tag_id"),
  CONSTRAINT "post_tags_post_fkey" FOREIGN KEY ("post_id") REFERENCES "posts" ("id") ON DELETE CASCADE,
  CONSTRAINT "post_tags_tag_fkey" FOREIGN KEY ("tag_id") REFERENCES "tags" ("id") ON DELETE CASCADE,
  CONSTRAINT "post_id: range" CHECK ("post_id" >= 0),
  CONSTRAINT "tag_id: range" CHECK ("tag_id" >= 0)
);
CREATE INDEX IF NOT EXISTS "post_tags_tag_id_idx" ON "post_tags" ("tag_id");

-- create the table `accounts`
CREATE TABLE IF NOT EXISTS "accounts" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "owner_id" BIGINT UNSIGNED NOT NULL,
  "balance" BIGINT NOT NULL,
  "version" INTEGER UNSIGNED NOT NULL,
  CONSTRAINT "accounts_owner_fkey" FOREIGN KEY ("owner_id") REFERENCES "users" ("id"),
  CONSTRAINT "owner_id: range" CHECK ("owner_id" >= 0),
  CONSTRAINT "version: range" CHECK ("version" BETWEEN 0 AND 4294967295),
  CONSTRAINT "accounts_16413ac6_check" CHECK (balance >= 0)
);
CREATE INDEX IF NOT EXISTS "accounts_owner_id_idx" ON "accounts" ("owner_id");

-- create the table `transfers`
CREATE TABLE IF NOT EXISTS "transfers" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "from_id" BIGINT UNSIGNED NOT NULL,
  "to_id" BIGINT UNSIGNED NOT NULL,
  "amount" BIGINT NOT NULL,
  "at" DATETIME_TEXT NOT NULL,
  CONSTRAINT "transfers_sender_fkey" FOREIGN KEY ("from_id") REFERENCES "accounts" ("id"),
  CONSTRAINT "transfers_receiver_fkey" FOREIGN KEY ("to_id") REFERENCES "accounts" ("id"),
  CONSTRAINT "from_id: range" CHECK ("from_id" >= 0),
  CONSTRAINT "to_id: range" CHECK ("to_id" >= 0)
);
CREATE INDEX IF NOT EXISTS "transfers_from_id_idx" ON "transfers" ("from_id");
CREATE INDEX IF NOT EXISTS "transfers_to_id_idx" ON "transfers" ("to_id");
