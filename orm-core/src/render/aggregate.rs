//! Aggregate functions.

use super::Renderer;
use super::key::digits;
use crate::dialect::{Decimals, Joining};
use crate::error::Result;
use crate::syntax::{AggregateCall, AggregateFunction, Joined, Node, OrderBy};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    pub(super) fn aggregate(&mut self, call: AggregateCall) -> Result<()> {
        let takes_windows = std::mem::take(&mut self.takes_windows);
        self.aggregate_alone(call)?;
        self.takes_windows = takes_windows;
        Ok(())
    }

    fn aggregate_alone(&mut self, mut call: AggregateCall) -> Result<()> {
        if let Some(joined) = call.joined.take() {
            return self.joined(call, joined);
        }
        if let Some(Node::Row(parts)) = call.argument {
            return self.count_of_rows(parts, call.filter);
        }
        let decimal = call.kind == Kind::Numeric && self.dialect.decimals == Decimals::Functions;
        self.push(match call.function {
            AggregateFunction::Count => "COUNT",
            AggregateFunction::Sum if decimal => "decimal_sum",
            AggregateFunction::Average if decimal => "decimal_avg",
            AggregateFunction::Sum => "SUM",
            AggregateFunction::Average => "AVG",
            AggregateFunction::Min => "MIN",
            AggregateFunction::Max => "MAX",
            AggregateFunction::Join => "GROUP_CONCAT",
            AggregateFunction::StandardDeviation => "STDDEV_POP",
            AggregateFunction::SampleStandardDeviation => "STDDEV_SAMP",
            AggregateFunction::Variance => "VAR_POP",
            AggregateFunction::SampleVariance => "VAR_SAMP",
        });
        self.push("(");
        if call.distinct {
            self.push("DISTINCT ");
        }
        let (before, after) = self.around_argument(&call);
        self.push(before);
        self.filtered_argument(call.argument, &mut call.filter)?;
        self.push(after);
        self.push(")");
        self.filter(call.filter)
    }

    /// Counts the distinct rows in which nothing is NULL.
    fn count_of_rows(&mut self, parts: Vec<Node>, mut filter: Option<Node>) -> Result<()> {
        self.push("COUNT(DISTINCT ");
        if !self.dialect.row_key.is_empty() {
            self.row_key(parts)?;
            self.push(")");
            return self.filter(filter);
        }
        for (position, part) in parts.into_iter().enumerate() {
            self.push(if position == 0 { "" } else { ", " });
            // A condition on one part is enough: a row with one NULL is not counted, just like a row of NULLs.
            self.filtered_argument(Some(part), &mut filter)?;
        }
        self.push(")");
        self.filter(filter)
    }

    /// Combines several values into one, which is the same if they are equal.
    fn row_key(&mut self, parts: Vec<Node>) -> Result<()> {
        self.push(self.dialect.row_key);
        for (position, part) in parts.into_iter().enumerate() {
            if matches!(part, Node::Collate(..)) {
                return Err(self.lacking(
                    "counting distinct rows by a collation; count the rows of a derived table, \
                     `.distinct().select(..).into_query()`",
                ));
            }
            self.push(if position == 0 { "(" } else { ", " });
            self.node(part)?;
        }
        self.push(")");
        Ok(())
    }

    /// Writes the argument of an aggregate. Without FILTER, the condition goes into the argument, since aggregates ignore
    /// NULL.
    fn filtered_argument(&mut self, argument: Option<Node>, filter: &mut Option<Node>) -> Result<()> {
        let within = if self.dialect.aggregate_filter { None } else { filter.take() };
        if let Some(condition) = within {
            self.push("CASE WHEN ");
            self.node(condition)?;
            self.push(" THEN ");
            match argument {
                Some(argument) => self.node(argument)?,
                None => self.push("1"),
            }
            self.push(" END");
            return Ok(());
        }
        match argument {
            Some(argument) => self.compared(argument),
            None => {
                self.push("*");
                Ok(())
            }
        }
    }

    fn filter(&mut self, filter: Option<Node>) -> Result<()> {
        let Some(condition) = filter else { return Ok(()) };
        self.push(" FILTER (WHERE ");
        self.node(condition)?;
        self.push(")");
        Ok(())
    }

    fn joined(&mut self, mut call: AggregateCall, joined: Joined) -> Result<()> {
        let Joined { separator, order_by } = joined;
        match self.dialect.joining {
            Joining::Separator => {
                self.push("GROUP_CONCAT(");
                if call.distinct {
                    self.push("DISTINCT ");
                }
                self.filtered_argument(call.argument, &mut call.filter)?;
                self.order_by(order_by)?;
                // The grammar allows no bind parameter here; hexadecimal digits cannot be misread.
                self.push(" SEPARATOR ");
                self.push(&digits(separator.as_bytes()));
                self.push(")");
                Ok(())
            }
            Joining::Argument { distinct } if call.distinct => {
                self.group_concat_distinct(call, distinct, separator, order_by)
            }
            Joining::Argument { .. } => {
                self.push("GROUP_CONCAT(");
                self.filtered_argument(call.argument, &mut call.filter)?;
                self.push(", ");
                self.bind(Datum::Text(separator.into()), None)?;
                self.order_by(order_by)?;
                self.push(")");
                self.filter(call.filter)
            }
        }
    }

    /// DISTINCT takes one argument only: the texts are collected first, and joined by a function of this crate.
    fn group_concat_distinct(
        &mut self,
        call: AggregateCall,
        function: &'static str,
        separator: String,
        order_by: Vec<OrderBy>,
    ) -> Result<()> {
        let Some(argument) = call.argument else { return Ok(()) };
        let some = Node::IsNotNull(Box::new(argument.clone()));
        let filter = match call.filter {
            Some(condition) => condition.and(some),
            None => some,
        };
        self.push(function);
        self.push("(json_group_array(DISTINCT ");
        self.node(argument)?;
        self.order_by(order_by)?;
        self.push(")");
        self.filter(Some(filter))?;
        self.push(", ");
        self.bind(Datum::Text(separator.into()), None)?;
        self.push(")");
        Ok(())
    }
}
