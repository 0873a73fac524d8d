//! Rows on their way in.

use super::Set;
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
pub trait IntoRow<T>: RowOf<T> {}

// So that an error tells which column of a builder has no value, and not that it is no row: the latter is what the compiler
// says where the trait itself is implemented under a condition and not recommended.
impl<T, R: RowOf<T>> IntoRow<T> for R where R::Given: Complete {}

/// What may become a row of `T`: an [`IntoRow`], or a builder in which columns are missing.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::rules::RowOf;
/// fn is_row_of<T>(_: &impl RowOf<T>) {}
/// is_row_of::<User>(&User::insert().name("Ann")); // not one to insert before it has an email
/// # Ok(()) }) }
/// ```
pub trait RowOf<T> {
    /// Which columns have a value: [`Complete`] if none is missing.
    type Given;

    /// Adds one node per column, in order.
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

/// No required column is missing.
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

/// The nodes of one row.
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

/// Whether the server is to count a key up instead of taking this one: 0 is none to MySQL, and so to the others.
pub(super) fn is_to_be_counted(column: &ColumnDef, value: &Datum) -> bool {
    column.auto && matches!(value, Datum::Int(0) | Datum::UInt(0) | Datum::Null)
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
