//! SQLite's dialect.

use orm_core::dialect::{
    AutoKeys, Changes, Ddl, Decimals, Dialect, Explain, Handover, IndexHints, Joining, LateKeys, ListElement,
    Locks, PlanForm, Rollup, SetOperations, Version,
};
use orm_core::schema::ColumnDef;
use orm_core::value::Kind;

use crate::auto_keys::FOLLOW;
use crate::{functions, reflection, types};

const PLAN: Explain = Explain { prefix: "EXPLAIN QUERY PLAN ", form: PlanForm::Steps };

/// The dialect of the bundled SQLite.
pub static DIALECT: Dialect = Dialect {
    name: "SQLite",
    version: Version::new(3, 0, 0),
    quote: '"',
    backslash_escapes: false,
    // SQLITE_MAX_VARIABLE_NUMBER, <https://sqlite.org/limits.html>.
    max_params: 32_766,
    max_bytes: 64 << 20,
    max_identifier: None,
    insert_returning: true,
    auto_keys: AutoKeys::ToLast(FOLLOW),
    default_keyword: false,
    null_safe_equal: " IS ",
    integer_division: " / ",
    conflict_target: true,
    excluded: "excluded.{0}",
    excluded_collations: false,
    excluded_alias: "",
    changes: Changes {
        joins: false,
        subqueries: true,
        old_row: true,
        update_returning: true,
        delete_returning: true,
    },
    function: functions::template,
    guesses_placeholders: false,
    // sqlite3ExprCollSeq searches all operands for a COLLATE.
    collations_spread: true,
    plain_keys: false,
    outer_joins_repeat: false,
    full_joins: true,
    lateral_joins: false,
    set_operations: SetOperations::Distinct,
    row_key: "row_key",
    aggregate_filter: true,
    procedures: false,
    warnings: "",
    several: false,
    variables: false,
    joining: Joining::Argument { distinct: "joined_texts" },
    neighbour_default: true,
    windows_need_order: false,
    unsigned_ranks: false,
    frame_groups: true,
    // A transaction that may write holds the single lock from its start: no other one can have rows locked then.
    locks: Locks { update: "", share: "", nowait: "", skip_locked: Some(""), of: None },
    index_hints: IndexHints { used: "", forced: " INDEXED BY {}", ignored: "" },
    rollup: Rollup::None,
    no_limit: "-1",
    limit_sign: "+",
    unsigned_big_integers: false,
    json_list: "SELECT value FROM json_each({})",
    list_element,
    list_of_rows: "VALUES ",
    // `(id, x) IN (SELECT id, x FROM t)` finds rows in which x is NULL, if there is an index on x.
    indexes_mistake_null: true,
    changes_fail_for_needless_queries: false,
    changes_fail_for_null: false,
    quantifiers: false,
    json_value: "?",
    elements: crate::json::ELEMENTS,
    json_dashed_keys: true,
    handover: Handover::Values,
    load: None,
    decimals: Decimals::Functions,
    explain_query: PLAN,
    explain_change: PLAN,
    ddl: Ddl {
        column_type,
        normal_type: types::normal,
        numeric_collation: "DECIMAL",
        collation,
        auto: "PRIMARY KEY AUTOINCREMENT",
        auto_is_key: true,
        commits: false,
        storage: None,
        checks_types: true,
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
        rebuild: Some(["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"]),
        rename_rebuilt: ["PRAGMA legacy_alter_table = ON", "PRAGMA legacy_alter_table = OFF"],
        keep_counter: "INSERT INTO {in}sqlite_sequence (name, seq) SELECT {new}, seq FROM {in}sqlite_sequence WHERE name = {old}",
        late_keys: LateKeys {
            added: false,
            exists: "SELECT 1 FROM pragma_table_list WHERE name = {table} AND ({schema} IS NULL OR schema = {schema})",
            // Dropping a table deletes its rows first; nothing must reference them by then.
            release: "UPDATE {on} SET {nulls}",
        },
    },
    reflection: reflection::REFLECTION,
};

/// Returns a type name that describes the column and has the affinity that keeps its values unchanged: an exact number
/// must not become a float, so its type contains TEXT. See <https://sqlite.org/datatype3.html>.
fn column_type(column: &ColumnDef) -> String {
    // Only this exact word makes the column the rowid.
    if column.auto {
        return "INTEGER".to_owned();
    }
    let name = match column.kind {
        Kind::Boolean => "BOOLEAN",
        Kind::TinyInt => "TINYINT",
        Kind::SmallInt => "SMALLINT",
        Kind::Integer => "INTEGER",
        Kind::BigInt => "BIGINT",
        Kind::UnsignedTinyInt => "TINYINT UNSIGNED",
        Kind::UnsignedSmallInt => "SMALLINT UNSIGNED",
        Kind::UnsignedInteger => "INTEGER UNSIGNED",
        Kind::UnsignedBigInt => "BIGINT UNSIGNED",
        Kind::Real => "REAL",
        Kind::DoublePrecision => "DOUBLE",
        Kind::Numeric => {
            let (digits, scale) = column.digits();
            return format!("DECIMAL_TEXT({digits}, {scale})");
        }
        Kind::Text => return column.length.map_or("TEXT".to_owned(), |length| format!("VARCHAR({length})")),
        Kind::Blob => return column.length.map_or("BLOB".to_owned(), |length| format!("BLOB({length})")),
        Kind::Date => "DATE_TEXT",
        Kind::Clock => "TIME_TEXT",
        Kind::Timestamp | Kind::UtcTimestamp => "DATETIME_TEXT",
        Kind::Guid => "UUID_BLOB",
        Kind::JsonDocument => "JSON_TEXT",
        _ => "TEXT",
    };
    name.to_owned()
}

/// Texts are compared byte by byte by default, like the servers' collations that end in `_bin`.
fn collation(name: &str) -> Option<&str> {
    let name = name.to_ascii_uppercase();
    let own = ["BINARY", "NOCASE", "RTRIM"].into_iter().find(|own| *own == name);
    own.or(name.ends_with("_BIN").then_some("BINARY"))
}

/// JSON preserves the types; none need to be given.
fn list_element(kind: Kind) -> Option<ListElement> {
    match kind {
        Kind::Blob | Kind::Guid | Kind::Real | Kind::DoublePrecision | Kind::JsonDocument => None,
        _ => Some(ListElement { ty: "", value: "{0}", text_as_hex: false }),
    }
}
