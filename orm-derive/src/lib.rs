//! The derive macros of [`orm`](https://docs.rs/orm): use them through that crate.
//!
//! A macro goes through four stages: `attr` reads the attributes, `model` derives everything that needs no help from
//! the compiler, `check` applies the rules, and `expand` writes the code. Mistakes of all stages are reported
//! together, and a stub replaces the code that could not be written, so that one mistake is one error.

mod attr;
mod check;
mod context;
mod embed;
mod expand;
mod form;
mod graph;
mod migrations;
mod model;
mod named_fields;
mod procedure;
mod row;
mod scope;
mod sql;
mod suggest;
mod test_attr;
mod value;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::context::Ctxt;

/// Maps a struct to a table or a view. The struct stays plain data; the derive also makes `PostFields`, the columns
/// that closures receive, and `PostInsert`, the builder of a new row.
///
/// ```
/// # use orm::prelude::*; use orm_doc::User;
/// #[derive(Model, Debug, Clone, PartialEq)]
/// #[orm(table = "posts", index(author_id, published))]
/// pub struct Post {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     #[orm(belongs_to = User, on_delete = cascade)]
///     pub author_id: u64,
///     pub title: String,
///     pub body: Option<String>,
///     #[orm(default = false)]
///     pub published: bool,
/// }
/// # fn main() { orm_doc::run(async |db| {
/// let post = Post::insert().author_id(1).title("Third").returning(db).await?;
/// assert_eq!((post.body, post.published), (None, false));
/// # Ok(()) }) }
/// ```
///
/// An `Option` is a nullable column. An insert must set every column that is not an `Option`, unless an attribute
/// below fills it in.
///
/// # On the struct
///
/// | attribute | meaning |
/// |---|---|
/// | `table = "users"`, `schema = "shop"`, `comment = "…"` | names; without `table`, the table is the struct's name in snake case |
/// | `view` | a view, or a table that is only read: needs no primary key, and is not created, changed or tracked |
/// | `engine = "…"`, `charset = "…"`, `collation = "…"` | storage engine, character set and collation of the table on MySQL and MariaDB; SQLite compares as collations ending in `_bin` do, and refuses others |
/// | `renamed_from = "people"` | the table's former name: the next generated migration renames the table and keeps its rows; the attribute may stay |
/// | `bind = "audit"` | the table is in the database that the program opened under this name with `DatabaseBuilder::bind`; its statements are routed there |
/// | `primary_key(a, b)` | a composite primary key |
/// | `unique(a, b)`, `index(a, b)` | a unique constraint, an index; optionally with `name = "…"` and `where = "…"` (a partial index) inside. `title(20)` indexes a prefix of a text, `expr = "lower(title)"` an expression, `created_at desc` in descending order |
/// | `full_text(title, body)` | a full-text index over these columns, for `has_words`, on MySQL and MariaDB; optionally with `name = "…"` and `parser = "…"` inside |
/// | `check = "price >= 0"` | a CHECK constraint; `check("price >= 0", name = "not_negative")` names it, for `Error::constraint` |
/// | `belongs_to(order: Order, by = (region, order_no))` | a composite foreign key, in the order of the parent's primary key; `to = (region, number)` references unique columns of the parent instead. Takes `on_delete`, `on_update` and `constraint`, as on a field |
/// | `has_many(posts: Post)`, `has_one(profile: Profile)` | the inverse of the only foreign key from `Post` to this model |
/// | `has_many(written: Post.author)` | the inverse of the relation `author`, if `Post` has several foreign keys to this model |
/// | `one_of(subject: Subject, by = (post, photo))` | a polymorphic relation: exactly one of these foreign keys, all of them `Option`s, is set. Loaded as a `Subject`, an enum with a variant for each |
/// | `many_to_many(tags: Tag, through = PostTag)` | the rows linked to this one by a join model; with `from = followed, to = follower` if the join model has several relations to either end |
/// | `soft_delete = deleted_at` | soft delete: a delete sets this column, an `Option<DateTime<Utc>>`, and keeps the row |
/// | `hooks` | sessions call the functions of `impl Hooks for User` around inserts, updates and deletes |
/// | `fields = UserColumns` | the name of the struct of columns |
/// | `crate = path::to::orm` | the path of this crate, if it is not `::orm` |
///
/// # On a field
///
/// | attribute | meaning |
/// |---|---|
/// | `primary_key`, `auto` | the primary key; `auto` makes it auto-increment (use `server_default` for a key that a trigger sets) |
/// | `unique`, `index`, `full_text` | a unique constraint or an index on this column alone |
/// | `version` | counts the changes of the row, from 1, for optimistic locking |
/// | `column = "CUST_NO"` | the column's name, if it differs from the field's |
/// | `renamed_from = "name"` | the column's former name: the next generated migration renames the column and keeps its values; the attribute may stay |
/// | `length = 190`, `precision = (12, 2)`, `sql_type = "…"` | the column type; text in a key or an index needs a length |
/// | `default = value` | the value of a new row if none is given, set by the client; `now` is the current time |
/// | `on_update = now` | set to the current time by each update, and in a new row |
/// | `server_default = "…"`, `generated = "…"` | a default or a generated column, which the server fills in; with `virtual`, the generated value is not stored |
/// | `collation = "…"` | the collation of this column, if it differs from the table's |
/// | `belongs_to = User` | a foreign key; the relation is named after the field without `_id` |
/// | `belongs_to = Country, to = code` | a foreign key to a unique column of the other model instead of its primary key; the relation is named after the field without `_code` |
/// | `relation = reviewer`, `on_delete = cascade`, `on_update = restrict` | the relation's name, and the actions of the foreign key |
/// | `constraint = "posts_author"` | the name of the foreign key constraint, if it should not be derived from the table and the relation |
/// | `scoped` | filled in by a scope of the database, so that inserts may leave it out |
/// | `json` | any type that serde can serialize and deserialize, stored as JSON: see `orm::Json` |
/// | `embed`, `embed = "ship_"` | the fields of the struct, which derives `Embed`, become columns after all others, prefixed with the field's name and `_`, or with the given prefix, which may be empty |
/// | `skip` | not a column: `Default` when a row is read; a row tracked by a session keeps its value when it is read again |
/// | `sensitive` | no value of any statement on this table appears in a log, an error or `Debug` output, even with `show_params`; raw SQL takes part by naming the table as `{@Model}` |
/// | `comment = "…"` | the comment of the column in the database |
#[proc_macro_derive(Model, attributes(orm))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let (model, errors) = Ctxt::run(|cx| {
        let model = model::build(cx, &input);
        check::check(cx, &model);
        model
    });
    let code = match errors {
        None => expand::expand(&model),
        Some(errors) => [errors, expand::stub(model)].into_iter().collect(),
    };
    code.into()
}

/// Makes a newtype or an enum a value that can be stored in a column. The type must be `Clone`.
///
/// ```
/// # use orm::prelude::*;
/// #[derive(Value, Debug, Clone, Copy, PartialEq)]
/// pub struct UserId(pub u64);
///
/// #[derive(Value, Debug, Clone, Copy, PartialEq)]
/// #[orm(as = enum)]
/// pub enum State {
///     Draft,
///     #[orm(rename = "live")]
///     Published,
/// }
/// # fn main() { orm_doc::run(async |db| {
/// let (id, state): (UserId, State) = sql!("SELECT 7, 'live'").one(db).await?;
/// assert_eq!((id, state), (UserId(7), State::Published));
/// # Ok(()) }) }
/// ```
///
/// A newtype is stored as its inner value. The variants of an enum are stored under their names in snake case, or as
/// given by `rename`: by default, or with `as = text`, in a text column; with `as = enum`, in a column that accepts
/// no other values. With `as = int`, they are stored as their discriminants.
#[proc_macro_derive(Value, attributes(orm))]
pub fn derive_value(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    value::derive(&input).into()
}

/// Makes a struct or an enum embeddable: its fields become columns of each model that has it in a field with
/// `#[orm(embed)]`. The derive also makes `AddressFields`, the columns that closures receive.
///
/// ```
/// # use orm::prelude::*; use orm_doc::run;
/// # fn main() { run(async |db| {
/// #[derive(Embed, Debug, Clone, PartialEq)]
/// pub struct Address {
///     pub street: String,
///     #[orm(length = 10)]
///     pub zip: Option<String>,
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[orm(table = "orders")]
/// pub struct Order {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     #[orm(embed)]
///     pub billing: Address, // the columns `billing_street` and `billing_zip`
///     #[orm(embed = "ship_")]
///     pub shipping: Address, // `ship_street` and `ship_zip`
/// }
///
/// db.create_tables::<Order>().await?;
/// let elm = Address { street: "Elm Street 1".into(), zip: Some("12345".into()) };
/// Order::insert().billing(elm.clone()).shipping(elm.clone()).execute(db).await?;
/// let to_elm = Order::query().filter(|o| o.shipping.street.contains("Elm")).one(db).await?;
/// assert_eq!(to_elm.shipping, elm);
///
/// let oak = Address { street: "Oak Street 2".into(), zip: None };
/// Order::update_by(1).set(|o| (o.billing.zip.to(None), o.shipping.to(oak))).execute(db).await?;
/// let addresses = Order::query().select(|o| (o.billing.zip, o.shipping)).all(db).await?;
/// assert_eq!(addresses[0].1.street, "Oak Street 2");
/// # Ok(()) }) }
/// ```
///
/// An enum can be embedded, too: one column stores which variant it is, and the columns of the other variants are
/// NULL. The derive makes `ContactFields`, and `ContactKind`, the same enum without fields.
///
/// ```
/// # use orm::prelude::*; use orm_doc::run;
/// # fn main() { run(async |db| {
/// #[derive(Embed, Debug, Clone, PartialEq)]
/// pub enum Contact {
///     Mail { address: String },
///     Phone { number: String, extension: Option<u32> },
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[orm(table = "people")]
/// pub struct Person {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     #[orm(embed = "")]
///     pub contact: Contact, // the columns `kind`, `mail_address`, `phone_number` and `phone_extension`
/// }
///
/// db.create_tables::<Person>().await?;
/// Person::insert().contact(Contact::Phone { number: "555-0100".into(), extension: None }).execute(db).await?;
/// let by_phone = Person::query().filter(|p| p.contact.kind.eq(ContactKind::Phone)).one(db).await?;
/// assert!(matches!(by_phone.contact, Contact::Phone { extension: None, .. }));
/// assert_eq!(Person::query().filter(|p| p.contact.mail_address.is_null()).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
///
/// Variants take `rename = "value"`, the value stored for them. The enum takes `tag = "type"`, the name of the kind
/// column, and `kind = ContactMethod`, the name of the enum without fields.
///
/// Fields take the attributes `column`, `length`, `precision`, `sql_type`, `collation`, `json`, `sensitive`,
/// `comment`, `default` and `on_update = now`, which mean the same as in a model; keys, relations and indexes belong
/// to the model. If every field is an `Option` or has a `default`, an insert may leave the struct out. The struct
/// takes `fields = AddressColumns` and `crate = path::to::orm`, as a model does.
#[proc_macro_derive(Embed, attributes(orm))]
pub fn derive_embed(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    embed::derive(&input).into()
}

/// Makes a struct the result of a query. The derive also makes `RevenueFields`, a literal of which is passed to
/// `select`.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// #[derive(Row, Debug, PartialEq)]
/// struct Line {
///     name: String,
///     oldest: Option<u64>,
/// }
/// let lines: Vec<Line> = Post::query()
///     .join(|p| p.author())
///     .group_by(|(_, author)| author.name)
///     .select(|g| LineFields { name: g.key, oldest: g.min(|(p, _)| p.id) })
///     .all(db)
///     .await?;
/// assert_eq!(lines, [Line { name: "Ann".into(), oldest: Some(1) }]);
/// # Ok(()) }) }
/// ```
///
/// A field takes anything that can be selected and that reads as the field's type: a column, an expression, an
/// aggregate, a whole row, a tuple, or a literal of another result.
///
/// | attribute on the struct | meaning |
/// |---|---|
/// | `fields = RevenueColumns` | the name of the generated struct |
/// | `crate = path::to::orm` | the path of this crate, if it is not `::orm` |
#[proc_macro_derive(Row, attributes(orm))]
pub fn derive_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    row::derive(&input).into()
}

/// Makes a struct a graph for eager loading: a row and its related rows, to any depth.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// use orm::Graph;
///
/// #[derive(Graph)] // with `Serialize`, ready for a client
/// struct UserPage {
///     #[orm(root)]
///     user: User,
///     posts: Vec<PostPage>,
///     #[orm(load = |u| u.posts().filter(|p| p.published.is_true()).limit(3))]
///     newest: Vec<Post>,
/// }
///
/// #[derive(Graph)]
/// struct PostPage {
///     #[orm(root)]
///     post: Post,
///     author: User,
/// }
/// let pages: Vec<UserPage> = User::query().filter(|u| u.age.ge(18)).graph().all(db).await?;
/// assert_eq!((pages[0].posts[0].author.name.as_str(), pages[0].newest.len()), ("Ann", 1));
/// # Ok(()) }) }
/// ```
///
/// A field is named after the relation that fills it, and holds the related model or a graph of it: in a `Vec` for a
/// relation to many, in an `Option` for one that may be empty.
///
/// | attribute | meaning |
/// |---|---|
/// | `root` on a field | the row itself |
/// | `load = \|u\| u.posts().limit(3)` on a field | what fills it, if not the whole relation of its name |
/// | `crate = path::to::orm` on the struct | the path of this crate, if it is not `::orm` |
#[proc_macro_derive(Graph, attributes(orm))]
pub fn derive_graph(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    graph::derive(&input).into()
}

/// Builds a raw SQL statement: an `orm::raw::Sql`, whose terminal methods run it.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// let (email, ids) = ("ann@example.org", [1, 2]);
/// let users: Vec<User> =
///     sql!("SELECT * FROM {@User} WHERE {@User.email} = {email} AND id IN ({..ids})").all(db).await?;
/// assert_eq!(users[0].name, "Ann");
/// # Ok(()) }) }
/// ```
///
/// | in the text | stands for |
/// |---|---|
/// | `{email}`, `{user.email}` | a variable in scope or a field of one: a bind parameter, never part of the text |
/// | `{min}` with `, min = 3 * n` after the text | the value of an expression, also bound |
/// | `{..ids}` | a comma-separated list of values for `IN (..)`, padded by repeating the last one; an empty list matches nothing |
/// | `{@User}`, `{@User.email}` | the table of a model, the column of a field, quoted for the database |
/// | `{{`, `}}` | a brace |
///
/// Text inside quotes or comments is left as it is. For SQL text from a file, use `orm::raw::sql`.
#[proc_macro]
pub fn sql(input: TokenStream) -> TokenStream {
    sql::statement(input.into()).into()
}

/// Builds a raw SQL expression inside a typed query. Its type comes first: a value type, an `Option` of one if it may
/// be NULL, or `Condition`.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// let prefix = "41";
/// let names = User::query()
///     .filter(|u| fragment!(Condition, "hex({u.name}) LIKE {prefix} || '%'"))
///     .select(|u| fragment!(String, "hex({u.name})"));
/// assert_eq!(names.all(db).await?, ["416E6E"]);
/// # Ok(()) }) }
/// ```
///
/// The text is written as for `sql!`; braces also take columns, expressions and conditions of the query. The type is
/// not checked in advance: a value from the server that does not fit it is an error.
#[proc_macro]
pub fn fragment(input: TokenStream) -> TokenStream {
    sql::fragment(input.into()).into()
}

/// Declares functions that call stored procedures, with their parameters and types.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// procedure! {
///     /// Moves money from one account to another.
///     pub fn transfer(sender: u64, receiver: u64, inout amount: Decimal, out rest: Option<Decimal>);
///     fn nightly(day: NaiveDate) = "reports.nightly";
/// }
/// let mut s = db.session();
/// match transfer(1, 2, Decimal::TEN).run(&mut s).await {
///     Ok(done) => println!("{:?}", done.out), // (Decimal, Option<Decimal>)
///     Err(error) => assert!(error.is_unsupported()), // SQLite has no procedures
/// }
/// # let _ = nightly;
/// # Ok(()) }) }
/// ```
///
/// A parameter is `in` by default, or `inout` or `out`; parameters are in the order of the procedure's. The function
/// returns an `orm::Call`; its `run` calls the procedure. The procedure has the name of the function, or the one in
/// the text after `=`.
#[proc_macro]
pub fn procedure(input: TokenStream) -> TokenStream {
    procedure::functions(input.into()).into()
}

/// Makes an `async fn` a test with a database in which it leaves nothing behind: everything it does, including
/// commits, happens in one transaction, which is rolled back when the test ends. Tests can run in parallel and do not
/// see each other's changes. See `Database::for_test` for what this means for the code under test.
///
/// ```
/// # use orm::{assert_statements, prelude::*};
/// # use orm_doc::{Post, User};
/// #[orm::test(models = (User, Post))]
/// async fn bob_has_no_posts(db: Database) -> orm::Result<()> {
///     let bob = User::insert().email("bob@example.org").name("Bob").returning(&db).await?;
///     let posts = assert_statements!(db, 1, bob.posts().all(&db).await?);
///     assert_eq!(posts, []);
///     Ok(())
/// }
/// # fn main() {}
/// ```
///
/// | option | meaning |
/// |---|---|
/// | `models = (User, Post)` | the models whose tables the test needs: missing tables are created first, and stay |
/// | `url = "sqlite::memory:"` | the URL of the database; by default that of the variable `TEST_DATABASE_URL` |
/// | `binds = ("audit", "cache" = "sqlite::memory:")` | further databases, for models with `#[orm(bind = "audit")]`; without a URL, the variable `TEST_DATABASE_URL_AUDIT` is read. Each has its own transaction, which is rolled back, too |
///
/// A test returns nothing, or a `Result` with an error that `orm::Error` converts into. It runs on its own
/// single-threaded runtime. Other attributes, such as `#[ignore]`, are kept.
///
/// ```
/// # use orm::prelude::*;
/// # use orm_doc::User;
/// #[derive(Model, Debug)]
/// #[orm(table = "events", bind = "audit")]
/// pub struct Event {
///     #[orm(primary_key, auto)]
///     pub id: u64,
///     pub text: String,
/// }
///
/// #[orm::test(models = (User, Event), url = "sqlite::memory:", binds = ("audit" = "sqlite::memory:"))]
/// async fn who_joins_is_noted(db: Database) -> orm::Result<()> {
///     let mut s = db.session();
///     s.add(User::insert().email("bob@example.org").name("Bob"));
///     s.add(Event::insert().text("Bob joined"));
///     s.commit().await?;
///     assert_eq!((User::query().count(&db).await?, Event::query().count(&db).await?), (1, 1));
///     Ok(())
/// }
/// # fn main() {}
/// ```
///
/// On `sqlite::memory:`, each test has its own database. On an SQLite file, which allows one writer, tests run one at
/// a time.
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    test_attr::expand(options.into(), item.into()).into()
}

/// Makes a struct, such as a form sent by a client, a new row of a model, usable wherever an insert builder is.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// # use serde::Deserialize;
/// #[derive(Insert, Deserialize, Clone)]
/// #[orm(model = User)]
/// struct NewUser {
///     email: String,
///     name: String,
///     age: Option<i32>,
/// }
/// let form: NewUser = serde_json::from_str(r#"{ "email": "cid@example.org", "name": "Cid" }"#).unwrap();
/// let cid: User = form.into_insert().returning(db).await?;
/// assert_eq!((cid.name.as_str(), cid.age), ("Cid", None));
///
/// let dee = NewUser { email: "dee@example.org".into(), name: "Dee".into(), age: Some(30) };
/// User::insert_all([dee.clone()]).execute(db).await?; // or of many
/// # User::delete().filter(|u| u.name.eq("Dee")).execute(db).await?;
/// let mut s = db.session();
/// let new: New<User> = s.add(dee); // or in a session
/// s.commit().await?;
/// # s.saved(new)?;
/// # Ok(()) }) }
/// ```
///
/// Its fields have the names of the model's columns, and take what the builder's methods take. A struct that lacks a
/// required column does not compile; other columns that it lacks get their defaults. So does a column whose field is
/// `None` and has `#[orm(default)]`: without it, `None` is NULL.
///
/// | attribute | meaning |
/// |---|---|
/// | `model = User` | on the struct: the model |
/// | `crate = path::to::orm` | on the struct: the path of this crate, if it is not `::orm` |
/// | `default` | on an `Option` field: `None` leaves the column to its default |
/// | `skip` | on a field: not a column |
#[proc_macro_derive(Insert, attributes(orm))]
pub fn derive_insert(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    form::derive_insert(&input).into()
}

/// Makes a struct a partial update of a row, for `update().apply(patch)`.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{Post, User, run};
/// # fn main() { run(async |db| {
/// # use serde::Deserialize;
/// #[derive(Patch, Deserialize)]
/// #[orm(model = User)]
/// struct UserPatch {
///     name: Option<String>,
///     age: Option<Option<i32>>,
/// }
/// let patch: UserPatch = serde_json::from_str(r#"{ "name": "Anna" }"#).unwrap();
/// User::update_by(1).apply(patch).execute(db).await?;
/// let anna = User::find(1).one(db).await?;
/// assert_eq!((anna.name.as_str(), anna.age), ("Anna", Some(41)));
/// # Ok(()) }) }
/// ```
///
/// Its fields have the names of the model's columns. An `Option` that is `None` leaves its column unchanged; an
/// `Option<Option<_>>` can also set NULL. A field that is not an `Option` is always set. An empty patch changes
/// nothing, but an update with it still tells whether the row exists and has the expected version.
///
/// | attribute | meaning |
/// |---|---|
/// | `model = User` | on the struct: the model |
/// | `crate = path::to::orm` | on the struct: the path of this crate, if it is not `::orm` |
/// | `skip` | on a field: not a column |
#[proc_macro_derive(Patch, attributes(orm))]
pub fn derive_patch(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    form::derive_patch(&input).into()
}

/// Embeds the migrations of a folder in the program: an `orm::Result<orm_migrate::Migrations>`, like that of
/// `Migrations::read`. The path is relative to the folder of `Cargo.toml`.
///
/// ```
/// # use orm_doc::run;
/// # fn main() { run(async |db| {
/// let migrations = orm_migrate::migrations!("../tests/migrate/embedded")?; // mostly `migrations!("migrations")?`
/// assert_eq!(migrations.up(db).await?.len(), 1);
/// # Ok(()) }) }
/// ```
///
/// Cargo notices when a file changes, but not when one is added; this line in `build.rs` makes it notice:
/// `println!("cargo::rerun-if-changed=migrations");`
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    migrations::embed(input.into()).into()
}
