//! Window functions.

use std::fmt;
use std::marker::PhantomData;

use super::{Window, Windowed};
use crate::expression::{Expression, Operand};
use crate::mode::{Mode, Nullable, Required};
use crate::syntax::{self, AggregateCall, AggregateFunction, Neighbour, Node, WindowCall};
use crate::value::{Averaged, Kind, Summed, Value};

/// A window function without its window: no clause takes it before it is placed `over` one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window::{self, NoWindowYet};
/// let rank: NoWindowYet<i64> = window::rank();
/// let posts = Post::query().select(|p| rank.over(|w| w.order_by(p.published.asc())));
/// assert_eq!(posts.all(db).await?, [1, 2]);
/// # Ok(()) }) }
/// ```
#[must_use = "a window function does nothing until it is placed `.over(|w| ..)`"]
pub struct NoWindowYet<V, N = Required> {
    function: syntax::WindowFunction,
    _type: PhantomData<fn() -> (V, N)>,
}

impl<V, N> Clone for NoWindowYet<V, N> {
    fn clone(&self) -> Self {
        NoWindowYet::new(self.function.clone())
    }
}

impl<V, N> fmt::Debug for NoWindowYet<V, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NoWindowYet").field(&self.function).finish()
    }
}

impl<V, N> NoWindowYet<V, N> {
    const fn new(function: syntax::WindowFunction) -> Self {
        NoWindowYet { function, _type: PhantomData }
    }
}

impl<V: Value, N> NoWindowYet<V, N> {
    /// Places the function over a window: OVER.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::window;
    /// let share = Post::query().select(|p| (p.id, window::count().over(|w| w.partition_by(p.author_id))));
    /// assert_eq!(share.all(db).await?, [(1, 2), (2, 2)]);
    /// # Ok(()) }) }
    /// ```
    pub fn over(self, window: impl FnOnce(Window) -> Window) -> Windowed<V, N> {
        self.placed(window(Window(syntax::Window::default())).0)
    }

    pub(super) fn placed(self, window: syntax::Window) -> Windowed<V, N> {
        let call = WindowCall { function: self.function, kind: V::KIND, window };
        Windowed::new(Node::Window(Box::new(call)))
    }
}

pub(super) fn aggregate<V, N>(
    function: AggregateFunction,
    argument: Option<Node>,
    kind: Kind,
) -> NoWindowYet<V, N> {
    NoWindowYet::new(syntax::WindowFunction::Aggregate(AggregateCall {
        function,
        argument,
        distinct: false,
        kind,
        filter: None,
        joined: None,
    }))
}

fn neighbour<V, N>(value: Node, before: bool, distance: u32, default: Option<Node>) -> NoWindowYet<V, N> {
    NoWindowYet::new(syntax::WindowFunction::Neighbour(Neighbour { value, before, distance, default }))
}

/// Returns the number of the row, from 1: ROW_NUMBER.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::row_number().over(|w| w.order_by(p.id.desc())));
/// assert_eq!(values.all(db).await?, [2, 1]);
/// # Ok(()) }) }
/// ```
pub fn row_number() -> NoWindowYet<i64> {
    NoWindowYet::new(syntax::WindowFunction::RowNumber)
}

/// Returns the rank of the row, with gaps: ties share a rank, and the ranks after them are skipped accordingly.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::rank().over(|w| w.order_by(p.author_id.asc())));
/// assert_eq!(values.all(db).await?, [1, 1]);
/// # Ok(()) }) }
/// ```
pub fn rank() -> NoWindowYet<i64> {
    NoWindowYet::new(syntax::WindowFunction::Rank)
}

/// Returns the rank of the row, without gaps: ties share a rank, and none is skipped.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::dense_rank().over(|w| w.order_by(p.published.asc())));
/// assert_eq!(values.all(db).await?, [2, 1]);
/// # Ok(()) }) }
/// ```
pub fn dense_rank() -> NoWindowYet<i64> {
    NoWindowYet::new(syntax::WindowFunction::DenseRank)
}

/// Returns the relative rank of the row, from 0 for the first row to 1 for the last.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::percent_rank().over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [0.0, 1.0]);
/// # Ok(()) }) }
/// ```
pub fn percent_rank() -> NoWindowYet<f64> {
    NoWindowYet::new(syntax::WindowFunction::PercentRank)
}

/// Returns the cumulative distribution: the share of the rows that come no later than the row, greater than 0, and 1 for the
/// last row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::cume_dist().over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [0.5, 1.0]);
/// # Ok(()) }) }
/// ```
pub fn cume_dist() -> NoWindowYet<f64> {
    NoWindowYet::new(syntax::WindowFunction::CumulativeDistribution)
}

/// Divides the rows into `parts` buckets, as equal in size as possible, and returns the number of the row's bucket, from 1.
/// An error if `parts` is 0.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::ntile(2).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [1, 2]);
/// # Ok(()) }) }
/// ```
pub fn ntile(parts: u32) -> NoWindowYet<i64> {
    NoWindowYet::new(syntax::WindowFunction::Part(parts))
}

/// Returns the value in the row `distance` rows before this one; NULL if there is no such row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::lag(p.id, 1).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [None, Some(1)]);
/// # Ok(()) }) }
/// ```
pub fn lag<E: Expression>(value: E, distance: u32) -> NoWindowYet<E::Value, Nullable> {
    neighbour(value.into_node(), true, distance, None)
}

/// Returns the value in the row `distance` rows before this one, or `default` if there is no such row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::lag_or(p.id, 1, 0).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [0, 1]);
/// # Ok(()) }) }
/// ```
pub fn lag_or<E: Expression, M: Mode>(
    value: E,
    distance: u32,
    default: impl Operand<E::Value, Null = M>,
) -> NoWindowYet<E::Value, <E::Null as Mode>::With<M>> {
    neighbour(value.into_node(), true, distance, Some(default.node()))
}

/// Returns the value in the row `distance` rows after this one; NULL if there is no such row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::lead(p.id, 1).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(2), None]);
/// # Ok(()) }) }
/// ```
pub fn lead<E: Expression>(value: E, distance: u32) -> NoWindowYet<E::Value, Nullable> {
    neighbour(value.into_node(), false, distance, None)
}

/// Returns the value in the row `distance` rows after this one, or `default` if there is no such row.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::lead_or(p.id, 1, 0).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [2, 0]);
/// # Ok(()) }) }
/// ```
pub fn lead_or<E: Expression, M: Mode>(
    value: E,
    distance: u32,
    default: impl Operand<E::Value, Null = M>,
) -> NoWindowYet<E::Value, <E::Null as Mode>::With<M>> {
    neighbour(value.into_node(), false, distance, Some(default.node()))
}

/// Returns the value in the first row of the frame; NULL if the frame is empty.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::first_value(p.id).over(|w| w.order_by(p.id.desc())));
/// assert_eq!(values.all(db).await?, [Some(2), Some(2)]);
/// # Ok(()) }) }
/// ```
pub fn first_value<E: Expression>(value: E) -> NoWindowYet<E::Value, Nullable> {
    NoWindowYet::new(syntax::WindowFunction::First(value.into_node()))
}

/// Returns the value in the last row of the frame; NULL if the frame is empty. In a window with an order, the default frame
/// ends at the current row: set one such as `.rows(..)`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::last_value(p.id).over(|w| w.order_by(p.id.asc()).rows(..)));
/// assert_eq!(values.all(db).await?, [Some(2), Some(2)]);
/// # Ok(()) }) }
/// ```
pub fn last_value<E: Expression>(value: E) -> NoWindowYet<E::Value, Nullable> {
    NoWindowYet::new(syntax::WindowFunction::Last(value.into_node()))
}

/// Returns the value in row `number` of the frame, counted from 1; NULL if there is no such row. An error if `number` is 0.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::nth_value(p.id, 2).over(|w| w.order_by(p.id.asc()).rows(..)));
/// assert_eq!(values.all(db).await?, [Some(2), Some(2)]);
/// # Ok(()) }) }
/// ```
pub fn nth_value<E: Expression>(value: E, number: u32) -> NoWindowYet<E::Value, Nullable> {
    NoWindowYet::new(syntax::WindowFunction::Nth(value.into_node(), number))
}

/// Counts the rows.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::count().over(|w| w));
/// assert_eq!(values.all(db).await?, [2, 2]);
/// # Ok(()) }) }
/// ```
pub fn count() -> NoWindowYet<i64> {
    aggregate(AggregateFunction::Count, None, Kind::BigInt)
}

/// Counts the rows in which the value is not NULL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::count_of(p.body).over(|w| w));
/// assert_eq!(values.all(db).await?, [0, 0]);
/// # Ok(()) }) }
/// ```
pub fn count_of<E: Expression>(value: E) -> NoWindowYet<i64> {
    aggregate(AggregateFunction::Count, Some(value.into_node()), E::Value::KIND)
}

/// Sums the values; NULL if there are none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::sum(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(1), Some(3)]);
/// # Ok(()) }) }
/// ```
pub fn sum<E: Expression, V>(value: E) -> NoWindowYet<V, Nullable>
where
    E::Value: Summed<Sum = V>,
{
    aggregate(AggregateFunction::Sum, Some(value.into_node()), E::Value::KIND)
}

/// Averages the values; NULL if there are none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::avg(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(1.0), Some(1.5)]);
/// # Ok(()) }) }
/// ```
pub fn avg<E: Expression, V>(value: E) -> NoWindowYet<V, Nullable>
where
    E::Value: Averaged<Average = V>,
{
    aggregate(AggregateFunction::Average, Some(value.into_node()), E::Value::KIND)
}

/// Returns the least value; NULL if there is none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::min(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(1), Some(1)]);
/// # Ok(()) }) }
/// ```
pub fn min<E: Expression>(value: E) -> NoWindowYet<E::Value, Nullable> {
    aggregate(AggregateFunction::Min, Some(value.into_node()), E::Value::KIND)
}

/// Returns the greatest value; NULL if there is none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::window;
/// let posts = Post::query().order_by(|p| p.id.asc());
/// let values = posts.select(|p| window::max(p.id).over(|w| w.order_by(p.id.asc())));
/// assert_eq!(values.all(db).await?, [Some(1), Some(2)]);
/// # Ok(()) }) }
/// ```
pub fn max<E: Expression>(value: E) -> NoWindowYet<E::Value, Nullable> {
    aggregate(AggregateFunction::Max, Some(value.into_node()), E::Value::KIND)
}
