//! Auto-increment keys.

/// The query whether the keys of one insert are consecutive, and the reported one is that of the last row.
///
/// Each row gets the greatest key plus one: <https://www.sqlite.org/autoinc.html>. Not so if a trigger inserts other
/// rows in between, nor once the greatest possible key has been used. The key must also be the rowid: any other key has
/// an index.
pub(crate) const FOLLOW: &str = "SELECT \
     NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE) \
     AND NOT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE tbl_name = ?1 COLLATE NOCASE) \
     AND NOT EXISTS (SELECT 1 FROM pragma_index_list(?1) WHERE origin = 'pk') \
     AND EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE pk = 1 AND name = ?2 COLLATE NOCASE) \
     AND (SELECT COALESCE(max({column}), 0) BETWEEN 0 AND 4611686018427387904 FROM {table})";
