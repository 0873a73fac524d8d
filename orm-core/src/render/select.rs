//! Selects.

use super::Renderer;
use super::full_join::FullyJoined;
use super::name::Base;
use super::names::Place;
use super::outer_join::with_queries_as_values;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{Direction, Link};
use crate::syntax::{
    FromItem, Function, Item, JoinKind, Node, On, OrderBy, Origin, Projection, Select, Source,
};
use crate::value::Datum;

impl Renderer<'_> {
    /// Writes a subselect, whose rows have no order: its ORDER BY is omitted unless it determines which rows are selected.
    /// MySQL would omit it, too, but then describes fewer parameters than it announces, and clients wait for the rest.
    pub(super) fn inner_select(&mut self, select: &mut Select) -> Result<()> {
        select.forget_order();
        self.select(select)
    }

    pub(super) fn select(&mut self, select: &mut Select) -> Result<()> {
        if let Some(compound) = select.compound.take() {
            Self::unlocked(select)?;
            if select.distinct {
                self.distinct_compound(*compound)?;
            } else {
                self.compound(*compound)?;
            }
            self.order_by(std::mem::take(&mut select.order_by))?;
            self.limit(select.limit, select.offset);
            return Ok(());
        }
        check(select)?;
        self.names.enter(true, select.sight);
        let full = self.merge(select)?;
        self.name_tables(select, full);
        let windows_around = std::mem::take(&mut self.windows);
        let having_around = std::mem::take(&mut self.in_having);
        let takes_windows_around = std::mem::replace(&mut self.takes_windows, true);
        let group_by_around = std::mem::take(&mut self.in_group_by);
        let grouped_around = std::mem::replace(&mut self.grouped, !select.group_by.is_empty());
        let keys_around = std::mem::take(&mut self.keys);
        if select.rollup {
            self.check_rollup(select)?;
        }
        self.push(if select.distinct { "SELECT DISTINCT " } else { "SELECT " });
        let alias = self.next_alias.take();
        self.projection(alias, std::mem::replace(&mut select.projection, Projection::Rows), select)?;
        for mark in std::mem::take(&mut select.marks) {
            self.push(", ");
            self.node(mark)?;
        }
        self.takes_windows = false;
        if !select.from.is_empty() {
            self.push(" FROM ");
            self.from(select, full)?;
        }
        let joins_at = self.mark();
        self.conditions_on_rows(select, full)?;
        // Most selects have none of these clauses, and skip the checks.
        if !select.group_by.is_empty() {
            self.group_by(std::mem::take(&mut select.group_by), select.rollup)?;
        }
        if !select.having.is_empty() {
            self.having(std::mem::take(&mut select.having))?;
        }
        let windows_at = self.mark();
        self.takes_windows = true;
        self.order_by(std::mem::take(&mut select.order_by))?;
        self.put_windows(windows_at);
        self.windows = windows_around;
        self.in_having = having_around;
        self.takes_windows = takes_windows_around;
        self.in_group_by = group_by_around;
        self.grouped = grouped_around;
        self.keys = keys_around;
        self.limit(select.limit, select.offset);
        if let Some(lock) = select.lock.take() {
            self.lock(*lock)?;
        }
        let implied = self.names.leave();
        if !implied.is_empty() {
            self.put_implied(joins_at, implied);
        }
        Ok(())
    }

    /// Names the tables of a select that have no name yet.
    pub(super) fn name_tables(&mut self, select: &Select, full: FullyJoined) {
        for (number, item) in select.from.iter().enumerate().skip(full.merged) {
            let source = Source::table(select.base + number as u64);
            let optional = item.join == JoinKind::Left || number < full.tables;
            match &item.origin {
                Origin::Table(table) => drop(self.names.add(source, table, optional)),
                origin => {
                    let base = match origin {
                        Origin::Cte(cte) => Base::Given(cte.name.clone()),
                        Origin::List(_) => Base::Word("list"),
                        Origin::Elements(_) => Base::Word("elements"),
                        _ => Base::Word("derived"),
                    };
                    let place = self.names.add_rows(source, base, optional);
                    if let Origin::Elements(_) = origin {
                        self.compute_elements(place, optional);
                    }
                }
            }
        }
    }

    fn projection(
        &mut self,
        mut alias: Option<usize>,
        projection: Projection,
        select: &Select,
    ) -> Result<()> {
        match projection {
            Projection::Rows => {
                for (item, number) in select.from.iter().zip(0u64..) {
                    if number > 0 {
                        self.push(", ");
                    }
                    let source = Source::table(select.base + number);
                    self.row(&mut alias, source, item.origin.width())?;
                }
            }
            Projection::Items(items) => {
                let mut column = 0;
                for (position, item) in items.into_iter().enumerate() {
                    if position > 0 {
                        self.push(", ");
                    }
                    column += item.width();
                    match item {
                        Item::Node(node) => {
                            // Duplicates may be removed, here or in an outer query.
                            self.whole = matches!(node, Node::Key(_));
                            self.bare_window =
                                alias.is_none() && !self.in_value && matches!(node, Node::Window(_));
                            if select.rollup {
                                self.column_or_key(node, column)?;
                            } else {
                                self.compared(node)?;
                            }
                            self.alias(&mut alias);
                        }
                        Item::Row(source, table) => self.row(&mut alias, source, table.width())?,
                        Item::Nulls(count) => self.nulls(count),
                    }
                }
            }
            Projection::One => self.push("1"),
            Projection::Count => self.push("COUNT(*)"),
        }
        Ok(())
    }

    /// Writes all columns of one source.
    fn row(&mut self, alias: &mut Option<usize>, source: Source, width: u16) -> Result<()> {
        let place = self.place(source)?;
        if alias.is_none()
            && let Some(table) = self.names.under_its_own_name(place)
        {
            // Cached, since it is the same in all queries, most of which select whole rows.
            let list = table.remembered.select_list.get(self.dialect.quote);
            self.sql.push_str(list.get_or_init(|| self.names.select_list(place)));
            return Ok(());
        }
        for column in 0..width {
            if column > 0 {
                self.push(", ");
            }
            self.names.write_qualified(&mut self.sql, place, column);
            self.alias(alias);
        }
        Ok(())
    }

    fn nulls(&mut self, count: u16) {
        for position in 0..count {
            self.push(if position == 0 { "NULL" } else { ", NULL" });
        }
    }

    /// Writes the next number as an alias of the column just written, where columns are numbered.
    #[inline]
    fn alias(&mut self, alias: &mut Option<usize>) {
        if let Some(number) = alias {
            self.numbered(*number);
            *number += 1;
        }
    }

    #[cold]
    fn numbered(&mut self, number: usize) {
        self.push(" AS ");
        self.identifier(&format!("c{number}"));
    }

    /// Writes the FROM clause.
    pub(super) fn from(&mut self, select: &mut Select, full: FullyJoined) -> Result<()> {
        let base = select.base;
        if full.merged > 0 {
            self.merged(select)?;
        }
        for (number, item) in select.from.iter_mut().enumerate().skip(full.merged) {
            let source = Source::table(base + number as u64);
            if number == 0 {
                self.declaration(source, item, full.tables > 0)?;
                continue;
            }
            let join_at = self.mark();
            self.join(source, item, number < full.tables)?;
            // If an ON condition uses a relation, that join must come first, and so must everything else that uses it.
            let implied = self.names.take_implied(source.table);
            if !implied.is_empty() {
                self.put_implied(join_at, implied);
            }
        }
        Ok(())
    }

    /// Writes the conditions on rows: those of the select, and those that hide rows of its tables.
    pub(super) fn conditions_on_rows(&mut self, select: &mut Select, full: FullyJoined) -> Result<()> {
        let conditions = std::mem::take(&mut select.filter);
        let mut joint = if conditions.is_empty() { " WHERE " } else { " AND " };
        self.conditions(" WHERE ", conditions)?;
        for (number, item) in select.from.iter().enumerate().skip(full.tables) {
            match item.origin {
                Origin::Table(table) if item.join != JoinKind::Left && self.hides(table) => {
                    let place = self.place(Source::table(select.base + number as u64))?;
                    self.hide(&mut joint, place, table, select.sight)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn join(&mut self, source: Source, item: &mut FromItem, full: bool) -> Result<()> {
        match item.join {
            JoinKind::Inner => self.push(" JOIN "),
            JoinKind::Left => self.push(" LEFT JOIN "),
            JoinKind::Full => self.push(" FULL JOIN "),
            JoinKind::Cross => self.push(" CROSS JOIN "),
        }
        if let On::Through(near, link, far) = item.on {
            return self.join_through(source, item, (near, link, far));
        }
        let place = self.declaration(source, item, full)?;
        match std::mem::replace(&mut item.on, On::Nothing) {
            On::Through(..) => {}
            On::Nothing => self.push(if item.join == JoinKind::Cross { "" } else { " ON 1 = 1" }),
            On::Condition(node) => {
                self.push(" ON ");
                let repeats = self.dialect.outer_joins_repeat && item.join == JoinKind::Left;
                let node = if repeats { with_queries_as_values(node) } else { node };
                self.names.joining(Some(source.table));
                self.node(node)?;
                self.names.joining(None);
            }
            On::Link(near, link) => {
                self.push(" ON ");
                let near = self.place(near)?;
                self.linked(place, near, link);
            }
        }
        match item.origin {
            // Hidden rows match nothing, so that the rows of the other side are kept.
            Origin::Table(table) if item.join == JoinKind::Left && !full && self.hides(table) => {
                self.hide_from_outer_join(place, table, self.names.here())
            }
            _ => Ok(()),
        }
    }

    /// Writes `(join_table JOIN target ON …) ON …`: in parentheses, so that an outer join leaves out both or none.
    fn join_through(
        &mut self,
        source: Source,
        item: &mut FromItem,
        (near, link, far): (Source, Link, Link),
    ) -> Result<()> {
        let back = Link { key: far.key, direction: Direction::ToChild };
        let near = self.place(near)?;
        self.push("(");
        let between = self.names.add(source.related(back), link.target(), false);
        self.declare(between)?;
        self.push(" JOIN ");
        let place = self.declaration(source, item, false)?;
        self.push(" ON ");
        self.linked(place, between, far);
        self.hide(&mut " AND ", between, link.target(), self.names.here())?;
        if item.join == JoinKind::Left {
            self.hide(&mut " AND ", place, far.target(), self.names.here())?;
        }
        self.push(") ON ");
        self.linked(between, near, link);
        Ok(())
    }

    /// Writes an item of FROM or JOIN, with its name. Hidden rows of a side of a full join are removed beforehand, since the
    /// join would otherwise return them without a match.
    fn declaration(&mut self, source: Source, item: &mut FromItem, full: bool) -> Result<Place> {
        let place = self.place(source)?;
        match &mut item.origin {
            &mut Origin::Table(table) if full && self.hides(table) => {
                self.push("(SELECT * FROM ");
                self.declare(place)?;
                self.hints(item)?;
                self.hide(&mut " WHERE ", place, table, self.names.here())?;
                self.push(") AS ");
                self.names.write(&mut self.sql, place);
                return Ok(place);
            }
            Origin::Table(_) => {}
            Origin::Derived(select) => {
                self.push("(");
                self.names.isolate();
                self.next_alias = Some(1);
                self.inner_select(select)?;
                self.names.join_again();
                self.push(") AS ");
            }
            Origin::Lateral(select) => self.lateral(select)?,
            Origin::List(list) => self.list_of_rows(list)?,
            Origin::Elements(document) => self.elements(document)?,
            Origin::Cte(cte) => {
                let name = self.cte(cte.clone())?;
                if !self.names.is_called(place, &name) {
                    self.identifier(&name);
                    self.push(" AS ");
                }
            }
        }
        self.declare(place)?;
        if !item.hints.is_empty() {
            self.hints(item)?;
        }
        Ok(place)
    }

    fn lateral(&mut self, select: &mut Select) -> Result<()> {
        if !self.dialect.lateral_joins {
            let what = "a lateral join; load related rows `with` the row, or number rows with \
                        `window::row_number` and filter a derived table of that";
            return Err(self.lacking(what));
        }
        self.push("LATERAL (");
        self.next_alias = Some(1);
        self.inner_select(select)?;
        self.push(") AS ");
        Ok(())
    }

    /// Writes ` WHERE a AND b`, or nothing.
    pub(super) fn conditions(&mut self, clause: &str, conditions: Vec<Node>) -> Result<()> {
        for (position, condition) in conditions.into_iter().enumerate() {
            match position {
                0 => self.push(clause),
                _ => self.push(" AND "),
            }
            self.node(condition)?;
        }
        Ok(())
    }

    fn having(&mut self, conditions: Vec<Node>) -> Result<()> {
        self.in_having = true;
        self.conditions(" HAVING ", conditions)?;
        self.in_having = false;
        Ok(())
    }

    fn group_by(&mut self, nodes: Vec<Node>, rollup: bool) -> Result<()> {
        self.in_group_by = true;
        for (position, node) in nodes.into_iter().enumerate() {
            self.push(if position == 0 { " GROUP BY " } else { ", " });
            let written_out = self.dialect.plain_keys && is_literal(&node);
            self.push(if written_out { "COALESCE(" } else { "" });
            let start = self.mark();
            if !self.column_of_elements(&node)? {
                self.compared(node)?;
            }
            self.by_its_column(start)?;
            self.push(if written_out { ", NULL)" } else { "" });
        }
        self.in_group_by = false;
        if rollup {
            self.push(" WITH ROLLUP");
        }
        Ok(())
    }

    /// Writes the ORDER BY clause without constants: they sort nothing, and MariaDB would take a number for the position of
    /// a column.
    pub(super) fn order_by(&mut self, orders: Vec<OrderBy>) -> Result<()> {
        let orders = orders.into_iter().filter(|order| !is_literal(&order.node));
        for (position, order) in orders.enumerate() {
            match position {
                0 => self.push(" ORDER BY "),
                _ => self.push(", "),
            }
            self.whole = matches!(order.node, Node::Key(_)) && order.moves_nulls().is_none();
            self.order(order)?;
        }
        Ok(())
    }

    /// Writes a sort key, with its direction and the place of NULL.
    pub(super) fn order(&mut self, order: OrderBy) -> Result<()> {
        if let Some(first) = order.moves_nulls() {
            // NULL is less than everything by default; `x IS NULL` is 0 or 1.
            self.operand(order.node.clone())?;
            self.push(if first { " IS NULL DESC, " } else { " IS NULL, " });
        }
        self.bare_window = matches!(order.node, Node::Window(_));
        self.compared(order.node)?;
        if order.descending {
            self.push(" DESC");
        }
        Ok(())
    }

    pub(super) fn limit(&mut self, limit: Option<u64>, offset: Option<u64>) {
        match (limit, offset) {
            (None, None) => return,
            (Some(rows), _) => {
                self.push(" LIMIT ");
                self.push(self.dialect.limit_sign);
                self.count(rows);
            }
            (None, Some(_)) => {
                self.push(" LIMIT ");
                self.push(self.dialect.no_limit);
            }
        }
        if let Some(rows) = offset {
            self.push(" OFFSET ");
            self.count(rows);
        }
    }

    /// Writes a number of rows, capped at the greatest signed integer, which is more than any table has.
    fn count(&mut self, rows: u64) {
        self.placeholder(Datum::Int(i64::try_from(rows).unwrap_or(i64::MAX)));
    }
}

/// Rejects clauses that cannot be combined.
fn check(select: &mut Select) -> Result<()> {
    if let Some(why) = select.refused {
        return Err(Error::new(ErrorKind::InvalidQuery, why));
    }
    if !select.distinct || select.aggregated || !select.group_by.is_empty() {
        return Ok(());
    }
    let Projection::Items(items) = &select.projection else { return Ok(()) };
    let own = select.base..select.base + select.from.len() as u64;
    let mut unselected = false;
    for order in &mut select.order_by {
        order.node.columns(&mut |column| {
            unselected |= own.contains(&column.source().table) && !items.iter().any(|item| item.has(column));
        });
    }
    if unselected {
        let message = "a `distinct` query is ordered by a column that it does not select, in which equal \
                       rows may differ; select that column too, or group by the selected columns";
        return Err(Error::new(ErrorKind::InvalidQuery, message));
    }
    Ok(())
}

/// Returns whether a server would take it for a literal, and an integer for the position of a column.
fn is_literal(node: &Node) -> bool {
    match node {
        Node::Value(_) | Node::Null(_) => true,
        Node::Key(node) => is_literal(node),
        Node::Call(call) if call.function == Function::Negate => call.arguments.iter().all(is_literal),
        _ => false,
    }
}
