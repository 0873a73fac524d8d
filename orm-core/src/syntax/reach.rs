//! What a change reads besides the rows that it changes.

use super::{ColumnRef, FromItem, Node, On, Origin, Part, Select, Source, Step, Target, path_steps, source};
use crate::schema::Table;

/// What a change reads besides the rows that it changes.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// Rows reached over relations of its own tables.
    pub(crate) relations: bool,
    /// The changed table itself, a second time.
    pub(crate) itself: bool,
    /// Possibly the changed table itself, in the new values.
    pub(crate) sets_from_itself: bool,
    /// Common table expressions.
    pub(crate) named: bool,
}

impl Reach {
    /// Determines what the conditions of `target` and the new values read. `scopes` returns the conditions that hide rows of
    /// a table.
    pub(crate) fn of(target: &mut Target, set: &mut [(u16, Node)], scopes: Scopes<'_>) -> Self {
        let (table, base, reach) = (target.table, target.base, Reach::default());
        let mut walk = Walk { table, base, scopes, within: Vec::new(), reach };
        for (_, value) in set {
            walk.node(value);
        }
        walk.reach.sets_from_itself = walk.reach.itself || walk.reach.named;
        if !target.sight.unscoped {
            walk.scope(table);
        }
        for item in &mut target.joins {
            walk.join(item);
        }
        let orders = target.order_by.iter_mut().map(|order| &mut order.node);
        for node in target.filter.iter_mut().chain(orders) {
            walk.node(node);
        }
        walk.reach
    }
}

/// The conditions that hide rows of a table.
type Scopes<'a> = &'a dyn Fn(&'static Table) -> Vec<Node>;

struct Walk<'a> {
    table: &'static Table,
    base: u64,
    scopes: Scopes<'a>,
    /// The tables whose scopes are being visited.
    within: Vec<&'static Table>,
    reach: Reach,
}

impl Walk<'_> {
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
        let own = (self.base..self.base + source::TABLES).contains(&source.table);
        for (_, step) in path_steps(source.path) {
            if let Step::Relation(link) = step {
                self.reach.relations |= own;
                self.table(link.target());
            }
        }
    }

    /// Visits a table that is read, and what its scopes read.
    fn table(&mut self, table: &'static Table) {
        self.reach.itself |= std::ptr::eq(self.table, table);
        self.scope(table);
    }

    fn scope(&mut self, table: &'static Table) {
        if self.within.iter().any(|within| std::ptr::eq(*within, table)) {
            return;
        }
        self.within.push(table);
        for mut condition in (self.scopes)(table) {
            self.node(&mut condition);
        }
        self.within.pop();
    }

    fn select(&mut self, select: &mut Select) {
        for item in &select.from {
            match &item.origin {
                Origin::Table(table) => self.table(table),
                Origin::Derived(_) | Origin::Lateral(_) | Origin::List(_) | Origin::Elements(_) => {}
                Origin::Cte(_) => self.reach.named = true,
            }
        }
        select.parts(&mut |part| self.part(part));
    }

    /// A self-join is not a subquery, so it does not count.
    fn join(&mut self, item: &mut FromItem) {
        match &mut item.origin {
            Origin::Table(table) => self.scope(table),
            Origin::Derived(select) | Origin::Lateral(select) => self.select(select),
            Origin::Cte(_) => self.reach.named = true,
            Origin::List(_) => {}
            Origin::Elements(document) => self.node(document),
        }
        match &mut item.on {
            On::Nothing => {}
            On::Link(source, _) => self.source(*source),
            On::Through(source, link, _) => {
                self.source(*source);
                self.scope(link.target());
            }
            On::Condition(node) => self.node(node),
        }
    }
}

impl Node {
    /// Visits every column that it uses, at any depth. (Takes `&mut self` for the traversal, and changes nothing.)
    pub(crate) fn columns(&mut self, visit: &mut dyn FnMut(ColumnRef)) {
        self.parts(&mut |part| column(part, visit));
    }
}

fn column(part: Part<'_>, visit: &mut dyn FnMut(ColumnRef)) {
    match part {
        Part::Node(node) => node.columns(visit),
        Part::Column(column) => visit(*column),
        Part::Source(_) => {}
        Part::Select(select) => {
            for item in &select.from {
                if let On::Link(near, link) | On::Through(near, link, _) = item.on {
                    link.columns().for_each(|(own, _)| visit(ColumnRef::new(near, own)));
                }
            }
            select.parts(&mut |part| column(part, visit));
        }
    }
}
