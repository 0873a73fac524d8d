//! Selects.

use super::Renderer;
use super::full_join::FullyJoined;
use super::order::is_literal;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Item, JoinKind, Node, Origin, Projection, Select, Source};

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
