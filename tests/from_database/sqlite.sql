-- Snake case, an enum, a table that only links, a unique key that may be NULL.
CREATE TABLE categories (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES categories (id) ON DELETE SET NULL,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE products (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    category_id INTEGER NOT NULL CONSTRAINT in_category REFERENCES categories ON DELETE CASCADE ON UPDATE CASCADE,
    sku VARCHAR(20),
    title VARCHAR(200) NOT NULL COLLATE NOCASE,
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'on sale', 'it''s gone')),
    price DECIMAL(10, 2) NOT NULL DEFAULT 9.99,
    weight REAL,
    details JSON,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    gross NUMERIC GENERATED ALWAYS AS (price * 2) STORED,
    CONSTRAINT sku UNIQUE (sku),
    CHECK (price >= 0)
);
CREATE INDEX by_title ON products (title, price);
CREATE UNIQUE INDEX one_draft ON products (category_id, lower(title)) WHERE state = 'draft';
CREATE TABLE tags (id INTEGER PRIMARY KEY, name VARCHAR(30) NOT NULL);
CREATE TABLE product_tags (
    product_id INTEGER NOT NULL REFERENCES products (id),
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (product_id, tag_id)
) WITHOUT ROWID;
-- Camel case, keys of several columns.
CREATE TABLE OrderHeaders (
    regionCode CHAR(2) NOT NULL,
    orderNo INT NOT NULL,
    custName VARCHAR(60) NOT NULL,
    placedAt DATETIME NOT NULL,
    isPaid BOOLEAN NOT NULL DEFAULT 0,
    PRIMARY KEY (regionCode, orderNo)
);
CREATE TABLE OrderLines (
    lineId INTEGER PRIMARY KEY,
    regionCode CHAR(2) NOT NULL,
    orderNo INT NOT NULL,
    productId INTEGER REFERENCES products (id),
    quantity SMALLINT NOT NULL,
    FOREIGN KEY (regionCode, orderNo) REFERENCES OrderHeaders (regionCode, orderNo)
);
CREATE INDEX OrderLines_order ON OrderLines (regionCode, orderNo);
-- Capitals, odd names, words of the language.
CREATE TABLE CUST_ADDR (
    CUST_NO INT NOT NULL,
    ADDR_TYPE TINYINT NOT NULL,
    "type" VARCHAR(9),
    [2ND_LINE] VARCHAR(50),
    "self" INT,
    `execute` INT,
    "the name" VARCHAR(50) NOT NULL,
    PRIMARY KEY (CUST_NO, ADDR_TYPE)
);
-- Tables that point at themselves, once and twice.
CREATE TABLE employees (
    id INTEGER PRIMARY KEY,
    manager INTEGER REFERENCES employees (id),
    mentor_id INTEGER REFERENCES employees (id) ON DELETE SET NULL,
    badge BLOB UNIQUE
);
CREATE TABLE follows (
    follower_id INTEGER NOT NULL REFERENCES employees (id) ON DELETE CASCADE,
    followed_id INTEGER NOT NULL REFERENCES employees (id) ON DELETE CASCADE,
    since DATE,
    PRIMARY KEY (follower_id, followed_id)
);
CREATE TABLE profiles (
    employee_id INTEGER NOT NULL PRIMARY KEY REFERENCES employees (id),
    bio TEXT NOT NULL
);
-- Columns without a type, one of them a foreign key.
CREATE TABLE loose (
    id INTEGER PRIMARY KEY,
    about REFERENCES tags,
    worth MONEY,
    anything
);
-- No key, no model.
CREATE TABLE log (at DATETIME NOT NULL, line TEXT NOT NULL);
-- Sixty columns.
CREATE TABLE measurements (
    id INTEGER PRIMARY KEY,
    m01 INTEGER NOT NULL,
    m02 BIGINT,
    m03 VARCHAR(40) NOT NULL,
    m04 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m05 DATE,
    m06 DATETIME,
    m07 DOUBLE NOT NULL,
    m08 BOOLEAN NOT NULL DEFAULT 1,
    m09 TEXT,
    m10 BLOB,
    m11 SMALLINT NOT NULL,
    m12 CHAR(3),
    m13 INTEGER NOT NULL,
    m14 BIGINT,
    m15 VARCHAR(40) NOT NULL,
    m16 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m17 DATE,
    m18 DATETIME,
    m19 DOUBLE NOT NULL,
    m20 BOOLEAN NOT NULL DEFAULT 1,
    m21 TEXT,
    m22 BLOB,
    m23 SMALLINT NOT NULL,
    m24 CHAR(3),
    m25 INTEGER NOT NULL,
    m26 BIGINT,
    m27 VARCHAR(40) NOT NULL,
    m28 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m29 DATE,
    m30 DATETIME,
    m31 DOUBLE NOT NULL,
    m32 BOOLEAN NOT NULL DEFAULT 1,
    m33 TEXT,
    m34 BLOB,
    m35 SMALLINT NOT NULL,
    m36 CHAR(3),
    m37 INTEGER NOT NULL,
    m38 BIGINT,
    m39 VARCHAR(40) NOT NULL,
    m40 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m41 DATE,
    m42 DATETIME,
    m43 DOUBLE NOT NULL,
    m44 BOOLEAN NOT NULL DEFAULT 1,
    m45 TEXT,
    m46 BLOB,
    m47 SMALLINT NOT NULL,
    m48 CHAR(3),
    m49 INTEGER NOT NULL,
    m50 BIGINT,
    m51 VARCHAR(40) NOT NULL,
    m52 DECIMAL(10, 2) NOT NULL DEFAULT 0,
    m53 DATE,
    m54 DATETIME,
    m55 DOUBLE NOT NULL,
    m56 BOOLEAN NOT NULL DEFAULT 1,
    m57 TEXT,
    m58 BLOB,
    m59 SMALLINT NOT NULL
);

CREATE TABLE stations (
    id INTEGER PRIMARY KEY,
    code VARCHAR(5) NOT NULL UNIQUE,
    line INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    UNIQUE (line, stop)
);

CREATE TABLE departures (
    id INTEGER PRIMARY KEY,
    station_code VARCHAR(5) NOT NULL REFERENCES stations (code) ON UPDATE CASCADE,
    via VARCHAR(5) REFERENCES stations (code),
    at_stop INTEGER NOT NULL,
    at_line INTEGER NOT NULL,
    FOREIGN KEY (at_stop, at_line) REFERENCES stations (stop, line)
);
