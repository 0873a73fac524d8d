//! Names of collations and character sets.

/// Returns a name in the form that is compared. `utf8` is the old name of `utf8mb3`, in collations, too: MySQL reports it
/// before 8.0.30, MariaDB before 10.6.
pub(super) fn plain(name: &str) -> String {
    let name = name.to_lowercase();
    match name.strip_prefix("utf8mb3") {
        Some(rest) => format!("utf8{rest}"),
        None => name,
    }
}
