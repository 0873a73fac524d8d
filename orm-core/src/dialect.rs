//! The differences between databases, as data.

mod auto_keys;
mod ddl;
mod elements;
mod handover;
mod quoting;
mod reflection;
mod set_operations;

use std::fmt;

pub use auto_keys::AutoKeys;
pub use ddl::{Ddl, LateKeys};
pub use elements::{Elements, InSubqueries};
pub use handover::{Handover, JsonElement, ListElement};
pub use reflection::Reflection;
pub use set_operations::SetOperations;

use crate::syntax::{Command, Piece, Words};

/// The SQL dialect of a database: constants and flags that the single renderer consults.
///
/// A driver starts from the constants of its family, and sets the flags that depend on the server's version when it
/// connects.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::dialect::{MYSQL, SQLITE};
/// let query = User::query().select(|u| u.id);
/// assert_eq!(query.to_sql(&MYSQL)?.sql, "SELECT `users`.`id` FROM `users`");
/// assert_eq!(query.to_sql(&SQLITE)?.sql, r#"SELECT "users"."id" FROM "users""#);
/// # let _ = db;
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
pub struct Dialect {
    /// The name of the product, for messages.
    pub name: &'static str,
    /// The server's version; zeros if no server has been asked.
    pub version: Version,
    /// The quote character around identifiers.
    pub quote: char,
    /// Whether a backslash is an escape character in string literals.
    pub backslash_escapes: bool,
    /// The maximum number of bind parameters in a statement.
    pub max_params: usize,
    /// The maximum length of a statement in bytes.
    pub max_bytes: usize,
    /// The maximum length of an identifier in characters, if there is one.
    pub max_identifier: Option<usize>,
    /// Whether INSERT … RETURNING exists.
    pub insert_returning: bool,
    /// How the generated keys of a multi-row insert follow from the one that the server reports.
    pub auto_keys: AutoKeys,
    /// Whether DEFAULT can be used as a value in a row of an insert.
    pub default_keyword: bool,
    /// The null-safe equality operator.
    pub null_safe_equal: &'static str,
    /// The integer division operator.
    pub integer_division: &'static str,
    /// Whether an upsert can name its conflict key.
    pub conflict_target: bool,
    /// How an upsert names a column of the row that could not be inserted; `{0}` is the column, `{table}` its table.
    pub excluded: Template,
    /// Whether such columns are compared by their collations.
    pub excluded_collations: bool,
    /// The alias of the inserted rows for that purpose, which follows them.
    pub excluded_alias: &'static str,
    /// The capabilities of updates and deletes.
    pub changes: Changes,
    /// The template of each function for values of a kind, with `{0}`, `{1}`, … for its arguments, `{*}` for all of
    /// them and `{+}` for all but the first, separated by commas. Empty if there is no such function.
    pub function: fn(crate::syntax::Function, crate::value::Kind) -> Template,
    /// Whether the server may take a placeholder for a float in computations, so that expressions contain exact
    /// numbers as literals, and NULL with a type.
    pub guesses_placeholders: bool,
    /// Whether a collation in any part of an expression becomes that of the whole expression, unless a subquery is in
    /// between.
    pub collations_spread: bool,
    /// Whether the server recognizes a computed GROUP BY key only if it has no placeholders, and in HAVING not at
    /// all.
    pub plain_keys: bool,
    /// Whether an outer join may repeat rows if its condition contains a subquery, unless the subquery stands as a
    /// value.
    pub outer_joins_repeat: bool,
    /// Whether FULL JOIN exists.
    pub full_joins: bool,
    /// Whether LATERAL exists: a derived table can refer to the columns of the tables before it.
    pub lateral_joins: bool,
    /// The set operations beside UNION.
    pub set_operations: SetOperations,
    /// The function that combines several values into one (NULL if any of them is), where DISTINCT in an aggregate
    /// takes a single argument; empty elsewhere.
    pub row_key: &'static str,
    /// Whether aggregates support FILTER.
    pub aggregate_filter: bool,
    /// Whether there are stored procedures.
    pub procedures: bool,
    /// The statement that returns the warnings of the last one; empty if there are none.
    pub warnings: &'static str,
    /// Whether several statements, separated by semicolons, can be sent at once.
    pub several: bool,
    /// Whether connections have variables, such as `@@sql_mode`.
    pub variables: bool,
    /// How the aggregate that joins texts takes its separator.
    pub joining: Joining,
    /// Whether LAG and LEAD take a default for rows that do not exist.
    pub neighbour_default: bool,
    /// Whether ranking functions, LAG and LEAD require an ORDER BY in their window.
    pub windows_need_order: bool,
    /// Whether row numbers and ranks are unsigned, so that computations with them cannot go below 0.
    pub unsigned_ranks: bool,
    /// Whether window frames support GROUPS.
    pub frame_groups: bool,
    /// The clauses that lock rows.
    pub locks: Locks,
    /// The syntax of index hints.
    pub index_hints: IndexHints,
    /// Whether `WITH ROLLUP` exists.
    pub rollup: Rollup,
    /// The limit that means no limit, where OFFSET requires one.
    pub no_limit: &'static str,
    /// The prefix of a limit's placeholder: `+` where a bare one would make the server prepare the statement anew for
    /// each value.
    pub limit_sign: &'static str,
    /// Whether integers above the greatest signed 64-bit one exist.
    pub unsigned_big_integers: bool,
    /// How a list with too many elements to bind is passed as one JSON text, which replaces `{}`; `{type}` and
    /// `{value}` are those of [`ListElement`].
    pub json_list: Template,
    /// The elements of such a list; `None` for kinds whose values are always bound.
    pub list_element: fn(crate::value::Kind) -> Option<ListElement>,
    /// The keyword before a list of rows to compare with.
    pub list_of_rows: &'static str,
    /// Whether an index lookup for a row wrongly finds NULL; a limit keeps the server from using an index.
    pub indexes_mistake_null: bool,
    /// Whether a change fails if one of its subqueries turns out to be unnecessary when it is prepared, because a
    /// condition is the same for every row.
    pub changes_fail_for_needless_queries: bool,
    /// Whether a change fails for expressions that are NULL in a query: a division by zero, or a logarithm of a
    /// number that has none.
    pub changes_fail_for_null: bool,
    /// Whether comparisons with ANY and ALL rows of a subquery exist.
    pub quantifiers: bool,
    /// How a JSON document bound as text is converted to JSON where it is compared and not stored.
    pub json_value: Template,
    /// How the elements of a JSON array become rows.
    pub elements: Elements,
    /// Whether JSON paths find keys that begin with a dash.
    pub json_dashed_keys: bool,
    /// How one update receives many rows with different values.
    pub handover: Handover,
    /// How rows are loaded from a file, if that is faster than inserting them.
    pub load: Option<Load>,
    /// How exact numbers are stored and computed.
    pub decimals: Decimals,
    /// How to ask for the plan of a query.
    pub explain_query: Explain,
    /// How to ask for the plan of a change.
    pub explain_change: Explain,
    /// How tables are created.
    pub ddl: Ddl,
    /// How the schema is read from the database.
    pub reflection: Reflection,
}

impl Dialect {
    /// How to ask for the plan of a statement.
    pub(crate) fn explain(&self, command: &Command) -> Explain {
        match command {
            Command::Insert(_) | Command::Update(_) | Command::Delete(_) => self.explain_change,
            Command::Raw(pieces) if !is_query(pieces) => self.explain_change,
            _ => self.explain_query,
        }
    }
}

/// Whether raw SQL begins as a query does. A `WITH` may also precede a change, but seldom does.
fn is_query(pieces: &[Piece]) -> bool {
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Text(text) => Words::of(text).next(),
        _ => None,
    });
    first.is_some_and(|word| ["SELECT", "WITH", "VALUES", "TABLE"].contains(&&*word))
}

/// SQL text with placeholders in braces.
pub type Template = &'static str;

/// How rows are loaded from a file that the connection sends along with the statement.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// The SQL before the table.
    pub head: &'static str,
    /// The SQL between the table and its columns.
    pub form: &'static str,
    /// The value that a column stores, where `{0}` is the text in the file; empty if it is that text.
    pub stored: fn(&crate::schema::ColumnDef) -> Template,
    /// Appends a value to the file.
    pub value: fn(&crate::value::Datum, &mut Vec<u8>) -> crate::error::Result<()>,
    /// The separator between two values.
    pub separator: u8,
    /// The terminator of each row.
    pub end: u8,
}

/// The capabilities of updates and deletes.
#[derive(Debug, Clone, Copy)]
pub struct Changes {
    /// Whether they support joins and, without joins, ORDER BY and LIMIT. If not, their rows are found by key.
    pub joins: bool,
    /// Whether they support CTEs, and subqueries that read the changed table.
    pub subqueries: bool,
    /// Whether assignments see the old values of the row, rather than those just assigned.
    pub old_row: bool,
    /// Whether UPDATE … RETURNING exists.
    pub update_returning: bool,
    /// Whether DELETE … RETURNING exists, without joins.
    pub delete_returning: bool,
}

/// How exact numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// In a native type.
    Native,
    /// As text; functions named `decimal_…` compute with it.
    Functions,
}

/// How `GROUP_CONCAT` takes its separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// In a clause.
    Separator,
    /// As an argument, which rules out DISTINCT.
    Argument {
        /// The function used instead, which joins the texts of a JSON array with a separator.
        distinct: &'static str,
    },
}

/// The clauses that lock rows; empty where a transaction that may write excludes all other writers anyway.
#[derive(Debug, Clone, Copy)]
pub struct Locks {
    /// FOR UPDATE: prevents changes and other locks.
    pub update: &'static str,
    /// FOR SHARE: prevents changes.
    pub share: &'static str,
    /// NOWAIT: fails on a locked row.
    pub nowait: &'static str,
    /// SKIP LOCKED, if it exists: leaves out locked rows.
    pub skip_locked: Option<&'static str>,
    /// OF, if it exists: precedes the tables to lock.
    pub of: Option<&'static str>,
}

/// Index hints, with `{}` for the name of the index; empty where a hint does not exist.
#[derive(Debug, Clone, Copy)]
pub struct IndexHints {
    /// Uses no other index than this one.
    pub used: Template,
    /// Uses this index if at all possible.
    pub forced: Template,
    /// Does not use this index.
    pub ignored: Template,
}

/// How to ask for a plan, and the form it comes in.
#[derive(Debug, Clone, Copy)]
pub struct Explain {
    /// The SQL before the statement.
    pub prefix: &'static str,
    /// The form of the result.
    pub form: PlanForm,
}

/// The form of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanForm {
    /// Rows that each name their parent.
    Steps,
    /// One JSON document.
    Json,
    /// One row per table.
    Table,
}

/// Whether `GROUP BY … WITH ROLLUP` exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rollup {
    /// It does not exist.
    None,
    /// Without an ORDER BY; and HAVING sees the keys of a total as those of a group.
    Partly,
    /// Without restrictions.
    Any,
}

/// The version of a server.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Version {
    pub major: u16,
    pub minor: u16,
    pub patch: u16,
}

impl Version {
    /// Creates a version from its parts.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Version { major, minor, patch }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The template of functions whose SQL name is the one they have here.
pub(crate) const BY_NAME: Template = "{function}";

/// The dialect of no database, which supports everything: used by `{:?}` of a query, and by a connection that has
/// been given back.
pub(crate) static NONE: Dialect = Dialect {
    name: "no database",
    version: Version::new(0, 0, 0),
    quote: '"',
    backslash_escapes: false,
    max_params: usize::MAX,
    max_bytes: usize::MAX,
    max_identifier: None,
    insert_returning: true,
    auto_keys: AutoKeys::Asked,
    default_keyword: true,
    null_safe_equal: " IS NOT DISTINCT FROM ",
    integer_division: " / ",
    conflict_target: true,
    excluded: "excluded.{0}",
    excluded_collations: true,
    excluded_alias: "",
    changes: Changes {
        joins: true,
        subqueries: true,
        old_row: true,
        update_returning: true,
        delete_returning: true,
    },
    function: |_, _| BY_NAME,
    guesses_placeholders: false,
    collations_spread: false,
    plain_keys: false,
    outer_joins_repeat: false,
    full_joins: true,
    lateral_joins: true,
    set_operations: SetOperations::All,
    row_key: "",
    aggregate_filter: true,
    procedures: true,
    warnings: "",
    several: false,
    variables: false,
    joining: Joining::Separator,
    neighbour_default: true,
    windows_need_order: false,
    unsigned_ranks: false,
    frame_groups: true,
    locks: Locks {
        update: " FOR UPDATE",
        share: " FOR SHARE",
        nowait: " NOWAIT",
        skip_locked: Some(" SKIP LOCKED"),
        of: Some(" OF "),
    },
    index_hints: IndexHints {
        used: " USE INDEX ({})",
        forced: " FORCE INDEX ({})",
        ignored: " IGNORE INDEX ({})",
    },
    rollup: Rollup::Any,
    no_limit: "ALL",
    limit_sign: "",
    unsigned_big_integers: true,
    json_list: "{}",
    list_element: |_| None,
    list_of_rows: "",
    indexes_mistake_null: false,
    changes_fail_for_needless_queries: false,
    changes_fail_for_null: false,
    quantifiers: false,
    json_value: "?",
    elements: Elements {
        rows: "UNNEST({0})",
        columns: &["{0}.position", "{0}.value"],
        left_joined: &["{0}.position", "{0}.value"],
        in_subqueries: InSubqueries::Plain,
        lost_by_merging: false,
    },
    json_dashed_keys: false,
    handover: Handover::Values,
    load: None,
    decimals: Decimals::Native,
    explain_query: Explain { prefix: "EXPLAIN ", form: PlanForm::Table },
    explain_change: Explain { prefix: "EXPLAIN ", form: PlanForm::Table },
    ddl: Ddl {
        column_type: |_| String::new(),
        normal_type: str::to_owned,
        numeric_collation: "",
        collation: |name| Some(name),
        auto: "",
        auto_is_key: false,
        commits: false,
        storage: None,
        checks_types: false,
        inline_indexes: false,
        keys_across_schemas: false,
        indexes_foreign_keys: false,
        partial_indexes: true,
        prefix_indexes: false,
        full_text: false,
        indexed_expression: "{}",
        comments: false,
        descending_indexes: true,
        expressions_follow: true,
        rebuild: None,
        rename_rebuilt: [""; 2],
        keep_counter: "",
        late_keys: LateKeys { added: false, exists: "", release: "" },
    },
    reflection: Reflection {
        tables: "",
        columns: "",
        indexes: "",
        definition: "",
        foreign_keys: "",
        checks: "",
        beside: "",
        routines: "",
        finish: |_, _| (),
        finish_index: |_, _| (),
    },
};
