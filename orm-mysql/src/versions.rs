//! What the version of a server means.

use orm_core::dialect::{Dialect, Handover, InSubqueries, SetOperations, Version};
use orm_core::{Error, ErrorKind, Result};

use crate::dialect::{MARIADB, MYSQL};
use crate::{functions, handover};

/// Returns the dialect of a server that reports this version, such as `8.4.3` or `10.11.8-MariaDB`, or an error if it is too
/// old. [`MYSQL`] and [`MARIADB`] are those of the current versions.
///
/// ```
/// # fn main() -> orm_core::Result<()> {
/// let dialect = orm_mysql::dialect_of("10.11.8-MariaDB-ubu2204")?;
/// assert_eq!((dialect.name, dialect.version.to_string()), ("MariaDB", "10.11.8".to_owned()));
/// assert!(orm_mysql::dialect_of("5.7.44-log").is_err());
/// # Ok(()) }
/// ```
pub fn dialect_of(version: &str) -> Result<Dialect> {
    if version.contains("TiDB") {
        let message = format!("the server is TiDB ({version}), which is not supported: use MySQL or MariaDB");
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    let mariadb = version.contains("MariaDB");
    let mut numbers =
        version.split(|letter: char| !letter.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let version = Version::new(next(), next(), next());
    let family = if mariadb { &MARIADB } else { &MYSQL };
    if version < family.version {
        let message =
            format!("{} {version} is too old: {} is the oldest supported", family.name, family.version);
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    let dialect = Dialect { version, ..family.clone() };
    if mariadb { of_mariadb(dialect) } else { Ok(of_mysql(dialect)) }
}

fn of_mysql(mut dialect: Dialect) -> Dialect {
    // INTERSECT and EXCEPT: https://dev.mysql.com/doc/refman/8.0/en/intersect.html.
    if dialect.version < Version::new(8, 0, 31) {
        dialect.set_operations = SetOperations::None;
    }
    // A derived table that is merged into the query around it loses what a JSON_TABLE in it refers to: bug 108365.
    dialect.elements.lost_by_merging = dialect.version < Version::new(9, 0, 0);
    dialect
}

/// Avoids bugs that older versions have.
fn of_mariadb(mut dialect: Dialect) -> Result<Dialect> {
    let version = dialect.version;
    let v = Version::new;
    // Columns of JSON in JSON_TABLE: MDEV-25875.
    if !has_fix(version, v(10, 9, 0), &[v(10, 6, 9), v(10, 7, 5), v(10, 8, 4)]) {
        let message = format!(
            "MariaDB {version} misreads JSON (MDEV-25875): update it to the last version of its series"
        );
        return Err(Error::new(ErrorKind::Unsupported, message));
    }
    // JSON_TABLE leaves escapes in texts (MDEV-27412), and JSON_UNQUOTE turns an emoji into `?` (MDEV-35614): the second one
    // is the later to be mended, and never was in 10.6.
    if !has_fix(version, v(11, 8, 2), &[v(10, 11, 12), v(11, 4, 6)]) {
        dialect.list_element = handover::list_element_in_hex;
        dialect.handover = Handover::Json(handover::json_element_in_hex);
        dialect.function = functions::of_older_mariadb;
    }
    // JSON_TABLE in a subquery counts as independent of the tables around it: MDEV-30623.
    if !has_fix(version, v(11, 5, 2), &[v(10, 6, 19), v(10, 11, 9), v(11, 4, 3)]) {
        dialect.elements.in_subqueries = InSubqueries::Refused;
    }
    // Descending indexes: MDEV-13756.
    dialect.ddl.descending_indexes = version >= v(10, 8, 0);
    Ok(dialect)
}

/// Returns whether a version has a fix: all from one version on have it, and those of older series from one of theirs on.
fn has_fix(version: Version, all_from: Version, older: &[Version]) -> bool {
    let series = |first: &Version| *first..Version::new(first.major, first.minor + 1, 0);
    version >= all_from || older.iter().any(|first| series(first).contains(&version))
}

#[cfg(test)]
mod tests {
    use orm_core::Result;
    use orm_core::dialect::{InSubqueries, SetOperations};
    use orm_core::value::Kind;

    use super::dialect_of;

    #[test]
    fn intersections_are_as_old_as_the_manual_says() -> Result<()> {
        for (version, expected) in [
            ("8.0.19", SetOperations::None),
            ("8.0.30-22", SetOperations::None),
            ("8.0.31", SetOperations::All),
            ("8.4.3", SetOperations::All),
            ("10.6.9-MariaDB", SetOperations::All),
        ] {
            assert_eq!(dialect_of(version)?.set_operations, expected, "{version}");
        }
        Ok(())
    }

    #[test]
    fn versions_that_are_too_old_are_refused() {
        for (version, oldest) in
            [("8.0.18", "8.0.19"), ("5.7.44-log", "8.0.19"), ("10.6.8-MariaDB-log", "10.6.9")]
        {
            let error = dialect_of(version).map(|_| ()).map_err(|error| error.to_string());
            let expected = format!("too old: {oldest} is the oldest supported");
            assert!(error.is_err_and(|error| error.ends_with(&expected)), "{version}");
        }
        assert!(dialect_of("8.0.11-TiDB-v8.5.0").is_err_and(|error| error.to_string().contains("TiDB")));
        for (version, accepted) in
            [("10.7.4", false), ("10.7.5", true), ("10.8.3", false), ("10.8.4", true), ("10.9.1", true)]
        {
            assert_eq!(dialect_of(&format!("{version}-MariaDB")).is_ok(), accepted, "{version}");
        }
    }

    #[test]
    fn bugs_of_mariadb_are_avoided_where_they_are() -> Result<()> {
        for (version, in_hex, refused) in [
            ("10.6.9", true, true),
            ("10.6.19", true, false),
            ("10.6.99", true, false),
            ("10.7.8", true, true),
            ("10.11.8", true, true),
            ("10.11.11", true, false),
            ("10.11.12", false, false),
            ("11.3.2", true, true),
            ("11.4.2", true, true),
            ("11.4.6", false, false),
            ("11.5.1", true, true),
            ("11.7.2", true, false),
            ("11.8.1", true, false),
            ("11.8.2", false, false),
            ("12.0.1", false, false),
        ] {
            let dialect = dialect_of(&format!("{version}-MariaDB"))?;
            let element = (dialect.list_element)(Kind::Text);
            assert_eq!(element.map(|element| element.text_as_hex), Some(in_hex), "{version}");
            assert_eq!(dialect.elements.in_subqueries == InSubqueries::Refused, refused, "{version}");
        }
        Ok(())
    }
}
