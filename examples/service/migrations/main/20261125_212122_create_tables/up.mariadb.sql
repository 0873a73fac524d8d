-- create the table `users`
CREATE TABLE IF NOT EXISTS `users` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `email` VARCHAR(190) NOT NULL,
  `name` VARCHAR(60) NOT NULL,
  `version` INT UNSIGNED NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `users_email_key` UNIQUE (`email`),
  CONSTRAINT `users_name_key` UNIQUE (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- create the table `posts`
CREATE TABLE IF NOT EXISTS `posts` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `author_id` BIGINT UNSIGNED NOT NULL,
  `title` VARCHAR(200) NOT NULL,
  `body` LONGTEXT NOT NULL,
  `published` TINYINT(1) NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  `updated_at` DATETIME(6) NOT NULL,
  `version` INT UNSIGNED NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `posts_author_id_created_at_idx` (`author_id`, `created_at`),
  CONSTRAINT `posts_author_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- create the table `comments`
CREATE TABLE IF NOT EXISTS `comments` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `post_id` BIGINT UNSIGNED NOT NULL,
  `author_id` BIGINT UNSIGNED NOT NULL,
  `text` LONGTEXT NOT NULL,
  `created_at` DATETIME(6) NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `comments_post_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `comments_author_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- create the table `tags`
CREATE TABLE IF NOT EXISTS `tags` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `word` VARCHAR(40) NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `tags_word_key` UNIQUE (`word`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- create the table `post_tags`
CREATE TABLE IF NOT EXISTS `post_tags` (
  `post_id` BIGINT UNSIGNED NOT NULL,
  `tag_id` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`post_id`, `tag_id`),
  CONSTRAINT `post_tags_post_fkey` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`) ON DELETE CASCADE,
  CONSTRAINT `post_tags_tag_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- create the table `accounts`
CREATE TABLE IF NOT EXISTS `accounts` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `owner_id` BIGINT UNSIGNED NOT NULL,
  `balance` BIGINT NOT NULL,
  `version` INT UNSIGNED NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `accounts_owner_fkey` FOREIGN KEY (`owner_id`) REFERENCES `users` (`id`),
  CONSTRAINT `accounts_16413ac6_check` CHECK (balance >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- create the table `transfers`
CREATE TABLE IF NOT EXISTS `transfers` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `from_id` BIGINT UNSIGNED NOT NULL,
  `to_id` BIGINT UNSIGNED NOT NULL,
  `amount` BIGINT NOT NULL,
  `at` DATETIME(6) NOT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `transfers_sender_fkey` FOREIGN KEY (`from_id`) REFERENCES `accounts` (`id`),
  CONSTRAINT `transfers_receiver_fkey` FOREIGN KEY (`to_id`) REFERENCES `accounts` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
