//! Placeholders.

use crate::Mistake;

/// A placeholder in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot<'t> {
    /// `{email}`: a value, by its name or a path of fields.
    Value(&'t str),
    /// `{..ids}`: a list of values.
    List(&'t str),
    /// `{@User}`: the table of a model.
    Table(&'t str),
    /// `{@User.email}`: the column of a field of a model.
    Column(&'t str, &'t str),
}

impl<'t> Slot<'t> {
    /// Parses the content of the braces.
    pub(crate) fn parse(inner: &'t str) -> Result<Self, Mistake> {
        let inner = inner.trim();
        if inner.is_empty() {
            return Err(Mistake::new("`{}` names no value: write `{name}`, or `{{}}` for braces of SQL"));
        }
        if let Some(model) = inner.strip_prefix('@') {
            return Slot::identifier(model.trim(), inner);
        }
        let (name, list) = match inner.strip_prefix("..") {
            Some(name) => (name.trim(), true),
            None => (inner, false),
        };
        if !is_path(name) {
            return Err(Mistake::new(format!(
                "`{{{inner}}}` is neither a name nor a path of fields: write `{{value}}`, and `value = ..` after the text"
            )));
        }
        Ok(if list { Slot::List(name) } else { Slot::Value(name) })
    }

    fn identifier(model: &'t str, inner: &str) -> Result<Self, Mistake> {
        let (path, field) = match model.split_once('.') {
            Some((path, field)) => (path.trim(), Some(field.trim())),
            None => (model, None),
        };
        if !path.split("::").all(is_word) || field.is_some_and(|field| !is_word(field)) {
            return Err(Mistake::new(format!(
                "`{{{inner}}}` is neither a model nor a field of one: write `{{@User}}` or `{{@User.email}}`"
            )));
        }
        Ok(field.map_or(Slot::Table(path), |field| Slot::Column(path, field)))
    }
}

/// Returns whether `text` is a name, or field names separated by dots.
pub(crate) fn is_path(text: &str) -> bool {
    let mut parts = text.split('.');
    parts.next().is_some_and(is_word)
        && parts
            .all(|part| is_word(part) || part.chars().all(|digit| digit.is_ascii_digit()) && !part.is_empty())
}

fn is_word(text: &str) -> bool {
    let text = text.strip_prefix("r#").unwrap_or(text);
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}
