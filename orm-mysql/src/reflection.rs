//! Schema reflection through `information_schema`.

use orm_core::dialect::Reflection;
use orm_core::schema::{IndexSchema, KeyPart, TableSchema};

/// The query of tables. Only the definition of a table tells the parsers of its full-text indexes, and what the tables of another
/// query, if one is given, have besides.
macro_rules! tables {
    ($more:literal) => {
        concat!(
            "SELECT t.table_name, t.table_type = 'VIEW', t.engine, SUBSTRING_INDEX(t.table_collation, '_', 1), \
             t.table_collation, NULLIF(t.table_comment, ''), v.view_definition, d.table_name IS NOT NULL \
             FROM information_schema.tables AS t \
             LEFT JOIN information_schema.views AS v \
             ON v.table_schema = t.table_schema AND v.table_name = t.table_name \
             LEFT JOIN (SELECT DISTINCT table_name FROM information_schema.statistics \
             WHERE table_schema = COALESCE({schema}, DATABASE()) AND index_type = 'FULLTEXT' ",
            $more,
            ") AS d ON d.table_name = t.table_name \
             WHERE t.table_schema = COALESCE({schema}, DATABASE()) AND t.table_type IN ('BASE TABLE', 'VIEW') \
             ORDER BY t.table_name"
        )
    };
}

/// As MySQL reports it: strings in expressions are escaped twice, and a constant default is unquoted.
pub(crate) const MYSQL: Reflection = Reflection {
    tables: tables!(""),
    columns: "SELECT c.table_name, c.column_name, c.column_type, c.is_nullable = 'YES', \
              c.extra LIKE '%auto_increment%', COALESCE(k.ordinal_position, 0), \
              CASE WHEN c.extra LIKE '%DEFAULT_GENERATED%' THEN c.column_default \
              WHEN c.data_type IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float', 'double', \
              'bit', 'year', 'binary', 'varbinary') THEN c.column_default \
              ELSE CONCAT('''', REPLACE(REPLACE(c.column_default, CHAR(92), CHAR(92, 92)), '''', ''''''), '''') END, \
              NULLIF(SUBSTRING_INDEX(c.extra, 'on update ', -1), c.extra), \
              NULLIF(c.generation_expression, ''), c.extra LIKE '%STORED GENERATED%', c.collation_name, \
              NULLIF(c.column_comment, ''), NULL FROM information_schema.columns AS c \
              LEFT JOIN information_schema.key_column_usage AS k ON k.table_schema = c.table_schema \
              AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY' \
              WHERE c.table_schema = COALESCE({schema}, DATABASE()) ORDER BY c.table_name, c.ordinal_position",
    indexes: "SELECT table_name, index_name, non_unique = 0, index_type = 'FULLTEXT', column_name, sub_part, expression, \
              COALESCE(collation = 'D', 0), NULL \
              FROM information_schema.statistics WHERE table_schema = COALESCE({schema}, DATABASE()) \
              AND index_name <> 'PRIMARY' AND index_type IN ('BTREE', 'HASH', 'FULLTEXT') \
              ORDER BY table_name, index_name, seq_in_index",
    definition: "SHOW CREATE TABLE {in}{table}",
    foreign_keys: "SELECT k.table_name, k.constraint_name, k.column_name, \
                   NULLIF(k.referenced_table_schema, k.table_schema), k.referenced_table_name, \
                   k.referenced_column_name, r.delete_rule, r.update_rule \
                   FROM information_schema.key_column_usage AS k JOIN information_schema.referential_constraints AS r \
                   ON r.constraint_schema = k.constraint_schema AND r.table_name = k.table_name \
                   AND r.constraint_name = k.constraint_name WHERE k.table_schema = COALESCE({schema}, DATABASE()) \
                   ORDER BY k.table_name, k.constraint_name, k.ordinal_position",
    checks: "SELECT t.table_name, c.constraint_name, c.check_clause FROM information_schema.check_constraints AS c \
             JOIN information_schema.table_constraints AS t ON t.constraint_schema = c.constraint_schema \
             AND t.constraint_name = c.constraint_name AND t.constraint_type = 'CHECK' \
             WHERE c.constraint_schema = COALESCE({schema}, DATABASE()) ORDER BY t.table_name, c.constraint_name",
    beside: "SELECT table_name, CONCAT('the ', CASE index_type WHEN 'RTREE' THEN 'spatial' ELSE LOWER(index_type) END, \
             ' index `', index_name, '` over (', GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', '), ')') \
             FROM information_schema.statistics WHERE table_schema = COALESCE({schema}, DATABASE()) \
             AND index_type NOT IN ('BTREE', 'HASH', 'FULLTEXT') GROUP BY table_name, index_name, index_type \
             UNION ALL SELECT table_name, CONCAT('a primary key over no more than ', sub_part, ' letters of `', column_name, '`') \
             FROM information_schema.statistics WHERE table_schema = COALESCE({schema}, DATABASE()) \
             AND index_name = 'PRIMARY' AND sub_part IS NOT NULL \
             UNION ALL SELECT event_object_table, CONCAT('the trigger `', trigger_name, '` ', LOWER(action_timing), ' ', \
             LOWER(event_manipulation)) FROM information_schema.triggers \
             WHERE event_object_schema = COALESCE({schema}, DATABASE()) \
             UNION ALL SELECT DISTINCT table_name, CONCAT('its partitions by ', LOWER(partition_method)) \
             FROM information_schema.partitions WHERE table_schema = COALESCE({schema}, DATABASE()) \
             AND partition_method IS NOT NULL ORDER BY 1, 2",
    routines: "SELECT routine_name FROM information_schema.routines \
               WHERE routine_schema = COALESCE({schema}, DATABASE()) ORDER BY routine_name",
    finish: |table, definition| {
        unescape_all(table);
        finish(table, definition);
    },
    finish_index: |index, _| {
        if let Some(KeyPart::Expression(expression)) = index.parts.last_mut().map(KeyPart::over_mut) {
            *expression = unescape(expression);
        }
    },
};

/// As MariaDB reports it: there are no indexes on expressions, a default is an expression, and a check belongs to its
/// table.
pub(crate) const MARIADB: Reflection = Reflection {
    // The check of a column has the column's name, but not that of a column which was renamed.
    tables: tables!(
        "UNION SELECT h.table_name FROM information_schema.check_constraints AS h \
         WHERE h.constraint_schema = COALESCE({schema}, DATABASE()) AND h.level = 'Column' \
         AND (LOCATE(CONCAT('`', h.constraint_name, '`'), h.check_clause) = 0 \
         OR NOT EXISTS (SELECT 1 FROM information_schema.columns AS c WHERE c.table_schema = h.constraint_schema \
         AND c.table_name = h.table_name AND c.column_name = h.constraint_name)) "
    ),
    columns: "SELECT c.table_name, c.column_name, c.column_type, c.is_nullable = 'YES', \
              c.extra LIKE '%auto_increment%', COALESCE(k.ordinal_position, 0), NULLIF(c.column_default, 'NULL'), \
              NULLIF(SUBSTRING_INDEX(c.extra, 'on update ', -1), c.extra), \
              c.generation_expression, c.extra LIKE '%STORED GENERATED%', c.collation_name, \
              NULLIF(c.column_comment, ''), h.check_clause FROM information_schema.columns AS c \
              LEFT JOIN information_schema.key_column_usage AS k ON k.table_schema = c.table_schema \
              AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY' \
              LEFT JOIN information_schema.check_constraints AS h ON h.constraint_schema = c.table_schema \
              AND h.table_name = c.table_name AND h.constraint_name = c.column_name AND h.level = 'Column' \
              WHERE c.table_schema = COALESCE({schema}, DATABASE()) ORDER BY c.table_name, c.ordinal_position",
    indexes: "SELECT table_name, index_name, non_unique = 0, index_type = 'FULLTEXT', column_name, sub_part, NULL, \
              COALESCE(collation = 'D', 0), NULL \
              FROM information_schema.statistics WHERE table_schema = COALESCE({schema}, DATABASE()) \
              AND index_name <> 'PRIMARY' AND index_type IN ('BTREE', 'HASH', 'FULLTEXT') \
              ORDER BY table_name, index_name, seq_in_index",
    checks: "SELECT table_name, constraint_name, check_clause FROM information_schema.check_constraints \
             WHERE constraint_schema = COALESCE({schema}, DATABASE()) AND level = 'Table' ORDER BY table_name, constraint_name",
    finish: |table, definition| {
        if let Some(definition) = definition {
            for column in &mut table.columns {
                column.check = check(&column.name, definition);
            }
        }
        documents(table);
        finish(table, definition);
    },
    finish_index: |_, _| (),
    ..MYSQL
};

/// Separates the indexes that the server may have created for foreign keys, and adds the parsers of full-text indexes.
fn finish(table: &mut TableSchema, definition: Option<&str>) {
    let keys = &table.foreign_keys;
    let is_made = |index: &mut IndexSchema| keys.iter().any(|key| serves(index, &key.name, &key.columns));
    table.key_indexes = table.indexes.extract_if(.., is_made).collect();
    for index in table.indexes.iter_mut().filter(|index| index.full_text) {
        index.parser = parser(&index.name, definition.unwrap_or_default());
    }
}

/// Returns the parser of a full-text index, from the `WITH PARSER` in its line.
fn parser(index: &str, definition: &str) -> Option<String> {
    let begin = format!("FULLTEXT KEY `{}` ", index.replace('`', "``"));
    let line = definition.lines().find_map(|line| line.trim_start().strip_prefix(&begin))?;
    let (_, behind) = line.split_once(" /*!50100 WITH PARSER `")?;
    behind.split_once('`').map(|(name, _)| name.to_owned())
}

/// Returns the check of a column, with which its line ends.
fn check(column: &str, definition: &str) -> Option<String> {
    let begin = format!("`{}` ", column.replace('`', "``"));
    let line = definition.lines().find_map(|line| line.trim_start().strip_prefix(&begin))?;
    let condition = behind(" CHECK (", line)?;
    condition.trim_end_matches(',').strip_suffix(')').map(str::to_owned)
}

/// Returns what follows `mark` where it stands outside quotes.
fn behind<'a>(mark: &str, line: &'a str) -> Option<&'a str> {
    let mut quote = None;
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match quote {
            None if line[at..].starts_with(mark) => return Some(&line[at + mark.len()..]),
            None if matches!(letter, '\'' | '`') => quote = Some(letter),
            // A doubled quote is an end and a beginning.
            Some(end) if letter == end => quote = None,
            Some('\'') if letter == '\\' => _ = letters.next(),
            _ => (),
        }
    }
    None
}

/// Returns whether the server created an index for a foreign key: it has the name of the key or, if the key was given
/// none, of its first column.
fn serves(index: &IndexSchema, key: &str, columns: &[String]) -> bool {
    let named = index.name == key || columns.first().is_some_and(|first| *first == index.name);
    let ascends = !index.parts.iter().any(KeyPart::is_descending);
    !index.unique && named && ascends && index.columns().is_some_and(|own| own.iter().eq(columns.iter()))
}

/// Restores JSON columns, which are stored as text with a check.
fn documents(table: &mut TableSchema) {
    for column in table.columns.iter_mut().filter(|column| column.ty == "longtext") {
        if column.check == Some(format!("json_valid(`{}`)", column.name)) {
            column.check = None;
            column.ty = "json".to_owned();
            column.collation = None;
        }
    }
}

fn unescape_all(table: &mut TableSchema) {
    for column in &mut table.columns {
        // Only an expression is escaped; a constant text contains no escaped quote.
        if let Some(default) = &mut column.default
            && !default.starts_with('\'')
        {
            *default = unescape(default);
        }
        if let Some(generated) = &mut column.generated {
            generated.expression = unescape(&generated.expression);
        }
    }
    for check in &mut table.checks {
        check.condition = unescape(&check.condition);
    }
}

/// Removes the backslashes that MySQL puts before quotes and backslashes.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(&next) if letter == '\\' && matches!(next, '\'' | '\\') => {
                plain.push(next);
                letters.next();
            }
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{check, parser};

    #[test]
    fn the_check_of_a_column_is_told() {
        let table = r"CREATE TABLE `t` (
  `a` varchar(90) NOT NULL DEFAULT 'it''s\ CHECK (x)' COMMENT 'say ''x'' \ \n CHECK (3)' CHECK (`a` <> 'CHECK (\''),
  `b` varchar(9) GENERATED ALWAYS AS (concat(`a`,'\'')) VIRTUAL CHECK (`b` <> ''),
  `c``d` int(11) DEFAULT NULL INVISIBLE CHECK (`c``d` > 4),
  `e` int(11) NOT NULL,
  CONSTRAINT `e` CHECK (`e` > 1)
) ENGINE=InnoDB";
        assert_eq!(check("a", table).as_deref(), Some(r"`a` <> 'CHECK (\''"));
        assert_eq!(check("b", table).as_deref(), Some("`b` <> ''"));
        assert_eq!(check("c`d", table).as_deref(), Some("`c``d` > 4"));
        assert_eq!(check("e", table), None);
    }

    #[test]
    fn the_parser_of_an_index_is_told() {
        let table = "CREATE TABLE `posts` (\n  `title` varchar(80) COMMENT 'FULLTEXT KEY',\n  FULLTEXT KEY `own` (`title`),\n  \
                     FULLTEXT KEY `it``s` (`title`,`body`) /*!50100 WITH PARSER `ngram` */ \n) ENGINE=InnoDB";
        assert_eq!(parser("it`s", table).as_deref(), Some("ngram"));
        assert_eq!(parser("own", table), None);
        assert_eq!(parser("title", table), None);
    }
}
