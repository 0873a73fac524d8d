//! Statements awaited without a terminal. They implement `Future` under a bound that never holds, so that the compiler
//! says what is missing instead of only suggesting to remove the `.await`.

use std::pin::Pin;
use std::task::{Context, Poll};

use crate::Result;
use crate::change::{Delete, InsertAll, InsertFrom, OnConflict, Update, Upsert};
use crate::model::Model;
use crate::query::{Query, Rows};
use crate::raw::Sql;
use crate::scope::Scope;
use crate::session::{Retrying, TransactionOptions};

/// Stands for the missing terminal in error messages.
#[derive(Debug)]
pub enum Unrun {}

/// Never implemented for [`Unrun`]: a query is run by a terminal.
#[diagnostic::on_unimplemented(
    message = "this query has no terminal method to run it",
    label = "no `.all(&db)`, `.first(&db)`, `.one(&db)` or the like before `.await`",
    note = "call a terminal method, with the database, session or transaction to run on: `.all(&db).await?`"
)]
pub trait RunsQuery {}

/// Never implemented for [`Unrun`]: a change is run by a terminal.
#[diagnostic::on_unimplemented(
    message = "this statement has no terminal method to run it",
    label = "no `.execute(&db)` or `.returning(&db)` before `.await`",
    note = "call a terminal method, with the database, session or transaction to run on: `.execute(&db).await?`"
)]
pub trait RunsChange {}

/// Never implemented for [`Unrun`]: raw SQL is run by a terminal.
#[diagnostic::on_unimplemented(
    message = "this statement has no terminal method to run it",
    label = "no `.all(&db)`, `.one(&db)`, `.execute(&db)` or the like before `.await`",
    note = "call a terminal method, with the database, session or transaction to run on: `.execute(&db).await?`"
)]
pub trait RunsSql {}

/// Never implemented for [`Unrun`]: a transaction runs a closure.
#[diagnostic::on_unimplemented(
    message = "this transaction has no closure to run",
    label = "no `.run(..)` before `.await`",
    note = "give it a closure, `.run(async |mut tx| {{ ..; Ok(()) }})`; to commit by hand, use a session, `let mut s = db.session();`"
)]
pub trait RunsClosure {}

macro_rules! unrun {
    ($($rule:ident: [$($parameters:tt)*] $ty:ty => $output:ty;)*) => { $(
        #[doc(hidden)]
        impl<$($parameters)*> Future for $ty
        where
            for<'never> Unrun: $rule,
        {
            type Output = Result<$output>;

            fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
                Poll::Pending
            }
        }
    )* };
}
// The outputs are those of most terminals, so that the code after the mistake is checked as it will be.
unrun! {
    RunsQuery: [S: Scope, O] Query<S, O> => Vec<O>;
    RunsQuery: [O] Rows<O> => Vec<O>;
    RunsChange: [T: Model, A, F, S: Scope] Update<T, A, F, S> => u64;
    RunsChange: [T: Model, F, S: Scope] Delete<T, F, S> => u64;
    RunsChange: [T: Model] InsertAll<T> => u64;
    RunsChange: [T: Model] InsertFrom<T> => u64;
    RunsChange: [T: Model, C] OnConflict<T, C> => u64;
    RunsChange: [T: Model, C] Upsert<T, C> => u64;
    RunsSql: [] Sql => u64;
    RunsClosure: ['d] TransactionOptions<'d> => ();
    RunsClosure: ['d] Retrying<'d> => ();
}
