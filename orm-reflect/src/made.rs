//! Automatically generated names of constraints.

/// Returns whether a server has generated the name of the foreign key: `posts_ibfk_1`.
pub(crate) fn is_made_for_key(name: &str, table: &str) -> bool {
    is_numbered(name, &format!("{table}_ibfk_"))
}

/// Returns whether a server or a migration has generated the name of the check, or the name stands for a type:
/// `posts_chk_1`, `CONSTRAINT_1`, `posts_0a1b2c3d_check`, `price: range`.
pub(crate) fn is_made_for_check(name: &str, table: &str) -> bool {
    let hashed = || {
        let sum = name.strip_suffix("_check").and_then(|rest| rest.rsplit_once('_')).map(|(_, sum)| sum);
        sum.is_some_and(|sum| sum.len() == 8 && sum.bytes().all(|letter| letter.is_ascii_hexdigit()))
    };
    let of_type =
        name.ends_with(": range") || name.ends_with(": one of its values") || name.contains(": length <= ");
    is_numbered(name, &format!("{table}_chk_")) || is_numbered(name, "CONSTRAINT_") || of_type || hashed()
}

fn is_numbered(name: &str, made: &str) -> bool {
    name.strip_prefix(made).is_some_and(|number| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::{is_made_for_check, is_made_for_key};

    #[test]
    fn only_names_that_nobody_chose_are_made() {
        assert!(is_made_for_key("posts_ibfk_12", "posts"));
        assert!(!is_made_for_key("posts_ibfk_a", "posts") && !is_made_for_key("posts_author", "posts"));
        for made in
            ["posts_chk_1", "CONSTRAINT_2", "posts_0a1b2c3d_check", "price: range", "name: length <= 9"]
        {
            assert!(is_made_for_check(made, "posts"), "{made}");
        }
        for chosen in ["posts_price_check", "posts_chk", "price_not_negative", "users_chk_1"] {
            assert!(!is_made_for_check(chosen, "posts"), "{chosen}");
        }
    }
}
