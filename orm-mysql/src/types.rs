//! Types that are the same under several names.

/// Normalizes a type to what the server would write, without what it no longer reports: the display width of integers.
/// `TINYINT(1)` keeps its own, which identifies booleans.
pub(crate) fn normal(ty: &str) -> String {
    let plain = plain(ty);
    let words = plain.find(" character set ").or_else(|| plain.find(" collate ")).map(|at| &plain[..at]);
    let plain = words.unwrap_or(&plain);
    let name_end = plain.find(['(', ' ']).unwrap_or(plain.len());
    let (name, rest) = plain.split_at(name_end);
    let (length, rest) = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((length, rest)) => (Some(length), rest),
        None => (None, rest),
    };
    let (name, length) = match (name, length) {
        ("bool" | "boolean", None) => ("tinyint", Some("1")),
        ("tinyint", Some("1")) if rest.is_empty() => (name, length),
        ("tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "year", _) => (name, None),
        ("integer", _) => ("int", None),
        ("real", length) => ("double", length),
        ("numeric" | "dec" | "fixed", length) => ("decimal", length),
        ("datetime" | "timestamp" | "time", Some("0")) => (name, None),
        ("char" | "binary" | "bit", None) => (name, Some("1")),
        other => other,
    };
    let rest = if name == "double" { rest.strip_prefix(" precision").unwrap_or(rest) } else { rest };
    let digits = match (name, length) {
        ("decimal", None) => Some("10,0".to_owned()),
        ("decimal", Some(length)) if !length.contains(',') => Some(format!("{length},0")),
        (_, length) => length.map(str::to_owned),
    };
    digits.map_or_else(|| format!("{name}{rest}"), |digits| format!("{name}({digits}){rest}"))
}

/// Converts to lower case except in quotes, and removes unnecessary spaces.
fn plain(ty: &str) -> String {
    let mut plain = String::with_capacity(ty.len());
    let mut in_quotes = false;
    for letter in ty.trim().chars() {
        if letter == '\'' {
            in_quotes = !in_quotes;
        }
        if in_quotes || letter == '\'' {
            plain.push(letter);
        } else if letter.is_whitespace() {
            if !plain.ends_with([' ', ',', '(']) {
                plain.push(' ');
            }
        } else {
            if matches!(letter, '(' | ')' | ',') && plain.ends_with(' ') {
                plain.pop();
            }
            plain.extend(letter.to_lowercase());
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn several_names_of_one_type() {
        let same = [
            ("BIGINT UNSIGNED", "bigint(20) unsigned"),
            ("INTEGER", "int(11)"),
            ("BOOLEAN", "tinyint(1)"),
            ("TINYINT", "tinyint(4)"),
            ("DECIMAL(28, 10)", "decimal(28,10)"),
            ("NUMERIC(5)", "decimal(5,0)"),
            ("ENUM('a', 'B, c')", "enum('a','B, c')"),
            ("DOUBLE PRECISION", "double"),
            ("VARCHAR(3) CHARACTER SET ascii", "varchar(3)"),
            ("DATETIME(0)", "datetime"),
        ];
        for (one, other) in same {
            assert_eq!(normal(one), normal(other));
        }
        let different = [
            ("TINYINT(1)", "tinyint(4)"),
            ("INT", "int unsigned"),
            ("ENUM('a')", "ENUM('A')"),
            ("VARCHAR(3)", "varchar(4)"),
            ("DATETIME", "datetime(6)"),
        ];
        for (one, other) in different {
            assert_ne!(normal(one), normal(other));
        }
    }
}
