//! The manual, chapter by chapter. Every example in it runs as a test.
//!
//! | chapter | covers |
//! |---|---|
//! | [First steps](first_steps) | from an empty folder to the first query |
//! | [Models and types](models) | structs, columns, keys, values of your own, embedded structs, views, forms |
//! | [Queries](queries) | conditions, joins, groups, window functions, subqueries and CTEs, pagination, upserts |
//! | [Relations](relations) | declaring, filtering, eager loading, trees, changing |
//! | [Sessions and units of work](sessions) | changing rows in place; optimistic locking; scopes and soft delete; hooks |
//! | [Transactions, errors and retries](transactions) | savepoints, error kinds, what is retried, cancellation, locks |
//! | [Raw SQL and procedures](raw) | statements, expressions, connections, batches |
//! | [Many databases](databases) | configuration, connection pools, replicas, clusters, web services |
//! | [Operations](operations) | timeouts, failing servers, HTTP statuses, sizing, shutdown, metrics, logs, runtimes |
//! | [Migrations](migrations) | SQL files generated from model changes, each run once |
//! | [Functions, traits and doubles](functions) | generic functions, functions of several statements, repositories |
//! | [Testing](testing) | tests that roll back; counting statements |
//! | [Performance](performance) | fewer and better statements |
//! | [What does not compile](what_does_not_compile) | common mistakes and their corrections |
//! | [Differences of the databases](differences) | what to know about each |
//! | [From Python](from_python) | SQLAlchemy, Flask-SQLAlchemy, PyMySQL, Django: side by side |
//! | [From other Rust libraries](from_rust) | diesel, sqlx, sea-orm: side by side |
//! | [From EF Core](from_dotnet) | its terms and their equivalents here |
//! | [Questions](faq) | design decisions and their reasons |

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
    operations
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
