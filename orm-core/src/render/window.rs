//! Window functions.

use super::Renderer;
use crate::dialect::Decimals;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{
    Frame, FrameUnit, Function, Neighbour, Node, OrderBy, Window, WindowCall, WindowFunction,
};
use crate::value::Kind;

/// The error for a value over a window anywhere but in the columns and sort keys of a select.
const MISPLACED: &str = "a window function is only allowed in `select` and `order_by`, because windows are computed \
                         last; select it first, then filter, group, set or compute over a derived table: \
                         `.select(|u| (u, ..)).into_query().filter(|(_, place)| ..)`";

impl Renderer<'_> {
    pub(super) fn window_call(&mut self, call: WindowCall) -> Result<()> {
        // Servers do not allow a window function over another one either.
        if !std::mem::take(&mut self.takes_windows) {
            return Err(Error::new(ErrorKind::InvalidQuery, MISPLACED));
        }
        let bare = std::mem::take(&mut self.bare_window);
        let unsigned = self.dialect.unsigned_ranks && !bare && is_rank(&call.function);
        self.push(if unsigned { "CAST(" } else { "" });
        self.placed(call)?;
        self.push(if unsigned { " AS SIGNED)" } else { "" });
        self.takes_windows = true;
        Ok(())
    }

    fn placed(&mut self, call: WindowCall) -> Result<()> {
        let WindowCall { function, window, .. } = call;
        let ordered = !matches!(
            function,
            WindowFunction::Aggregate(_)
                | WindowFunction::RowNumber
                | WindowFunction::First(_)
                | WindowFunction::Last(_)
                | WindowFunction::Nth(..)
        );
        match function {
            WindowFunction::Aggregate(call) => self.aggregate(call)?,
            WindowFunction::RowNumber => self.push("ROW_NUMBER()"),
            WindowFunction::Rank => self.push("RANK()"),
            WindowFunction::DenseRank => self.push("DENSE_RANK()"),
            WindowFunction::PercentRank => self.push("PERCENT_RANK()"),
            WindowFunction::CumulativeDistribution => self.push("CUME_DIST()"),
            WindowFunction::Part(parts) => {
                positive(parts, "the number of buckets of `ntile`")?;
                self.push(&format!("NTILE({parts})"));
            }
            WindowFunction::Neighbour(neighbour) => return self.neighbour(neighbour, window),
            WindowFunction::First(value) => self.of_value("FIRST_VALUE(", value, ")")?,
            WindowFunction::Last(value) => self.of_value("LAST_VALUE(", value, ")")?,
            WindowFunction::Nth(value, number) => {
                positive(number, "the row number of `nth_value`")?;
                self.of_value("NTH_VALUE(", value, &format!(", {number})"))?;
            }
        }
        self.over(window, ordered)
    }

    fn of_value(&mut self, before: &str, value: Node, after: &str) -> Result<()> {
        self.push(before);
        self.node(value)?;
        self.push(after);
        Ok(())
    }

    /// Writes LAG or LEAD. Where they have no default, a constant distinguishes a missing row from one whose value is NULL.
    fn neighbour(&mut self, neighbour: Neighbour, window: Window) -> Result<()> {
        let Neighbour { value, before, distance, default } = neighbour;
        let name = if before { "LAG(" } else { "LEAD(" };
        match default {
            Some(default) if self.dialect.neighbour_default => {
                self.push(name);
                self.node(value)?;
                self.push(&format!(", {distance}, "));
                self.node(default)?;
                self.push(")");
                self.over(window, true)
            }
            Some(default) => {
                self.push(&format!("CASE WHEN {name}1, {distance})"));
                self.over(window.clone(), true)?;
                self.push(" IS NULL THEN ");
                self.node(default)?;
                self.push(" ELSE ");
                self.of_value(name, value, &format!(", {distance})"))?;
                self.over(window, true)?;
                self.push(" END");
                Ok(())
            }
            None => {
                self.of_value(name, value, &format!(", {distance})"))?;
                self.over(window, true)
            }
        }
    }

    fn over(&mut self, window: Window, ordered: bool) -> Result<()> {
        self.push(" OVER ");
        match window.name.clone() {
            Some(name) => {
                let name = self.named_window(&name, window)?;
                self.identifier(&name);
                Ok(())
            }
            None => self.window(window, ordered),
        }
    }

    /// Writes the window definition, in parentheses.
    pub(super) fn window(&mut self, window: Window, ordered: bool) -> Result<()> {
        let Window { partition_by, mut order_by, frame, .. } = window;
        if let Some(Frame { unit: FrameUnit::Range, start, end }) = frame
            && start.into_iter().chain(end).any(|bound| bound != 0)
        {
            self.check_range(&order_by)?;
            order_by = order_by.into_iter().map(|order| self.signed(order)).collect();
        }
        self.push("(");
        let start = self.sql.len();
        for (position, node) in partition_by.into_iter().enumerate() {
            self.push(if position == 0 { "PARTITION BY " } else { ", " });
            self.compared(node)?;
        }
        if order_by.is_empty() && ordered && self.dialect.windows_need_order {
            self.separate(start);
            self.push("ORDER BY NULL");
        }
        for (position, order) in order_by.into_iter().enumerate() {
            if position == 0 {
                self.separate(start);
            }
            self.push(if position == 0 { "ORDER BY " } else { ", " });
            self.order(order)?;
        }
        if let Some(frame) = frame {
            self.separate(start);
            self.frame(frame)?;
        }
        self.push(")");
        Ok(())
    }

    /// Requires a RANGE to be over a number: for anything else, SQLite would treat all rows as equal.
    fn check_range(&self, order_by: &[OrderBy]) -> Result<()> {
        let [order] = order_by else {
            let message = "a `range` frame needs an `order_by` of exactly one number; use `rows`, or \
                           order by one number";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        };
        if order.kind == Kind::Numeric && self.dialect.decimals == Decimals::Functions {
            return Err(
                self.lacking("`range` frames over a decimal; use `rows`, or order by an integer or a float")
            );
        }
        if order.moves_nulls().is_some() {
            let message = "a `range` frame cannot have `nulls_first` or `nulls_last`: NULLs come first, or last in descending order";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        if !order.kind.is_number() {
            let found = order.kind.describe();
            let instead = match order.kind {
                Kind::Date => "; order by a number of days, such as `day.days_since(..)`",
                Kind::Timestamp | Kind::UtcTimestamp => {
                    "; order by `at.unix_seconds()`, and give the range in seconds"
                }
                _ => "",
            };
            let message = format!("a `range` frame must be ordered by a number, not by {found}{instead}");
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        Ok(())
    }

    /// Converts an unsigned sort key, since servers fail to compute a bound below 0.
    fn signed(&self, order: OrderBy) -> OrderBy {
        let is_unsigned = matches!(
            order.kind,
            Kind::UnsignedTinyInt | Kind::UnsignedSmallInt | Kind::UnsignedInteger | Kind::UnsignedBigInt
        );
        if !is_unsigned || !self.dialect.unsigned_big_integers {
            return order;
        }
        OrderBy { node: Node::call(Function::Cast, Kind::Numeric, vec![order.node]), ..order }
    }

    fn separate(&mut self, start: usize) {
        if self.sql.len() > start {
            self.push(" ");
        }
    }

    fn frame(&mut self, frame: Frame) -> Result<()> {
        let Frame { unit, start, end } = frame;
        if let (Some(start), Some(end)) = (start, end)
            && start > end
        {
            let message = format!("a frame from {start} to {end} ends before it begins");
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        self.push(match unit {
            FrameUnit::Rows => "ROWS",
            FrameUnit::Range => "RANGE",
            FrameUnit::Groups if self.dialect.frame_groups => "GROUPS",
            FrameUnit::Groups => {
                return Err(self.lacking("`groups` frames; use `rows` or `range`"));
            }
        });
        // No window has that many rows, and MariaDB miscounts such distances.
        let in_reach = |distance: &i64| unit == FrameUnit::Range || distance.unsigned_abs() < 1 << 53;
        self.push(" BETWEEN ");
        self.bound(start.filter(|start| *start > 0 || in_reach(start)), "UNBOUNDED PRECEDING");
        self.push(" AND ");
        self.bound(end.filter(|end| *end < 0 || in_reach(end)), "UNBOUNDED FOLLOWING");
        Ok(())
    }

    fn bound(&mut self, bound: Option<i64>, unbounded: &str) {
        match bound {
            None => self.push(unbounded),
            Some(0) => self.push("CURRENT ROW"),
            Some(distance) => {
                let side = if distance < 0 { "PRECEDING" } else { "FOLLOWING" };
                self.push(&format!("{} {side}", distance.unsigned_abs()));
            }
        }
    }
}

fn positive(number: u32, what: &str) -> Result<()> {
    if number == 0 {
        return Err(Error::new(ErrorKind::InvalidQuery, format!("{what} is 0; it must be at least 1")));
    }
    Ok(())
}

/// Returns whether it is the number or rank of a row.
fn is_rank(function: &WindowFunction) -> bool {
    use WindowFunction::{DenseRank, Part, Rank, RowNumber};
    matches!(function, RowNumber | Rank | DenseRank | Part(_))
}
