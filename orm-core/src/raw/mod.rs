//! Raw SQL: the ways around the query object, as safe as the query object.
//!
//! [`sql!`](https://docs.rs/orm) makes a [`Sql`] of text in the program, [`sql`] of text in a file, and
//! [`sql_unchecked`] of any text ([`sql_verbatim`] if its braces are no values); its terminals read rows as whatever
//! implements [`FromRow`]. [`fragment!`] puts such text into a typed query.
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
