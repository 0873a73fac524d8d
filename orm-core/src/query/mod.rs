//! Queries: typed method chains that build one SELECT.
//!
//! [`Query`] has a scope and rows of that scope; `select` makes [`Rows`], a finished selection that takes only paging and
//! terminals; `group_by` makes a [`Grouped`] query, in which only the key and aggregates can be used.

mod aggregates;
mod clauses;
mod cte;
mod cursor;
mod derived;
mod distinct;
mod elements;

mod full_join;
mod group;
mod hint;
mod join;
mod json_array;
mod lateral;
mod lock;
mod misplaced;
mod page;
mod portions;
mod rollup;
mod rows;
mod select;
mod set;
mod slice;
mod spread;
mod subquery;
mod tableless;
mod terminals;
mod text_order;
mod total_order;
mod tree;
mod typed;
mod unselected;
mod values;
mod with;

pub use crate::shape::{Derived, MaybeDerived, Shape, columns_of};
pub use aggregates::Filtered;
pub use cte::Cte;
pub use cursor::{Cursor, CursorKey};
pub use derived::RowSource;
pub use distinct::Counted;
pub(crate) use elements::elements;
pub use elements::{Element, ElementFields};
pub use group::{Group, Grouped};
pub use misplaced::{Changing, InGroups, Iterates, OfOneModel, Selected, Unfinished, Ungrouped};
pub use page::Page;
pub(crate) use portions::{ROWS, portions};
pub use rollup::RollUp;
pub use rows::Rows;
pub use select::Query;
pub use slice::Slice;
pub use tableless::select;
pub(crate) use terminals::{Read, fetch};
pub(crate) use typed::Typed;
pub use unselected::OfColumns;
pub use values::{ListRow, values};
