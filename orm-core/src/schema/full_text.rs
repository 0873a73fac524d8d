//! Full-text indexes.

use super::Table;

/// A full-text index, which [`has_words`](crate::expression::has_words) uses, on MySQL and MariaDB. On SQLite, which
/// has no equivalent, the table is created without it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::{Schema, dialect::MYSQL};
/// #[derive(Model)]
/// #[orm(table = "books", full_text(title, text))]
/// struct Book {
///     #[orm(primary_key)]
///     id: u64,
///     title: String,
///     text: Option<String>,
/// }
/// assert_eq!(Book::table().full_texts[0].columns, [1, 2]);
/// let ddl = Schema::of::<Book>(&MYSQL)?.ddl(&MYSQL);
/// assert!(ddl[0].contains("FULLTEXT INDEX `books_title_text_fulltext` (`title`, `text`)"), "{ddl:?}");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct FullText {
    /// The name, if it is not derived from the table and columns.
    pub name: Option<&'static str>,
    /// The positions of its columns: a search must name exactly these.
    pub columns: &'static [u16],
    /// The parser, if not the server's default.
    pub parser: Option<&'static str>,
}

impl FullText {
    /// Returns the name: the given one, or one derived from the columns.
    pub(crate) fn index_name(&self, table: &Table) -> String {
        let names: Vec<&str> = self.columns.iter().map(|&column| table.column(column).name).collect();
        self.name.map_or_else(|| format!("{}_{}_fulltext", table.name, names.join("_")), str::to_owned)
    }
}
