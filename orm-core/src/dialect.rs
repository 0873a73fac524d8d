//! What databases differ in, as data.

mod auto_keys;
mod ddl;
mod reflection;

use std::fmt;

pub use auto_keys::AutoKeys;
pub use ddl::{Ddl, LateKeys};
pub use reflection::Reflection;

use crate::syntax::{Command, Piece, Words};

/// What a database's SQL is like: constants and flags that one renderer consults.
///
/// A driver starts from its family's constants and sets the flags by the server's version when it connects.
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
    /// The server's version; zeros if no server was asked.
    pub version: Version,
    /// The quote around identifiers.
    pub quote: char,
    /// Whether a backslash in a text in quotes stands for something else.
    pub backslash_escapes: bool,
    /// The greatest number of values that one statement binds.
    pub max_params: usize,
    /// The greatest number of bytes that one statement may take.
    pub max_bytes: usize,
    /// The greatest length of an identifier in characters, if there is one.
    pub max_identifier: Option<usize>,
    /// Whether INSERT … RETURNING exists.
    pub insert_returning: bool,
    /// How the keys of one insert follow from the one that the server tells.
    pub auto_keys: AutoKeys,
    /// Whether DEFAULT can stand for a value in a row of an insert.
    pub default_keyword: bool,
    /// The operator of null-safe equality.
    pub null_safe_equal: &'static str,
    /// The operator that divides whole numbers.
    pub integer_division: &'static str,
    /// Whether an insert can say on which key its rows may conflict.
    pub conflict_target: bool,
    /// How the columns of a row that could not be inserted are named, `{0}` being the column.
    pub excluded: Template,
    /// Whether such columns are compared by their collations.
    pub excluded_collations: bool,
    /// How the rows of an insert are named for that, behind them.
    pub excluded_alias: &'static str,
    /// What updates and deletes can do.
    pub changes: Changes,
    /// How each function is written for values of a kind: with `{0}`, `{1}`, … for its arguments, `{*}` for all of
    /// them and `{+}` for all but the first, with commas. Empty if there is nothing like it.
    pub function: fn(crate::syntax::Function, crate::value::Kind) -> Template,
    /// Whether the server may take a placeholder for a float where it computes, so that exact numbers are written out
    /// in expressions, and NULL has a type there.
    pub guesses_placeholders: bool,
    /// Whether a collation in any part of an expression becomes that of the whole, unless a subquery is between.
    pub collations_spread: bool,
    /// Whether a computed key of groups is known again only without placeholders, and in HAVING not at all.
    pub plain_keys: bool,
    /// Whether an outer join on a condition with a query in it may repeat rows, unless the query stands as a value.
    pub outer_joins_repeat: bool,
    /// Whether there are full joins.
    pub full_joins: bool,
    /// Whether a derived table can name the columns of the tables before it.
    pub lateral_joins: bool,
    /// Whether there are `INTERSECT ALL` and `EXCEPT ALL`.
    pub set_operations_all: bool,
    /// The function that makes one value of several, NULL if one is, where DISTINCT in an aggregate takes one only; empty
    /// elsewhere.
    pub row_key: &'static str,
    /// Whether aggregates have FILTER.
    pub aggregate_filter: bool,
    /// Whether there are stored procedures.
    pub procedures: bool,
    /// What asks for the warnings of the last statement; empty if there are none.
    pub warnings: &'static str,
    /// Whether several statements go in one, with semicolons between them.
    pub several: bool,
    /// Whether connections have variables, as in `@@sql_mode`.
    pub variables: bool,
    /// How an aggregate joins texts.
    pub joining: Joining,
    /// Whether LAG and LEAD take a value for rows that are not there.
    pub neighbour_default: bool,
    /// Whether ranks and neighbours must be told an order.
    pub windows_need_order: bool,
    /// Whether the numbers and ranks of rows are unsigned: what is computed of them would not go below 0.
    pub unsigned_ranks: bool,
    /// Whether frames can count groups.
    pub frame_groups: bool,
    /// How rows are locked.
    pub locks: Locks,
    /// How indexes are hinted at.
    pub index_hints: IndexHints,
    /// Whether groups can have totals.
    pub rollup: Rollup,
    /// The limit that stands for none where OFFSET needs one.
    pub no_limit: &'static str,
    /// What stands before the placeholder of a limit: `+` where the statement would be compiled anew for each value of a
    /// bare one.
    pub limit_sign: &'static str,
    /// Whether integers above the greatest signed one exist.
    pub unsigned_big_integers: bool,
    /// How a list too long to bind is passed as one JSON text, which stands for `{}`: `{type}` and `{value}` are those of
    /// [`ListElement`].
    pub json_list: Template,
    /// The elements of such a list; `None` where the values of a kind are bound in any case.
    pub list_element: fn(crate::value::Kind) -> Option<ListElement>,
    /// What stands before a list of rows to compare with.
    pub list_of_rows: &'static str,
    /// Whether NULL is found in an index that a row is looked for in: a limit keeps the server from using one.
    pub indexes_mistake_null: bool,
    /// Whether a change fails if a query in it turns out to be needless when it is prepared, since a condition in it says
    /// the same of every row.
    pub changes_fail_for_needless_queries: bool,
    /// Whether a change fails for what is NULL in a query: a division by zero, and a logarithm of what has none.
    pub changes_fail_for_null: bool,
    /// Whether there are comparisons with ANY and ALL rows of a query.
    pub quantifiers: bool,
    /// How a JSON document that was bound as text is made one, where it is not stored but compared.
    pub json_value: Template,
    /// Whether paths into JSON documents find keys that begin with a dash.
    pub json_dashed_keys: bool,
    /// How one update is given many rows, each with values of its own.
    pub handover: Handover,
    /// How rows are loaded as a file, if that is faster than inserting them.
    pub load: Option<Load>,
    /// The functions that stand in for operators on exact numbers, where there is no type for them.
    pub decimals: Decimals,
    /// How the plan of a query is asked for.
    pub explain_query: Explain,
    /// How the plan of a change is asked for.
    pub explain_change: Explain,
    /// How tables are created.
    pub ddl: Ddl,
    /// How it is asked what is in it.
    pub reflection: Reflection,
}

impl Dialect {
    /// How the plan of a statement is asked for.
    pub(crate) fn explain(&self, command: &Command) -> Explain {
        match command {
            Command::Insert(_) | Command::Update(_) | Command::Delete(_) => self.explain_change,
            Command::Raw(pieces) if !is_query(pieces) => self.explain_change,
            _ => self.explain_query,
        }
    }
}

/// Whether what is written by hand begins as queries do. A `WITH` may stand before a change, but seldom does.
fn is_query(pieces: &[Piece]) -> bool {
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Text(text) => Words::of(text).next(),
        _ => None,
    });
    first.is_some_and(|word| ["SELECT", "WITH", "VALUES", "TABLE"].contains(&&*word))
}

/// SQL text with `{}` for what goes in.
pub type Template = &'static str;

/// How one update is given many rows, each with values of its own.
#[derive(Debug, Clone, Copy)]
pub enum Handover {
    /// As VALUES in its FROM.
    Values,
    /// As one JSON text, joined as JSON_TABLE.
    Json(fn(crate::value::Kind) -> JsonElement),
}

/// How rows are loaded as a file, which a connection sends beside the statement.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// What stands before the table.
    pub head: &'static str,
    /// What stands between the table and its columns.
    pub form: &'static str,
    /// What a column stores, `{0}` being the text in the file; empty if it is that text.
    pub stored: fn(&crate::schema::ColumnDef) -> Template,
    /// Adds a value to the file.
    pub value: fn(&crate::value::Datum, &mut Vec<u8>) -> crate::error::Result<()>,
    /// What stands between two values.
    pub separator: u8,
    /// What stands behind each row.
    pub end: u8,
}

/// How values of a kind are read from JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonElement {
    /// The type of the element.
    pub ty: &'static str,
    /// The value that a column stores, `{0}` being the element.
    pub stored: Template,
    /// The value that a column is compared with: with the index of the column, if it is `stored`.
    pub compared: Template,
    /// The type of the element in a list of rows that is a table; JSON for one in an array of its own.
    pub listed_ty: &'static str,
    /// The column of such a table, `{0}` being the element: compared by the rules of what it is compared with.
    pub listed: Template,
}

/// What updates and deletes can do.
#[derive(Debug, Clone, Copy)]
pub struct Changes {
    /// Whether they take joins, and without those an order and a limit. If not, their rows are found by key.
    pub joins: bool,
    /// Whether their subqueries can read the table that they change, and common table expressions.
    pub subqueries: bool,
    /// Whether what is set is computed from the row as it was, and not from what was just set.
    pub old_row: bool,
    /// Whether an update gives back rows.
    pub update_returning: bool,
    /// Whether a delete without joins gives back rows.
    pub delete_returning: bool,
}

/// How exact numbers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// The server has a type for them.
    Native,
    /// They are text; functions named `decimal_…` compute with them.
    Functions,
}

/// How `GROUP_CONCAT` is told what stands between the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// By a clause.
    Separator,
    /// By an argument, which stands in the way of DISTINCT.
    Argument {
        /// The function that joins the texts of a JSON array with a separator instead.
        distinct: &'static str,
    },
}

/// The words that lock rows: empty where a transaction that may write keeps all others from writing anyway.
#[derive(Debug, Clone, Copy)]
pub struct Locks {
    /// Against changes and other locks.
    pub update: &'static str,
    /// Against changes.
    pub share: &'static str,
    /// To fail at a locked row.
    pub nowait: &'static str,
    /// To leave locked rows out, if that can be said.
    pub skip_locked: Option<&'static str>,
    /// Before the tables that are meant, if they can be named.
    pub of: Option<&'static str>,
}

/// The hints about an index, whose name stands for `{}`; empty where there is nothing like it.
#[derive(Debug, Clone, Copy)]
pub struct IndexHints {
    /// Only this one, or none.
    pub used: Template,
    /// This one, if at all possible.
    pub forced: Template,
    /// Any but this one.
    pub ignored: Template,
}

/// How a plan is asked for, and told.
#[derive(Debug, Clone, Copy)]
pub struct Explain {
    /// What stands in front of the statement.
    pub prefix: &'static str,
    /// What comes back.
    pub form: PlanForm,
}

/// What a plan is told as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanForm {
    /// Rows that each name the one above.
    Steps,
    /// One JSON document.
    Json,
    /// A row for each table.
    Table,
}

/// Whether `GROUP BY … WITH ROLLUP` exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rollup {
    /// No.
    None,
    /// Without an ORDER BY beside it; and HAVING takes the keys of totals for those of a group.
    Partly,
    /// Yes.
    Any,
}

/// What the elements of a JSON list are.
#[derive(Debug, Clone, Copy)]
pub struct ListElement {
    /// Their type.
    pub ty: &'static str,
    /// What is compared: the column `value`, or something made of it.
    pub value: &'static str,
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
    /// A version from its parts.
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

/// The template of functions that are written by the names they have here.
pub(crate) const BY_NAME: Template = "{function}";

/// The dialect of no database, which has everything: what `{:?}` of a query is written in, and what a connection has that
/// was given back.
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
    set_operations_all: true,
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
        expressions_follow: true,
        rebuild: None,
        rename_rebuilt: [""; 2],
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
