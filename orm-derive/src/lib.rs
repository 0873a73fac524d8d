//! The derive macros of [`orm`](https://docs.rs/orm): use them through that crate.
//!
//! A macro goes through four stages: `attr` reads the attributes, `model` answers what can be answered without the
//! compiler, `check` applies the rules, and `expand` writes the code. Mistakes of all stages are reported at once, and
//! a stub stands in for what could not be written, so that one mistake is one error.

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
mod sql;
mod suggest;
mod test_attr;
mod value;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::context::Ctxt;

/// Maps a struct to a table or a view. It stays plain data; beside it stand `PostFields`, the columns that closures are given,
/// and `PostInsert`, the builder of a row.
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
/// An `Option` is a column that can be NULL. An insert has to be given the columns that are no `Option` and that nothing
/// below fills.
///
/// # On the struct
///
/// | attribute | meaning |
/// |---|---|
/// | `table = "users"`, `schema = "shop"`, `comment = "…"` | names; the table is the struct's name in snake case if it is not given |
/// | `view` | it is a view, or a table that is only read: no key is needed, and it is not created, changed or tracked |
/// | `engine = "…"`, `charset = "…"`, `collation = "…"` | how MySQL and MariaDB store the table and compare its texts; SQLite compares as collations that end in `_bin` do, and refuses others |
/// | `renamed_from = "people"` | what the table was called before: the migration that is made then renames it, and keeps its rows; it may stay there |
/// | `bind = "audit"` | the table is in the database that the program opened under this name, with `DatabaseBuilder::bind`: statements go there by themselves |
/// | `primary_key(a, b)` | a primary key of several columns |
/// | `unique(a, b)`, `index(a, b)` | with `name = "…"` and `where = "…"` inside, if need be; `title(20)` is the beginning of a text, `expr = "lower(title)"` what the server computes; `created_at desc` has the greatest first |
/// | `full_text(title, body)` | an index of the words in these columns, which `has_words` looks through: on MySQL and MariaDB. With `name = "…"` and `parser = "…"` inside, if need be |
/// | `check = "price >= 0"` | a condition that every row meets; `check("price >= 0", name = "not_negative")` gives it the name that `Error::constraint` tells |
/// | `belongs_to(order: Order, by = (region, order_no))` | a foreign key of several columns, in the order of the parent's key; `to = (region, number)` names unique columns of the parent instead of that; with `on_delete`, `on_update` and `constraint`, as on a field |
/// | `has_many(posts: Post)`, `has_one(profile: Profile)` | the other end of the one foreign key of `Post` to this model |
/// | `has_many(written: Post.author)` | the same if it has several: the one of that relation |
/// | `one_of(subject: Subject, by = (post, photo))` | exactly one of these foreign keys, which are all `Option`s; loaded as a `Subject`, an enum with a variant for each |
/// | `many_to_many(tags: Tag, through = PostTag)` | the rows that those of a join model link with this row; with `from = followed, to = follower`, if the join model has several relations to either end |
/// | `soft_delete = deleted_at` | rows are marked as deleted by the moment in this column, an `Option<DateTime<Utc>>`, instead of going |
/// | `hooks` | a session runs the functions of `impl Hooks for User` around inserts, updates and deletes |
/// | `fields = UserColumns` | the name of the struct of columns |
/// | `crate = path::to::orm` | where this crate is, if it is not `::orm` |
///
/// # On a field
///
/// | attribute | meaning |
/// |---|---|
/// | `primary_key`, `auto` | the primary key; the server counts it up (one that a trigger sets is `server_default`) |
/// | `unique`, `index`, `full_text` | of this column by itself |
/// | `version` | counts the changes of the row, from 1 |
/// | `column = "CUST_NO"` | the column's name, if it is not the field's |
/// | `renamed_from = "name"` | what the column was called before: the migration that is made then renames it, and keeps its values; it may stay there |
/// | `length = 190`, `precision = (12, 2)`, `sql_type = "…"` | how it is stored; text in a key or index needs a length |
/// | `default = value` | what a new row gets from the client; `now` is the present moment |
/// | `on_update = now` | set at each update |
/// | `server_default = "…"`, `generated = "…"` | what the server fills in; with `virtual`, what it computes is not stored |
/// | `collation = "…"` | how its texts are compared, if not as those of the table |
/// | `belongs_to = User` | a foreign key; the relation is called as the field without `_id` |
/// | `belongs_to = Country, to = code` | a foreign key to a unique column of the other model that is not its primary key; the relation is called as the field without `_code` |
/// | `relation = reviewer`, `on_delete = cascade`, `on_update = restrict` | the relation's name, and what the foreign key does |
/// | `constraint = "posts_author"` | the name of the foreign key in the database, if it is not made of the table and the relation |
/// | `scoped` | a scope of the database fills it in, so that inserts may leave it out |
/// | `json` | any type that serde writes and reads, stored as JSON: see `orm::Json` |
/// | `embed`, `embed = "ship_"` | the fields of the struct, which derives `Embed`, are columns, behind all others: their names begin with the field's and `_`, or with what is given, be it nothing |
/// | `skip` | no column: `Default` when a row is read; what a session tracks keeps it when it is read again |
/// | `sensitive` | no value of a statement with its table gets into a log, an error or a `Debug` form, with `show_params` neither; raw SQL says by `{@Model}` that it has to do with the table |
/// | `comment = "…"` | what the database says about it |
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

/// Makes a newtype or an enum a value that a column can store. The type has to be `Clone`.
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
/// A newtype is stored as what is in it. An enum is stored as the names of its variants in snake case, or the words given
/// with `rename`: in a text column with `as = text`, as it is if nothing is said, or with `as = enum` in a column that
/// takes no other words. With `as = int`, it is stored as the numbers of its variants.
#[proc_macro_derive(Value, attributes(orm))]
pub fn derive_value(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    value::derive(&input).into()
}

/// Makes a struct, or an enum, one that models embed: its fields are columns of each that has it in a field with `#[orm(embed)]`. Beside it
/// stands `AddressFields`, the columns that closures are given.
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
/// An enum is embedded, too: a column says which variant it is, and the columns of the others are NULL. Beside it stand `ContactFields`,
/// and `ContactKind`, which is the enum without its fields.
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
/// Variants take `rename = "word"`, which is what the column says of them, and the enum takes `tag = "type"`, the name of that column, and
/// `kind = ContactMethod`, the name of the enum without its fields.
///
/// Fields take the attributes `column`, `length`, `precision`, `sql_type`, `collation`, `json`, `sensitive`, `comment`, `default` and
/// `on_update = now`, with their meaning in a model; keys, relations and indexes are the model's own. Where each field is an `Option` or
/// has a `default`, an insert may leave the struct out. The struct takes `fields = AddressColumns` and
/// `crate = path::to::orm`, as a model does.
#[proc_macro_derive(Embed, attributes(orm))]
pub fn derive_embed(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    embed::derive(&input).into()
}

/// Makes a struct a result: beside it stands `RevenueFields`, a literal of which `select` takes.
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
/// A field takes whatever can be selected and is read as the field's type: a column, an expression, an aggregate, a whole
/// row, a tuple, or a literal of another result.
///
/// | attribute on the struct | meaning |
/// |---|---|
/// | `fields = RevenueColumns` | the name of the struct beside it |
/// | `crate = path::to::orm` | where this crate is, if it is not `::orm` |
#[proc_macro_derive(Row, attributes(orm))]
pub fn derive_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    row::derive(&input).into()
}

/// Makes a struct a graph: a row, and what its relations lead to, as deep as need be.
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
/// A field is called as the relation that fills it, and holds the model that it leads to or a graph of that: in a `Vec` if
/// it leads to many, in an `Option` if it may lead nowhere.
///
/// | attribute | meaning |
/// |---|---|
/// | `root` on a field | the row itself |
/// | `load = \|u\| u.posts().limit(3)` on a field | what it is filled with, if that is not the whole relation of its name |
/// | `crate = path::to::orm` on the struct | where this crate is, if it is not `::orm` |
#[proc_macro_derive(Graph, attributes(orm))]
pub fn derive_graph(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    graph::derive(&input).into()
}

/// A statement written by hand: an `orm::raw::Sql`, whose terminals run it.
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
/// | `{email}`, `{user.email}` | a value of the place where the macro stands, which is bound, never part of the text |
/// | `{min}` with `, min = 3 * n` after the text | the same of an expression |
/// | `{..ids}` | a list of values with commas between them, padded by repeating the last one: for `IN (..)`. Nothing is in an empty one |
/// | `{@User}`, `{@User.email}` | the table of a model and the column of a field, in the quotes of the database |
/// | `{{`, `}}` | a brace |
///
/// What stands in quotes or comments is left as it is. Text from a file goes through `orm::raw::sql`.
#[proc_macro]
pub fn sql(input: TokenStream) -> TokenStream {
    sql::statement(input.into()).into()
}

/// An expression written by hand, inside a typed query. Its type is said first: a value type, an `Option` of one if it may
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
/// It is written as for `sql!`; braces also take columns, expressions and conditions of the query. Nobody checks that the
/// server gives what the type says: reading something else is an error.
#[proc_macro]
pub fn fragment(input: TokenStream) -> TokenStream {
    sql::fragment(input.into()).into()
}

/// Functions that call stored procedures: their parameters and types said once.
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
/// A parameter is `in` if nothing is said, `inout` or `out`, in the order of the procedure's. The function returns an
/// `orm::Call`, which `run` runs. The procedure is called as the function is, or as the text after `=` says.
#[proc_macro]
pub fn procedure(input: TokenStream) -> TokenStream {
    procedure::functions(input.into()).into()
}

/// Makes an `async fn` a test that gets a database and leaves nothing in it: whatever it does, commits included, is in one
/// transaction, which is rolled back when the test ends. Tests run beside one another and do not see what the others do.
/// See `Database::for_test` for what that means to the code under test.
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
/// | `models = (User, Post)` | the models whose tables the test needs: they are created first if they are not there, and stay |
/// | `url = "sqlite::memory:"` | the database; if nothing is said, the one that the variable `TEST_DATABASE_URL` names |
/// | `binds = ("audit", "cache" = "sqlite::memory:")` | further databases, for models with `#[orm(bind = "audit")]`; if no URL is said, the variable `TEST_DATABASE_URL_AUDIT` has it. Each is in a transaction of its own, which is rolled back, too |
///
/// A test returns nothing, or a `Result` with an error that `orm::Error` converts into. It has a runtime of its own, with one
/// thread. Other attributes, such as `#[ignore]`, stay.
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
/// On `sqlite::memory:` each test has a database of its own. On a file of SQLite, which has one writer, tests take turns.
#[proc_macro_attribute]
pub fn test(options: TokenStream, item: TokenStream) -> TokenStream {
    test_attr::expand(options.into(), item.into()).into()
}

/// Makes a struct, such as the form that a client sends, a new row of a model: usable wherever a builder is.
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
/// Its fields are called as columns of the model, and take what the builder takes. A required column that the struct lacks
/// does not compile; columns that it lacks get their defaults.
///
/// | attribute | meaning |
/// |---|---|
/// | `model = User` | on the struct: whose row it is |
/// | `crate = path::to::orm` | on the struct: where this crate is, if it is not `::orm` |
/// | `skip` | on a field: no column |
#[proc_macro_derive(Insert, attributes(orm))]
pub fn derive_insert(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    form::derive_insert(&input).into()
}

/// Makes a struct a change of a row: what `update().apply(patch)` takes.
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
/// Its fields are called as columns of the model. An `Option` that is `None` leaves its column as it is; one around an
/// `Option` can set NULL. A field that is no `Option` is always set. A patch of nothing sends no statement.
///
/// | attribute | meaning |
/// |---|---|
/// | `model = User` | on the struct: whose row it changes |
/// | `crate = path::to::orm` | on the struct: where this crate is, if it is not `::orm` |
/// | `skip` | on a field: no column |
#[proc_macro_derive(Patch, attributes(orm))]
pub fn derive_patch(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    form::derive_patch(&input).into()
}

/// The migrations of a folder, in the program: an `orm::Result<orm_migrate::Migrations>`, as `Migrations::read` gives it. The
/// folder is seen from `Cargo.toml`.
///
/// ```
/// # use orm_doc::run;
/// # fn main() { run(async |db| {
/// let migrations = orm_migrate::migrations!("../tests/migrate/embedded")?; // mostly `migrations!("migrations")?`
/// assert_eq!(migrations.up(db).await?.len(), 1);
/// # Ok(()) }) }
/// ```
///
/// Cargo sees when a file changes, but not that there is a new one; this line in `build.rs` tells it:
/// `println!("cargo::rerun-if-changed=migrations");`
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    migrations::embed(input.into()).into()
}
