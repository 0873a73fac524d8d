//! The manual. Every example in it is a test.
//!
//! | chapter | |
//! |---|---|
//! | [First steps](first_steps) | from an empty folder to the first query |

macro_rules! chapters {
    ($($name:ident)*) => {
        $(
            #[doc = include_str!(concat!(stringify!($name), ".md"))]
            pub mod $name {}
        )*
    };
}

chapters! {
    first_steps
    models
    queries
    relations
    sessions
    transactions
    raw
    databases
    testing
}
