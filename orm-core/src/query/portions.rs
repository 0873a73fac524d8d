//! Streams all rows of a query with their relations, in portions.
//!
//! Relations are loaded with statements of their own, which a connection cannot run in the middle of a result. So each
//! portion is a statement of its own, too, that continues after the last row of the one before, like a cursor: it needs no
//! second connection, which a pool may not have, and holds none between two portions.

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

/// The default number of rows in a portion.
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
            // Portions are many statements from one place, but not N+1 queries.
            None => lease = lease.watched(),
            Some(values) => {
                part.offset = None;
                let beyond = beyond(&part, values, lease.dialect());
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

/// Makes the order total, so that each row has a unique position to continue from.
fn prepare(select: &mut Select) -> Result<()> {
    total_order(select, WHAT)?;
    let keyless = |item: &crate::syntax::FromItem| match item.origin.table() {
        Some(table) => table.primary_key.is_empty(),
        None => true,
    };
    if select.from.iter().any(keyless) {
        let message = format!(
            "{WHAT} continues after the key of its last row, but `{}` has no primary key: stream the rows \
             without relations, or declare a key for the view",
            select.subject()
        );
        return Err(Error::new(ErrorKind::InvalidQuery, message));
    }
    select.marks = select.order_by.iter().map(|order| order.node.clone()).collect();
    Ok(())
}
