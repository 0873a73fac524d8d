//! "did you mean …?"

/// Returns the known word most similar to `word`, as the end of a message: ``; did you mean `unique`?`` or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let near = known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(word, known), known))
        .filter(|&(distance, known)| distance <= 1 + known.len().min(word.len()) / 4)
        .min_by_key(|&(distance, _)| distance);
    near.map_or_else(String::new, |(_, known)| format!("; did you mean `{known}`?"))
}

/// Returns the words as a list for a message: `` `a`, `b` and `c` ``.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, listed};

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["unique", "index", "auto"];
        assert_eq!(did_you_mean("uniqe", known), "; did you mean `unique`?");
        assert_eq!(did_you_mean("atuo", known), "; did you mean `auto`?");
        assert_eq!(did_you_mean("table", known), "");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed([]), "");
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
