//! DDL: the statements that create, drop and alter the parts of a schema.

mod column;
mod create;
mod keys;
mod lists;

pub(crate) use create::{create, drop_table};

/// Parts of statements.
pub(super) mod sql {
    pub(in crate::schema) use super::column::column;
    pub(in crate::schema) use super::create::drop_table;
    pub(in crate::schema) use super::keys::{
        add_index, check, drop_index, foreign_key, inline_index, parser,
    };
    pub(in crate::schema) use super::lists::{list, parts};
}
