//! Singular and plural forms, as far as table names need them.

/// Irregular words, each with its plural.
const ODD: &[(&str, &str)] = &[
    ("alias", "aliases"),
    ("analysis", "analyses"),
    ("api", "apis"),
    ("axis", "axes"),
    ("cache", "caches"),
    ("canvas", "canvases"),
    ("child", "children"),
    ("cookie", "cookies"),
    ("criterion", "criteria"),
    ("lens", "lenses"),
    ("menu", "menus"),
    ("movie", "movies"),
    ("person", "people"),
    ("quiz", "quizzes"),
    ("shoe", "shoes"),
    ("sku", "skus"),
    ("uri", "uris"),
    ("wiki", "wikis"),
];

/// Words with only one form.
const SAME: &[&str] = &[
    "cms",
    "data",
    "dns",
    "equipment",
    "feedback",
    "gps",
    "information",
    "media",
    "metadata",
    "news",
    "series",
    "sms",
    "software",
    "species",
    "staff",
];

/// Returns `order_line` for `order_lines`; a name that is not a plural is unchanged.
pub(crate) fn singular(name: &str) -> String {
    let (before, word) = last_word(name);
    format!("{before}{}", one(word))
}

/// Returns `order_lines` for `order_line`; a plural is unchanged.
pub(crate) fn plural(name: &str) -> String {
    let (before, word) = last_word(name);
    format!("{before}{}", many(word))
}

/// Splits a name before its last word.
fn last_word(name: &str) -> (&str, &str) {
    name.split_at(name.rfind('_').map_or(0, |at| at + 1))
}

fn one(word: &str) -> String {
    if SAME.contains(&word) || ODD.iter().any(|(one, _)| *one == word) {
        return word.to_owned();
    }
    if let Some((one, _)) = ODD.iter().find(|(_, many)| *many == word) {
        return (*one).to_owned();
    }
    let ends = [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("oes", "o"),
        // `statuses`, but not `clauses` and `warehouses`.
        ("auses", "ause"),
        ("ouses", "ouse"),
        ("uses", "us"),
    ];
    for (plural, singular) in ends {
        // Not `ty` for `ties`, but `bus` for `buses`.
        let is_word = |stem: &&str| stem.len() + singular.len() > 2;
        if let Some(stem) = word.strip_suffix(plural).filter(is_word) {
            return format!("{stem}{singular}");
        }
    }
    let stays = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    word.strip_suffix('s').filter(|stem| !stays && stem.len() > 1).unwrap_or(word).to_owned()
}

fn many(word: &str) -> String {
    if let Some((_, many)) = ODD.iter().find(|(one, _)| *one == word) {
        return (*many).to_owned();
    }
    if SAME.contains(&word) || one(word) != word {
        return word.to_owned();
    }
    let vowel = |letter: char| "aeiou".contains(letter);
    match word.strip_suffix('y').filter(|stem| stem.ends_with(|last: char| !vowel(last))) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        None => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{plural, singular};

    #[test]
    fn of_one_and_of_many() {
        let both = [
            ("user", "users"),
            ("category", "categories"),
            ("box", "boxes"),
            ("day", "days"),
            ("class", "classes"),
            ("order_status", "order_statuses"),
            ("warehouse", "warehouses"),
            ("cause", "causes"),
            ("house", "houses"),
            ("use", "uses"),
            ("bus", "buses"),
            ("tie", "ties"),
            ("size", "sizes"),
            ("release", "releases"),
            ("short_movie", "short_movies"),
            ("person", "people"),
            ("child", "children"),
            ("admin_menu", "admin_menus"),
            ("user_alias", "user_aliases"),
        ];
        for (one, many) in both {
            assert_eq!((singular(many).as_str(), plural(one).as_str()), (one, many));
            assert_eq!((singular(one).as_str(), plural(many).as_str()), (one, many));
        }
        for word in ["staff", "user_data", "sms", "series"] {
            assert_eq!((singular(word).as_str(), plural(word).as_str()), (word, word));
        }
        assert_eq!(singular("status"), "status");
    }
}
