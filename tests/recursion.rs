//! Long recursions: all rows, or an error.

use orm::prelude::*;
use orm::{Cte, ErrorKind, values};

/// The numbers from 1 on.
fn numbers(last: i64) -> Cte<i64> {
    values([1_i64]).recursive("numbers", |numbers| numbers.query().filter(|n| n.lt(last)).select(|n| n + 1))
}

on_every_backend! {
    async fn goes_on_until_there_are_no_more_rows(db: Database) {
        let (count, sum) = numbers(5_000).query().aggregate(|g| (g.count(), g.max(|n| n))).one(db).await?;
        assert_eq!((count, sum), (5_000, Some(5_000)));
        assert_eq!(numbers(5_000).query().all(db).await?.len(), 5_000);
    }
}

on_servers! {
    async fn is_an_error_if_the_server_ends_it(fresh: Fresh) {
        fresh.db.ping().await?;
        let (variable, code) = match fresh.db.dialect().name {
            "MariaDB" => ("max_recursive_iterations", 1931),
            _ => ("cte_max_recursion_depth", 3636),
        };
        let db = Database::builder().url(&fresh.url).option("init", format!("SET {variable} = 100")).open()?;
        assert_eq!(numbers(90).query().count(&db).await?, 90);
        for error in [
            numbers(200).query().count(&db).await.unwrap_err(),
            numbers(200).query().all(&db).await.unwrap_err(),
            numbers(200).query().filter(|n| n.gt(195)).first(&db).await.unwrap_err(),
        ] {
            assert_eq!((error.kind(), error.code()), (ErrorKind::Server, Some(code)), "{error}");
            assert!(error.to_string().contains(variable), "{error}");
        }
        assert_eq!(numbers(90).query().count(&db).await?, 90);
    }
}
