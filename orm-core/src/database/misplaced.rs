//! How other libraries connect and begin: it is here for the compiler to say how that is done.

use super::Database;
use crate::session::{Pending, Session, Unrun};

/// Never true: a database is opened, and connects when it has to.
#[diagnostic::on_unimplemented(
    message = "a database is opened, and connects when a statement needs it",
    label = "connects to nothing",
    note = "write `Database::open(url)?`, without `.await`; `db.ping().await?` says whether it is there"
)]
pub trait Connects {
    #[doc(hidden)]
    fn connect<T>() -> T;
}

/// Never true: the first statement of a session begins its transaction.
#[diagnostic::on_unimplemented(
    message = "a transaction is begun by its first statement",
    label = "begins nothing",
    note = "write `let mut s = db.session();`, run statements on `&mut s`, and end it by `s.commit().await?`; or as a closure, `db.transaction().run(async |mut tx| {{ ..; Ok(()) }}).await?`"
)]
pub trait Begins {
    #[doc(hidden)]
    fn begin<T>() -> T;
}

/// What a database does not do by itself.
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
    /// Not here: `Database::open` opens it, and it connects when a statement needs it.
    pub fn connect(url: &str) -> Pending<'static, Database>
    where
        for<'never> Unrun: Connects,
    {
        let _ = url;
        <Unrun as Connects>::connect()
    }

    /// Not here: [`Database::session`] is a transaction, which its first statement begins.
    pub fn begin(&self) -> Pending<'_, Session>
    where
        for<'never> Unrun: Begins,
    {
        <Unrun as Begins>::begin()
    }
}
