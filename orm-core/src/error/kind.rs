//! The kinds of errors.

use super::Error;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident $is:ident,)*) => {
        /// The kind of an [`Error`], on which a program can match.
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
    /// A foreign key references no row, or a row is still referenced.
    ForeignKeyViolation is_foreign_key_violation,
    /// NULL in a NOT NULL column, or no value for a column without a default.
    NotNullViolation is_not_null_violation,
    /// A row violates a check constraint of its table.
    CheckViolation is_check_violation,
    /// A text or a blob is longer than its column.
    TooLong is_too_long,
    /// A number is out of range for its column or for the database.
    OutOfRange is_out_of_range,
    /// The transaction was chosen as a deadlock victim and rolled back.
    Deadlock is_deadlock,
    /// A lock could not be acquired in time. Only the statement is undone.
    LockTimeout is_lock_timeout,
    /// The transaction conflicts with another one and was rolled back (serialization failure).
    Serialization is_serialization,
    /// The row has changed or been deleted since it was read (optimistic locking).
    Stale is_stale,
    /// A handle is invalid: its row belongs to another session, is not inserted yet, or is no longer tracked.
    NotTracked is_not_tracked,
    /// No row matches.
    NotFound is_not_found,
    /// More than one row matches.
    MoreThanOne is_more_than_one,
    /// No connection became free in time.
    PoolTimeout is_pool_timeout,
    /// The server cannot be reached, or rejects this user.
    Connect is_connect,
    /// The connection broke. The statement's work is undone, unless it ran outside a transaction and had finished.
    ConnectionLost is_connection_lost,
    /// The connection broke, or the node lost its cluster, during a commit: the transaction may or may not have been
    /// committed. The same holds for a statement outside a transaction, if the node of a cluster reports it.
    CommitInDoubt is_commit_in_doubt,
    /// A session has changed several databases: some were committed, but then another one failed to commit.
    PartialCommit is_partial_commit,
    /// This node of a cluster refuses the statement; another one may accept it.
    WrongNode is_wrong_node,
    /// The transaction is over; roll it back before the next statement.
    TransactionDead is_transaction_dead,
    /// A statement would run outside the transaction that its task is in.
    OutsideTransaction is_outside_transaction,
    /// A change would create or touch rows outside a scope of its database.
    OutsideScope is_outside_scope,
    /// The database lacks a feature that the statement needs.
    Unsupported is_unsupported,
    /// A value of a row cannot be decoded as the requested type.
    Decode is_decode,
    /// A value cannot be encoded in the form in which its column stores it.
    Encode is_encode,
    /// A query is invalid, for example because it uses a column of another query.
    InvalidQuery is_invalid_query,
    /// A query runs once for each row of another one (N+1 queries), and the database is set to refuse that.
    NPlusOne is_n_plus_one,
    /// A cursor was tampered with, or belongs to another query.
    InvalidCursor is_invalid_cursor,
    /// The table does not exist.
    NoSuchTable is_no_such_table,
    /// The column does not exist.
    NoSuchColumn is_no_such_column,
    /// The database does not match the models.
    SchemaMismatch is_schema_mismatch,
    /// The server cannot parse the statement.
    Syntax is_syntax,
    /// The user lacks the privilege for this.
    PermissionDenied is_permission_denied,
    /// A procedure, function or trigger raised an error of its own; the message is the one it gave.
    Raised is_raised,
    /// The statement was not run, since an earlier one in its batch failed.
    NotRun is_not_run,
    /// The statement was killed on the server, or exceeded its time limit.
    Interrupted is_interrupted,
    /// A URL, option or setting is wrong.
    Configuration is_configuration,
    /// The session or database was closed.
    Closed is_closed,
    /// Any other error of the server or driver.
    Server is_server,
}

impl ErrorKind {
    /// Whether the server has ended the transaction, or the transaction can no longer be used.
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

    /// Whether the same transaction may succeed if it is run again from its start.
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
