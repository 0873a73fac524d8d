//! Window functions: values computed over the rows around each row, without grouping them.
//!
//! A function is placed `over` a window; the result can be selected and sorted by. It cannot be filtered by directly, since
//! windows are computed after WHERE: make a derived table of it first, of whole rows if need be.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
//! # fn main() { run(async |db| {
//! use orm::window;
//!
//! let numbered = Post::query().order_by(|p| p.id.asc()).select(|p| {
//!     let of_author = window::row_number().over(|w| w.partition_by(p.author_id).order_by(p.title.asc()));
//!     (p.title, of_author)
//! });
//! assert_eq!(numbered.all(db).await?, [("Hello".to_owned(), 2), ("Draft".to_owned(), 1)]);
//!
//! let firsts: Vec<(Post, i64)> = Post::query()
//!     .select(|p| (p, window::row_number().over(|w| w.partition_by(p.author_id).order_by(p.title.asc()))))
//!     .into_query()
//!     .filter(|(_, number)| number.eq(1))
//!     .all(db)
//!     .await?;
//! assert_eq!(firsts[0].0.title, "Draft");
//!
//! let running = Post::query().select(|p| (p.id, window::count().over(|w| w.order_by(p.id.asc()).rows(..=0))));
//! assert_eq!(running.all(db).await?, [(1, 1), (2, 2)]);
//! # Ok(()) }) }
//! ```

mod functions;
mod named;
mod placed;
mod spec;
mod spread;

pub use functions::{
    NoWindowYet, avg, count, count_of, cume_dist, dense_rank, first_value, lag, lag_or, last_value, lead,
    lead_or, max, min, nth_value, ntile, percent_rank, rank, row_number, sum,
};
pub use named::{NamedWindow, named};
pub use placed::{BeforeWindows, Windowed};
pub use spec::Window;
pub use spread::{stddev_pop, stddev_samp, var_pop, var_samp};
