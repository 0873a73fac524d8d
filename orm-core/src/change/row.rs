//! Rows on their way in.

use crate::model::Model;
use crate::schema::ColumnDef;
use crate::syntax::Node;
use crate::value::Datum;

/// A row to insert: a whole model, a reference to one, or a finished builder.
///
/// A whole model gives every column, but for those that the server computes, and for an `auto` key of 0, which the
/// server counts up, as MySQL itself reads it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let cid = User { id: 0, email: "cid@example.org".into(), name: "Cid".into(), age: None };
/// User::insert_all([&cid]).execute(db).await?; // or `[cid]`
/// User::insert_all([User::insert().email("dee@example.org").name("Dee")]).execute(db).await?;
/// assert_eq!(User::query().count(db).await?, 4);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of `{T}`",
    label = "expected a `{T}` or a builder started with `{T}::insert()`",
    note = "a builder is a row once every required column has its value, and so is a struct with `#[derive(Insert)]`"
)]
pub trait IntoRow<T> {
    /// Adds one node per column, in order.
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

/// The nodes of one row.
#[doc(hidden)]
pub fn row_nodes<T: Model>(row: impl IntoRow<T>) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(T::table().columns.len());
    row.push(&mut nodes);
    nodes
}

#[diagnostic::do_not_recommend]
impl<T: Model> IntoRow<T> for T {
    fn push(self, nodes: &mut Vec<Node>) {
        let columns = T::table().columns;
        let mut values = Vec::with_capacity(columns.len());
        self.write(&mut values);
        nodes.extend(columns.iter().zip(values).map(|(column, value)| given(column, value)));
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model + Clone> IntoRow<T> for &T {
    fn push(self, nodes: &mut Vec<Node>) {
        self.clone().push(nodes);
    }
}

fn given(column: &ColumnDef, value: Datum) -> Node {
    let unset = column.auto && matches!(value, Datum::Int(0) | Datum::UInt(0) | Datum::Null);
    if unset || column.generated.is_some() { Node::Default } else { Node::Value(value) }
}

/// The value of a column that a builder did not set.
pub(super) fn unset(column: &ColumnDef) -> Node {
    if let Some(default) = column.default.or(column.on_update) {
        Node::Value(default())
    } else if column.version {
        Node::Value(Datum::Int(1))
    } else if column.nullable && !column.filled_by_server() {
        Node::Value(Datum::Null)
    } else {
        Node::Default
    }
}
