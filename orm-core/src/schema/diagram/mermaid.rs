//! Mermaid diagrams.

use std::fmt::Write as _;

use super::{Diagram, Entity, Key, Row};

impl Diagram {
    /// Returns an `erDiagram` of [Mermaid](https://mermaid.js.org/syntax/entityRelationshipDiagram.html), which GitHub,
    /// GitLab and many editors render inside Markdown.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// use orm::{Schema, dialect::MYSQL};
    /// let mermaid = Schema::of::<(User, Post)>(&MYSQL)?.diagram().mermaid();
    /// assert!(mermaid.starts_with("erDiagram\n    \"users\" {\n        BIGINT_UNSIGNED id PK\n"));
    /// assert!(mermaid.ends_with("    \"users\" ||--o{ \"posts\" : \"author_id\"\n"));
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut text = "erDiagram\n".to_owned();
        for entity in &self.entities {
            push_entity(entity, &mut text);
        }
        for key in &self.keys {
            self.push_key(key, &mut text);
        }
        text
    }

    fn push_key(&self, key: &Key, text: &mut String) {
        let name = |end: super::End| quoted(&self.entities[end.entity].name);
        let parents = if key.optional { "|o" } else { "||" };
        let children = if key.single { "o|" } else { "o{" };
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "    {} {parents}--{children} {} : {}",
            name(key.parent),
            name(key.child),
            quoted(&key.name)
        );
    }
}

fn push_entity(entity: &Entity, text: &mut String) {
    let _ = writeln!(text, "    {} {{", quoted(&entity.name));
    for row in &entity.rows {
        let _ = write!(text, "        {} {}", word(&row.ty), word(&row.name));
        if !row.marks.is_empty() {
            let _ = write!(text, " {}", row.marks.join(", "));
        }
        if let Some(comment) = comment(row) {
            let _ = write!(text, " {}", quoted(&comment));
        }
        text.push('\n');
    }
    text.push_str("    }\n");
}

/// Returns the comment of a column, which says whether it may be NULL: types cannot contain a `?`.
fn comment(row: &Row) -> Option<String> {
    match (row.optional, &row.comment) {
        (true, Some(comment)) => Some(format!("may be NULL; {comment}")),
        (true, None) => Some("may be NULL".to_owned()),
        (false, comment) => comment.clone(),
    }
}

/// Quotes a text; Mermaid cannot escape characters in it.
fn quoted(text: &str) -> String {
    let plain = |letter: char| match letter {
        '"' => '\'',
        '\\' | '%' => '/',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    format!("\"{}\"", text.chars().map(plain).collect::<String>())
}

/// Turns a text into one word of letters, digits and a few other characters that starts with a letter, as Mermaid
/// requires of column names.
fn word(text: &str) -> String {
    let plain = |letter: char| match letter {
        ',' | '.' => '_',
        letter if letter.is_alphanumeric() || "_-()[]".contains(letter) => letter,
        _ => '_',
    };
    let word: String = text.replace(", ", ",").chars().map(plain).collect();
    if word.starts_with(char::is_alphabetic) { word } else { format!("x{word}") }
}
