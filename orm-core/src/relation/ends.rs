//! The columns that match the rows at both ends of a relation.

use smallvec::SmallVec;

use crate::schema::{Direction, Link, Table};
use crate::syntax::{ColumnRef, Comparison, Item, Node, Projection, Select, Sight, Source};
use crate::value::Kind;

/// The kinds of a key's columns.
pub(super) type Kinds = SmallVec<[Kind; 1]>;

/// The matching columns of both ends, and the position of the far table in the select that returns the far rows.
#[derive(Debug, Clone)]
pub(super) struct Ends {
    /// The columns of the near row.
    pub(super) near: Vec<u16>,
    /// The table of the near columns.
    near_table: &'static Table,
    /// The columns of the far row that match them.
    pub(super) far: Vec<u16>,
    /// The table of the far columns.
    pub(super) table: &'static Table,
    /// The position of that table in the select.
    position: u64,
}

impl Ends {
    /// Returns both ends of a link; the far rows are those of the select's `position`th table.
    pub(super) fn of(link: Link, position: u64) -> Self {
        let (near, far) = link.columns().unzip();
        let near_table = match link.direction {
            Direction::ToParent => (link.key.child)(),
            Direction::ToChild => (link.key.parent)(),
        };
        Ends { near, near_table, far, table: link.target(), position }
    }

    /// Matches a row with itself, by its primary key.
    pub(super) fn same(table: &'static Table) -> Self {
        let key = table.primary_key.to_vec();
        Ends { near: key.clone(), near_table: table, far: key, table, position: 0 }
    }

    /// The kinds of the near columns.
    pub(super) fn near_kinds(&self) -> Kinds {
        self.near.iter().map(|&index| self.near_table.column(index).kind).collect()
    }

    /// The kinds of the far columns.
    pub(super) fn far_kinds(&self) -> Kinds {
        self.far.iter().map(|&index| self.table.column(index).kind).collect()
    }

    /// The near columns for a row of a select, with their values in the near row, since the database may consider different
    /// texts equal.
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

    /// The source of the far columns in a select.
    pub(super) fn source(&self, select: &Select) -> Source {
        Source::table(select.base + self.position)
    }
}
