//! Row values: several values compared as one.

use std::fmt;
use std::marker::PhantomData;

use crate::expression::{Condition, Expression, Operand};
use crate::query::Rows;
use crate::syntax::{Comparison, InList, InQuery, Node, Operator};
use crate::value::{Datum, Kind, Value};

/// A row value: two to eight columns and expressions that are compared together. See [`row`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::row;
/// let found = User::query().filter(|u| row((u.name, u.email)).eq(("Ann", "ann@example.org")));
/// assert_eq!(found.count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[must_use = "a row does nothing until it is compared"]
pub struct RowExpr<V> {
    nodes: Vec<Node>,
    _type: PhantomData<fn() -> V>,
}

impl<V> Clone for RowExpr<V> {
    fn clone(&self) -> Self {
        RowExpr { nodes: self.nodes.clone(), _type: PhantomData }
    }
}

impl<V> fmt::Debug for RowExpr<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RowExpr").field(&self.nodes).finish()
    }
}

/// Makes a row value of several columns or expressions, to compare with others, with lists of tuples, and with the rows of
/// queries.
///
/// The comparison is lexicographic: the first value counts most, the next one breaks ties. A row is greater than those
/// before it in an order by the same columns.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let found = User::query().filter(|u| row((u.id, u.name)).is_in([(1, "Ann"), (2, "Cid")]));
/// assert_eq!(found.count(db).await?, 1);
/// let behind = Post::query().filter(|p| row((p.author_id, p.title)).gt((1, "Draft"))).select(|p| p.title);
/// assert_eq!(behind.all(db).await?, ["Hello"]);
/// # Ok(()) }) }
/// ```
pub fn row<V>(parts: impl RowParts<V>) -> RowExpr<V> {
    let mut nodes = Vec::with_capacity(2);
    parts.push(&mut nodes);
    RowExpr { nodes, _type: PhantomData }
}

/// The argument of [`row`]: a tuple of columns and expressions, whose values have the types `V`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::row;
/// // A column and a computed value: `(u64, String)`.
/// let found = User::query().filter(|u| row((u.id, u.name.upper())).eq((1, "ANN")));
/// assert!(found.exists(db).await?);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of columns and expressions",
    label = "expected a tuple of two to eight columns and expressions"
)]
pub trait RowParts<V> {
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

/// The right-hand side of a comparison with a row of the types `V`: a tuple of values, columns and expressions of these
/// types, or another row value.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::row;
/// let behind = User::query().filter(|u| row((u.name, u.id)).gt(("Ann", 1)));
/// assert_eq!(behind.select(|u| u.name).all(db).await?, ["Bob"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a row of type `{V}` cannot be compared with `{Self}`",
    label = "expected a tuple of the types `{V}`"
)]
pub trait RowOperand<V> {
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

#[diagnostic::do_not_recommend]
impl<V> RowOperand<V> for RowExpr<V> {
    fn push(self, nodes: &mut Vec<Node>) {
        nodes.extend(self.nodes);
    }
}

/// The argument of a row's `is_in`: a list of tuples, or a query that selects such rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::row;
/// let wanted = [(1, "Ann"), (2, "Cid")];
/// let found = User::query().filter(|u| row((u.id, u.name)).is_in(wanted));
/// assert_eq!(found.select(|u| u.name).all(db).await?, ["Ann"]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of rows `{V}`",
    label = "expected a list or a query of `{V}`"
)]
pub trait RowCandidates<V> {
    #[doc(hidden)]
    fn contain(self, needle: Vec<Node>, negated: bool) -> Condition;
}

#[diagnostic::do_not_recommend]
impl<V, T: RowOperand<V>, I: IntoIterator<Item = T>> RowCandidates<V> for I {
    fn contain(self, needle: Vec<Node>, negated: bool) -> Condition {
        let mut values = Vec::new();
        let mut others = Vec::new();
        for candidate in self {
            let mut nodes = Vec::with_capacity(needle.len());
            candidate.push(&mut nodes);
            match plain(nodes) {
                Ok(row) => values.extend(row),
                Err(row) => others.push(row),
            }
        }
        let equal = |row| {
            Node::binary(Node::Row(needle.clone()), Operator::Compare(Comparison::Equal), Node::Row(row))
        };
        let mut any: Vec<Node> = others.into_iter().map(equal).collect();
        let list = |negated| InList { needle: Node::Row(needle.clone()), kind: Kind::Text, values, negated };
        if any.is_empty() {
            return Condition(Node::InList(Box::new(list(negated))));
        }
        any.push(Node::InList(Box::new(list(false))));
        let any = Condition(Node::Any(any));
        if negated { any.not() } else { any }
    }
}

/// Returns the values of a row that consists of values only.
fn plain(nodes: Vec<Node>) -> Result<Vec<Datum>, Vec<Node>> {
    if !nodes.iter().all(|node| matches!(node, Node::Value(_))) {
        return Err(nodes);
    }
    let values = nodes.into_iter().filter_map(|node| match node {
        Node::Value(value) => Some(value),
        _ => None,
    });
    Ok(values.collect())
}

/// A type that a `V` column is read as: `V` itself, or an `Option` of it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::row;
/// // `age` is an `Option<i32>`, and still compares with an `i32`.
/// let ages = User::query().select(|u| (u.id, u.age));
/// let found = User::query().filter(|u| row((u.id, u.age)).is_in(ages));
/// assert_eq!(found.select(|u| u.name).all(db).await?, ["Ann"]); // nothing equals NULL
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of type `{V}`",
    label = "expected a query of other rows"
)]
pub trait Holds<V> {}
#[diagnostic::do_not_recommend]
impl<V: Value> Holds<V> for V {}
#[diagnostic::do_not_recommend]
impl<V: Value> Holds<V> for Option<V> {}

impl<V> RowExpr<V> {
    fn compare(self, comparison: Comparison, other: impl RowOperand<V>) -> Condition {
        let mut nodes = Vec::with_capacity(self.nodes.len());
        other.push(&mut nodes);
        Condition(Node::binary(Node::Row(self.nodes), Operator::Compare(comparison), Node::Row(nodes)))
    }

    /// All values are equal.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| row((u.id, u.name)).eq((1, "Ann")));
    /// assert_eq!(found.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn eq(self, other: impl RowOperand<V>) -> Condition {
        self.compare(Comparison::Equal, other)
    }

    /// Not all values are equal.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| row((u.id, u.name)).ne((1, "Ann")));
    /// assert_eq!(found.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn ne(self, other: impl RowOperand<V>) -> Condition {
        self.compare(Comparison::NotEqual, other)
    }

    /// Less than: before the other in an order by all of them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| row((u.id, u.name)).lt((2, "Ann")));
    /// assert_eq!(found.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn lt(self, other: impl RowOperand<V>) -> Condition {
        self.compare(Comparison::Less, other)
    }

    /// Less than, or all values are equal.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| row((u.id, u.name)).le((2, "Bob")));
    /// assert_eq!(found.count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn le(self, other: impl RowOperand<V>) -> Condition {
        self.compare(Comparison::LessOrEqual, other)
    }

    /// Greater than: after the other in an order by all of them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| row((u.id, u.name)).gt((1, "Abe")));
    /// assert_eq!(found.count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn gt(self, other: impl RowOperand<V>) -> Condition {
        self.compare(Comparison::Greater, other)
    }

    /// Greater than, or all values are equal.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| row((u.id, u.name)).ge((2, "Bob")));
    /// assert_eq!(found.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn ge(self, other: impl RowOperand<V>) -> Condition {
        self.compare(Comparison::GreaterOrEqual, other)
    }

    /// In a list of tuples, or in the rows that a query selects: IN. False for an empty list.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let firsts = || Post::query().group_by(|p| p.author_id).select(|g| (g.key, g.min(|p| p.id)));
    /// let found = Post::query().filter(|p| row((p.author_id, p.id)).is_in(firsts())).select(|p| p.title);
    /// assert_eq!(found.all(db).await?, ["Hello"]);
    /// # Ok(()) }) }
    /// ```
    pub fn is_in(self, candidates: impl RowCandidates<V>) -> Condition {
        candidates.contain(self.nodes, false)
    }

    /// Not in a list of tuples, nor in the rows that a query selects: NOT IN. True for an empty list.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let others = Post::query().filter(|p| row((p.author_id, p.title)).not_in([(1, "Hello")])).select(|p| p.title);
    /// assert_eq!(others.all(db).await?, ["Draft"]);
    /// # Ok(()) }) }
    /// ```
    pub fn not_in(self, candidates: impl RowCandidates<V>) -> Condition {
        candidates.contain(self.nodes, true)
    }
}

macro_rules! rows {
    ($($value:ident $part:ident $index:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: Expression),*> RowParts<($($part::Value,)*)> for ($($part,)*) {
            fn push(self, nodes: &mut Vec<Node>) {
                $(nodes.push(self.$index.into_node());)*
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($value, $part: Operand<$value>),*> RowOperand<($($value,)*)> for ($($part,)*) {
            fn push(self, nodes: &mut Vec<Node>) {
                $(nodes.push(self.$index.node());)*
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($value, $part: Holds<$value>),*> RowCandidates<($($value,)*)> for Rows<($($part,)*)> {
            fn contain(self, needle: Vec<Node>, negated: bool) -> Condition {
                let needle = Node::Row(needle);
                Condition(Node::InQuery(Box::new(InQuery { needle, query: self.into_select(), negated })))
            }
        }
    };
}
rows!(A Z 0, B Y 1);
rows!(A Z 0, B Y 1, C X 2);
rows!(A Z 0, B Y 1, C X 2, D W 3);
rows!(A Z 0, B Y 1, C X 2, D W 3, E V 4);
rows!(A Z 0, B Y 1, C X 2, D W 3, E V 4, F U 5);
rows!(A Z 0, B Y 1, C X 2, D W 3, E V 4, F U 5, G T 6);
rows!(A Z 0, B Y 1, C X 2, D W 3, E V 4, F U 5, G T 6, H S 7);
