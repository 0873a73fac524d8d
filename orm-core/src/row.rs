//! Structs as query results.

/// A struct that rows are read into. Implement it with `#[derive(Row)]`.
///
/// The derive also makes a struct `…Fields` with a type parameter for each field; `select` takes a literal of it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Row, Debug, PartialEq)]
/// struct Activity {
///     name: String,
///     posts: i64,
///     newest: Option<u64>,
/// }
/// let query = User::query().left_join(|u| u.posts()).group_by(|(u, _)| u.name).order_by(|g| g.key.asc());
/// let rows: Vec<Activity> = query
///     .select(|g| ActivityFields { name: g.key, posts: g.count_of(|(_, p)| p.id), newest: g.max(|(_, p)| p.id) })
///     .all(db)
///     .await?;
/// assert_eq!(rows[0], Activity { name: "Ann".into(), posts: 2, newest: Some(2) });
/// assert_eq!(rows[1], Activity { name: "Bob".into(), posts: 0, newest: None });
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row",
    label = "cannot be read from a row",
    note = "add `#[derive(Row)]` to `{Self}`"
)]
pub trait Row: Sized + Send + 'static {
    /// The names of its columns, in the order of the fields.
    const COLUMNS: &'static [&'static str];
}
