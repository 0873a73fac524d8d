//! What the models say about the database: tables, columns, keys and relations, as plain data.
//!
//! `#[derive(Model)]` writes one [`Table`] per model as a `static`; queries, changes and table creation read it.

mod alternatives;
mod column;
mod create;
mod diagram;
mod foreign_key;
mod set;
mod table;

pub use alternatives::Alternatives;
pub use column::ColumnDef;
pub use create::ddl;
pub(crate) use create::{check_home, create_table, drop_table, in_order};
pub use diagram::Diagram;
pub use foreign_key::{Direction, ForeignKey, Link, ReferentialAction};
pub use set::ModelSet;
pub use table::{DeletionMark, Index, Table};
