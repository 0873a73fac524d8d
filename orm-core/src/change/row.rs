//! Rows to insert.

use super::Set;
use crate::model::Model;
use crate::schema::ColumnDef;
use crate::syntax::Node;
use crate::value::Datum;

/// A row to insert: a whole model, a reference to one, or a finished builder.
///
/// A whole model supplies every column, except generated ones and an `auto` key of 0, which the server generates, as
/// MySQL itself interprets a 0.
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
    note = "a builder is a row once every required column has a value; a struct with `#[derive(Insert)]` is one too"
)]
pub trait IntoRow<T>: RowOf<T> {}

// The condition on `Given` is here so that the error names the builder's missing column. If `RowOf` were implemented
// conditionally, under `do_not_recommend`, the compiler would only say that the builder is not a row.
impl<T, R: RowOf<T>> IntoRow<T> for R where R::Given: Complete {}

/// A type that can become a row of `T`: an [`IntoRow`], or a builder in which columns are missing.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::rules::RowOf;
/// fn is_row_of<T>(_: &impl RowOf<T>) {}
/// is_row_of::<User>(&User::insert().name("Ann")); // cannot be inserted before it has an email
/// # Ok(()) }) }
/// ```
pub trait RowOf<T> {
    /// Which columns have a value: [`Complete`] if none is missing.
    type Given;

    /// Pushes one node per column, in order.
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

/// Holds if no required column is missing.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::rules::Complete;
/// fn is_complete(_: &impl Complete) {}
/// is_complete(&User::insert().email("cid@example.org").name("Cid"));
/// # Ok(()) }) }
/// ```
pub trait Complete {}

#[diagnostic::do_not_recommend]
impl Complete for Set {}

/// Returns the nodes of one row.
#[doc(hidden)]
pub fn row_nodes<T: Model>(row: impl IntoRow<T>) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(T::table().columns.len());
    row.push(&mut nodes);
    nodes
}

#[diagnostic::do_not_recommend]
impl<T: Model> RowOf<T> for T {
    type Given = Set;

    fn push(self, nodes: &mut Vec<Node>) {
        let columns = T::table().columns;
        let mut values = Vec::with_capacity(columns.len());
        self.write(&mut values);
        nodes.extend(columns.iter().zip(values).map(|(column, value)| given(column, value)));
    }
}

#[diagnostic::do_not_recommend]
impl<T: Model + Clone> RowOf<T> for &T {
    type Given = Set;

    fn push(self, nodes: &mut Vec<Node>) {
        self.clone().push(nodes);
    }
}

fn given(column: &ColumnDef, value: Datum) -> Node {
    if is_to_be_counted(column, &value) || column.generated.is_some() {
        Node::Default
    } else {
        Node::Value(value)
    }
}

/// Whether the server generates the key instead of taking this value: 0 means no value to MySQL, and so on all databases.
pub(super) fn is_to_be_counted(column: &ColumnDef, value: &Datum) -> bool {
    column.auto && matches!(value, Datum::Int(0) | Datum::UInt(0) | Datum::Null)
}

/// Returns the value of a column that a builder has not set.
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
