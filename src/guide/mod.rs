//! The manual: what a program needs, chapter by chapter. Every example in it is a test.
//!
//! | chapter | |
//! |---|---|
//! | [First steps](first_steps) | from an empty folder to the first query |
//! | [Models and types](models) | structs, columns, keys, values of your own, forms |
//! | [Queries](queries) | conditions, joins, groups, subqueries, pages, changes |
//! | [Relations](relations) | declared, asked about, loaded, changed |
//! | [Sessions and units of work](sessions) | rows that are changed in place; versions; scopes |
//! | [Transactions, errors and retries](transactions) | what is undone, what is told, what is run again |
//! | [Raw SQL and procedures](raw) | statements, expressions, connections, batches |
//! | [Many databases](databases) | names, configuration, pools, web services |
//! | [Migrations](migrations) | SQL files made of what differs between models, and run once |
//! | [Functions, traits and doubles](functions) | for several models, for any place; repositories |
//! | [Testing](testing) | a database that forgets; statements that are counted |
//! | [Performance](performance) | fewer and better statements |
//! | [What does not compile](what_does_not_compile) | the first mistakes, and what is right |
//! | [Differences of the databases](differences) | what to know about each |
//! | [From Python](from_python) | SQLAlchemy, Flask-SQLAlchemy, PyMySQL, Django: side by side |
//! | [From other Rust libraries](from_rust) | diesel, sqlx, sea-orm: side by side |
//! | [From EF Core](from_dotnet) | what is called so there, and the same here |
//! | [Questions](faq) | decisions and their reasons |

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
    migrations
    functions
    testing
    performance
    what_does_not_compile
    differences
    from_python
    from_rust
    from_dotnet
    faq
}
