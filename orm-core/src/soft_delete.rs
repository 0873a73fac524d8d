//! Rows that are marked as deleted instead of going.

use crate::change::{Delete, Update};
use crate::model::Model;
use crate::query::Query;
use crate::relation::{Many, Part};
use crate::schema::Table;
use crate::scope::Scope;
use crate::syntax::{ColumnRef, Node, Source};

/// A model whose rows are marked as deleted by the moment in a column, with `#[orm(soft_delete = deleted_at)]`.
///
/// Queries, joins, loads, counts and changes then pass over the rows that are marked. `delete` marks the rows and gives
/// how many that were; the other columns that each update sets are set, too. `with_deleted` and `only_deleted` on
/// queries, updates and deletes see them again, and `hard_delete` takes them from the table.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model)]
/// #[orm(table = "notes", soft_delete = deleted_at)]
/// struct Note {
///     #[orm(primary_key, auto)]
///     id: u64,
///     text: String,
///     deleted_at: Option<DateTime<Utc>>,
/// }
/// # db.create_tables::<Note>().await?;
/// Note::insert_all(["a", "b"].map(|text| Note::insert().text(text))).execute(db).await?;
/// assert_eq!(Note::delete().filter(|n| n.text.eq("a")).execute(db).await?, 1);
/// assert_eq!(Note::query().select(|n| n.text).all(db).await?, ["b"]);
/// assert_eq!(Note::query().only_deleted().select(|n| n.text).all(db).await?, ["a"]);
/// # Ok(()) }) }
/// ```
///
/// # What to know
///
/// - A deleted row keeps its unique values, so that a new row with the same ones is refused, and an upsert on them updates
///   the deleted row, which stays deleted. Where a value is to be free again, change it when the row is deleted, or make
///   the key one of living rows: on SQLite with `unique(email, where = "deleted_at IS NULL")`, on MySQL and MariaDB, which
///   have no such keys, with a unique column that the server computes: `generated = "IF(deleted_at IS NULL, email, NULL)"`.
/// - Foreign keys do nothing: the rows that point at a deleted one stay. A relation that every row has, used in any
///   clause, leaves out the rows whose related row is deleted; one that may be empty is empty then.
/// - Raw SQL sees all rows.
#[diagnostic::on_unimplemented(
    message = "rows of `{Self}` are not marked as deleted: they go",
    label = "a model without `soft_delete`",
    note = "add `#[orm(soft_delete = deleted_at)]` to `{Self}`, with a field `deleted_at: Option<DateTime<Utc>>`"
)]
pub trait SoftDelete: Model {}

/// The condition that the row of a table is marked as deleted.
fn is_deleted(table: &Table, base: u64) -> Option<Node> {
    let mark = table.soft_delete.as_ref()?;
    let column = Node::Column(ColumnRef::new(Source::table(base), mark.column));
    Some(Node::IsNotNull(Box::new(column)))
}

impl<S: Scope, O> Query<S, O> {
    /// Sees the rows that are marked as deleted, too: of the tables that this query names and of those that it reaches
    /// over relations to one. Queries inside it, and relations to many that it loads, have a `with_deleted` of their own.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// assert_eq!(Note::query().count(db).await?, 1);
    /// assert_eq!(Note::query().with_deleted().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn with_deleted(mut self) -> Self {
        self.sight().deleted = true;
        self
    }
}

impl<T: Model + Scope, O> Query<T, O> {
    /// The rows that are marked as deleted. Of the tables that are joined later, it sees all rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// let bin = Note::query().only_deleted().join(|n| n.author()).select(|(n, a)| (n.text, a.name));
    /// assert_eq!(bin.all(db).await?, [("gone".to_owned(), "Ann".to_owned())]);
    /// # Ok(()) }) }
    /// ```
    pub fn only_deleted(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.sight().deleted = true;
        let base = self.select.base;
        self.select.filter.extend(is_deleted(T::table(), base));
        self
    }
}

impl<T: Model, H> Many<T, H> {
    /// The related rows to be loaded, with those that are marked as deleted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// let (_, some, all) = Note::find(1).with(|n| n.answers()).with(|n| n.answers().with_deleted()).one(db).await?;
    /// assert_eq!((some.len(), all.len()), (0, 1));
    /// # Ok(()) }) }
    /// ```
    pub fn with_deleted(self) -> Part<T>
    where
        T: SoftDelete,
    {
        self.part().with_deleted()
    }
}

impl<T: Model> Part<T> {
    /// Loads the rows that are marked as deleted, too.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// let all = |n: NoteFields| n.answers().order_by(|a| a.id.asc()).with_deleted();
    /// assert_eq!(Note::find(1).with(all).one(db).await?.1.len(), 1);
    /// # Ok(()) }) }
    /// ```
    pub fn with_deleted(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.sight().deleted = true;
        self
    }
}

impl<T: Model, A, F, S: Scope> Update<T, A, F, S> {
    /// Changes the rows that are marked as deleted, too.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// let shout = Note::update().with_deleted().set(|n| n.text.to(n.text.upper())).all_rows();
    /// assert_eq!(shout.execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn with_deleted(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.sight().deleted = true;
        self
    }

    /// Changes rows that are marked as deleted, and no others: to restore them, for example.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// let restore = Note::update().only_deleted().set(|n| n.deleted_at.to(None)).filter(|n| n.author_id.eq(1));
    /// assert_eq!(restore.execute(db).await?, 1);
    /// assert_eq!(Note::query().count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn only_deleted(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.sight().deleted = true;
        self.update.target.filter.extend(is_deleted(T::table(), self.update.target.base));
        self
    }
}

impl<T: Model, F, S: Scope> Delete<T, F, S> {
    /// Takes the rows from the table, instead of marking them. As any delete, it passes over the rows that are marked
    /// already; after `only_deleted()`, these are the ones it takes.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// assert_eq!(Note::delete().all_rows().hard_delete().execute(db).await?, 1);
    /// let left = Note::query().with_deleted().select(|n| n.text);
    /// assert_eq!(left.all(db).await?, ["gone"]);
    /// # Ok(()) }) }
    /// ```
    pub fn hard_delete(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.delete.hard = true;
        self
    }

    /// Deletes the rows that are marked as deleted, too: with `hard_delete`, or they are marked again.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// assert_eq!(Note::delete().with_deleted().all_rows().hard_delete().execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn with_deleted(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.sight().deleted = true;
        self
    }

    /// Deletes rows that are marked as deleted, and no others: with `hard_delete`, to empty the bin.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/notes.rs"));
    /// # fn main() { run(async |db| { notes(db).await?;
    /// let purge = Note::delete().only_deleted().all_rows().hard_delete();
    /// assert_eq!(purge.execute(db).await?, 1);
    /// assert_eq!(Note::query().with_deleted().count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn only_deleted(mut self) -> Self
    where
        T: SoftDelete,
    {
        self.sight().deleted = true;
        self.delete.target.filter.extend(is_deleted(T::table(), self.delete.target.base));
        self
    }
}
