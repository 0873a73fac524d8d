//! What a change looks at beside the rows that it changes.

use super::{ColumnRef, FromItem, Node, On, Origin, Part, Select, Source, Target, path_steps, source};
use crate::schema::Table;

/// What a change looks at beside the rows that it changes.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// Rows that relations of its own lead to.
    pub(crate) relations: bool,
    /// The table itself, a second time.
    pub(crate) itself: bool,
    /// The table itself, perhaps, in the values that are set.
    pub(crate) sets_from_itself: bool,
    /// Common table expressions.
    pub(crate) named: bool,
}

impl Reach {
    /// What the conditions of `target` and the values that are set look at.
    pub(crate) fn of(target: &mut Target, set: &mut [(u16, Node)]) -> Self {
        let mut walk = Walk { table: target.table, base: Some(target.base), reach: Reach::default() };
        for (_, value) in set {
            walk.node(value);
        }
        walk.reach.sets_from_itself = walk.reach.itself || walk.reach.named;
        for item in &mut target.joins {
            walk.join(item);
        }
        let orders = target.order_by.iter_mut().map(|order| &mut order.node);
        for node in target.filter.iter_mut().chain(orders) {
            walk.node(node);
        }
        walk.reach
    }

    /// Adds what the conditions of a scope of `table` look at: they know the table by a number of their own.
    pub(crate) fn add(&mut self, table: &'static Table, conditions: &[Node]) {
        let mut walk = Walk { table, base: None, reach: Reach::default() };
        for condition in conditions {
            walk.node(&mut condition.clone());
        }
        self.itself |= walk.reach.itself;
        self.named |= walk.reach.named;
    }
}

struct Walk {
    table: &'static Table,
    /// The number of the table, whose relations count.
    base: Option<u64>,
    reach: Reach,
}

impl Walk {
    fn node(&mut self, node: &mut Node) {
        node.parts(&mut |part| self.part(part));
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Node(node) => self.node(node),
            Part::Column(column) => self.source(column.source()),
            Part::Source(source) => self.source(*source),
            Part::Select(select) => self.select(select),
        }
    }

    fn source(&mut self, source: Source) {
        if source.path.is_empty() {
            return;
        }
        self.reach.relations |=
            self.base.is_some_and(|base| (base..base + source::TABLES).contains(&source.table));
        self.reach.itself |= path_steps(source.path).iter().any(|(_, link)| self.is_itself(link.target()));
    }

    fn is_itself(&self, table: &'static Table) -> bool {
        std::ptr::eq(self.table, table)
    }

    fn select(&mut self, select: &mut Select) {
        for item in &select.from {
            match &item.origin {
                Origin::Table(table) => self.reach.itself |= self.is_itself(table),
                Origin::Derived(_) | Origin::Lateral(_) => {}
                Origin::Cte(_) => self.reach.named = true,
            }
        }
        select.parts(&mut |part| self.part(part));
    }

    /// A join of the table with itself is none of its subqueries.
    fn join(&mut self, item: &mut FromItem) {
        match &mut item.origin {
            Origin::Table(_) => {}
            Origin::Derived(select) | Origin::Lateral(select) => self.select(select),
            Origin::Cte(_) => self.reach.named = true,
        }
        match &mut item.on {
            On::Nothing => {}
            On::Link(source, _) => self.source(*source),
            On::Through(source, ..) => self.source(*source),
            On::Condition(node) => self.node(node),
        }
    }
}

impl Node {
    /// Visits every column that it names, however deep. (The walk wants it mutable, and changes nothing.)
    pub(crate) fn columns(&mut self, visit: &mut dyn FnMut(ColumnRef)) {
        self.parts(&mut |part| column(part, visit));
    }
}

fn column(part: Part<'_>, visit: &mut dyn FnMut(ColumnRef)) {
    match part {
        Part::Node(node) => node.columns(visit),
        Part::Column(column) => visit(*column),
        Part::Source(_) => {}
        Part::Select(select) => select.parts(&mut |part| column(part, visit)),
    }
}
