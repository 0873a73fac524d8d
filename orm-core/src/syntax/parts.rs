//! Traversal of the tree: the parts of expressions and selects.

use super::{
    AggregateCall, ColumnRef, Cte, CteBody, Fragment, Item, Node, On, OrderBy, Origin, Piece, Projection,
    Select, Source, Step, WindowFunction, path_steps,
};
use crate::schema::Table;

/// A direct child.
pub(super) enum Part<'a> {
    Node(&'a mut Node),
    Column(&'a mut ColumnRef),
    Source(&'a mut Source),
    Select(&'a mut Select),
}

/// A callback for each child.
pub(super) type Visit<'a> = &'a mut dyn FnMut(Part<'_>);

impl Node {
    /// Visits the direct children.
    pub(super) fn parts(&mut self, visit: Visit<'_>) {
        match self {
            Node::Value(_) | Node::Null(_) | Node::Default | Node::Held(_) => {}
            Node::Column(column) | Node::Compare(column, ..) => visit(Part::Column(column)),
            Node::Binary(binary) => {
                visit(Part::Node(&mut binary.left));
                visit(Part::Node(&mut binary.right));
            }
            Node::All(nodes) | Node::Any(nodes) | Node::Row(nodes) => all(nodes, visit),
            Node::Call(call) => all(&mut call.arguments, visit),
            Node::Named(call) => all(&mut call.arguments, visit),
            Node::Raw(fragment) => fragment.parts(visit),
            Node::Case(case) => {
                for (condition, value) in &mut case.branches {
                    visit(Part::Node(condition));
                    visit(Part::Node(value));
                }
                if let Some(otherwise) = &mut case.otherwise {
                    visit(Part::Node(otherwise));
                }
            }
            Node::Key(node)
            | Node::Not(node)
            | Node::IsNull(node)
            | Node::IsNotNull(node)
            | Node::Collate(node, _) => visit(Part::Node(node)),
            Node::InList(list) => visit(Part::Node(&mut list.needle)),
            Node::InQuery(list) => {
                visit(Part::Node(&mut list.needle));
                visit(Part::Select(&mut list.query));
            }
            Node::Quantified(quantified) => {
                visit(Part::Node(&mut quantified.left));
                visit(Part::Select(&mut quantified.query));
            }
            Node::Between(between) => {
                visit(Part::Node(&mut between.value));
                visit(Part::Node(&mut between.low));
                visit(Part::Node(&mut between.high));
            }
            Node::Like(like) => {
                visit(Part::Node(&mut like.text));
                visit(Part::Node(&mut like.pattern));
            }
            Node::Aggregate(call) => call.parts(visit),
            Node::Window(call) => {
                call.function.parts(visit);
                all(&mut call.window.partition_by, visit);
                orders(&mut call.window.order_by, visit);
            }
            Node::Exists(select) | Node::Scalar(select, _) => visit(Part::Select(select)),
        }
    }
}

impl Fragment {
    fn parts(&mut self, visit: Visit<'_>) {
        for piece in &mut self.pieces {
            if let Piece::Node(node) = piece {
                visit(Part::Node(node));
            }
        }
    }
}

impl AggregateCall {
    fn parts(&mut self, visit: Visit<'_>) {
        for node in self.argument.iter_mut().chain(&mut self.filter) {
            visit(Part::Node(node));
        }
        if let Some(joined) = &mut self.joined {
            orders(&mut joined.order_by, visit);
        }
    }
}

impl WindowFunction {
    fn parts(&mut self, visit: Visit<'_>) {
        match self {
            WindowFunction::Aggregate(call) => call.parts(visit),
            WindowFunction::Neighbour(neighbour) => {
                visit(Part::Node(&mut neighbour.value));
                if let Some(default) = &mut neighbour.default {
                    visit(Part::Node(default));
                }
            }
            WindowFunction::First(node) | WindowFunction::Last(node) | WindowFunction::Nth(node, _) => {
                visit(Part::Node(node));
            }
            WindowFunction::RowNumber
            | WindowFunction::Rank
            | WindowFunction::DenseRank
            | WindowFunction::PercentRank
            | WindowFunction::CumulativeDistribution
            | WindowFunction::Part(_) => {}
        }
    }
}

impl Node {
    /// Returns whether a condition on groups uses anything but aggregates. (Takes `&mut self` for the traversal, and changes
    /// nothing.)
    pub(crate) fn names_key(&mut self) -> bool {
        if matches!(self, Node::Aggregate(_)) {
            return false;
        }
        let mut found = false;
        self.parts(&mut |part| {
            found |= match part {
                Part::Node(node) => node.names_key(),
                Part::Column(_) => true,
                Part::Source(_) | Part::Select(_) => false,
            }
        });
        found
    }
}

impl Node {
    /// Returns whether a condition on groups uses a computed key. (Changes nothing, as above.)
    pub(crate) fn names_computed_key(&mut self) -> bool {
        let mut found = matches!(self, Node::Key(_));
        self.parts(&mut |part| {
            if let Part::Node(node) = part {
                found |= node.names_computed_key();
            }
        });
        found
    }
}

impl Node {
    /// Returns whether it contains a subquery. (Changes nothing, as above.)
    pub(crate) fn has_query(&mut self) -> bool {
        let mut found = false;
        self.parts(&mut |part| {
            found |= match part {
                Part::Node(node) => node.has_query(),
                Part::Select(_) => true,
                Part::Column(_) | Part::Source(_) => false,
            }
        });
        found
    }

    /// Returns whether it contains a value over a window, outside of its subqueries.
    pub(crate) fn has_window(&mut self) -> bool {
        let mut found = matches!(self, Node::Window(_));
        self.parts(&mut |part| {
            if let Part::Node(node) = part {
                found |= node.has_window();
            }
        });
        found
    }
}

impl Select {
    /// Returns whether anything that it selects is computed from a value over a window.
    pub(crate) fn selects_window(&mut self) -> bool {
        if let Some(compound) = &mut self.compound {
            let mut arms =
                std::iter::once(&mut compound.first).chain(compound.rest.iter_mut().map(|(_, arm)| arm));
            return arms.any(Select::selects_window);
        }
        let Projection::Items(items) = &mut self.projection else { return false };
        items.iter_mut().any(|item| match item {
            Item::Node(node) => node.has_window(),
            Item::Row(..) | Item::Nulls(_) => false,
        })
    }

    /// Sets a limit that excludes no rows, if there is none, so that it is rendered as a derived table.
    pub(crate) fn limit_to_all(&mut self) {
        self.limit.get_or_insert(i64::MAX.unsigned_abs());
    }

    /// Returns whether it reads a table of this name, at any depth, other than in the CTEs that are in `seen`.
    fn reads(&mut self, name: &str, seen: &mut Vec<u64>) -> bool {
        let is_named = |table: &Table| table.schema.is_none() && table.name.eq_ignore_ascii_case(name);
        let mut found = self.from.iter().any(|item| match &item.origin {
            Origin::Table(table) => is_named(table),
            Origin::Cte(cte) => cte.reads(name, seen),
            Origin::Derived(_) | Origin::Lateral(_) | Origin::List(_) | Origin::Elements(_) => false,
        });
        self.parts(&mut |part| found |= reads(part, name, seen));
        found
    }

    /// Visits the direct children.
    pub(super) fn parts(&mut self, visit: Visit<'_>) {
        if let Some(compound) = &mut self.compound {
            visit(Part::Select(&mut compound.first));
            for (_, select) in &mut compound.rest {
                visit(Part::Select(select));
            }
        }
        for item in &mut self.from {
            match &mut item.origin {
                Origin::Derived(select) | Origin::Lateral(select) => visit(Part::Select(select)),
                Origin::Elements(document) => visit(Part::Node(document)),
                // A CTE cannot use the tables of the select that reads it.
                Origin::Table(_) | Origin::Cte(_) | Origin::List(_) => {}
            }
            match &mut item.on {
                On::Nothing => {}
                On::Link(source, _) | On::Through(source, ..) => visit(Part::Source(source)),
                On::Condition(node) => visit(Part::Node(node)),
            }
        }
        if let Projection::Items(items) = &mut self.projection {
            for item in items {
                match item {
                    Item::Node(node) => visit(Part::Node(node)),
                    Item::Row(source, _) => visit(Part::Source(source)),
                    Item::Nulls(_) => {}
                }
            }
        }
        all(&mut self.marks, visit);
        all(&mut self.filter, visit);
        all(&mut self.group_by, visit);
        all(&mut self.having, visit);
        orders(&mut self.order_by, visit);
        for source in self.lock.iter_mut().flat_map(|lock| &mut lock.of) {
            visit(Part::Source(source));
        }
    }
}

fn all(nodes: &mut [Node], visit: Visit<'_>) {
    for node in nodes {
        visit(Part::Node(node));
    }
}

fn orders(orders: &mut [OrderBy], visit: Visit<'_>) {
    for order in orders {
        visit(Part::Node(&mut order.node));
    }
}

impl Cte {
    /// Returns whether its definition reads a table of this name. One in which others are used twice is a graph with many
    /// more paths than CTEs, so each CTE is visited once.
    pub(crate) fn reads(&self, name: &str, seen: &mut Vec<u64>) -> bool {
        let Some(body) = self.body.as_ref().filter(|_| !seen.contains(&self.id)) else { return false };
        seen.push(self.id);
        let CteBody { mut rows, step } = CteBody::clone(body);
        rows.reads(name, seen) || step.is_some_and(|(mut step, _)| step.reads(name, seen))
    }
}

fn reads(part: Part<'_>, name: &str, seen: &mut Vec<u64>) -> bool {
    let source = match part {
        Part::Select(select) => return select.reads(name, seen),
        Part::Node(node) => {
            let mut found = false;
            node.parts(&mut |part| found |= reads(part, name, seen));
            return found;
        }
        Part::Column(column) => column.source(),
        Part::Source(source) => *source,
    };
    path_steps(source.path).iter().any(|(_, step)| match step {
        Step::Relation(link) => link.target().name.eq_ignore_ascii_case(name),
        Step::Part { .. } => false,
    })
}
