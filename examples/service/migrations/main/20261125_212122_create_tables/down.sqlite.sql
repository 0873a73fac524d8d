-- drop the table `transfers`
DROP TABLE IF EXISTS "transfers";

-- drop the table `accounts`
DROP TABLE IF EXISTS "accounts";

-- drop the table `post_tags`
DROP TABLE IF EXISTS "post_tags";

-- drop the table `tags`
DROP TABLE IF EXISTS "tags";

-- drop the table `comments`
DROP TABLE IF EXISTS "comments";

-- drop the table `posts`
DROP TABLE IF EXISTS "posts";

-- drop the table `users`
DROP TABLE IF EXISTS "users";
