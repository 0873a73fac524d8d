//! The dialects of MySQL and MariaDB.

use orm_core::dialect::{
    AutoKeys, Changes, Ddl, Decimals, Dialect, Explain, Handover, IndexHints, Joining, LateKeys, Locks,
    PlanForm, Rollup, SetOperations, Version,
};
use orm_core::schema::ColumnDef;
use orm_core::value::Kind;

use crate::{functions, handover, json, load, reflection, types};

/// MySQL 8.0.19 and later: the first version with an alias for inserted rows. Before 8.0.31, a connection's own dialect has
/// fewer set operations.
pub static MYSQL: Dialect = FAMILY;

/// MariaDB 10.6.9 and later: the first version whose JSON_TABLE has columns of JSON (MDEV-25875).
pub static MARIADB: Dialect = Dialect {
    name: "MariaDB",
    version: Version::new(10, 6, 9),
    insert_returning: true,
    // Until a connection has queried its server.
    auto_keys: AutoKeys::First,
    json_value: "?",
    handover: Handover::Json(handover::json_element_of_mariadb),
    elements: json::ELEMENTS,
    // It parses a dash as the start of a number, even in quotes.
    json_dashed_keys: false,
    // In a subquery, MariaDB takes VALUES for a list of rows, and a bare name for a column of the subquery.
    excluded: "VALUE({table}.{0})",
    excluded_collations: true,
    excluded_alias: "",
    changes: Changes { delete_returning: true, ..FAMILY.changes },
    neighbour_default: false,
    changes_fail_for_needless_queries: false,
    windows_need_order: true,
    unsigned_ranks: false,
    function: functions::template,
    locks: Locks { share: " LOCK IN SHARE MODE", of: None, ..FAMILY.locks },
    outer_joins_repeat: false,
    lateral_joins: false,
    rollup: Rollup::Partly,
    explain_change: PLAN,
    ddl: Ddl { indexed_expression: "", expressions_follow: true, ..FAMILY.ddl },
    reflection: reflection::MARIADB,
    ..FAMILY
};

const PLAN: Explain = Explain { prefix: "EXPLAIN FORMAT=JSON ", form: PlanForm::Json };

const FAMILY: Dialect = Dialect {
    name: "MySQL",
    version: Version::new(8, 0, 19),
    quote: '`',
    backslash_escapes: true,
    // The protocol counts placeholders in 16 bits.
    max_params: 65_535,
    // Below 16 MiB, the default `max_allowed_packet` of MariaDB; replaced by the server's own value.
    max_bytes: 8 << 20,
    max_identifier: Some(64),
    insert_returning: false,
    auto_keys: AutoKeys::FromFirst(1),
    default_keyword: true,
    null_safe_equal: " <=> ",
    integer_division: " DIV ",
    conflict_target: false,
    excluded: "`new`.{0}",
    excluded_collations: true,
    excluded_alias: " AS `new`",
    changes: Changes {
        joins: true,
        subqueries: false,
        old_row: false,
        update_returning: false,
        delete_returning: false,
    },
    function: functions::of_mysql,
    guesses_placeholders: true,
    collations_spread: false,
    plain_keys: true,
    outer_joins_repeat: true,
    full_joins: false,
    lateral_joins: true,
    set_operations: SetOperations::All,
    row_key: "",
    aggregate_filter: false,
    procedures: true,
    warnings: "SHOW WARNINGS",
    several: true,
    variables: true,
    joining: Joining::Separator,
    neighbour_default: true,
    windows_need_order: false,
    unsigned_ranks: true,
    frame_groups: false,
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
    no_limit: "18446744073709551615",
    limit_sign: "",
    unsigned_big_integers: true,
    json_list: "SELECT {value} FROM JSON_TABLE({}, '$[*]' COLUMNS (`value` {type} PATH '$')) AS `list`",
    list_element: handover::list_element,
    list_of_rows: "",
    indexes_mistake_null: false,
    // Seen with 9.7.4: error 1093, as if the table were both read and changed.
    changes_fail_for_needless_queries: true,
    // In strict modes: https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sql-mode-strict
    changes_fail_for_null: true,
    quantifiers: true,
    json_value: "CAST(? AS JSON)",
    elements: json::ELEMENTS_OF_MYSQL,
    json_dashed_keys: true,
    handover: Handover::Json(handover::json_element_of_mysql),
    load: Some(load::LOAD),
    decimals: Decimals::Native,
    explain_query: PLAN,
    // The newest versions do not report an update or a delete in JSON.
    explain_change: Explain { prefix: "EXPLAIN FORMAT=TRADITIONAL ", form: PlanForm::Table },
    ddl: Ddl {
        column_type,
        normal_type: types::normal,
        numeric_collation: "",
        collation: |name| Some(name),
        auto: "AUTO_INCREMENT",
        auto_is_key: false,
        commits: true,
        storage: Some(("InnoDB", "utf8mb4")),
        checks_types: false,
        inline_indexes: true,
        keys_across_schemas: true,
        indexes_foreign_keys: true,
        partial_indexes: false,
        prefix_indexes: true,
        descending_indexes: true,
        full_text: true,
        indexed_expression: "({})",
        comments: true,
        expressions_follow: false,
        rebuild: None,
        rename_rebuilt: [""; 2],
        keep_counter: "",
        late_keys: LateKeys {
            added: true,
            exists: "SELECT 1 FROM information_schema.referential_constraints WHERE constraint_schema = \
                     COALESCE({schema}, DATABASE()) AND table_name = {table} AND constraint_name = {key}",
            release: "ALTER TABLE {on} DROP FOREIGN KEY {name}",
        },
    },
    reflection: reflection::MYSQL,
};

/// Text and bytes without a length get the type without a limit, so that every Rust value fits.
fn column_type(column: &ColumnDef) -> String {
    let name = match column.kind {
        Kind::Boolean => "TINYINT(1)",
        Kind::TinyInt => "TINYINT",
        Kind::SmallInt => "SMALLINT",
        Kind::Integer => "INT",
        Kind::BigInt => "BIGINT",
        Kind::UnsignedTinyInt => "TINYINT UNSIGNED",
        Kind::UnsignedSmallInt => "SMALLINT UNSIGNED",
        Kind::UnsignedInteger => "INT UNSIGNED",
        Kind::UnsignedBigInt => "BIGINT UNSIGNED",
        Kind::Real => "FLOAT",
        Kind::DoublePrecision => "DOUBLE",
        Kind::Numeric => {
            let (digits, scale) = column.digits();
            return format!("DECIMAL({digits}, {scale})");
        }
        Kind::Text => {
            return column.length.map_or("LONGTEXT".to_owned(), |length| format!("VARCHAR({length})"));
        }
        Kind::Blob => {
            return column.length.map_or("LONGBLOB".to_owned(), |length| format!("VARBINARY({length})"));
        }
        Kind::Date => "DATE",
        Kind::Clock => "TIME(6)",
        Kind::Timestamp | Kind::UtcTimestamp => "DATETIME(6)",
        Kind::Guid => "BINARY(16)",
        Kind::JsonDocument => "JSON",
        Kind::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| MYSQL.string_literal(word)).collect();
            return format!("ENUM({})", words.join(", "));
        }
        _ => "LONGTEXT",
    };
    name.to_owned()
}
