//! Types that are the same under several names.

/// Returns the affinity of a declared type, which is all that matters to SQLite (<https://sqlite.org/datatype3.html>),
/// with one word for integers and numbers, which store the same values in the same way. Usual names of date and time
/// types count as text.
pub(crate) fn normal(ty: &str) -> String {
    let ty = ty.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| ty.contains(word));
    let affinity = if has(&["CHAR", "CLOB", "TEXT"]) {
        "TEXT"
    } else if has(&["BLOB"]) || ty.is_empty() {
        "BLOB"
    } else if has(&["INT"]) {
        "NUMBER"
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        "REAL"
    } else if ty.starts_with("DATE") || ty.starts_with("TIME") {
        "TEXT"
    } else {
        "NUMBER"
    };
    affinity.to_owned()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn several_names_of_one_affinity() {
        for (one, other) in [
            ("BIGINT UNSIGNED", "integer"),
            ("BOOLEAN", "INT"),
            ("VARCHAR(20)", "TEXT"),
            ("DATETIME_TEXT", "datetime"),
            ("UUID_BLOB", "BLOB"),
            ("DECIMAL_TEXT(12, 2)", "text"),
        ] {
            assert_eq!(normal(one), normal(other));
        }
        for (one, other) in [("DECIMAL(12, 2)", "DECIMAL_TEXT(12, 2)"), ("REAL", "INTEGER"), ("TEXT", "BLOB")]
        {
            assert_ne!(normal(one), normal(other));
        }
    }
}
