//! Models: structs mapped to tables.

use futures_core::Stream;

use crate::change::{BulkInsert, ByKey, Delete, InsertAll, InsertFrom, IntoRow, Unassigned, Update};
use crate::expression::{ColumnName, ColumnsOf, KeyValue};
use crate::mode::{Mode, Required};
use crate::query::Query;
use crate::relation::{Load, Related, UniqueKey};
use crate::schema::Table;
use crate::scope::Scope;
use crate::syntax::{Comparison, Node, Source};
use crate::unit::HookSet;
use crate::value::{Cells, Datum, Fault, Value};

/// A struct that is mapped to a table or a view. Implement it with `#[derive(Model)]`.
///
/// Every statement starts with one of its methods. As they are trait methods, an inherent function of the same name
/// on your struct silently takes precedence.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let dee = User::insert().email("dee@example.org").name("Dee").returning(db).await?;
/// User::update().set(|u| u.age.to(30)).filter(|u| u.id.eq(dee.id)).execute(db).await?;
/// assert_eq!(User::query().filter(|u| u.age.ge(18)).count(db).await?, 2);
/// User::delete().filter(|u| u.id.eq(dee.id)).execute(db).await?;
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "not mapped to a table",
    note = "add `#[derive(Model)]` to `{Self}`"
)]
pub trait Model: Sized + Send + Sync + 'static {
    /// The type of the primary key: the type of its field, or a tuple for a composite key;
    /// [`NoKey`](crate::expression::NoKey) for a view without a primary key.
    type Key: KeyValue<Self::Key> + Send + Sync + 'static;

    /// The struct of the model's columns, which closures receive.
    type Fields<M: Mode>: ColumnsOf<Self> + Copy;

    /// Returns the table description of the model: names, columns, keys.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(User::table().name, "users");
    /// assert_eq!(User::table().columns.len(), 4);
    /// # Ok(()) }) }
    /// ```
    fn table() -> &'static Table;

    /// Finds a column by its field's name, for a sort key sent by a client. `None` if there is no such field, or if
    /// it is `sensitive`, since sorting by it would reveal much about its values.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let from_client = "-name"; // as JSON:API writes a sort key
    /// let (descending, field) = from_client.strip_prefix('-').map_or((false, from_client), |field| (true, field));
    /// let mut users = User::query();
    /// if let Some(key) = User::column_named(field) {
    ///     users = users.order_by(|u| if descending { key.of(u).desc() } else { key.of(u).asc() });
    /// }
    /// assert_eq!(users.first(db).await?.unwrap().name, "Bob");
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    fn column_named(name: &str) -> Option<ColumnName<Self>> {
        ColumnName::find(name)
    }

    /// The unique keys that foreign keys of other models can reference, including the primary key.
    #[doc(hidden)]
    const UNIQUE_KEYS: &'static [UniqueKey] = UniqueKey::ANY;

    /// The columns at one place in a query.
    #[doc(hidden)]
    fn fields<M: Mode>(source: Source) -> Self::Fields<M>;

    /// Reads one row; the columns come in the order of the fields.
    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault>;

    /// Returns the values of all columns, in the order of the fields.
    #[doc(hidden)]
    fn write(self, values: &mut Vec<Datum>);

    /// Returns a copy of the value of one column.
    #[doc(hidden)]
    fn column_value(&self, column: u16) -> Datum;

    /// Sets one column to the next cell.
    #[doc(hidden)]
    fn set_column(&mut self, column: u16, cells: &mut Cells<'_, '_>) -> Result<(), Fault>;

    /// Restores the fields with `skip` from the row as it was before it was read again.
    #[doc(hidden)]
    fn keep_skipped(&mut self, _before: &mut Self) {}

    /// The hooks that a session calls around inserts, updates and deletes of rows; with `#[orm(hooks)]` there are
    /// some.
    #[doc(hidden)]
    #[must_use]
    fn hooks() -> Option<HookSet<Self>> {
        None
    }

    /// Returns the primary key.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let ann = User::query().order_by(|u| u.id.asc()).first(db).await?.unwrap();
    /// assert_eq!(ann.key(), 1);
    /// # Ok(()) }) }
    /// ```
    fn key(&self) -> Self::Key;

    /// Returns the columns of a key, in order.
    #[doc(hidden)]
    fn key_values(key: Self::Key) -> Vec<Datum>;

    /// Starts an insert of one row: set the columns, then call `execute` or `returning`. Leaving out a required
    /// column does not compile.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let post = Post::insert().author_id(2).title("Bob's").returning(db).await?;
    /// assert_eq!((post.id, post.published), (3, false));
    /// # Ok(()) }) }
    /// ```
    #[rustfmt::skip] // rustc shows the line to whoever writes `User::insert(user)`
    fn insert() -> Self::Insert // `.column(value)` for each column; whole rows: `insert_all([row])`
    where
        Self: Writable,
    {
        <Self as Writable>::start()
    }

    /// Starts a query over all rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users: Vec<User> = User::query().order_by(|u| u.name.asc()).all(db).await?;
    /// assert_eq!(users[0].name, "Ann");
    /// # Ok(()) }) }
    /// ```
    #[rustfmt::skip] // rustc shows the line to whoever writes `session.query(User)`
    fn query() -> Query<Self> // `User::query()`, and where it runs: `.all(&db)`
    where
        Self: Scope<Row = Self>,
    {
        Query::new(Self::table())
    }

    /// Starts a query for the row with this primary key.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(User::find(1).one(db).await?.name, "Ann");
    /// assert_eq!(User::find(99).optional(db).await?, None);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("find_by_id", "get_by_id"))]
    #[rustfmt::skip] // rustc shows the line to whoever writes `User::find().all(&db)`
    fn find<K: KeyValue<Self::Key>>(key: K) -> Query<Self> // the row with this key; all rows: `query()`
    where
        Self: Scope<Row = Self>,
    {
        let mut values = Vec::with_capacity(1);
        key.push_key(&mut values);
        let mut query = Self::query().by_key();
        if values.is_empty() {
            query.restrict(|_| Node::Any(Vec::new())); // a view has no row by the key that it has not
        }
        for (&column, value) in Self::table().primary_key.iter().zip(values) {
            query.restrict(|source| {
                let column = Node::Column(crate::syntax::ColumnRef::new(source, column));
                Node::compare(column, Comparison::Equal, value)
            });
        }
        query
    }

    /// Loads a relation of several rows at hand with one statement, however many there are, in their order (batch
    /// loading): `User::load(&users, |u| u.posts())` returns a `Vec<Post>` for each user.
    ///
    /// It uses the values in the rows, saved or not: their primary keys and, for a relation to one, their foreign
    /// keys. A relation over several steps reads the rows once more.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let users = User::query().order_by(|u| u.id.asc()).all(db).await?;
    /// let newest = User::load(&users, |u| u.posts().order_by(|p| p.id.desc()).limit(1)).all(db).await?;
    /// for (user, posts) in users.iter().zip(&newest) {
    ///     println!("{}: {:?}", user.name, posts.first().map(|post| &post.title));
    /// }
    /// assert_eq!(newest[0][0].title, "Draft");
    /// assert!(newest[1].is_empty());
    /// # Ok(()) }) }
    /// ```
    #[rustfmt::skip] // rustc shows the line to whoever writes `User::query().load(&db)`
    fn load<'r, L: Load>( // what belongs to rows at hand; the rows of a query: `.all(&db)`
        rows: impl IntoIterator<Item = &'r Self>,
        load: impl FnOnce(Self::Fields<Required>) -> L,
    ) -> Related<L::Output> {
        Related::new(rows, load)
    }

    /// Starts an insert of many rows: whole models or finished builders.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let titles = ["One", "Two"];
    /// let posts = titles.map(|title| Post::insert().author_id(2).title(title));
    /// assert_eq!(Post::insert_all(posts).execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("insert_many", "bulk_create"))]
    fn insert_all<R: IntoRow<Self>>(rows: impl IntoIterator<Item = R>) -> InsertAll<Self>
    where
        Self: Writable,
    {
        InsertAll::new(rows)
    }

    /// Starts an insert of very many rows from a stream, with only a few thousand in memory at a time: see
    /// [`BulkInsert`]. If the stream yields an error instead of a row, none is inserted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let archive = Database::open("sqlite::memory:")?;
    /// archive.create_tables::<(User, Post)>().await?;
    /// let users = User::query().stream(db); // from one database into another
    /// assert_eq!(User::insert_stream(users).execute(&archive).await?, 2);
    /// # Ok(()) }) }
    /// ```
    fn insert_stream<'r, R: IntoRow<Self>>(
        rows: impl Stream<Item = crate::Result<R>> + Send + 'r,
    ) -> BulkInsert<'r, Self>
    where
        Self: Writable,
    {
        BulkInsert::of_stream(rows)
    }

    /// Starts an `INSERT … SELECT`: an insert of rows that a query computes on the server. The closure receives the
    /// columns of the query and returns a builder; leaving out a required column does not compile.
    ///
    /// A default that the client sets is computed once for all rows: set a key that must differ between rows in the
    /// closure.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let by_ann = Post::query().join(|p| p.author()).filter(|(_, a)| a.name.eq("Ann"));
    /// let copies = Post::insert_from(by_ann, |(p, a)| Post::insert().author_id(2).title(p.title).body(a.name));
    /// assert_eq!(copies.execute(db).await?, 2);
    /// let counts = Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.count())).into_query();
    /// let reports = Post::insert_from(counts, |(id, n)| Post::insert().author_id(id).title(n.cast::<String>()));
    /// assert_eq!(reports.execute(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    fn insert_from<S: Scope, O, R: IntoRow<Self>>(
        query: Query<S, O>,
        row: impl FnOnce(S::Columns) -> R,
    ) -> InsertFrom<Self>
    where
        Self: Writable,
    {
        InsertFrom::new(query, row)
    }

    /// Starts an update.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let publish = Post::update().set(|p| p.published.to(true)).filter(|p| p.id.eq(2));
    /// assert_eq!(publish.execute(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    #[rustfmt::skip] // rustc shows the line to whoever writes `User::update(1)`, or `user.update(&db)`
    fn update() -> Update<Self> // of rows by a filter; of the row with a key: `update_by(key)`
    where
        Self: Writable,
    {
        Update::new()
    }

    /// Starts an update of the row with this primary key. The result is 0 if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(User::update_by(1).set(|u| u.name.to("Anna")).execute(db).await?, 1);
    /// assert_eq!(User::update_by(99).set(|u| u.name.to("Nobody")).execute(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    fn update_by<K: KeyValue<Self::Key>>(key: K) -> Update<Self, Unassigned, ByKey>
    where
        Self: Writable,
    {
        Update::by_key(key)
    }

    /// Starts a delete.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(Post::delete().filter(|p| p.published.is_false()).execute(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    #[rustfmt::skip] // rustc shows the line to whoever writes `User::delete(1)`, or `user.delete(&db)`
    fn delete() -> Delete<Self> // of rows by a filter; of the row with a key: `delete_by(key)`
    where
        Self: Writable,
    {
        Delete::new()
    }

    /// Starts a delete of the row with this primary key. The result is 0 if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// assert_eq!(Post::delete_by(1).execute(db).await?, 1);
    /// assert_eq!(Post::delete_by(1).execute(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    fn delete_by<K: KeyValue<Self::Key>>(key: K) -> Delete<Self, ByKey>
    where
        Self: Writable,
    {
        Delete::by_key(key)
    }
}

/// A model of a table, whose rows can be inserted, changed, deleted and tracked: every model without `#[orm(view)]`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Writable;
///
/// /// For any model that is not read-only.
/// async fn clear<T: Writable>(db: &Database) -> orm::Result<u64> {
///     T::delete().all_rows().execute(db).await
/// }
/// assert_eq!(clear::<Post>(db).await?, 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not writable: views are read-only",
    label = "its rows cannot be inserted, updated, deleted or tracked",
    note = "change the tables behind the view; a generic function that changes rows needs the bound `T: Writable`"
)]
pub trait Writable: Model {
    /// The builder of one row.
    type Insert;

    /// The columns of its primary key and its unique keys, which `on_conflict` takes.
    type Keys;

    /// Returns a builder in which nothing is set.
    #[doc(hidden)]
    fn start() -> Self::Insert;

    #[doc(hidden)]
    fn keys(source: Source) -> Self::Keys;
}

/// A model with a version column, which counts the changes of each row (optimistic locking).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// # use orm_core::model::Versioned;
/// #[derive(Model)]
/// struct Page {
///     #[orm(primary_key)]
///     id: u64,
///     #[orm(version)]
///     version: u32,
/// }
/// fn first<T: Versioned<Version = u32>>() -> u32 { 1 }
/// assert_eq!(first::<Page>(), 1);
/// # let _ = db; Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no version column",
    label = "no field with `#[orm(version)]`",
    note = "add one, such as `#[orm(version)] version: u32`, to `{Self}`"
)]
pub trait Versioned: Model {
    /// The type of the version column.
    type Version: Value;
}
