//! The kinds of errors.

use super::Error;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident $is:ident,)*) => {
        /// What kind of error an [`Error`] is: what a program decides by.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let taken = User::insert().email("ann@example.org").name("Another Ann").execute(db).await.unwrap_err();
        /// let status = match taken.kind() {
        ///     ErrorKind::UniqueViolation => 409,
        ///     ErrorKind::NotFound => 404,
        ///     _ => 500,
        /// };
        /// assert_eq!(status, 409);
        /// # Ok(()) }) }
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[doc = $doc])* $kind,)*
        }

        impl Error {
            $(
                #[doc = concat!("Whether the kind is [`", stringify!($kind), "`](ErrorKind::", stringify!($kind), ").")]
                ///
                /// ```
                #[doc = concat!("let error = orm::Error::new(orm::ErrorKind::", stringify!($kind), ", \"what happened\");")]
                #[doc = concat!("assert!(error.", stringify!($is), "());")]
                /// ```
                #[must_use]
                pub fn $is(&self) -> bool {
                    self.kind() == ErrorKind::$kind
                }
            )*
        }
    };
}

kinds! {
    /// A row with the same unique value exists.
    UniqueViolation is_unique_violation,
    /// A foreign key points at no row, or a row is still pointed at.
    ForeignKeyViolation is_foreign_key_violation,
    /// NULL in a column that takes none, or no value for one that has no default.
    NotNullViolation is_not_null_violation,
    /// A row does not meet a check of its table.
    CheckViolation is_check_violation,
    /// A text or a blob is longer than its column.
    TooLong is_too_long,
    /// A number does not fit its column, or the database.
    OutOfRange is_out_of_range,
    /// The transaction was chosen as the victim of a deadlock, and is gone.
    Deadlock is_deadlock,
    /// A lock was not given in time. Only the statement is undone.
    LockTimeout is_lock_timeout,
    /// The transaction conflicts with another, and is gone.
    Serialization is_serialization,
    /// The row changed, or went, since it was read.
    Stale is_stale,
    /// A handle does not fit: its row is another session's, not inserted yet, or not tracked any more.
    NotTracked is_not_tracked,
    /// No row matches.
    NotFound is_not_found,
    /// More than one row matches.
    MoreThanOne is_more_than_one,
    /// No connection became free in time.
    PoolTimeout is_pool_timeout,
    /// The server cannot be reached, or does not let this user in.
    Connect is_connect,
    /// The connection broke. What the statement did is undone unless it stood alone and had ended.
    ConnectionLost is_connection_lost,
    /// The connection broke, or the node lost its cluster, while the transaction was being committed: it may have been, or
    /// not. So with a statement that stands alone, if the node of a cluster says so.
    CommitInDoubt is_commit_in_doubt,
    /// Of the databases that a session has changed, some were committed, and another one then was not.
    PartialCommit is_partial_commit,
    /// This node of a cluster does not take the statement; another one may.
    WrongNode is_wrong_node,
    /// The transaction is over; roll it back before the next statement.
    TransactionDead is_transaction_dead,
    /// A statement outside the transaction that its task is in.
    OutsideTransaction is_outside_transaction,
    /// A change would make or touch rows outside of a scope of its database.
    OutsideScope is_outside_scope,
    /// The database lacks what the statement needs.
    Unsupported is_unsupported,
    /// A cell of a row does not fit the type it is read as.
    Decode is_decode,
    /// A value cannot be written in the form in which its column stores it.
    Encode is_encode,
    /// A query was put together wrongly, such as with a column of another query.
    InvalidQuery is_invalid_query,
    /// A query is run once for each row of another one, and its database is to refuse that.
    NPlusOne is_n_plus_one,
    /// A cursor was changed, or belongs to another query.
    InvalidCursor is_invalid_cursor,
    /// The table does not exist.
    NoSuchTable is_no_such_table,
    /// The column does not exist.
    NoSuchColumn is_no_such_column,
    /// The database is not as the models say.
    SchemaMismatch is_schema_mismatch,
    /// The server does not understand the statement.
    Syntax is_syntax,
    /// The user may not do this.
    PermissionDenied is_permission_denied,
    /// A procedure, function or trigger raised an error of its own, in whose words the message is.
    Raised is_raised,
    /// The statement was not run, since one before it in its batch failed.
    NotRun is_not_run,
    /// The statement was stopped on the server, or took longer than it may.
    Interrupted is_interrupted,
    /// A URL, option or setting is wrong.
    Configuration is_configuration,
    /// The session or database was closed.
    Closed is_closed,
    /// Any other error of the server or driver.
    Server is_server,
}

impl ErrorKind {
    /// Whether the server has ended the transaction, or it can no longer be used.
    ///
    /// ```
    /// use orm::ErrorKind;
    /// assert!(ErrorKind::Deadlock.ends_transaction());
    /// assert!(!ErrorKind::LockTimeout.ends_transaction());
    /// ```
    #[must_use]
    pub const fn ends_transaction(self) -> bool {
        matches!(
            self,
            ErrorKind::Deadlock
                | ErrorKind::Serialization
                | ErrorKind::WrongNode
                | ErrorKind::ConnectionLost
                | ErrorKind::CommitInDoubt
        )
    }

    /// Whether the same transaction may well succeed if it is run again from its start.
    ///
    /// ```
    /// use orm::ErrorKind;
    /// assert!(ErrorKind::Deadlock.is_retryable());
    /// assert!(!ErrorKind::UniqueViolation.is_retryable());
    /// ```
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        matches!(self, ErrorKind::Deadlock | ErrorKind::Serialization | ErrorKind::WrongNode)
    }
}
