//! Queries for the related rows of a row in memory.

use super::Way;
use crate::model::Model;
use crate::query::Query;
use crate::schema::{ForeignKey, Link};
use crate::scope::Scope;
use crate::syntax::{ColumnRef, Comparison, InQuery, Item, Node, Projection, Select, Source};
use crate::value::Datum;

/// Queries the row that a foreign key with these values references; returns no row if one of them is NULL.
#[doc(hidden)]
pub fn parent_of<P: Model + Scope<Row = P>>(key: &'static ForeignKey, values: Vec<Datum>) -> Query<P> {
    let mut query = P::query().by_key();
    for (&column, value) in key.parent_columns().iter().zip(values) {
        query.restrict(|source| equal(source, column, value));
    }
    query
}

/// Queries the rows of `T` that a to-many relation leads to from `row`.
#[doc(hidden)]
pub fn rows_of<P: Model, T: Model + Scope<Row = T>>(row: &P, way: Way) -> Query<T> {
    let mut query = T::query();
    let (near, far) = way.links();
    let key: Vec<Datum> = near.columns().map(|(column, _)| row.column_value(column)).collect();
    let Some(far) = far else {
        for ((_, column), value) in near.columns().zip(key) {
            query.restrict(|source| equal(source, column, value));
        }
        return query;
    };
    query.restrict(|source| linked(source, near, far, key));
    query
}

/// The condition that a row of the join model links the target with the row that has `key` in the near columns.
fn linked(target: Source, near: Link, far: Link, key: Vec<Datum>) -> Node {
    let mut between = Select::new(near.target());
    let source = Source::table(between.base);
    for ((_, column), value) in near.columns().zip(key) {
        between.filter.push(equal(source, column, value));
    }
    let ends: Vec<(u16, u16)> = far.columns().collect();
    let column = |source, index| Node::Column(ColumnRef::new(source, index));
    if let [(near, far)] = ends.as_slice() {
        between.projection = Projection::Items(vec![Item::Node(column(source, *near))]);
        let needle = column(target, *far);
        return Node::InQuery(Box::new(InQuery { needle, query: between, negated: false }));
    }
    between.projection = Projection::One;
    for (near, far) in ends {
        between.filter.push(Node::compare(column(source, near), Comparison::Equal, column(target, far)));
    }
    Node::Exists(Box::new(between))
}

fn equal(source: Source, column: u16, value: Datum) -> Node {
    Node::compare(Node::Column(ColumnRef::new(source, column)), Comparison::Equal, Node::Value(value))
}
