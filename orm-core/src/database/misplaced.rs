//! Methods of other libraries, such as `connect` and `begin`: they exist so that the compiler can say what to write instead.

use super::Database;
use crate::session::{Pending, Session, Transaction, Unrun};

/// Never implemented: a database is opened, and connects when it has to.
#[diagnostic::on_unimplemented(
    message = "there is no `connect` and no `new`: a database is opened, and connects when a statement needs it",
    label = "use `Database::open`",
    note = "write `Database::open(url)?`, without `.await`; `db.ping().await?` checks that it can be reached"
)]
pub trait Connects {
    #[doc(hidden)]
    fn connect<T>() -> T;
}

/// Never implemented: the first statement of a session begins its transaction.
#[diagnostic::on_unimplemented(
    message = "there is no `begin`: the first statement of a session begins its transaction",
    label = "use `db.session()`",
    note = "write `let mut s = db.session();`, run statements on `&mut s`, then `s.commit().await?`; or pass a closure: `db.transaction().run(async |mut tx| {{ ..; Ok(()) }}).await?`"
)]
pub trait Begins {
    #[doc(hidden)]
    fn begin<T>() -> T;
}

/// Never implemented: a statement is told where to run.
#[diagnostic::on_unimplemented(
    message = "there is no `execute` here: a statement takes the database or session, not the other way round",
    label = "use a terminal method of the statement",
    note = "raw SQL: `sql!(\"DELETE FROM users WHERE id = {{id}}\").execute(&db).await?`; in a session, `&mut s` instead of `&db`",
    note = "typed: `User::query().all(&db).await?`, `User::insert().name(\"Ann\").execute(&db).await?`"
)]
pub trait RunsStatements {
    #[doc(hidden)]
    fn execute<T>() -> T;
}

/// What a database does not need.
///
/// ```
/// # use orm::prelude::*; use orm_doc::{User, run};
/// # fn main() { run(async |_| {
/// let db = Database::open("sqlite::memory:")?; // no connect(..): a statement does that
/// let mut s = db.session(); // no begin(): its first statement does that
/// assert_eq!(sql!("SELECT 1").scalar::<i64>(&mut s).await?, 1);
/// s.commit().await?;
/// # Ok(()) }) }
/// ```
impl Database {
    /// Not available here: `Database::open` opens it, and it connects when a statement needs it.
    pub fn connect(url: &str) -> Pending<'static, Database>
    where
        for<'never> Unrun: Connects,
    {
        let _ = url;
        <Unrun as Connects>::connect()
    }

    /// Not available here: `Database::open` opens it.
    #[doc(hidden)]
    #[allow(clippy::new_ret_no_self, reason = "it makes nothing")]
    pub fn new(url: &str) -> Pending<'static, Database>
    where
        for<'never> Unrun: Connects,
    {
        let _ = url;
        <Unrun as Connects>::connect()
    }

    /// Not available here: a statement has methods that run it.
    #[doc(hidden)]
    pub fn execute<S>(&self, statement: S) -> Pending<'_, u64>
    where
        for<'never> Unrun: RunsStatements,
    {
        let _ = statement;
        <Unrun as RunsStatements>::execute()
    }

    /// Not available here: [`Database::session`] is a transaction, which its first statement begins.
    pub fn begin(&self) -> Pending<'_, Session>
    where
        for<'never> Unrun: Begins,
    {
        <Unrun as Begins>::begin()
    }
}

impl Transaction {
    /// Not available here: a statement has methods that run it.
    #[doc(hidden)]
    pub fn execute<S>(&mut self, statement: S) -> Pending<'_, u64>
    where
        for<'never> Unrun: RunsStatements,
    {
        let _ = statement;
        <Unrun as RunsStatements>::execute()
    }
}
