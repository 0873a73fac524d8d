//! Relations: what the methods named after them return, and loading what they lead to.

mod any;
mod attach;
mod children;
mod computed;
mod ends;
mod gather;
mod graph;
mod key;
mod keys;
mod load;
mod many;
mod misplaced;
mod of_row;
mod of_rows;
mod one;
mod one_of;
mod one_with;
mod only;
mod part;
mod pile;
mod traits;
mod way;

pub use attach::{Attach, Detach, Direct, JoinModel, Through};
pub use gather::{Gather, Loader, Plan};
pub(crate) use gather::{InRow, Reader, Zip, fetch_graph, start};
pub use graph::{Graph, Loaded, nothing, root_fields, zip};
pub use load::Load;
pub use many::Many;
pub use of_row::{parent_of, rows_of};
pub use of_rows::Related;
pub use one::One;
pub use one_of::OneOf;
pub use one_with::OneWith;
pub use part::{Part, With};
pub use traits::{BelongsTo, References, Refers, Relation};
pub use way::Way;
