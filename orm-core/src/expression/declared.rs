//! User-declared server functions.

use crate::expression::{Expr, Term};
use crate::mode::{Mode, Nullable, Required};
use crate::syntax::Node;
use crate::value::Value;

/// Declares server functions, one per line. Each becomes a Rust function that takes columns, expressions and values of the
/// declared types.
///
/// The result is an `Option` if one of the arguments may be NULL, since most functions return NULL then. Declare an argument
/// as `Option<T>` if the function handles NULL there; declare `-> Option<T>` if the function may return NULL for any
/// arguments. If a NULL contradicts the declaration, reading it is an error. The name may consist of letters, digits, `_`
/// and `.` only, and is written into the SQL as is. A function takes at most sixteen arguments.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// orm::function! {
///     /// The bytes of a text in hexadecimal.
///     pub fn hex(text: String) -> String = "HEX";
///     fn instr(text: String, part: String) -> i64 = "INSTR";
///     fn null_if(number: i32, other: i32) -> Option<i32> = "NULLIF";
///     fn if_null(number: Option<i32>, other: i32) -> i32 = "IFNULL";
/// }
///
/// # fn main() { run(async |db| {
/// let ann = User::find(1).select(|u| (hex(u.name), instr(u.email, "@")));
/// assert_eq!(ann.one(db).await?, ("416E6E".to_owned(), 4));
/// let ages: Vec<(Option<i32>, i32)> = User::query().select(|u| (null_if(u.age, 41), if_null(u.age, 0))).all(db).await?;
/// assert_eq!(ages, [(None, 41), (None, 0)]);
/// assert_eq!(User::query().filter(|u| hex(u.name).eq(hex("Bob"))).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[macro_export]
macro_rules! function {
    // Collects a mode for each argument, then writes the function.
    (@modes $head:tt $function:ident $name:literal $returned:ty, [$next:ident $($more:ident)*]
        [$($done:tt)*] ($argument:ident $type:ty) $($rest:tt)*) => {
        $crate::function! {
            @modes $head $function $name $returned, [$($more)*] [$($done)* ($next $argument $type)] $($rest)*
        }
    };
    (@modes $head:tt $function:ident $name:literal $returned:ty, [] [$($done:tt)*] $($rest:tt)+) => {
        ::core::compile_error!("a declared function can take at most sixteen arguments");
    };
    (@modes ($(#[$meta:meta])* $vis:vis) $function:ident $name:literal $returned:ty, $more:tt
        [$(($mode:ident $argument:ident $type:ty))*]) => {
        $(#[$meta])*
        $vis fn $function<$($mode: $crate::Mode),*>(
            $($argument: impl $crate::expression::Passed<$type, Null = $mode>),*
        ) -> $crate::expression::Call<$returned, ($($mode,)*)> {
            <$returned as $crate::expression::Returned>::call::<($($mode,)*)>(
                $name,
                ::std::vec![$($crate::expression::Passed::<$type>::node($argument)),*],
            )
        }

        $(const _: () = $crate::expression::takes::<$type>();)*

        const _: () = ::core::assert!(
            $crate::syntax::is_name($name),
            "the name of a function can only have letters, digits, `_` and `.`",
        );
    };
    ($(
        $(#[$meta:meta])*
        $vis:vis fn $function:ident($($argument:ident : $type:ty),* $(,)?) -> $returned:ty = $name:literal;
    )+) => { $(
        $crate::function! {
            @modes ($(#[$meta])* $vis) $function $name $returned,
            [Null1 Null2 Null3 Null4 Null5 Null6 Null7 Null8 Null9 Null10 Null11 Null12 Null13 Null14 Null15 Null16]
            [] $(($argument $type))*
        }
    )+ };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "a function is declared as `pub fn hex(text: String) -> String = \"HEX\";`: with the types of its arguments, \
             its return type, its name in SQL, and `;`"
        );
    };
}

/// The result of a declared function: a value, or an `Option` of one if it may be NULL for any arguments.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// orm::function! {
///     fn sign(number: i32) -> i64 = "SIGN"; // a value, or NULL if the number may be NULL
///     fn nullif(one: String, other: String) -> Option<String> = "NULLIF"; // may be NULL for any arguments
/// }
/// let row = User::find(1).select(|u| (sign(u.id.cast::<i32>()), nullif(u.name, "Ann")));
/// assert_eq!(row.one(db).await?, (1, None));
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "an SQL function cannot return `{Self}`",
    label = "not a type that a column can store",
    note = "return a type such as `i64` or `String`, or an `Option` of one if the result may be NULL"
)]
pub trait Returned {
    /// The type of the value.
    type Value: Value;
    /// The mode of the result, for arguments of mode `M`.
    type Null<M: Mode>: Mode;

    #[doc(hidden)]
    fn call<M: Modes>(name: &'static str, arguments: Vec<Node>) -> Call<Self, M> {
        Expr::new(Node::named(name, <Self::Value as Value>::KIND, arguments))
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> Returned for V {
    type Value = V;
    type Null<M: Mode> = M;
}

#[diagnostic::do_not_recommend]
impl<V: Value> Returned for Option<V> {
    type Value = V;
    type Null<M: Mode> = Nullable;
}

/// A parameter of a declared function: a value, or an `Option` of one if the function handles NULL.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// orm::function! {
///     fn is_null(number: Option<i32>) -> bool = "ISNULL"; // on MySQL and MariaDB
/// }
/// let query = User::query().select(|u| is_null(u.age)); // never NULL, though ages may be
/// assert!(query.to_sql(&orm::dialect::MYSQL)?.sql.starts_with("SELECT ISNULL(`users`.`age`)"));
/// # fn gives(_: impl Fn() -> orm::Rows<bool>) {}
/// # gives(|| User::query().select(|u| is_null(u.age)));
/// # let _ = db;
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "an SQL function cannot take `{Self}`",
    label = "not a type that a column can store",
    note = "take a type such as `i64` or `String`, or an `Option` of one if the function accepts NULL"
)]
pub trait Parameter {
    /// The type of the value.
    type Value: Value;
    /// The mode that an argument of mode `M` contributes to the result.
    type Null<M: Mode>: Mode;
}

#[diagnostic::do_not_recommend]
impl<V: Value> Parameter for V {
    type Value = V;
    type Null<M: Mode> = M;
}

#[diagnostic::do_not_recommend]
impl<V: Value> Parameter for Option<V> {
    type Value = V;
    type Null<M: Mode> = Required;
}

/// Does nothing but check that a declared function can take the type.
#[doc(hidden)]
pub const fn takes<P: Parameter>() {}

/// An argument for a [`Parameter`] of a declared function.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of type `{P}`",
    label = "expected a value, column or expression of type `{P}`",
    note = "convert a column or an expression with `.cast::<{P}>()`"
)]
pub trait Passed<P> {
    /// The mode that it contributes to the result.
    type Null: Mode;

    #[doc(hidden)]
    fn node(self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<P: Parameter, T: Term<P::Value>> Passed<P> for T {
    type Null = P::Null<T::Null>;

    fn node(self) -> Node {
        Term::node(self)
    }
}

/// The type of a call of a declared function, with arguments of these modes.
#[doc(hidden)]
pub type Call<R, M> = Expr<<R as Returned>::Value, <R as Returned>::Null<<M as Modes>::Any>>;

/// The modes of several columns.
#[doc(hidden)]
pub trait Modes {
    /// The mode of a value computed from all of them.
    type Any: Mode;
}

impl Modes for () {
    type Any = Required;
}

macro_rules! any {
    ($mode:ident) => { $mode::Plain };
    ($mode:ident $($more:ident)+) => { $mode::With<any!($($more)+)> };
}

macro_rules! modes {
    ($($mode:ident)*) => {
        impl<$($mode: Mode),*> Modes for ($($mode,)*) {
            type Any = any!($($mode)*);
        }
    };
}
crate::macros::for_tuples!(modes);
