//! Schemas: what models declare about the database (tables, columns, keys and relations) as plain data, and the
//! existing or wanted schema of a database as an owned [`Schema`].
//!
//! `#[derive(Model)]` writes one [`Table`] per model as a `static`, which queries and changes read. A [`Schema`]
//! describes such tables for a dialect, and tables are created from it; the schema of an existing database is read into
//! one, too.

mod alternatives;
mod choices;
mod column;
mod compare;
mod ddl;
mod description;
mod diagram;
mod empty;
mod foreign_key;
mod full_text;
mod models;
mod order;
mod quoted;
mod reflect;
mod remembered;
mod renamed;
mod set;
mod table;
mod verify;
mod views;

pub use alternatives::Alternatives;
#[doc(hidden)]
pub use choices::{literals, unquoted};
pub use column::ColumnDef;
pub use compare::{Difference, Pair, TablePart, expression};
pub(crate) use ddl::{create, drop_table};
pub use description::{
    CheckSchema, ColumnSchema, ForeignKeySchema, Generated, IndexSchema, KeyPart, Schema, TableName,
    TableSchema, ViewSchema,
};
pub use diagram::Diagram;
#[doc(hidden)]
pub use empty::empty;
pub use foreign_key::{Direction, ForeignKey, Link, ReferentialAction};
pub use full_text::FullText;
pub(crate) use models::{check_home, collation, describe};
pub use quoted::Quoted;
pub use remembered::Remembered;
pub use set::ModelSet;
pub use table::{Check, DeletionMark, Index, IndexPart, Storage, Table};
