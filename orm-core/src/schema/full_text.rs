//! Full-text indexes.

use super::Table;

/// An index of the words in texts, which [`has_words`](crate::expression::has_words) looks through: on MySQL and MariaDB. On SQLite,
/// which has nothing like it, the table is made without.
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
    /// Its name, if it is not made from the table and columns.
    pub name: Option<&'static str>,
    /// The positions of its columns: a search names just these.
    pub columns: &'static [u16],
    /// What takes the texts apart, if not what the server takes by itself.
    pub parser: Option<&'static str>,
}

impl FullText {
    /// The name: the one that is given, or one that is made of the columns.
    pub(crate) fn index_name(&self, table: &Table) -> String {
        let names: Vec<&str> = self.columns.iter().map(|&column| table.column(column).name).collect();
        self.name.map_or_else(|| format!("{}_{}_fulltext", table.name, names.join("_")), str::to_owned)
    }
}
