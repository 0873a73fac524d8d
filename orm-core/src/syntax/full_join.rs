//! Emulation of full joins.

use super::{
    ColumnRef, Comparison, FromItem, Item, JoinKind, Node, On, Origin, Projection, Select, Source, Step,
    path_steps,
};
use crate::schema::{Link, Table};
use crate::value::Kind;

/// A full join for databases without one: two selects whose UNION ALL has the same rows.
pub(crate) struct FullJoin {
    /// The rows of the left side, left-joined with the right side.
    pub(crate) left: Select,
    /// The unmatched rows of the right side, with NULLs on the left.
    pub(crate) right: Select,
}

impl Select {
    /// Returns the number of tables on both sides of the last full join; 0 if there is no full join.
    pub(crate) fn fully_joined(&self) -> usize {
        self.from.iter().rposition(|item| item.join == JoinKind::Full).map_or(0, |last| last + 1)
    }

    /// Splits the last full join into two selects.
    pub(crate) fn full_join(&self) -> Option<FullJoin> {
        let (joined, before) = self.from[..self.fully_joined()].split_last()?;
        let source = Source::table(self.base + before.len() as u64);
        let right_side = FromItem { join: JoinKind::Inner, on: On::Nothing, ..joined.clone() };
        let mut left_side = before.to_vec();
        left_side.push(FromItem { join: JoinKind::Left, ..joined.clone() });
        let matching = Select {
            filter: conditions(&joined.on, source),
            projection: Projection::One,
            ..self.part(self.base, before.to_vec())
        };
        let width = before.iter().map(|item| item.origin.width()).sum();
        let mut items = vec![Item::Nulls(width)];
        let columns = 0..joined.origin.width();
        items.extend(columns.map(|column| Item::Node(Node::Column(ColumnRef::new(source, column)))));
        let right = Select {
            projection: Projection::Items(items),
            filter: vec![Node::Not(Box::new(Node::Exists(Box::new(matching))))],
            ..self.part(source.table, vec![right_side])
        };
        Some(FullJoin { left: self.part(self.base, left_side), right })
    }

    /// Returns a table of which it selects an ENUM column directly: a union would turn the ENUM into text.
    pub(crate) fn gives_enum(&self) -> Option<&'static Table> {
        let Projection::Items(items) = &self.projection else {
            return self.from.iter().find_map(|item| item.origin.gives_enum());
        };
        items.iter().find_map(|item| match item {
            Item::Row(_, table) => has_enum(table, None),
            Item::Node(Node::Column(column)) => self.enum_at(*column),
            Item::Node(_) | Item::Nulls(_) => None,
        })
    }

    fn enum_at(&self, column: ColumnRef) -> Option<&'static Table> {
        let source = column.source();
        match path_steps(source.path).last() {
            Some((_, Step::Relation(link))) => has_enum(link.target(), Some(column.index)),
            // For a derived row, any ENUM column counts: where its parts begin is known only to the row itself.
            _ => {
                let number = usize::try_from(source.table.wrapping_sub(self.base)).ok()?;
                match &self.from.get(number)?.origin {
                    Origin::Table(table) => has_enum(table, Some(column.index)),
                    origin => origin.gives_enum(),
                }
            }
        }
    }

    /// Returns the rows of some of the tables, under the same numbers.
    fn part(&self, base: u64, from: Vec<FromItem>) -> Select {
        Select { base, sight: self.sight, ..Select::over(from) }
    }
}

impl Origin {
    /// Like [`Select::gives_enum`].
    pub(crate) fn gives_enum(&self) -> Option<&'static Table> {
        match self {
            Origin::Table(table) => has_enum(table, None),
            Origin::Derived(select) | Origin::Lateral(select) => select.gives_enum(),
            Origin::Cte(cte) => cte.body.as_ref()?.rows.gives_enum(),
            Origin::List(_) | Origin::Elements(_) => None,
        }
    }
}

/// Returns the table if the column at `index` is an ENUM; without `index`, if any column is.
fn has_enum(table: &'static Table, index: Option<u16>) -> Option<&'static Table> {
    let mut columns = (0u16..).zip(table.columns).filter(|(at, _)| index.is_none_or(|index| index == *at));
    columns.any(|(_, column)| matches!(column.kind, Kind::Choice(_))).then_some(table)
}

/// Returns the condition of a join.
fn conditions(on: &On, joined: Source) -> Vec<Node> {
    match on {
        On::Nothing => Vec::new(),
        On::Condition(condition) => vec![condition.clone()],
        On::Link(near, link) => equal(*near, joined, *link),
        On::Through(near, link, far) => {
            let mut between = Select::new(link.target());
            let source = Source::table(between.base);
            between.projection = Projection::One;
            between.filter = equal(*near, source, *link);
            between.filter.extend(equal(source, joined, *far));
            vec![Node::Exists(Box::new(between))]
        }
    }
}

/// Returns the conditions that the columns of two linked sources are equal.
fn equal(near: Source, far: Source, link: Link) -> Vec<Node> {
    let pairs = link.columns().map(|(near_column, far_column)| {
        let [near, far] =
            [ColumnRef::new(near, near_column), ColumnRef::new(far, far_column)].map(Node::Column);
        Node::compare(far, Comparison::Equal, near)
    });
    pairs.collect()
}
