//! All rows of a query with what their relations lead to, a portion at a time.
//!
//! Relations are statements of their own, for which a connection in the middle of an answer is not free. So each portion is
//! a statement of its own, too, that goes on behind the last row of the one before, as a cursor does: it takes no second
//! connection, which a pool may not have, and none at all between two portions.

use std::panic::Location;
use std::sync::Arc;

use super::slice::{beyond, fetch};
use super::total_order::total_order;
use crate::error::{Error, ErrorKind, Result};
use crate::relation::{Plan, Reader};
use crate::session::{Executor, On};
use crate::stream::Shared;
use crate::syntax::Select;
use crate::value::Kind;

/// So many rows are read at a time, unless it is said how many.
pub(crate) const ROWS: usize = 500;

const WHAT: &str = "a stream of rows with their relations";

pub(crate) async fn portions<O: Send + 'static>(
    mut select: Box<Select>,
    plan: Arc<dyn Plan<O>>,
    mut on: On<'_>,
    at: &'static Location<'static>,
    shared: Shared<O>,
) -> Result<()> {
    prepare(&mut select)?;
    let kinds: Vec<Kind> = select.order_by.iter().map(|order| order.kind).collect();
    let mut left = select.limit.unwrap_or(u64::MAX);
    let mut last = None;
    loop {
        let size = left.min(shared.portion());
        if size == 0 {
            return Ok(());
        }
        let mut lease = Executor::on(&mut on).lease(select.bind(), at).await?;
        let mut part = Box::new(select.duplicate());
        part.limit = Some(size);
        match last.take() {
            // Portions are many statements from one place, and no N+1.
            None => lease = lease.watched(),
            Some(values) => {
                part.offset = None;
                let beyond = beyond(&part, values);
                beyond.push_onto(&mut part.filter);
            }
        }
        let (rows, mut marks) =
            fetch(part, Reader::Graph(plan.clone()), kinds.clone(), &mut lease, at).await?;
        drop(lease);
        let read = rows.len() as u64;
        last = marks.pop();
        shared.give(rows).await;
        if read < size {
            return Ok(());
        }
        left -= read;
    }
}

/// Makes the order total, so that there is one place behind each row.
fn prepare(select: &mut Select) -> Result<()> {
    total_order(select, WHAT)?;
    let keyless = |item: &crate::syntax::FromItem| match item.origin.table() {
        Some(table) => table.primary_key.is_empty(),
        None => true,
    };
    if select.from.iter().any(keyless) {
        let message = format!(
            "{WHAT} goes on behind the key of its last row, and `{}` has none: stream the rows alone, or give the view a \
             key",
            select.subject()
        );
        return Err(Error::new(ErrorKind::InvalidQuery, message));
    }
    select.marks = select.order_by.iter().map(|order| order.node.clone()).collect();
    Ok(())
}
