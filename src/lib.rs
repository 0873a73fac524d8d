//! An async ORM for MySQL, MariaDB and SQLite. Models are plain structs, and queries are closures over their columns. A
//! query with a wrong type or column does not compile, and the compiler says why.
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
//! The [`guide`] is the manual: start with its [first steps](guide::first_steps).
//!
//! # Where to read on
//!
//! | to | see |
//! |---|---|
//! | map a struct to a table | [`#[derive(Model)]`](derive@Model) with all its attributes; [`#[derive(Value)]`](derive@Value) for newtypes and enums |
//! | read a view, or a table without a primary key | [`#[orm(view)]`](guide::models#views), [`Writable`] |
//! | share columns between models, group columns, or map an enum with fields to several columns | [`#[derive(Embed)]`](derive@Embed) |
//! | read results into a struct of your own | [`#[derive(Row)]`](derive@Row) |
//! | start a statement | the methods of [`Model`](trait@Model): `query`, `find`, `insert`, `insert_all`, `update`, `delete` |
//! | filter, order, join, group, paginate | [`Query`], [`Rows`] after `select`, [`Grouped`] and [`Group`], [`Filtered`] for aggregates over some rows, [`Derived`] and [`Cte`] for derived tables and CTEs |
//! | use window functions | [`window`] |
//! | join a list of values to a table | [`values`], over any [`ListRow`] |
//! | select values that need no table | [`select`](fn@select) |
//! | stream rows one by one | [`Query::stream`], [`RowStream`] |
//! | run several statements in one round trip | [`batch`](fn@batch) |
//! | call a stored procedure | [`call`], [`procedure!`] |
//! | work on one connection, as with a cursor | [`Database::connection`], [`raw::RawConnection`] |
//! | write raw SQL, whole or as part of a query | [`sql!`] and [`fragment!`], [`raw`] |
//! | compare, compute, match text | [`Column`], [`Condition`], [`all_of`] and [`any_of`] |
//! | call an SQL function that this crate does not know | [`function!`](macro@function) |
//! | order by a column that a client names | [`Model::column_named`] |
//! | store data as JSON, and query its parts | [`Json`], [`Column::at`] |
//! | load related rows eagerly, or filter by them | [`Query::with`], [`Model::load`] for rows already loaded, [`Query::tree`] for all levels of a tree, [`Many`], [`One`] |
//! | insert, update, delete, upsert | [`Update`], [`Delete`], [`InsertAll`], [`InsertFrom`], [`OnConflict`], [`BulkInsert`] for bulk loads |
//! | turn client input into inserts and updates | [`#[derive(Insert)]`](derive@Insert), [`#[derive(Patch)]`](derive@Patch), [`IntoRow`] |
//! | open a database | [`Open`] for the URLs, [`DatabaseBuilder`] for the options, [`DatabaseConfig`] for files and the environment, [`Database`] |
//! | use several databases | [`DatabaseBuilder::bind`], [`Database::on`] |
//! | use the unit of work: change rows in place, and flush what has changed | [`Transaction::get`], [`Query::track`], [`Transaction::add`], [`Handle`], [`New`], [`Transaction::flush`] |
//! | run a transaction | [`Session`], or a closure: [`Database::transaction`], [`TransactionOptions`]; [`Savepoint`] for parts of it |
//! | write a function that runs on a database, a session or a transaction | [`Executor`] |
//! | handle errors | [`Error`] and [`ErrorKind`] |
//! | see the query plan | [`Query::explain`] and [`Plan`] |
//! | count statements, or see which ones ran | [`assert_statements!`], [`Database::log`] and [`QueryLog`] |
//! | detect N+1 queries | [`NPlusOne`] |
//! | run tests that roll back | [`#[orm::test]`](macro@test), [`Database::for_test`] |
//! | migrate tables as models change | the crate `orm-migrate`: [migrations](guide::migrations) |
//! | draw the tables and their foreign keys | [`Schema::diagram`] |
//! | see the SQL | [`Query::to_sql`] and [`Schema::ddl`], with a [`dialect`] |
//! | read the schema of a database, and compare it with your models | [`Schema::reflect`], [`Schema::verify`] |
//! | write a driver of your own | [`driver`] |
//!
//! The [`prelude`] has what most programs need in scope. `examples/tour.rs` in the repository shows the main parts in one
//! program, and the README lists what works on which database.
//!
//! # Features
//!
//! `mysql` and `sqlite` are on by default. With `default-features = false`, only the drivers that you name are built.
//!
//! - `mysql`: MySQL and MariaDB, through `mysql_async`.
//! - `sqlite`: SQLite, embedded through `rusqlite`, which bundles SQLite itself.
//! - `tls`: encrypted connections to MySQL and MariaDB, through `rustls`.
//! - `ed25519`: MariaDB users with the authentication plugins `ed25519` or `parsec`.
//! - `jiff`, `time`: columns of the dates and times of these crates, beside those of chrono.
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
    ColumnsOf, Condition, Expr, Expression, Holds, IntoCondition, JsonStep, KeyValue, Operand, Ordered,
    Orders, Parameter, Pattern, Returned, RowCandidates, RowExpr, RowOperand, RowParts, RowsOf, Searched,
    Term, all_of, any_of, case, function, has_words, has_words_boolean, null, relevance, relevance_boolean,
    row, server_now, server_random, server_today, value,
};
pub use orm_core::mode::{Far, Mode, Nullable, Required};
pub use orm_core::n_plus_one::NPlusOne;
pub use orm_core::procedure::{Call, Called, call};
pub use orm_core::query::{
    Counted, Cte, Cursor, CursorKey, Derived, Element, ElementFields, Filtered, Group, Grouped, ListRow,
    MaybeDerived, Page, Query, RollUp, RowSource, Rows, Shape, Slice, select, values,
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
    Executor, On, Pending, Retrying, Savepoint, Session, Transaction, TransactionOptions, Work,
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

/// The SQL dialects, for `to_sql` and [`Schema::of`] without a database.
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

/// Traits that clauses require of the query before them. They are here so that compiler messages have short names for them,
/// and for return types such as `Delete<Post, impl Bounded>`.
pub mod rules {
    pub use orm_core::change::{
        AmongMany, Assigned, Bounded, Complete, Decided, Filtered, HasSet, LeavesOut, RowOf, Unassigned,
        Unfiltered, Updating,
    };
    pub use orm_core::database::{Begins, Connects, RunsStatements};
    pub use orm_core::elsewhere::*;
    pub use orm_core::expression::{Arithmetic, Conditional, NoKey, OfManyRows, Optional, OutsideGroup};
    pub use orm_core::mode::{MayBeNull, Own};
    pub use orm_core::query::{
        Changing, InGroups, Iterates, OfColumns, OfOneModel, Selected, Unfinished, Ungrouped,
    };
    pub use orm_core::relation::{Compared, LeadsToMany};
    pub use orm_core::session::{Ended, RunsChange, RunsClosure, RunsQuery, RunsSql, Unrun};
}

/// The examples in the README, compiled and run as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// Used by generated code. Not part of the public API.
#[doc(hidden)]
pub mod base {
    pub use orm_core::{
        __operands, change, dialect, embed, error, expression, mode, model, procedure, query, raw, relation,
        row, schema, scope, selection, session, soft_delete, syntax, test_kit, unit, value,
    };
}
