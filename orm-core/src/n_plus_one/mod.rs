//! Queries that are run once for each row of another one: one, and N more.

mod detector;

use std::str::FromStr;

pub(crate) use detector::{Detector, Who};

/// What a database does about a query that a session, or outside of sessions a task, runs again and again from one place
/// in the program, with other values each time and little time in between: most likely it is run once for each row of
/// another one, where [`with`](crate::Query::with) would load the same with one statement.
///
/// It looks at what reads rows: not at changes, not at the statements that `with` itself needs, and not at pages and
/// slices. In a build with debug assertions it is `Warn(10)` unless something else is said, else `Off`, which costs
/// nothing. In a URL it is `n_plus_one=off`, `warn`, `deny`, `warn:20` or `deny:20`.
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
/// let feed: Vec<(User, Vec<Post>)> = User::query().with(|u| u.posts()).all(&mut s).await?; // two statements in all
/// # assert_eq!(feed.len(), 3);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NPlusOne {
    /// Nobody looks.
    Off,
    /// When it is run for the so-manieth time, a warning with the query and the place goes to `tracing`: once for each
    /// place.
    Warn(u32),
    /// From this time on it is an error of the kind `NPlusOne`, and is not sent: for tests.
    Deny(u32),
}

/// So often is too often, if it is not said.
const TIMES: u32 = 10;

impl Default for NPlusOne {
    fn default() -> Self {
        if cfg!(debug_assertions) { NPlusOne::Warn(TIMES) } else { NPlusOne::Off }
    }
}

/// As it stands in a URL.
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
