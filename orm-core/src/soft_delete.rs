//! Soft delete: rows are marked as deleted and stay in the table.

use crate::change::{Delete, Update};
use crate::model::Model;
use crate::query::Query;
use crate::relation::{Many, Part};
use crate::schema::Table;
use crate::scope::Scope;
use crate::syntax::{ColumnRef, Node, Source};

/// A model with soft delete, `#[orm(soft_delete = deleted_at)]`: a column holds the time at which the row was
/// deleted.
///
/// Queries, joins, loads, counts and changes then ignore soft-deleted rows. `delete` marks the rows and returns how
/// many it marked; columns with `on_update` are set as well. `with_deleted` and `only_deleted` on queries, updates
/// and deletes include the marked rows again, and `hard_delete` removes rows from the table.
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
/// - A deleted row keeps its unique values, so that a new row with the same ones is refused, and an upsert on them
///   updates the deleted row, which stays deleted. To free a value, change it when you delete the row, or limit the
///   unique constraint to rows that are not deleted: on SQLite with `unique(email, where = "deleted_at IS NULL")`; on
///   MySQL and MariaDB, which have no partial indexes, with a unique generated column:
///   `generated = "IF(deleted_at IS NULL, email, NULL)"`.
/// - Foreign key actions do not run: rows that reference a deleted row stay. A required relation, used in any clause,
///   leaves out the rows whose related row is deleted; an optional one is empty then.
/// - Raw SQL sees all rows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not use soft deletion",
    label = "no `#[orm(soft_delete = ..)]` on this model",
    note = "add `#[orm(soft_delete = deleted_at)]` to `{Self}`, with a field `deleted_at: Option<DateTime<Utc>>`"
)]
pub trait SoftDelete: Model {}

/// The condition that a row of the table is marked as deleted.
fn is_deleted(table: &Table, base: u64) -> Option<Node> {
    let mark = table.soft_delete.as_ref()?;
    let column = Node::Column(ColumnRef::new(Source::table(base), mark.column));
    Some(Node::IsNotNull(Box::new(column)))
}

impl<S: Scope, O> Query<S, O> {
    /// Includes soft-deleted rows: of the tables that this query names and of those that it reaches over relations to
    /// one. Subqueries, and relations to many that it loads, have their own `with_deleted`.
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
    /// Returns only soft-deleted rows. Of tables that are joined later, all rows are included.
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
    /// Loads the related rows, including those that are soft-deleted.
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
    /// Includes soft-deleted rows in the load.
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
    /// Also changes soft-deleted rows.
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

    /// Changes only soft-deleted rows: to restore them, for example.
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
    /// Removes the rows from the table instead of marking them. Like any delete, it ignores rows that are already
    /// marked; after `only_deleted()`, it removes exactly those.
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

    /// Also deletes soft-deleted rows: with `hard_delete`; otherwise they are marked again.
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

    /// Deletes only soft-deleted rows: with `hard_delete`, to purge them.
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
