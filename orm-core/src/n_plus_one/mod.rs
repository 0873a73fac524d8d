//! Detection of N+1 queries: queries that run once for each row of another one.

mod detector;

use std::str::FromStr;

pub(crate) use detector::{Detector, Who};

/// What a database does about N+1 queries: a query that a session, or a task outside of sessions, runs repeatedly from one
/// call site, with different values each time and little time in between. Most likely it runs once for each row of
/// another query, where eager loading using [`with`](crate::Query::with) would take a single statement.
///
/// Only reads are checked: not changes, not the statements that `with` itself needs, and not pages and slices.
/// The default is `Warn(10)` in builds with debug assertions, else `Off`, which costs nothing. In a URL, it is
/// `n_plus_one=off`, `warn`, `deny`, `warn:20` or `deny:20`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// use orm::NPlusOne;
///
/// let db = Database::builder().url("sqlite::memory:").n_plus_one(NPlusOne::Deny(2)).open()?;
/// # db.create_tables::<(User, Post)>().await?;
/// # let names = ["Ann", "Bob", "Cem"];
/// # User::insert_all(names.map(|name| User::insert().email(name).name(name))).execute(&db).await?;
/// let mut s = db.session();
/// let mut refused = None;
/// for user in User::query().all(&mut s).await? {
///     refused = user.posts().all(&mut s).await.err(); // a statement for each user
/// }
/// assert!(refused.unwrap().to_string().contains(".with("));
///
/// let feed: Vec<(User, Vec<Post>)> = User::query().with(|u| u.posts()).all(&mut s).await?; // two statements in total
/// # assert_eq!(feed.len(), 3);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NPlusOne {
    /// Does not check.
    Off,
    /// Logs a warning with the query and the call site to `tracing` when the query runs for this many times: once for each
    /// call site.
    Warn(u32),
    /// From this many times on, the query is an error of kind `NPlusOne` and is not sent: for tests.
    Deny(u32),
}

/// The default number of repetitions that is too many.
const TIMES: u32 = 10;

impl Default for NPlusOne {
    fn default() -> Self {
        if cfg!(debug_assertions) { NPlusOne::Warn(TIMES) } else { NPlusOne::Off }
    }
}

/// Parses the form used in URLs.
impl FromStr for NPlusOne {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, times) = match text.split_once(':') {
            Some((name, times)) => (name, times.parse().map_err(|_| ())?),
            None => (text, TIMES),
        };
        match name {
            "warn" => Ok(NPlusOne::Warn(times)),
            "deny" => Ok(NPlusOne::Deny(times)),
            "off" if text == name => Ok(NPlusOne::Off),
            _ => Err(()),
        }
    }
}
