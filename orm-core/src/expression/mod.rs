//! Typed expressions: columns, what is computed from them, and the conditions, orders and assignments made of them.

mod aggregate;
mod assignment;
mod column;
mod column_name;
mod condition;
mod convert;
mod declared;
mod expr;
mod free;
mod in_list;
mod json_step;
mod key;
mod operand;
mod operators;
mod order;
mod pattern;
mod row;
mod rows_of;

pub use aggregate::{Aggregate, OutsideGroup};
pub use assignment::{Assign, Assignment, Assignments};
pub use column::Column;
pub use column_name::{AnyColumn, ColumnName, ColumnsOf};
pub use condition::{Condition, all_of, any_of};
pub use declared::{Call, Modes, NullOf, Parameter, Returned, Taken};
pub use expr::{Expr, Expression};
pub use free::{
    Arguments, Case, Searched, case, function, has_words, has_words_boolean, null, server_now, server_random,
    server_today, value,
};
pub use in_list::Candidates;
pub use json_step::JsonStep;
pub use key::{KeyValue, NoKey};
pub use operand::{Operand, Term};
pub use operators::Arithmetic;
pub use order::{Ordered, Orders};
pub use pattern::Pattern;
pub use row::{Holds, RowCandidates, RowExpr, RowOperand, RowParts, row};
pub use rows_of::RowsOf;
