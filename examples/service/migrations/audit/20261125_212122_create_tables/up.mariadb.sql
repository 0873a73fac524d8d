-- create the table `audit_entries`
CREATE TABLE IF NOT EXISTS `audit_entries` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `at` DATETIME(6) NOT NULL,
  `action` VARCHAR(60) NOT NULL,
  `subject` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
