//! Functions of the server that the user declares.

use crate::expression::Expr;
use crate::mode::{Nullable, Required};
use crate::syntax::Node;
use crate::value::Value;

/// Declares functions of the server, one a line: each becomes a Rust function over columns, expressions and values of
/// the types that are said.
///
/// `-> Option<T>` is what may be NULL: most functions are, where an argument is. What is declared as `-> T` and is
/// NULL all the same is an error when it is read. The name may have letters, digits, `_` and `.` only; it is written
/// as it stands.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// orm::function! {
///     /// The bytes of a text in hexadecimal.
///     pub fn hex(text: String) -> String = "HEX";
///     fn instr(text: String, part: String) -> Option<i64> = "INSTR";
/// }
///
/// # fn main() { run(async |db| {
/// let ann = User::find(1).select(|u| (hex(u.name), instr(u.email, "@")));
/// assert_eq!(ann.one(db).await?, ("416E6E".to_owned(), Some(4)));
/// assert_eq!(User::query().filter(|u| hex(u.name).eq(hex("Bob"))).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[macro_export]
macro_rules! function {
    ($(
        $(#[$meta:meta])*
        $vis:vis fn $function:ident($($argument:ident : $type:ty),* $(,)?) -> $returned:ty = $name:literal;
    )+) => { $(
        $(#[$meta])*
        $vis fn $function(
            $($argument: impl $crate::expression::Term<$type>),*
        ) -> <$returned as $crate::expression::Returned>::Expr {
            <$returned as $crate::expression::Returned>::call(
                $name,
                ::std::vec![$($crate::expression::Term::<$type>::node($argument)),*],
            )
        }

        const _: () = ::core::assert!(
            $crate::syntax::is_name($name),
            "the name of a function has letters, digits, `_` and `.` only",
        );
    )+ };
}

/// What a declared function gives: a value, or an `Option` of one if it may be NULL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// orm::function! {
///     fn sign(number: i32) -> i64 = "SIGN"; // a value
///     fn nullif(one: String, other: String) -> Option<String> = "NULLIF"; // or NULL
/// }
/// let row = User::find(1).select(|u| (sign(u.id.cast::<i32>()), nullif(u.name, "Ann")));
/// assert_eq!(row.one(db).await?, (1, None));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a function of the server cannot give `{Self}`",
    label = "not a value that a column could store",
    note = "give a type such as `i64` or `String`, or an `Option` of one if it may be NULL"
)]
pub trait Returned {
    /// The expression.
    type Expr;

    #[doc(hidden)]
    fn call(name: &'static str, arguments: Vec<Node>) -> Self::Expr;
}

#[diagnostic::do_not_recommend]
impl<V: Value> Returned for V {
    type Expr = Expr<V, Required>;

    fn call(name: &'static str, arguments: Vec<Node>) -> Self::Expr {
        Expr::new(Node::named(name, V::KIND, arguments))
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> Returned for Option<V> {
    type Expr = Expr<V, Nullable>;

    fn call(name: &'static str, arguments: Vec<Node>) -> Self::Expr {
        Expr::new(Node::named(name, V::KIND, arguments))
    }
}
