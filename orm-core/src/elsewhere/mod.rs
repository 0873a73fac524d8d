//! What other libraries call by another name, so that the compiler can say what it is called here.
//!
//! The names are methods of traits whose implementations have a bound that never holds. Unlike inherent methods, they do
//! not hide a method of the same name in a trait of the program's own, and the message is that of the bound.

/// Declares a bound that never holds, with its message, and the methods of others that it stands for.
macro_rules! elsewhere {
    (
        $(#[$message:meta])*
        $rule:ident, $methods:ident: $($name:ident)*;
        $([$($parameters:tt)*] $ty:ty),* $(,)?
    ) => {
        $(#[$message])*
        pub trait $rule {}

        #[doc(hidden)]
        #[allow(clippy::wrong_self_convention, reason = "never called")]
        pub trait $methods: Sized {
            $(
                #[doc(hidden)]
                fn $name(self) {}
            )*
        }

        $(
            impl<$($parameters)*> $methods for $ty where for<'never> $ty: $rule {}
        )*
    };
}

mod changes;
mod columns;
mod queries;
mod relations;
mod sessions;

pub use changes::*;
pub use columns::*;
pub use queries::*;
pub use relations::*;
pub use sessions::*;
