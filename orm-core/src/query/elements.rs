//! The elements of JSON arrays, as rows.

use std::marker::PhantomData;

use super::Query;
use crate::expression::Column;
use crate::mode::{Mode, Required};
use crate::relation::Reader;
use crate::scope::Scope;
use crate::selection::Selection;
use crate::shape::{Derived, Shape};
use crate::syntax::{Item, Node, Origin, Select, Source};
use crate::value::{Cells, Fault};

/// An element of a JSON array, as a row: see [`elements`](crate::Column::elements).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Element;
/// use serde_json::json;
/// let all: Vec<Element> = value(json!(["a", null])).elements().order_by(|e| e.position.asc()).all(db).await?;
/// assert_eq!(all, [Element { position: 0, value: json!("a") }, Element { position: 1, value: json!(null) }]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its position in the array, from 0.
    pub position: i64,
    /// The element itself. JSON `null` is a document like any other.
    pub value: serde_json::Value,
}

/// The columns of an [`Element`], as passed to closures.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::ElementFields;
/// fn is_small<M: Mode>(e: ElementFields<M>) -> Condition {
///     e.value.int().lt(10)
/// }
/// assert_eq!(value(serde_json::json!([5, 50, "5"])).elements().filter(is_small).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct ElementFields<N: Mode = Required> {
    /// Its position in the array, from 0.
    pub position: Column<i64, N>,
    /// The element itself, a JSON document.
    pub value: Column<serde_json::Value, N>,
}

impl<N: Mode> Clone for ElementFields<N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N: Mode> Copy for ElementFields<N> {}

/// Makes a query over the elements of a document.
pub(crate) fn elements(document: Node) -> Query<Derived<Element>> {
    let select = Box::new(Select::from_origin(Origin::Elements(Box::new(document))));
    Query { select, reader: Reader::Rows(<Derived<Element> as Scope>::read), _scope: PhantomData }
}

#[diagnostic::do_not_recommend]
impl Shape for Element {
    type Columns<N: Mode> = ElementFields<N>;

    fn columns<N: Mode>(source: Source, at: &mut u16) -> ElementFields<N> {
        ElementFields { position: i64::columns(source, at), value: serde_json::Value::columns(source, at) }
    }

    fn width() -> usize {
        2
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
        Ok(Element { position: cells.value()?, value: cells.value()? })
    }
}

#[diagnostic::do_not_recommend]
impl<N: Mode> Selection for ElementFields<N> {
    type Output = N::Of<Element>;

    fn push(self, items: &mut Vec<Item>) {
        items.push(Item::Node(self.position.into_node()));
        items.push(Item::Node(self.value.into_node()));
    }

    fn read(cells: &mut Cells<'_, '_>) -> Result<Self::Output, Fault> {
        match N::absent() {
            Some(absent) if (0..Element::width()).all(|column| cells.is_null(column)) => {
                cells.skip(Element::width());
                Ok(absent)
            }
            _ => <Element as Shape>::read(cells).map(N::present),
        }
    }
}
