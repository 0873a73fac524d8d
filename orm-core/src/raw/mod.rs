//! Raw SQL: escape hatches from the query builder, just as safe.
//!
//! [`sql!`](https://docs.rs/orm) makes a [`Sql`] from text in the program, [`sql`] from text in a file, and
//! [`sql_unchecked`] from any text ([`sql_verbatim`] if its braces are not placeholders); its terminals read rows as any
//! type that implements [`FromRow`]. [`fragment!`] puts raw SQL into a typed query.
//!
//! [`fragment!`]: https://docs.rs/orm

#[doc(hidden)]
pub mod build;
mod connection;
mod decode;
mod fetch;
mod fragment;
mod from_row;
mod map;
mod merge;
mod param;
mod sets;
mod sql;
mod terminals;
mod text;
mod variables;
mod warning;

pub use connection::RawConnection;
pub(crate) use decode::{Collect, Decode, Named};
pub use fragment::{FragmentPart, FragmentType};
pub use from_row::{FromCell, FromRow, Layout};
pub use map::Map;
pub use param::{Param, ParamList};
use sets::Set;
pub(crate) use sets::Sets;
pub use sql::Sql;
pub use text::{KnownText, sql, sql_unchecked, sql_verbatim};
pub use warning::Warning;
