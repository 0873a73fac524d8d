//! The kinds of keys and columns in handwritten tables.

/// What a column of a table holds.
#[derive(Clone, Copy, PartialEq)]
pub enum Holds {
    Number,
    Word,
    Text,
    Bytes,
}

/// Ways to declare an auto-increment key: columns, clauses, the type, whether there is a column `k`, and whether the number alone
/// is a key.
pub type Key = (&'static [&'static str], &'static [&'static str], Option<&'static str>, bool);

pub const SERVER_KEYS: &[Key] = &[
    (&["id INT AUTO_INCREMENT PRIMARY KEY"], &[], Some("INT"), true),
    (&["`id` int(11) NOT NULL AUTO_INCREMENT"], &["PRIMARY KEY (`id`)"], Some("int(11)"), true),
    (
        &["`id` bigint(20) unsigned NOT NULL AUTO_INCREMENT"],
        &["PRIMARY KEY (`id`)"],
        Some("bigint(20) unsigned"),
        true,
    ),
    (&["id SERIAL"], &[], Some("BIGINT UNSIGNED"), true),
    (
        &["id int(10) unsigned zerofill NOT NULL auto_increment"],
        &["UNIQUE KEY id (id)"],
        Some("int(10) unsigned"),
        true,
    ),
    (&["id MEDIUMINT NOT NULL"], &["PRIMARY KEY (id)"], Some("MEDIUMINT"), true),
    (&["id INT NOT NULL", "k INT NOT NULL"], &["PRIMARY KEY (id, k)"], Some("INT"), false),
    (
        &["k SMALLINT NOT NULL", "id INT NOT NULL AUTO_INCREMENT"],
        &["PRIMARY KEY (k, id)", "KEY (id)"],
        None,
        false,
    ),
    (
        &["k INT NOT NULL", "id INT NOT NULL AUTO_INCREMENT"],
        &["PRIMARY KEY (k)", "UNIQUE KEY (id)"],
        Some("INT"),
        true,
    ),
    (&["id INT NULL"], &[], None, false),
    (&["id VARCHAR(20) NOT NULL PRIMARY KEY"], &[], None, false),
];
/// Only MyISAM accepts this one.
pub const COUNTED_PER_GROUP: Key =
    (&["k INT NOT NULL", "id INT NOT NULL AUTO_INCREMENT"], &["PRIMARY KEY (k, id)"], None, false);

pub const SQLITE_KEYS: &[Key] = &[
    (&["id INTEGER PRIMARY KEY"], &[], Some("INTEGER"), true),
    (&["\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT"], &[], Some("bigint"), true),
    (&["id INTEGER NOT NULL"], &["PRIMARY KEY (id)"], Some("INTEGER"), true),
    (&["id INT PRIMARY KEY"], &[], Some("INT"), true),
    (&["id INTEGER PRIMARY KEY DESC"], &[], Some("INT"), true),
    (&["[id] BIGINT NOT NULL UNIQUE ON CONFLICT FAIL"], &[], Some("BIGINT"), true),
    (&["id INTEGER NOT NULL", "k INT NOT NULL"], &["PRIMARY KEY (id, k)"], Some("INTEGER"), false),
    (&["id TEXT NOT NULL PRIMARY KEY"], &[], None, false),
    (&["id INTEGER"], &[], None, false),
];

pub const SERVER_TYPES: &[(&str, Holds)] = &[
    ("INT", Holds::Number),
    ("int(11)", Holds::Number),
    ("INTEGER UNSIGNED", Holds::Number),
    ("smallint(5) unsigned zerofill", Holds::Number),
    ("TINYINT", Holds::Number),
    ("mediumint(9)", Holds::Number),
    ("BIGINT(20)", Holds::Number),
    ("DECIMAL(10, 0)", Holds::Number),
    ("NUMERIC(8,2)", Holds::Number),
    ("FLOAT", Holds::Number),
    ("DOUBLE(10,2)", Holds::Number),
    ("REAL", Holds::Number),
    ("CHAR(20)", Holds::Word),
    ("VARCHAR(50)", Holds::Word),
    ("varchar(190)", Holds::Word),
    ("VARCHAR(90)", Holds::Word),
    ("VARCHAR(30) CHARACTER SET latin1", Holds::Word),
    ("char(10) CHARACTER SET ascii COLLATE ascii_bin", Holds::Word),
    ("VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", Holds::Word),
    ("VARCHAR(40) BINARY", Holds::Word),
    ("NVARCHAR(20)", Holds::Word),
    ("TEXT", Holds::Text),
    ("tinytext", Holds::Text),
    ("MEDIUMTEXT", Holds::Text),
    ("VARBINARY(20)", Holds::Word),
    ("BLOB", Holds::Bytes),
];

pub const SQLITE_TYPES: &[(&str, Holds)] = &[
    ("INT", Holds::Number),
    ("INTEGER", Holds::Number),
    ("int(11)", Holds::Number),
    ("UNSIGNED BIG INT", Holds::Number),
    ("REAL", Holds::Number),
    ("DOUBLE PRECISION", Holds::Number),
    ("FLOAT", Holds::Number),
    ("DECIMAL(10,2)", Holds::Number),
    ("NUMERIC", Holds::Number),
    ("BOOLEAN", Holds::Number),
    ("VARCHAR(50)", Holds::Word),
    ("NVARCHAR(100)", Holds::Word),
    ("TEXT", Holds::Word),
    ("text collate nocase", Holds::Word),
    ("CLOB", Holds::Text),
    ("DATETIME", Holds::Text),
    ("STRING", Holds::Text),
    ("", Holds::Text),
    ("BLOB", Holds::Bytes),
];

/// Columns that most models do not have: the declaration, the value, and the type in a model.
pub const OTHERS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP", None, Some("DATETIME(6)")),
    ("TIMESTAMP NULL", Some("'2020-02-03 04:05:06'"), Some("TIMESTAMP")),
    ("DATETIME NULL", Some("'2020-02-03 04:05:06'"), Some("DATETIME(6)")),
    ("datetime(6) NOT NULL", Some("'2020-02-03 04:05:06.5'"), Some("DATETIME(6)")),
    ("ENUM('x','y') NOT NULL DEFAULT 'y'", None, Some("ENUM('x', 'y', 'z')")),
    ("enum('x','it''s') CHARACTER SET latin1", Some("'it''s'"), Some("VARCHAR(20)")),
    ("SET('x','y')", Some("'x,y'"), Some("LONGTEXT")),
    ("YEAR", Some("2001"), Some("SMALLINT UNSIGNED")),
    ("JSON", Some("'[1]'"), Some("JSON")),
    ("BIT(3) NOT NULL", Some("b'101'"), None),
    ("BLOB NOT NULL", Some("'b'"), Some("LONGBLOB")),
    ("DECIMAL(10,2) UNSIGNED ZEROFILL", Some("1.5"), Some("DECIMAL(12, 2)")),
    ("TIME NOT NULL", Some("'04:05:06'"), Some("TIME(6)")),
    (
        "VARCHAR(30) CHARACTER SET latin1 COLLATE latin1_german1_ci DEFAULT 'ä'",
        Some("'ö'"),
        Some("VARCHAR(30)"),
    ),
    ("VARCHAR(30) NOT NULL DEFAULT 'it''s'", None, Some("VARCHAR(60)")),
    ("TINYINT(1) NOT NULL DEFAULT '1'", None, Some("TINYINT(1)")),
    ("DATE NOT NULL DEFAULT '2000-01-01'", None, Some("DATE")),
];

pub const SQLITE_OTHERS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL", None, Some("DATETIME_TEXT")),
    ("datetime NOT NULL", Some("'2020-02-03 04:05:06.5'"), Some("DATETIME_TEXT")),
    ("TEXT CHECK(\"x0\" IN ('x','y'))", Some("'x'"), Some("TEXT")),
    ("JSON", Some("'[1]'"), Some("JSON_TEXT")),
    ("BLOB NOT NULL", Some("x'00ff'"), Some("BLOB")),
    ("bool NOT NULL DEFAULT 0", None, Some("BOOLEAN")),
    ("varchar(30) NOT NULL DEFAULT (lower('A'))", None, Some("TEXT")),
    ("real not null default 1.5", None, Some("REAL")),
    ("decimal NOT NULL", Some("1.5"), Some("REAL")),
];
