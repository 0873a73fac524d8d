//! Expressions that do not start with a column.

use chrono::{DateTime, NaiveDate, Utc};

use crate::expression::{Expr, Expression, IntoCondition, Term};
use crate::mode::{Mode, Nullable, Required};
use crate::syntax::{Case as CaseNode, Function, Node};
use crate::value::{Kind, Value};

/// Makes an expression of a Rust value, which is sent as a bind parameter.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let rows = User::find(1).select(|u| (u.name, value(7_i64)));
/// assert_eq!(rows.one(db).await?, ("Ann".to_owned(), 7));
/// # Ok(()) }) }
/// ```
pub fn value<V: Given>(value: V) -> Expr<V> {
    Expr::new(Node::Value(value.into_datum()))
}

/// The argument of [`value`]: a value that a column could hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored in a column",
    label = "no column type for this",
    note = "use an owned type: a `String` for text, `value(\"Ann\".to_owned())`, a `Vec<u8>` for bytes; for NULL, write `null::<String>()`"
)]
pub trait Given: Value {}

#[diagnostic::do_not_recommend]
impl<V: Value> Given for V {}

/// Returns NULL as an expression of a type.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let rows = User::find(1).select(|u| (u.name, null::<i64>()));
/// assert_eq!(rows.one(db).await?, ("Ann".to_owned(), None));
/// # Ok(()) }) }
/// ```
pub fn null<V: Value>() -> Expr<V, Nullable> {
    Expr::new(Node::Null(V::KIND))
}

/// Returns the server's current time, in UTC.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let past = User::query().filter(|_| server_now().gt(DateTime::<Utc>::UNIX_EPOCH));
/// assert_eq!(past.count(db).await?, 2);
/// # Ok(()) }) }
/// ```
pub fn server_now() -> Expr<DateTime<Utc>> {
    Expr::new(Node::call(Function::Now, Kind::UtcTimestamp, Vec::new()))
}

/// Returns the server's current date, in UTC.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let today: NaiveDate = User::find(1).select(|_| server_today()).one(db).await?;
/// assert!(today > NaiveDate::MIN);
/// # Ok(()) }) }
/// ```
pub fn server_today() -> Expr<NaiveDate> {
    Expr::new(Node::call(Function::Today, Kind::Date, Vec::new()))
}

/// Returns a random number from 0 (inclusive) to 1 (exclusive), a different one for each row. Sorting by it shuffles the
/// rows, for which the server has to read all of them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let anybody = User::query().order_by(|_| server_random().asc()).first(db).await?;
/// assert!(anybody.is_some());
/// # Ok(()) }) }
/// ```
pub fn server_random() -> Expr<f64> {
    Expr::new(Node::call(Function::Random, Kind::DoublePrecision, Vec::new()))
}

/// Starts a CASE expression with values of type `V`: the value of the first condition that holds.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let group = |u: UserFields| case::<String>().when(u.age.ge(18), "adult").when(u.age.is_null(), "?").otherwise("child");
/// let groups = User::query().order_by(|u| u.id.asc()).select(group);
/// assert_eq!(groups.all(db).await?, ["adult", "?"]);
/// // One nullable value makes the result nullable.
/// let ages = User::query().order_by(|u| u.id.asc()).select(|u| case().when(u.name.eq("Ann"), 0).otherwise(u.age));
/// assert_eq!(ages.all(db).await?, [Some(0), None]);
/// # Ok(()) }) }
/// ```
#[rustfmt::skip] // rustc shows the line to whoever leaves out the type
pub fn case<V: Value>() -> Case<V> { // of texts: `case::<String>().when(..)`
    Case { branches: Vec::new(), _type: std::marker::PhantomData }
}

/// An unfinished [`case`], with values of type `V`: nullable if any of them is, according to its mode `N`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let kind = case::<String>().when(value(1).eq(1), "one");
/// let kinds: Vec<String> = User::query().select(move |_| kind.clone().otherwise("other")).all(db).await?;
/// assert_eq!(kinds, ["one", "one"]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a `case` is an expression once `.otherwise(..)` or `.or_null()` ends it"]
pub struct Case<V, N = Required> {
    branches: Vec<(Node, Node)>,
    _type: std::marker::PhantomData<fn() -> (V, N)>,
}

impl<V: Value, N: Mode> Case<V, N> {
    /// Adds a value for when a condition holds, and none before it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let kind = |u: UserFields| case::<String>().when(u.age.ge(60), "old").when(u.age.ge(18), "adult").otherwise("?");
    /// assert_eq!(User::find(1).select(kind).one(db).await?, "adult");
    /// # Ok(()) }) }
    /// ```
    pub fn when<M: Mode>(
        mut self,
        condition: impl IntoCondition,
        value: impl Term<V, Null = M>,
    ) -> Case<V, N::With<M>> {
        self.branches.push((condition.into_condition().0, value.node()));
        Case { branches: self.branches, _type: std::marker::PhantomData }
    }

    /// Finishes with a value for when no condition holds: ELSE.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let grade = |u: UserFields| case().when(u.age.ge(18), u.age).otherwise(0);
    /// assert_eq!(User::find(2).select(grade).one(db).await?, Some(0));
    /// # Ok(()) }) }
    /// ```
    pub fn otherwise<M: Mode>(self, value: impl Term<V, Null = M>) -> Expr<V, N::With<M>> {
        self.end(Some(value.node()))
    }

    /// Finishes with NULL for when no condition holds.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let adult = |u: UserFields| case().when(u.age.ge(18), u.name).or_null();
    /// let names: Vec<Option<String>> = User::query().order_by(|u| u.id.asc()).select(adult).all(db).await?;
    /// assert_eq!(names, [Some("Ann".to_owned()), None]);
    /// # Ok(()) }) }
    /// ```
    pub fn or_null(self) -> Expr<V, Nullable> {
        self.end(None)
    }

    fn end<M>(self, otherwise: Option<Node>) -> Expr<V, M> {
        Expr::new(Node::Case(Box::new(CaseNode { kind: V::KIND, branches: self.branches, otherwise })))
    }
}

/// Calls a server function by name. The caller states the type of the result, which may be NULL. Wrap it in a Rust function
/// to make it part of your own API.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// # use orm_core::expression::{Expr, Expression};
/// fn hex(text: impl Expression) -> Expr<String, Nullable> {
///     function("HEX", (text,))
/// }
/// let ann = User::find(1).select(|u| hex(u.name));
/// assert_eq!(ann.one(db).await?.as_deref(), Some("416E6E"));
/// # Ok(()) }) }
/// ```
pub fn function<V: Value>(name: &'static str, arguments: impl Arguments) -> Expr<V, Nullable> {
    let mut nodes = Vec::with_capacity(2);
    arguments.push(&mut nodes);
    Expr::new(Node::named(name, V::KIND, nodes))
}

/// The arguments of a server function: a tuple of columns and expressions. Pass Rust values as [`value`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::{Arguments, Expr};
///
/// /// The first argument that is not NULL, as a number.
/// fn first_of(numbers: impl Arguments) -> Expr<i64, Nullable> {
///     orm::function("coalesce", numbers)
/// }
/// let ages = User::query().order_by(|u| u.id.asc()).select(|u| first_of((u.age, value(0_i64))));
/// assert_eq!(ages.all(db).await?, [Some(41), Some(0)]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of arguments",
    label = "expected a tuple of columns and expressions",
    note = "write one argument as `(u.name,)`, and a Rust value as `value(5)`"
)]
pub trait Arguments {
    #[doc(hidden)]
    fn push(self, nodes: &mut Vec<Node>);
}

impl Arguments for () {
    fn push(self, _: &mut Vec<Node>) {}
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Expression),*> Arguments for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn push(self, nodes: &mut Vec<Node>) {
                let ($($name,)*) = self;
                $(nodes.push($name.into_node());)*
            }
        }
    };
}
crate::macros::for_tuples!(tuples);
