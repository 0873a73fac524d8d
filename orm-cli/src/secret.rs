//! Hides passwords.

/// Replaces the password in each URL of a text with three stars.
///
/// A URL ends at a quote, a backtick or white space; its password ends at the last `@`, since an unencoded one may
/// contain any character.
pub(crate) fn without_passwords(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, url) = rest.split_at(at + 3);
        hidden.push_str(before);
        let ends = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '"' | '`');
        let (url, behind) = url.split_at(url.find(ends).unwrap_or(url.len()));
        push_url(url, &mut hidden);
        rest = behind;
    }
    hidden.push_str(rest);
    hidden
}

/// Like [`without_passwords`], for a text that may contain these words, which may be URLs with any characters.
pub(crate) fn without_passwords_of<'w>(text: &str, words: impl IntoIterator<Item = &'w str>) -> String {
    let urls = words.into_iter().filter(|word| word.contains("://"));
    let text = urls.fold(text.to_owned(), |text, word| text.replace(word, &of_url(word)));
    without_passwords(&text)
}

/// Returns a URL without its password.
pub(crate) fn of_url(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let mut hidden = format!("{scheme}://");
    push_url(rest, &mut hidden);
    hidden
}

/// Appends what follows `://`, without a password. Those of options are hidden first, since they may contain an `@`.
fn push_url(url: &str, hidden: &mut String) {
    let url = without_options(url);
    match url.rsplit_once('@').and_then(|(login, place)| Some((login.split_once(':')?.0, place))) {
        Some((user, place)) => {
            hidden.push_str(user);
            hidden.push_str(":***@");
            hidden.push_str(place);
        }
        None => hidden.push_str(&url),
    }
}

/// Replaces the value of each option `password`.
fn without_options(url: &str) -> String {
    let mut parts = url.split("password=");
    let mut hidden = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        hidden.push_str("password=***");
        hidden.push_str(part.find('&').map_or("", |end| &part[end..]));
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::{of_url, without_passwords, without_passwords_of};

    #[test]
    fn passwords_are_hidden_wherever_they_end() {
        for (url, hidden) in [
            ("mysql://root:secret@localhost/app", "mysql://root:***@localhost/app"),
            ("mysql://root:se@cr:et/?@localhost/app?slow=1s", "mysql://root:***@localhost/app?slow=1s"),
            ("mysql://:secret@localhost", "mysql://:***@localhost"),
            ("mysql://root@localhost:3306/app", "mysql://root@localhost:3306/app"),
            ("mysql://localhost:3306/app", "mysql://localhost:3306/app"),
            ("mysql://localhost/app?password=s&slow=1s", "mysql://localhost/app?password=***&slow=1s"),
            (
                "mysql://root@localhost/app?user=ann&password=secret",
                "mysql://root@localhost/app?user=ann&password=***",
            ),
            ("mysql://root:secret@localhost/?password=s", "mysql://root:***@localhost/?password=***"),
            ("mysql://root@localhost:3306/app?password=s@e", "mysql://root@localhost:3306/app?password=***"),
            (
                "mysql://localhost:3306/app?password=s&password=t@u&slow=1s",
                "mysql://localhost:3306/app?password=***&password=***&slow=1s",
            ),
            ("sqlite:app.db", "sqlite:app.db"),
        ] {
            assert_eq!(of_url(url), hidden);
            assert_eq!(without_passwords(&format!("no `{url}` here")), format!("no `{hidden}` here"));
        }
    }

    #[test]
    fn known_words_may_hold_any_letter() {
        let word = "--url=mysql://root:my secret'@localhost/";
        let text = format!("unexpected argument '{word}' found");
        assert_eq!(
            without_passwords_of(&text, ["reflect", word]),
            "unexpected argument '--url=mysql://root:***@localhost/' found"
        );
    }
}
