//! Conditions.

use std::ops::{BitAnd, BitOr, Not};

use crate::expression::Expr;
use crate::mode::Nullable;
use crate::syntax::{Function, Node};

/// A condition, as `filter` takes it: an SQL boolean, which may also be unknown (NULL).
///
/// A condition is not a value. To select one, decide what "unknown" becomes: [`known`](Self::known) turns it into false,
/// [`or_null`](Self::or_null) into NULL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// fn of_age(u: UserFields) -> Condition {
///     u.age.ge(18)
/// }
/// let grown = User::query().filter(of_age).select(|u| (u.name, of_age(u).known()));
/// assert_eq!(grown.all(db).await?, [("Ann".to_owned(), true)]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a condition does nothing until a clause takes it"]
pub struct Condition(pub(crate) Node);

impl Condition {
    /// Both conditions hold: AND.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| u.age.ge(18).and(u.name.starts_with("A")));
    /// assert_eq!(found.count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn and(self, other: impl IntoCondition) -> Condition {
        Condition(self.0.and(other.into_condition().0))
    }

    /// At least one of the conditions holds: OR.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let found = User::query().filter(|u| u.age.is_null().or(u.age.ge(18)));
    /// assert_eq!(found.count(db).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn or(self, other: impl IntoCondition) -> Condition {
        Condition(self.0.or(other.into_condition().0))
    }

    /// Negates the condition: NOT. Unknown stays unknown.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let others = User::query().filter(|u| u.name.eq("Ann").not()).select(|u| u.name);
    /// assert_eq!(others.all(db).await?, ["Bob"]);
    /// let not_forty = User::query().filter(|u| u.age.eq(40).not());
    /// assert_eq!(not_forty.count(db).await?, 1); // unknown for Bob, whose age is NULL
    /// # Ok(()) }) }
    /// ```
    #[allow(clippy::should_implement_trait, reason = "the operator is implemented too")]
    pub fn not(self) -> Condition {
        Condition(self.0.not())
    }

    /// Converts the condition to a boolean that is false where the condition is unknown.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let adults = User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.age.ge(18).known()));
    /// assert_eq!(adults.all(db).await?, [("Ann".to_owned(), true), ("Bob".to_owned(), false)]);
    /// # Ok(()) }) }
    /// ```
    pub fn known(self) -> Expr<bool> {
        let unknown_is_false = vec![self.truth(), Node::Value(crate::value::Datum::Bool(false))];
        Expr::new(Node::call(Function::Coalesce, crate::value::Kind::Boolean, unknown_is_false))
    }

    /// Converts the condition to a boolean that is NULL where the condition is unknown.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let adults = User::query().order_by(|u| u.id.asc()).select(|u| u.age.ge(18).or_null());
    /// assert_eq!(adults.all(db).await?, [Some(true), None]);
    /// # Ok(()) }) }
    /// ```
    pub fn or_null(self) -> Expr<bool, Nullable> {
        Expr::new(self.truth())
    }

    /// Returns it as a truth value: to a server, a full-text search is a number.
    fn truth(self) -> Node {
        match &self.0 {
            Node::Call(call) if matches!(call.function, Function::MatchWords | Function::MatchBoolean) => {
                Expr::<f64>::new(self.0).ne(0.0).0
            }
            _ => self.0,
        }
    }
}

impl BitAnd for Condition {
    type Output = Condition;

    fn bitand(self, other: Condition) -> Condition {
        self.and(other)
    }
}

impl BitOr for Condition {
    type Output = Condition;

    fn bitor(self, other: Condition) -> Condition {
        self.or(other)
    }
}

impl Not for Condition {
    type Output = Condition;

    fn not(self) -> Condition {
        Condition::not(self)
    }
}

/// A [`Condition`], and nothing else: the bound of whatever takes a condition, whose message says how to write one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::IntoCondition;
/// fn users<C: IntoCondition>(which: impl FnOnce(UserFields) -> C) -> Query<User> {
///     User::query().filter(which)
/// }
/// assert_eq!(users(|u| u.age.ge(18)).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition",
    label = "expected a condition",
    note = "a comparison is one: `u.age.ge(18)`; so are `.is_true()` of a boolean, and `.any(|p| ..)` of a relation",
    note = "`.and(..)` and `.or(..)` join conditions; what Rust decides goes into `.filter_if(wanted, |u| ..)`"
)]
pub trait IntoCondition: sealed::Sealed {
    /// Returns the condition.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::IntoCondition;
    /// fn of_age(u: UserFields, also: impl IntoCondition) -> Condition {
    ///     also.into_condition().and(u.age.ge(18))
    /// }
    /// assert_eq!(User::query().filter(|u| of_age(u, u.name.eq("Ann"))).count(db).await?, 1);
    /// # Ok(()) }) }
    /// ```
    fn into_condition(self) -> Condition;
}

#[diagnostic::do_not_recommend]
impl IntoCondition for Condition {
    fn into_condition(self) -> Condition {
        self
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Condition {}
}

/// All of `conditions` hold: AND. True if there are none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let words = ["a", "@example"];
/// let found = User::query().filter(|u| all_of(words.map(|word| u.email.contains(word))));
/// assert_eq!(found.select(|u| u.name).all(db).await?, ["Ann", "Bob"]);
/// # Ok(()) }) }
/// ```
pub fn all_of(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    Condition(Node::All(conditions.into_iter().map(|condition| condition.0).collect()))
}

/// Any of `conditions` holds: OR. False if there are none.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let initials = ["A", "C"];
/// let found = User::query().filter(|u| any_of(initials.map(|letter| u.name.starts_with(letter))));
/// assert_eq!(found.select(|u| u.name).all(db).await?, ["Ann"]);
/// # Ok(()) }) }
/// ```
pub fn any_of(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    Condition(Node::Any(conditions.into_iter().map(|condition| condition.0).collect()))
}
