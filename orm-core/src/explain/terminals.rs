//! The terminals that return a query plan.

use std::panic::Location;

use super::Plan;
use super::answer::Answer;
use crate::change::{Delete, HasSet, InsertAll, InsertFrom, Update, Upsert};
use crate::error::Result;
use crate::model::Model;
use crate::query::{Query, Rows};
use crate::raw::Sql;
use crate::scope::Scope;
use crate::session::{Executor, Lease, On, Pending};
use crate::syntax::Command;

/// A command that is built without looking at the database.
fn known(command: Command) -> (Option<&'static str>, impl FnOnce(&Lease<'_>) -> Result<Command> + Send) {
    (command.bind(), move |_: &Lease<'_>| Ok(command))
}

/// Asks for the plan of a command on the tables of one database.
async fn explain(
    (bind, command): (Option<&'static str>, impl FnOnce(&Lease<'_>) -> Result<Command> + Send),
    on: On<'_>,
    at: &'static Location<'static>,
) -> Result<Plan> {
    let mut lease = on.lease(bind, at).await?;
    let command = command(&lease)?;
    let form = lease.dialect().explain(&command).form;
    let mut answer = Answer::default();
    lease.run(Command::Explain(Box::new(command)), &mut answer, at).await?;
    answer.plan(form)
}

macro_rules! explain {
    ($(#[$doc:meta])* |$this:ident| $command:expr) => {
        /// Returns the query plan, without running the statement: EXPLAIN. Estimates are based on the server's statistics: a
        /// small table may have another plan than a large one.
        ///
        $(#[$doc])*
        #[track_caller]
        pub fn explain<'a>(self, on: impl Executor<'a>) -> Pending<'a, Plan> {
            let (on, at) = (on.on(), Location::caller());
            let $this = self;
            Pending::new(explain($command, on, at))
        }
    };
}

impl<S: Scope, O: Send + 'static> Query<S, O> {
    explain! {
        /// The plan covers the first statement only, not those that load relations `with` the rows.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let plan = User::find(1).explain(db).await?;
        /// assert_eq!(plan.to_string(), "query\n└─ SEARCH users USING INTEGER PRIMARY KEY (rowid=?)\n");
        /// # Ok(()) }) }
        /// ```
        |query| known(query.into_command())
    }
}

impl<O: Send + 'static> Rows<O> {
    explain! {
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let counts = Post::query().group_by(|p| p.published).select(|g| (g.key, g.count()));
        /// let plan = counts.explain(db).await?;
        /// assert_eq!(plan.root.children[1].what, "USE TEMP B-TREE FOR GROUP BY");
        /// # Ok(()) }) }
        /// ```
        |rows| known(rows.into_command())
    }
}

impl Sql {
    explain! {
        /// Which statements can be explained depends on the server: queries and changes of rows, but not calls or DDL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let plan = sql!("SELECT * FROM {@User} WHERE {@User.email} = {email}", email = "ann@example.org").explain(db).await?;
        /// assert!(plan.root.walk().all(|node| !node.full_scan), "{plan}");
        /// # Ok(()) }) }
        /// ```
        |sql| {
            let command = sql.into_command();
            (command.as_ref().ok().and_then(Command::bind), move |_: &Lease<'_>| command)
        }
    }
}

impl<T: Model, A: HasSet, F, S: Scope> Update<T, A, F, S> {
    explain! {
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let plan = User::update().set(|u| u.name.to("Anna")).filter(|u| u.id.eq(1)).explain(db).await?;
        /// assert_eq!(plan.root.children[0].index.as_deref(), Some("PRIMARY"));
        /// assert_eq!(User::find(1).one(db).await?.name, "Ann");
        /// # Ok(()) }) }
        /// ```
        |update| known(Command::Update(Box::new(update.update)))
    }
}

impl<T: Model, F, S: Scope> Delete<T, F, S> {
    explain! {
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let plan = Post::delete().filter(|p| p.title.eq("Draft")).explain(db).await?;
        /// assert!(plan.root.children[0].full_scan);
        /// assert_eq!(Post::query().count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        |delete| known(Command::Delete(Box::new(delete.delete)))
    }
}

impl<T: Model> InsertAll<T> {
    explain! {
        /// For many rows, only the first statement is explained. SQLite has no plan for an insert: the result has no steps.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let plan = User::insert_all([User::insert().email("cid@example.org").name("Cid")]).explain(db).await?;
        /// assert_eq!(plan.to_string(), "query\n");
        /// assert_eq!(User::query().count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        |insert| (T::table().bind, move |lease: &Lease<'_>| insert.into_command(lease.dialect(), lease.scopes()))
    }
}

impl<T: Model> InsertFrom<T> {
    explain! {
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let posts = Post::insert_from(User::query(), |u| Post::insert().author_id(u.id).title(u.name));
        /// assert_eq!(posts.explain(db).await?.root.walk().filter(|node| node.full_scan).count(), 1);
        /// # Ok(()) }) }
        /// ```
        |insert| (T::table().bind, move |lease: &Lease<'_>| Ok(insert.into_command(lease.scopes())))
    }
}

impl<T: Model, C: 'static> Upsert<T, C> {
    explain! {
        /// For many rows, only the first statement is explained.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let posts = Post::insert_from(User::query(), |u| Post::insert().id(u.id).author_id(u.id).title(u.name));
        /// let plan = posts.on_conflict(|p| p.id).ignore().explain(db).await?;
        /// assert_eq!(plan.root.walk().filter(|node| node.full_scan).count(), 1);
        /// # Ok(()) }) }
        /// ```
        |upsert| (T::table().bind, move |lease: &Lease<'_>| upsert.into_command(lease.dialect(), lease.scopes()))
    }
}
