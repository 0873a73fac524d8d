//! Expressions.

use super::Renderer;
use super::names::Place;
use crate::dialect::Decimals;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{ColumnDef, Table};
use crate::syntax::{
    AggregateFunction, Between, Binary, ColumnRef, Comparison, InQuery, Like, Node, Operator, Source,
};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    pub(super) fn node(&mut self, node: Node) -> Result<()> {
        match node {
            Node::Column(column) => self.column(column),
            Node::Value(value) => self.value(value),
            Node::Null(kind) => {
                self.null(kind);
                Ok(())
            }
            Node::Key(node) => self.key(*node),
            Node::Default => Err(Error::new(
                ErrorKind::InvalidQuery,
                "a DEFAULT is only allowed as a value of a row to insert",
            )),
            Node::Held(_) => Err(held(None)),
            Node::Compare(column, comparison, value) => {
                self.column(column)?;
                self.comparison(comparison);
                // The column's place matters only for the error.
                self.check(&value, None).or_else(|_| self.check(&value, self.definition(column)))?;
                self.placeholder(value);
                Ok(())
            }
            Node::Binary(binary) => self.binary(*binary),
            Node::All(nodes) => self.list(nodes, " AND ", true),
            Node::Any(nodes) => self.list(nodes, " OR ", false),
            Node::Not(node) => self.not(*node),
            Node::IsNull(node) => {
                self.operand(*node)?;
                self.push(" IS NULL");
                Ok(())
            }
            Node::IsNotNull(node) => {
                self.operand(*node)?;
                self.push(" IS NOT NULL");
                Ok(())
            }
            Node::InList(list) => self.in_list(*list),
            Node::InQuery(list) => self.in_query(*list),
            Node::Quantified(quantified) => self.quantified(*quantified),
            Node::Row(nodes) => self.compared_row(nodes),
            Node::Between(between) => self.between(*between),
            Node::Like(like) => self.like(*like),
            Node::Call(call) => self.call(*call),
            Node::Named(call) => self.named_call(*call),
            Node::Raw(fragment) => self.fragment(*fragment),
            Node::Case(case) => self.case(*case),
            Node::Collate(node, collation) => self.collate(*node, collation),
            Node::Aggregate(call) => self.aggregate(*call),
            Node::Window(call) => self.window_call(*call),
            Node::Exists(mut select) => {
                self.check_elements(&mut select)?;
                let as_value = self.stands_as_value(&mut select);
                self.push(if as_value { "(EXISTS (" } else { "EXISTS (" });
                self.inner_select(&mut select)?;
                self.push(if as_value { ") = TRUE)" } else { ")" });
                Ok(())
            }
            Node::Scalar(mut select, _) => {
                self.check_elements(&mut select)?;
                self.push("(");
                let around = std::mem::replace(&mut self.in_value, true);
                self.inner_select(&mut select)?;
                self.in_value = around;
                self.push(")");
                Ok(())
            }
        }
    }

    /// Writes a column.
    #[inline]
    fn column(&mut self, column: ColumnRef) -> Result<()> {
        if let Some(table) = self.upserted
            && column.source() == Source::excluded()
        {
            return self.excluded_column(table, table.column(column.index));
        }
        match self.names.write_at_hand(&mut self.sql, column) {
            true => Ok(()),
            false => self.column_elsewhere(column),
        }
    }

    /// Writes a column that may be reached over relations.
    #[cold]
    fn column_elsewhere(&mut self, column: ColumnRef) -> Result<()> {
        let place = self.place(column.source())?;
        self.write_column(place, column.index);
        Ok(())
    }

    /// Returns the table and definition of a column, if it belongs to a table.
    #[cold]
    fn definition(&self, column: ColumnRef) -> Option<(&'static Table, &'static ColumnDef)> {
        match self.upserted {
            Some(table) if column.source() == Source::excluded() => Some((table, table.column(column.index))),
            _ => self.names.column(self.names.find(column.source())?, column.index),
        }
    }

    /// Writes a column, qualified if necessary.
    pub(super) fn write_column(&mut self, place: Place, index: u16) {
        self.names.write_as_needed(&mut self.sql, place, index);
    }

    /// Writes a comparison operator.
    pub(super) fn comparison(&mut self, comparison: Comparison) {
        match comparison {
            Comparison::Equal => self.push(" = "),
            Comparison::NotEqual => self.push(" <> "),
            Comparison::Less => self.push(" < "),
            Comparison::LessOrEqual => self.push(" <= "),
            Comparison::Greater => self.push(" > "),
            Comparison::GreaterOrEqual => self.push(" >= "),
            Comparison::Same => self.push(self.dialect.null_safe_equal),
        }
    }

    fn not(&mut self, node: Node) -> Result<()> {
        self.push("NOT ");
        self.operand(node)
    }

    /// Writes conditions joined with AND or OR, in parentheses if there are several.
    fn list(&mut self, mut nodes: Vec<Node>, separator: &str, empty: bool) -> Result<()> {
        if nodes.len() == 1
            && let Some(only) = nodes.pop()
        {
            return self.node(only);
        }
        if nodes.is_empty() {
            self.constant(empty);
            return Ok(());
        }
        self.push("(");
        for (position, node) in nodes.into_iter().enumerate() {
            if position > 0 {
                self.push(separator);
            }
            self.node(node)?;
        }
        self.push(")");
        Ok(())
    }

    /// Writes a constant condition: where a change would fail, one that the server cannot see through.
    #[cold]
    pub(super) fn constant(&mut self, holds: bool) {
        if self.in_change && self.dialect.changes_fail_for_needless_queries {
            self.placeholder(Datum::Int(1));
            self.push(" = ");
            self.placeholder(Datum::Int(holds.into()));
        } else {
            self.push(if holds { "1 = 1" } else { "1 = 0" });
        }
    }

    /// Writes an operand: in parentheses if it contains operators.
    pub(super) fn operand(&mut self, node: Node) -> Result<()> {
        let simple = match &node {
            // A single condition is written without parentheses of its own.
            Node::All(nodes) | Node::Any(nodes) => nodes.len() > 1,
            Node::Binary(binary) => !matches!(binary.operator, Operator::Compare(_)),
            node => matches!(
                node,
                Node::Column(_)
                    | Node::Value(_)
                    | Node::Null(_)
                    | Node::Key(_)
                    | Node::Call(_)
                    | Node::Named(_)
                    | Node::Raw(_)
                    | Node::Case(_)
                    | Node::Collate(..)
                    | Node::Aggregate(_)
                    | Node::Window(_)
                    | Node::Scalar(..)
                    | Node::Exists(_)
                    | Node::Row(_)
            ),
        };
        if simple {
            return self.node(node);
        }
        self.push("(");
        self.node(node)?;
        self.push(")");
        Ok(())
    }

    /// Writes an expression that is compared or sorted by. Computed decimals must be told to compare as numbers where they
    /// are text.
    #[inline]
    pub(super) fn compared(&mut self, node: Node) -> Result<()> {
        if let Node::Column(column) = node {
            // Nothing to drop, which the compiler would check each time.
            std::mem::forget(node);
            return self.column(column);
        }
        let as_decimal = self.dialect.decimals == Decimals::Functions && is_computed_decimal(&node);
        self.operand(node)?;
        if as_decimal {
            self.push(" COLLATE DECIMAL");
        }
        Ok(())
    }

    fn binary(&mut self, binary: Binary) -> Result<()> {
        let Binary { left, operator, right } = binary;
        match operator {
            Operator::Compare(comparison) => {
                self.compared(left)?;
                self.comparison(comparison);
                self.compared(right)
            }
            Operator::Add(kind) => self.arithmetic(left, (" + ", "decimal_add"), right, kind),
            Operator::Subtract(kind) => self.arithmetic(left, (" - ", "decimal_sub"), right, kind),
            Operator::Multiply(kind) => self.arithmetic(left, (" * ", "decimal_mul"), right, kind),
            Operator::Divide(kind) => {
                let symbol = if kind.is_integer() { self.dialect.integer_division } else { " / " };
                let right = self.divisor(right, kind);
                self.arithmetic(left, (symbol, "decimal_div"), right, kind)
            }
        }
    }

    /// Writes a row value: several expressions compared as one.
    fn compared_row(&mut self, nodes: Vec<Node>) -> Result<()> {
        self.push("(");
        for (position, node) in nodes.into_iter().enumerate() {
            self.push(if position == 0 { "" } else { ", " });
            self.compared(node)?;
        }
        self.push(")");
        Ok(())
    }

    fn in_query(&mut self, mut list: InQuery) -> Result<()> {
        if self.dialect.indexes_mistake_null && matches!(list.needle, Node::Row(_)) {
            list.query.limit_to_all();
        }
        let as_value = self.stands_as_value(&mut list.query);
        self.push(if as_value { "(" } else { "" });
        self.compared(list.needle)?;
        self.push(if list.negated { " NOT IN (" } else { " IN (" });
        self.compared_select(&mut list.query)?;
        self.push(if as_value { ")) = TRUE" } else { ")" });
        Ok(())
    }

    fn between(&mut self, between: Between) -> Result<()> {
        self.compared(between.value)?;
        self.push(" BETWEEN ");
        self.operand(between.low)?;
        self.push(" AND ");
        self.operand(between.high)
    }

    fn like(&mut self, like: Like) -> Result<()> {
        self.operand(like.text)?;
        self.push(if like.negated { " NOT LIKE " } else { " LIKE " });
        self.operand(like.pattern)?;
        self.push(" ESCAPE '!'");
        Ok(())
    }
}

/// Returns the error for a key that only a session knows, naming the column if there is one.
#[cold]
pub(super) fn held(column: Option<(&Table, &ColumnDef)>) -> Error {
    let whose = column.map_or_else(
        || "a value".to_owned(),
        |(table, column)| format!("`{}.{}`", table.model, column.field),
    );
    let message = format!(
        "{whose} is the key of a row in a session, which only that session knows: `add` this row to the \
         session too, or use the value of the key"
    );
    Error::new(ErrorKind::InvalidQuery, message)
}

fn is_computed_decimal(node: &Node) -> bool {
    match node {
        Node::Binary(binary) => matches!(
            binary.operator,
            Operator::Add(Kind::Numeric)
                | Operator::Subtract(Kind::Numeric)
                | Operator::Multiply(Kind::Numeric)
                | Operator::Divide(Kind::Numeric)
        ),
        Node::Value(Datum::Exact(_)) | Node::Scalar(_, Kind::Numeric) => true,
        Node::Call(call) => call.kind == Kind::Numeric,
        Node::Named(call) => call.kind == Kind::Numeric,
        Node::Case(case) => case.kind == Kind::Numeric,
        Node::Raw(fragment) => fragment.kind == Kind::Numeric,
        Node::Aggregate(call) => call.kind == Kind::Numeric && call.function != AggregateFunction::Count,
        Node::Key(node) => is_computed_decimal(node),
        Node::Window(call) => call.kind == Kind::Numeric,
        _ => false,
    }
}
