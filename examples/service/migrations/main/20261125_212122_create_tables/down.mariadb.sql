-- drop the foreign key `posts_author_fkey` of `posts`
ALTER TABLE `posts` DROP FOREIGN KEY `posts_author_fkey`;

-- drop the foreign key `comments_post_fkey` of `comments`
ALTER TABLE `comments` DROP FOREIGN KEY `comments_post_fkey`;

-- drop the foreign key `comments_author_fkey` of `comments`
ALTER TABLE `comments` DROP FOREIGN KEY `comments_author_fkey`;

-- drop the foreign key `post_tags_post_fkey` of `post_tags`
ALTER TABLE `post_tags` DROP FOREIGN KEY `post_tags_post_fkey`;

-- drop the foreign key `post_tags_tag_fkey` of `post_tags`
ALTER TABLE `post_tags` DROP FOREIGN KEY `post_tags_tag_fkey`;

-- drop the foreign key `accounts_owner_fkey` of `accounts`
ALTER TABLE `accounts` DROP FOREIGN KEY `accounts_owner_fkey`;

-- drop the foreign key `transfers_sender_fkey` of `transfers`
ALTER TABLE `transfers` DROP FOREIGN KEY `transfers_sender_fkey`;

-- drop the foreign key `transfers_receiver_fkey` of `transfers`
ALTER TABLE `transfers` DROP FOREIGN KEY `transfers_receiver_fkey`;

-- drop the table `transfers`
DROP TABLE IF EXISTS `transfers`;

-- drop the table `accounts`
DROP TABLE IF EXISTS `accounts`;

-- drop the table `post_tags`
DROP TABLE IF EXISTS `post_tags`;

-- drop the table `tags`
DROP TABLE IF EXISTS `tags`;

-- drop the table `comments`
DROP TABLE IF EXISTS `comments`;

-- drop the table `posts`
DROP TABLE IF EXISTS `posts`;

-- drop the table `users`
DROP TABLE IF EXISTS `users`;
