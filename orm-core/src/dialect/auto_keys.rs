//! Auto-increment keys.

use super::Template;

/// How the generated keys of one insert follow from the key that the server reports, if each row leaves its key to
/// the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoKeys {
    /// They may be any distance apart: each one must be queried.
    Asked,
    /// The first is reported; the others may be any distance apart, and must be queried.
    First,
    /// The first is reported, and they are this far apart.
    FromFirst(u64),
    /// The last is reported, and they are consecutive if this query confirms it in the same transaction; `{table}`
    /// and `{column}` are the quoted names, and `?1` and `?2` the same names as texts.
    ToLast(Template),
}
