-- Snake case, an enum, a table that only links, a unique key that may be NULL.
CREATE TABLE categories (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    parent_id INT UNSIGNED NULL,
    name VARCHAR(80) NOT NULL UNIQUE COMMENT 'what it''s called',
    FOREIGN KEY (parent_id) REFERENCES categories (id) ON DELETE SET NULL
) COMMENT = 'what is sold';
CREATE TABLE products (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    category_id INT UNSIGNED NOT NULL,
    sku VARCHAR(20) NULL,
    title VARCHAR(200) NOT NULL,
    state ENUM('draft', 'on sale', 'it''s gone') NOT NULL DEFAULT 'draft',
    price DECIMAL(10, 2) NOT NULL DEFAULT 9.99,
    weight FLOAT NULL,
    details JSON NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    gross DECIMAL(12, 2) GENERATED ALWAYS AS (price * 2) STORED,
    PRIMARY KEY (id),
    UNIQUE KEY sku (sku),
    KEY by_title (title(20), price),
    CONSTRAINT in_category FOREIGN KEY (category_id) REFERENCES categories (id) ON DELETE CASCADE ON UPDATE CASCADE,
    CHECK (price >= 0)
);
CREATE TABLE tags (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(30) NOT NULL);
CREATE TABLE product_tags (
    product_id BIGINT UNSIGNED NOT NULL,
    tag_id INT NOT NULL,
    PRIMARY KEY (product_id, tag_id),
    FOREIGN KEY (product_id) REFERENCES products (id),
    FOREIGN KEY (tag_id) REFERENCES tags (id)
);
-- Camel case, keys of several columns.
CREATE TABLE OrderHeaders (
    regionCode CHAR(2) NOT NULL,
    orderNo INT NOT NULL,
    custName VARCHAR(60) NOT NULL,
    placedAt DATETIME(6) NOT NULL,
    isPaid TINYINT(1) NOT NULL DEFAULT 0,
    PRIMARY KEY (regionCode, orderNo)
);
CREATE TABLE OrderLines (
    lineId INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    regionCode CHAR(2) NOT NULL,
    orderNo INT NOT NULL,
    productId BIGINT UNSIGNED NULL,
    quantity SMALLINT UNSIGNED NOT NULL,
    KEY OrderLines_order (regionCode, orderNo),
    FOREIGN KEY (regionCode, orderNo) REFERENCES OrderHeaders (regionCode, orderNo),
    FOREIGN KEY (productId) REFERENCES products (id)
);
-- Capitals, odd names, words of the language.
CREATE TABLE CUST_ADDR (
    CUST_NO INT NOT NULL,
    ADDR_TYPE TINYINT NOT NULL,
    `type` VARCHAR(9) NULL,
    `2ND_LINE` VARCHAR(50) NULL,
    `self` INT NULL,
    `execute` INT NULL,
    `the name` VARCHAR(50) CHARACTER SET ascii NOT NULL,
    kind ENUM('', 'A') NULL,
    PRIMARY KEY (CUST_NO, ADDR_TYPE)
);
-- Tables that point at themselves, once and twice.
CREATE TABLE employees (
    id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    manager INT NULL,
    mentor_id INT NULL,
    badge BINARY(16) NULL UNIQUE,
    FOREIGN KEY (manager) REFERENCES employees (id),
    FOREIGN KEY (mentor_id) REFERENCES employees (id) ON DELETE SET NULL
);
CREATE TABLE follows (
    follower_id INT NOT NULL,
    followed_id INT NOT NULL,
    since DATE NULL,
    PRIMARY KEY (follower_id, followed_id),
    FOREIGN KEY (follower_id) REFERENCES employees (id) ON DELETE CASCADE,
    FOREIGN KEY (followed_id) REFERENCES employees (id) ON DELETE CASCADE
);
CREATE TABLE profiles (
    employee_id INT NOT NULL PRIMARY KEY,
    bio TEXT NOT NULL,
    FULLTEXT KEY profiles_bio_fulltext (bio),
    FOREIGN KEY (employee_id) REFERENCES employees (id)
);
-- A key with an enum, and what points at it.
CREATE TABLE seats (
    class ENUM('first', 'second') NOT NULL,
    number INT NOT NULL,
    PRIMARY KEY (class, number)
);
CREATE TABLE tickets (
    id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    class ENUM('first', 'second') NOT NULL,
    number INT NOT NULL,
    FOREIGN KEY (class, number) REFERENCES seats (class, number)
);
-- No key, no model.
CREATE TABLE log (at DATETIME NOT NULL, line TEXT NOT NULL);
-- A key of five columns.
CREATE TABLE entity_texts (
    entity_type VARCHAR(30) NOT NULL,
    entity_id INT UNSIGNED NOT NULL,
    deleted TINYINT NOT NULL,
    delta INT UNSIGNED NOT NULL,
    language VARCHAR(12) NOT NULL,
    body LONGTEXT NULL,
    PRIMARY KEY (entity_type, entity_id, deleted, delta, language),
    FULLTEXT KEY in_body (body)
) COLLATE = utf8mb4_bin;
-- A small key that counts up, a column that the server sets at each change.
CREATE TABLE issue_statuses (
    id MEDIUMINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    label VARCHAR(20) NOT NULL,
    weight TINYINT(1) NOT NULL DEFAULT -1,
    is_closed BIT(1) NOT NULL DEFAULT b'1',
    changed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);
-- One column of a key counts up.
CREATE TABLE revisions (
    id INT NOT NULL AUTO_INCREMENT,
    number INT NOT NULL,
    PRIMARY KEY (id, number)
);
-- Keys that do not end in `_id`, two that point at one table, two tables that point at one another.
CREATE TABLE hosts (
    hostid BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    proxy_hostid BIGINT UNSIGNED NULL,
    main_sessionid BIGINT UNSIGNED NULL,
    FOREIGN KEY (proxy_hostid) REFERENCES hosts (hostid)
);
CREATE TABLE sessions (
    sessionid BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    hostid BIGINT UNSIGNED NOT NULL,
    seen_from BIGINT UNSIGNED NULL,
    FOREIGN KEY (hostid) REFERENCES hosts (hostid),
    FOREIGN KEY (seen_from) REFERENCES hosts (hostid)
);
ALTER TABLE hosts ADD UNIQUE KEY one_main (main_sessionid), ADD FOREIGN KEY (main_sessionid) REFERENCES sessions (sessionid);
-- A foreign key to another key than the primary one, in a table whose unique key could be that.
CREATE TABLE countries (id INT NOT NULL PRIMARY KEY, code CHAR(2) NOT NULL, UNIQUE KEY code (code));
CREATE TABLE borders (
    code CHAR(2) NOT NULL,
    neighbour CHAR(2) NOT NULL,
    UNIQUE KEY both_sides (code, neighbour),
    FOREIGN KEY (code) REFERENCES countries (code)
);
CREATE VIEW on_sale AS SELECT id, title FROM products WHERE state = 'on sale';
-- Sixty columns.
CREATE TABLE measurements (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    m01 INT NOT NULL,
    m02 BIGINT UNSIGNED NULL,
    m03 VARCHAR(40) NOT NULL,
    m04 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m05 DATE NULL,
    m06 DATETIME NULL,
    m07 DOUBLE NOT NULL,
    m08 TINYINT(1) NOT NULL DEFAULT 1,
    m09 TEXT NULL,
    m10 BLOB NULL,
    m11 SMALLINT UNSIGNED NOT NULL,
    m12 CHAR(3) NULL,
    m13 INT NOT NULL,
    m14 BIGINT UNSIGNED NULL,
    m15 VARCHAR(40) NOT NULL,
    m16 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m17 DATE NULL,
    m18 DATETIME NULL,
    m19 DOUBLE NOT NULL,
    m20 TINYINT(1) NOT NULL DEFAULT 1,
    m21 TEXT NULL,
    m22 BLOB NULL,
    m23 SMALLINT UNSIGNED NOT NULL,
    m24 CHAR(3) NULL,
    m25 INT NOT NULL,
    m26 BIGINT UNSIGNED NULL,
    m27 VARCHAR(40) NOT NULL,
    m28 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m29 DATE NULL,
    m30 DATETIME NULL,
    m31 DOUBLE NOT NULL,
    m32 TINYINT(1) NOT NULL DEFAULT 1,
    m33 TEXT NULL,
    m34 BLOB NULL,
    m35 SMALLINT UNSIGNED NOT NULL,
    m36 CHAR(3) NULL,
    m37 INT NOT NULL,
    m38 BIGINT UNSIGNED NULL,
    m39 VARCHAR(40) NOT NULL,
    m40 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m41 DATE NULL,
    m42 DATETIME NULL,
    m43 DOUBLE NOT NULL,
    m44 TINYINT(1) NOT NULL DEFAULT 1,
    m45 TEXT NULL,
    m46 BLOB NULL,
    m47 SMALLINT UNSIGNED NOT NULL,
    m48 CHAR(3) NULL,
    m49 INT NOT NULL,
    m50 BIGINT UNSIGNED NULL,
    m51 VARCHAR(40) NOT NULL,
    m52 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m53 DATE NULL,
    m54 DATETIME NULL,
    m55 DOUBLE NOT NULL,
    m56 TINYINT(1) NOT NULL DEFAULT 1,
    m57 TEXT NULL,
    m58 BLOB NULL,
    m59 SMALLINT UNSIGNED NOT NULL
);

CREATE TABLE stations (
    id INT NOT NULL PRIMARY KEY,
    code VARCHAR(5) NOT NULL UNIQUE,
    line INT NOT NULL,
    stop INT NOT NULL,
    UNIQUE (line, stop)
);

CREATE TABLE departures (
    id INT NOT NULL PRIMARY KEY,
    station_code VARCHAR(5) NOT NULL,
    via VARCHAR(5) NULL,
    at_line INT NOT NULL,
    at_stop INT NOT NULL,
    FOREIGN KEY (station_code) REFERENCES stations (code) ON UPDATE CASCADE,
    FOREIGN KEY (via) REFERENCES stations (code),
    FOREIGN KEY (at_line, at_stop) REFERENCES stations (line, stop)
);
