//! The untyped syntax tree, which the typed API builds and the renderer turns into SQL.
//!
//! It is flat for common cases: a comparison of a column with a value is one node without a box, and a chain of `and`s is
//! one list, so that a query takes few allocations.

mod change;
mod command;
mod compound;
mod cte;
mod elements;
mod full_join;
mod function;
mod implicit;
mod lasting;
mod list;
mod lock;
mod node;
mod parts;
mod quantified;
mod raw;
mod reach;
mod renumber;
mod select;
mod sight;
mod source;
mod update_rows;
mod window;
mod words;

pub use change::{Conflict, Delete, Insert, NewRows, Refused, Target, Update};
pub use command::{Command, RowFile, Statement};
pub use compound::{Compound, SetOperator};
pub use cte::{Cte, CteBody, Origin};
pub use function::{Call, Case, Function, JsonFunction, NamedCall, Unit, is_name};
pub(crate) use implicit::implicit_commit;
pub(crate) use lasting::outlasts_transaction;
pub use list::List;
pub use lock::{Advice, IndexHint, Lock, Strength, Wait};
pub use node::{
    AggregateCall, AggregateFunction, Between, Binary, ColumnRef, Comparison, HeldKey, InList, InQuery,
    Joined, Like, Node, Operator, OrderBy,
};
use parts::Part;
pub use quantified::{Quantified, Quantifier};
pub use raw::{Fragment, Piece};
pub(crate) use reach::Reach;
pub use select::{FromItem, Item, JoinKind, On, Projection, Select};
pub use sight::Sight;
pub use source::{Path, Source};
pub(crate) use source::{Step, fresh_base, path_steps};
pub use update_rows::UpdateRows;
pub use window::{Frame, FrameUnit, Neighbour, Window, WindowCall, WindowFunction, WindowName};
pub use words::Words;
