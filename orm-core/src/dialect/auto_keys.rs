//! Keys that the server counts up.

use super::Template;

/// How the keys of one insert follow from the one that the server tells, where each of its rows leaves the key to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoKeys {
    /// They may be apart in any way: each has to be asked for.
    Asked,
    /// The first is told. The others may be apart in any way, and each of them has to be asked for.
    First,
    /// The first is told, and they are so far from one another.
    FromFirst(u64),
    /// The last is told, and they follow one another if this query says so in the same transaction: `{table}` and
    /// `{column}` stand for the names in quotes, and `?1` and `?2` for the same as texts.
    ToLast(Template),
}
