//! Relations: what the methods named after them return, and loading what they lead to.

mod any;
mod gather;
mod key;
mod load;
mod many;
mod one;
mod part;
mod traits;

pub use gather::{Gather, Loader, Plan};
pub(crate) use gather::{InRow, Reader, Zip, fetch_graph, start};
pub use load::Load;
pub use many::Many;
pub use one::One;
pub use part::{Part, With};
pub use traits::{BelongsTo, References, Refers, Relation};
