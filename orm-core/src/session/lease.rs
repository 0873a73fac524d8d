//! Connections for the statements of one terminal.

use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::sync::Arc;

use super::{Transaction, inside};
use crate::database::{Database, Pooled};
use crate::dialect::Dialect;
use crate::driver::{Begin, End, Sink, Status, Summary};
use crate::error::{Error, ErrorKind, Result};
use crate::n_plus_one::Who;
use crate::render::{render_in_one_database, render_scoped};
use crate::schema::Table;
use crate::scoped::Scope;
use crate::syntax::{Command, Statement, Words, implicit_commit, outlasts_transaction};
use crate::value::Datum;

/// A connection held for one terminal: one from a pool, or that of an open transaction. It switches to another database
/// when a statement is for a table there.
pub(crate) struct Lease<'a> {
    place: Place<'a>,
    /// The index of the current database.
    member: usize,
    /// Whether it never switches to another database.
    stays: bool,
    /// Whether the N+1 detector checks the next statement.
    watched: bool,
    /// Whether its statements come from the program, not from a flush.
    by_program: bool,
    /// The first table of the last prepared statement, for error messages.
    first_table: Option<&'static Table>,
    /// Whether the last prepared statement inserts rows.
    inserts: bool,
}

enum Place<'a> {
    Pooled {
        database: &'a Database,
        connection: Held<'a>,
        /// Whether a transaction has been begun on it.
        begun: bool,
    },
    Open {
        transaction: &'a mut Transaction,
        /// The database that all statements go to, overriding the `bind` of their models.
        fixed: Option<usize>,
        branch: usize,
    },
}

/// A connection from the pool, or one borrowed from elsewhere.
enum Held<'a> {
    Own(Pooled),
    Lent(&'a mut Pooled),
}

impl Deref for Held<'_> {
    type Target = Pooled;

    fn deref(&self) -> &Pooled {
        match self {
            Held::Own(connection) => connection,
            Held::Lent(connection) => connection,
        }
    }
}

impl DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Pooled {
        match self {
            Held::Own(connection) => connection,
            Held::Lent(connection) => connection,
        }
    }
}

impl<'a> Lease<'a> {
    /// Leases a connection from the pool, for statements on tables of `bind`.
    pub(super) async fn pooled(database: &'a Database, bind: Option<&'static str>) -> Result<Self> {
        inside::check(database)?;
        let member = database.route(bind)?;
        let connection = database.member(member).checkout(false).await?;
        let place = Place::Pooled { database, connection: Held::Own(connection), begun: false };
        Ok(Lease::of(place, member).by_program())
    }

    /// Leases a transaction's connection, for statements on tables of `bind`.
    pub(crate) async fn open(
        transaction: &'a mut Transaction,
        fixed: Option<usize>,
        bind: Option<&'static str>,
    ) -> Result<Self> {
        let member = match fixed {
            Some(member) => member,
            None => transaction.database().route(bind)?,
        };
        let branch = transaction.ready(member).await?;
        Ok(Lease::of(Place::Open { transaction, fixed, branch }, member))
    }

    fn of(place: Place<'a>, member: usize) -> Self {
        Lease {
            place,
            member,
            stays: false,
            watched: false,
            by_program: false,
            first_table: None,
            inserts: false,
        }
    }

    /// Pins the lease to this connection, whose session state the user may change.
    pub(crate) fn take_in_hand(&mut self) {
        self.stays = true;
        self.mark_for_reset();
    }

    /// Marks the connection to be reset before its next use.
    fn mark_for_reset(&mut self) {
        match &mut self.place {
            Place::Pooled { connection, .. } => connection.take_in_hand(),
            Place::Open { transaction, branch, .. } => transaction.take_in_hand(*branch),
        }
    }

    /// Lends the connection to one terminal.
    pub(crate) async fn lend(&mut self) -> Result<Lease<'_>> {
        let (member, stays) = (self.member, self.stays);
        let place = match &mut self.place {
            Place::Pooled { database, connection, begun } => {
                // A terminal that failed or was dropped between two of its statements leaves a transaction open.
                if !*begun && connection.is_begun() {
                    let ended = Box::pin(connection.end(End::Rollback)).await;
                    ended.map_err(|error| database.member(member).failed(error))?;
                }
                Place::Pooled { database, connection: Held::Lent(connection), begun: *begun }
            }
            Place::Open { transaction, .. } => {
                return Ok(Lease::open(transaction, Some(member), None).await?.by_program());
            }
        };
        Ok(Lease { stays, ..Lease::of(place, member).by_program() })
    }

    /// Enables the N+1 detector, for terminals that read rows.
    pub(crate) fn watched(mut self) -> Self {
        self.watched = true;
        self
    }

    /// Marks the statements as the program's: they may change rows that the session has read.
    pub(super) fn by_program(mut self) -> Self {
        self.by_program = true;
        self
    }

    fn database(&self) -> &Database {
        match &self.place {
            Place::Pooled { database, .. } => database,
            Place::Open { transaction, .. } => transaction.database(),
        }
    }

    /// Whether all statements go to one database, whatever the `bind` of their models.
    pub(super) fn is_fixed(&self) -> bool {
        let fixed = matches!(self.place, Place::Open { fixed: Some(_), .. });
        fixed || self.stays || self.database().is_fixed()
    }

    pub(crate) fn dialect(&self) -> &Dialect {
        match &self.place {
            Place::Pooled { connection, .. } => connection.dialect(),
            Place::Open { transaction, branch, .. } => transaction.dialect(*branch),
        }
    }

    /// The scopes that the database applies to statements.
    pub(crate) fn scopes(&self) -> &[Arc<Scope>] {
        self.database().scopes().list()
    }

    /// Switches to the database that has the tables of `bind`.
    pub(crate) async fn turn_to(&mut self, bind: Option<&'static str>) -> Result<()> {
        let member = if self.is_fixed() { self.member } else { self.database().route(bind)? };
        match &mut self.place {
            Place::Pooled { database, connection, .. } if member != self.member => {
                // Returned first: tasks that hold one connection while they wait for another can deadlock.
                connection.give_back();
                **connection = database.member(member).checkout(false).await?;
            }
            Place::Pooled { .. } => {}
            Place::Open { transaction, branch, .. } => *branch = transaction.ready(member).await?,
        }
        self.member = member;
        Ok(())
    }

    /// Renders and runs one statement.
    pub(crate) async fn run(
        &mut self,
        command: Command,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        let changes = command.changes();
        self.turn_to(command.bind()).await?;
        let mut statement = self.prepare(command, at)?;
        self.send(&mut statement, sink, at).await.map_err(|error| of_table(error, changes))
    }

    /// Like [`run`](Self::run), but also returns the values that the statement bound.
    pub(crate) async fn run_lent(
        &mut self,
        command: Command,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<(Summary, Vec<Datum>)> {
        let changes = command.changes();
        self.turn_to(command.bind()).await?;
        let mut statement = self.prepare(command, at)?;
        statement.lent = true;
        let sent = self.send(&mut statement, sink, at).await;
        let summary = sent.map_err(|error| of_table(error, changes))?;
        Ok((summary, statement.params))
    }

    /// Renders one statement for the [current](Self::turn_to) database.
    pub(crate) fn prepare(&mut self, command: Command, at: &'static Location<'static>) -> Result<Statement> {
        if command.locks() && !self.is_in_transaction() {
            let message = "a row lock ends with its transaction: run the query in a session or a \
                           transaction, not on the database itself";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        let by_hand = matches!(command, Command::Raw(_));
        let changes = command.changes().is_some();
        self.first_table = command.first_table();
        self.inserts = matches!(command, Command::Insert(_) | Command::Load(_));
        let statement = match command {
            command if self.is_fixed() => render_scoped(command, self.dialect(), self.scopes())?,
            command => render_in_one_database(command, self.dialect(), self.scopes())?,
        };
        // Only once: the statements that follow the first one of a terminal belong to it, however many there are.
        if std::mem::take(&mut self.watched) {
            let who = || self.who();
            self.database().member(self.member).detector.look(&statement, at, who)?;
        }
        if by_hand {
            self.check_by_hand(&statement)?;
            if outlasts_transaction(&statement.sql) {
                self.mark_for_reset();
            }
        } else if changes {
            self.disturb();
        }
        Ok(statement)
    }

    /// Runs a statement that was not built by the ORM, unless it would implicitly commit the transaction that it is in.
    pub(crate) async fn run_by_hand(
        &mut self,
        mut statement: Statement,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        self.check_by_hand(&statement)?;
        self.first_table = None;
        self.send(&mut statement, sink, at).await
    }

    fn check_by_hand(&mut self, statement: &Statement) -> Result<()> {
        if !self.is_open() {
            return Ok(());
        }
        if self.dialect().ddl.commits
            && let Some(what) = implicit_commit(&statement.sql)
        {
            let message = format!(
                "{what} commits the open transaction on {}, which could then not be rolled back: run it on \
                 the database itself, before or after",
                self.dialect().name
            );
            return Err(Error::new(ErrorKind::Unsupported, message).with_sql(&statement.sql));
        }
        if Words::of(&statement.sql).next().is_none_or(|word| word != "SELECT") {
            self.disturb();
        }
        Ok(())
    }

    fn is_open(&self) -> bool {
        matches!(self.place, Place::Open { .. })
    }

    /// Tells the session that the next statement may change rows that it tracks.
    fn disturb(&mut self) {
        if let Place::Open { transaction, .. } = &mut self.place
            && self.by_program
        {
            transaction.unit_mut().disturb();
        }
    }

    /// Tells the transaction that a row was found changed or deleted since it was read.
    pub(crate) fn met_stale(&mut self) {
        if let Place::Open { transaction, .. } = &mut self.place {
            transaction.met_stale();
        }
    }

    /// Who runs the statements, for the N+1 detector.
    fn who(&self) -> Who {
        match &self.place {
            Place::Pooled { .. } => Who::here(),
            Place::Open { transaction, .. } => Who::Session(transaction.unit().number()),
        }
    }

    /// Runs a [prepared](Self::prepare) statement. Takes its values out, unless they are lent.
    pub(crate) async fn send(
        &mut self,
        statement: &mut Statement,
        sink: &mut dyn Sink,
        at: &'static Location<'static>,
    ) -> Result<Summary> {
        let result = match &mut self.place {
            Place::Pooled { connection, database, .. } => {
                database.member(self.member).run(connection, statement, sink, at).await
            }
            Place::Open { transaction, branch, .. } => transaction.run(*branch, statement, sink, at).await,
        };
        match (result, self.first_table) {
            (Err(error), Some(table)) if error.is_no_such_table() => Err(error.with_maker(table)),
            (Err(error), Some(table)) if error.is_no_such_column() => Err(error.with_verify(table)),
            (Err(error), Some(table)) if self.inserts && error.is_not_null_violation() => {
                Err(error.with_scope(table))
            }
            (result, _) => result,
        }
    }

    /// Whether the next statement is part of a transaction: one that was begun here, that of a session, or one that raw SQL
    /// has begun on the connection.
    pub(crate) fn is_in_transaction(&self) -> bool {
        match &self.place {
            Place::Pooled { connection, begun, .. } => *begun || connection.status() == Status::InTransaction,
            Place::Open { .. } => true,
        }
    }

    /// Begins a transaction for several statements that belong together, unless one is open. Returns whether it did.
    pub(crate) async fn begin_if_many(&mut self, statements: usize) -> Result<bool> {
        if statements <= 1 || self.is_in_transaction() {
            return Ok(false);
        }
        if let Place::Pooled { connection, database, begun } = &mut self.place {
            let done = connection.begin(Begin::default()).await;
            done.map_err(|error| database.member(self.member).failed(error))?;
            *begun = true;
        }
        Ok(true)
    }

    /// Commits what [`begin_if_many`](Self::begin_if_many) began. Without this, the connection is rolled back when it
    /// is returned.
    pub(crate) async fn commit_if(&mut self, own: bool) -> Result<()> {
        match &mut self.place {
            Place::Pooled { connection, database, .. } if own => {
                let ended = connection.end(End::Commit).await.map_err(super::state::commit_error);
                ended.map_err(|error| database.member(self.member).failed(error))
            }
            _ => Ok(()),
        }
    }
}

/// Adds the changed table to the error of a statement.
fn of_table(error: Error, changes: Option<&'static Table>) -> Error {
    match changes {
        Some(table) => error.with_table(table),
        None => error,
    }
}
