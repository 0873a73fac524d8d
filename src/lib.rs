//! An ORM for MySQL, MariaDB and SQLite. Models are plain structs; queries are closures over their columns; a wrong
//! query does not compile, and the compiler says why.
//!
//! ```
//! use orm::prelude::*;
//!
//! #[derive(Model, Debug)]
//! #[orm(table = "users")]
//! pub struct User {
//!     #[orm(primary_key, auto)]
//!     pub id: u64,
//!     pub name: String,
//!     pub age: Option<i32>,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! let db = Database::open("sqlite::memory:")?; // or mysql://root@localhost/app
//! db.create_tables::<User>().await?;
//! let ann = User::insert().name("Ann").age(41).returning(&db).await?;
//! let adults: Vec<User> = User::query().filter(|u| u.age.ge(18)).order_by(|u| u.name.asc()).all(&db).await?;
//! assert_eq!(adults[0].id, ann.id);
//! # Ok(())
//! # }
//! ```
//!
//! The [`guide`] is the manual: begin with its [first steps](guide::first_steps).
//!
//! # Where to read on
//!
//! | to | see |
//! |---|---|
//! | map a struct to a table | [`#[derive(Model)]`](derive@Model) with all its attributes; [`#[derive(Value)]`](derive@Value) for newtypes and enums |
//! | read a view, or a table without a key | [`#[orm(view)]`](guide::models#views), [`Writable`] |
//! | share columns between models, name them together, or have an enum with fields in several of them | [`#[derive(Embed)]`](derive@Embed) |
//! | read results into a struct of your own | [`#[derive(Row)]`](derive@Row) |
//! | start a statement | the methods of [`Model`](trait@Model): `query`, `find`, `insert`, `insert_all`, `update`, `delete` |
//! | filter, order, join, group, page | [`Query`], [`Rows`] once it is said what to select, [`Grouped`] and [`Group`], [`Filtered`] for some of its rows |
//! | compute over the rows around each row | [`window`] |
//! | join a list of your program to a table | [`values`], of what is a [`ListRow`] |
//! | read rows one by one | [`Query::stream`], [`RowStream`] |
//! | run several statements in one round trip | [`batch`](fn@batch) |
//! | call a stored procedure | [`call`], [`procedure!`] |
//! | have a connection in hand, as a cursor | [`Database::connection`], [`raw::RawConnection`] |
//! | write SQL by hand, or a part of it | [`sql!`] and [`fragment!`], [`raw`] |
//! | compare, compute, match text | [`Column`], [`Condition`], [`all_of`] and [`any_of`] |
//! | call a function that only your server has | [`function!`](macro@function) |
//! | order by what a client names | [`Model::column_named`] |
//! | store data as JSON, and ask for its parts | [`Json`], [`Column::at`] |
//! | load related rows, or ask about them | [`Query::with`], [`Model::load`] for rows at hand, [`Query::tree`] for all levels below, [`Many`], [`One`] |
//! | change rows | [`Update`], [`Delete`], [`InsertAll`], [`InsertFrom`], [`OnConflict`], [`BulkInsert`] for very many |
//! | take what a web client sends | [`#[derive(Insert)]`](derive@Insert), [`#[derive(Patch)]`](derive@Patch), [`IntoRow`] |
//! | open a database | [`Open`] for the URLs, [`DatabaseBuilder`] for the options, [`DatabaseConfig`] for files and the environment, [`Database`] |
//! | use several databases | [`DatabaseBuilder::bind`], [`Database::on`] |
//! | change rows in place, and have what is different sent | [`Transaction::get`], [`Query::track`], [`Transaction::add`], [`Handle`], [`New`], [`Transaction::flush`] |
//! | run several statements as one | [`Session`], or a closure: [`Database::transaction`], [`TransactionOptions`]; [`Savepoint`] for parts of them |
//! | write a helper that runs anywhere | [`Executor`] |
//! | decide by what went wrong | [`Error`] and [`ErrorKind`] |
//! | see what the server makes of a statement | [`Query::explain`] and [`Plan`] |
//! | count statements, or see which ones ran | [`assert_statements!`], [`Database::log`] and [`QueryLog`] |
//! | find queries that are run once for each row of another one | [`NPlusOne`] |
//! | test against a database that forgets | [`#[orm::test]`](macro@test), [`Database::for_test`] |
//! | change tables as models change | the crate `orm-migrate`: [migrations](guide::migrations) |
//! | draw the tables and their keys | [`Schema::diagram`] |
//! | see the SQL | [`Query::to_sql`] and [`Schema::ddl`], with a [`dialect`] |
//! | see what is in a database, and whether it is as your models say | [`Schema::reflect`], [`Schema::verify`] |
//! | bring a driver of your own | [`driver`] |
//!
//! The [`prelude`] has what most programs want in scope. `examples/tour.rs` in the repository shows all of it in one
//! program, and the README compares what works on which database.
//!
//! # Features
//!
//! The first two are on by default; with `default-features = false`, only the drivers that are named are built.
//!
//! - `mysql`: MySQL and MariaDB, through `mysql_async`.
//! - `sqlite`: embedded SQLite, through `rusqlite`, which brings its own SQLite.
//! - `tls`: encrypted connections to MySQL and MariaDB, through `rustls`.
//! - `ed25519`: users of MariaDB with the authentication plugins `ed25519` or `parsec`.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(any(doc, doctest))]
pub mod guide;
mod open;
pub mod prelude;

pub use open::Open;

pub use orm_core::batch::{Batch, InBatch, Statements, TypedSql, batch};
pub use orm_core::change::{
    BulkInsert, ByKey, ConflictTarget, Delete, Ignored, InsertAll, InsertFrom, InsertRow, IntoRow, Missing,
    OnConflict, Set, Update, Upsert,
};
pub use orm_core::database::{Database, DatabaseBuilder, DatabaseConfig, PoolStatus};
pub use orm_core::error::{Error, ErrorKind, NamesColumns, Result};
pub use orm_core::explain::{Plan, PlanNode};
pub use orm_core::expression::{
    Aggregate, AnyColumn, Arguments, Assign, Assignment, Assignments, Candidates, Case, Column, ColumnName,
    ColumnsOf, Condition, Expr, Expression, Holds, JsonStep, KeyValue, Operand, Ordered, Orders, Parameter,
    Pattern, Returned, RowCandidates, RowExpr, RowOperand, RowParts, RowsOf, Searched, Term, all_of, any_of,
    case, function, has_words, has_words_boolean, null, relevance, relevance_boolean, row, server_now,
    server_random, server_today, value,
};
pub use orm_core::mode::{Far, Mode, Nullable, Required};
pub use orm_core::n_plus_one::NPlusOne;
pub use orm_core::procedure::{Call, Called, call};
pub use orm_core::query::{
    Counted, Cte, Cursor, CursorKey, Derived, Filtered, Group, Grouped, ListRow, MaybeDerived, Page, Query,
    RollUp, RowSource, Rows, Shape, Slice, values,
};
pub use orm_core::query_log::{LoggedStatement, QueryLog, StatementCount};
pub use orm_core::relation::{
    Attach, BelongsTo, Branch, Detach, Direct, JoinModel, Load, Loaded, Many, One, OneOf, OneWith, Part,
    References, ReferencesColumn, Refers, Related, Relation, Through, Tree, With,
};
pub use orm_core::schema::Schema;
pub use orm_core::scope::{Maybe, Place, Scope};
pub use orm_core::selection::{Selection, Tables};
pub use orm_core::session::{
    Executor, On, Pending, Retrying, Savepoint, Session, Transaction, TransactionOptions,
};
pub use orm_core::soft_delete::SoftDelete;
pub use orm_core::stream::{NextRow, RowChunks, RowStream};
pub use orm_core::syntax::Statement;
pub use orm_core::unit::{
    Changed, Changes, Draft, Entities, Get, Handle, Hooks, IntoNew, LinkTarget, New, Refresh, Tracked,
};
pub use orm_core::value::now;
pub use orm_core::value::{Document, Json, JsonData};
pub use orm_core::{assert_statements, function, operands};
pub use orm_core::{driver, raw, schema, value, window};

pub use orm_core::model::{Model, Versioned, Writable};
pub use orm_derive::Model;

pub use orm_core::relation::Graph;
pub use orm_derive::Graph;

pub use orm_core::change::Patch;
pub use orm_derive::{Insert, Patch};

pub use orm_core::embed::{Embed, EmbedAssign, EmbedOperand};
pub use orm_derive::Embed;

pub use orm_core::row::Row;
pub use orm_derive::Row;

pub use orm_core::value::Value;
pub use orm_derive::Value;

pub use orm_derive::{fragment, procedure, sql, test};

/// The dialects, for `to_sql` and [`Schema::of`] without a database.
///
/// ```
/// use orm::dialect::{MYSQL, SQLITE};
/// assert_eq!((MYSQL.quote, SQLITE.quote), ('`', '"'));
/// ```
pub mod dialect {
    pub use orm_core::dialect::Dialect;

    #[cfg(feature = "mysql")]
    pub use orm_mysql::{MARIADB, MYSQL};
    #[cfg(feature = "sqlite")]
    pub use orm_sqlite::DIALECT as SQLITE;
}

/// What clauses ask of the query before them. Nothing is to be done with it: it is here so that the compiler's messages, in
/// which it stands, have short names for it.
pub mod rules {
    pub use orm_core::change::{
        AmongMany, Bounded, Complete, Decided, HasSet, RowOf, Unassigned, Unfiltered, Updating,
    };
    pub use orm_core::expression::{Arithmetic, Conditional, NoKey, OfManyRows, Optional, OutsideGroup};
    pub use orm_core::mode::{MayBeNull, Own};
    pub use orm_core::query::{Changing, InGroups, OfColumns, OfOneModel, Selected, Unfinished, Ungrouped};
    pub use orm_core::relation::{Compared, LeadsToMany};
    pub use orm_core::session::{Ended, RunsChange, RunsClosure, RunsQuery, RunsSql, Unrun};
}

/// The examples of the README, compiled and run with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// What generated code names. Not part of the interface.
#[doc(hidden)]
pub mod base {
    pub use orm_core::{
        __operands, change, dialect, embed, error, expression, mode, model, procedure, query, raw, relation,
        row, schema, scope, selection, session, soft_delete, syntax, test_kit, unit, value,
    };
}
