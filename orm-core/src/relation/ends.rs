//! The columns by which the rows at both ends of a relation belong together.

use crate::schema::{Direction, Link, Table};
use crate::syntax::{ColumnRef, Comparison, Item, Node, Projection, Select, Sight, Source};

/// The columns at both ends, and where the far ones stand in the select that gives the rows there.
#[derive(Debug, Clone)]
pub(super) struct Ends {
    /// Those of the row at this end.
    pub(super) near: Vec<u16>,
    /// The table that they are of.
    near_table: &'static Table,
    /// Those that name it at the other end.
    pub(super) far: Vec<u16>,
    /// The table that the far ones are of.
    pub(super) table: &'static Table,
    /// Which table of the select that is.
    position: u64,
}

impl Ends {
    /// Both ends of a link; the select gives the rows of its `position`th table.
    pub(super) fn of(link: Link, position: u64) -> Self {
        let (near, far) = link.columns().unzip();
        let near_table = match link.direction {
            Direction::ToParent => (link.key.child)(),
            Direction::ToChild => (link.key.parent)(),
        };
        Ends { near, near_table, far, table: link.target(), position }
    }

    /// A row and itself, by its primary key.
    pub(super) fn same(table: &'static Table) -> Self {
        let key = table.primary_key.to_vec();
        Ends { near: key.clone(), near_table: table, far: key, table, position: 0 }
    }

    /// The columns at this end of a row of a select, read from the row at this end: to the database, other texts may be
    /// equal to them.
    pub(super) fn at_this_end(&self, select: &Select) -> impl Iterator<Item = Node> {
        let far = self.source(select);
        self.near.iter().map(move |&index| {
            let mut rows = Select::new(self.near_table);
            rows.sight = Sight::ALL;
            let near = Source::table(rows.base);
            let pairs = self.near.iter().zip(&self.far);
            rows.filter.extend(pairs.map(|(&at_near, &at_far)| {
                let [left, right] = [(near, at_near), (far, at_far)];
                let column = |(source, index)| Node::Column(ColumnRef::new(source, index));
                Node::compare(column(left), Comparison::Equal, column(right))
            }));
            rows.projection = Projection::Items(vec![Item::Node(Node::Column(ColumnRef::new(near, index)))]);
            Node::Scalar(Box::new(rows), self.near_table.column(index).kind)
        })
    }

    /// Where the far columns stand in a select.
    pub(super) fn source(&self, select: &Select) -> Source {
        Source::table(select.base + self.position)
    }
}
