//! Creates the database that a URL names.

use orm::prelude::*;

on_servers! {
    async fn one_that_is_not_there_is_created(fresh: Fresh) {
        let name = fresh.url.rsplit('/').next().unwrap().to_owned();
        use mysql_async::prelude::Queryable as _;
        fresh.admin().await.query_drop(format!("DROP DATABASE {name}")).await.unwrap();
        let db = Database::open(&fresh.url)?;
        let missing = db.ping().await.unwrap_err();
        assert!(missing.is_connect() && missing.code() == Some(1049), "{missing}");
        assert!(missing.to_string().contains("no such database; create it with `create_databases()`"), "{missing}");
        db.create_databases().await?;
        db.create_databases().await?; // it stays as it is
        let charset: String = sql!("SELECT @@character_set_database").scalar(&db).await?;
        assert_eq!(charset, "utf8mb4");
    }

    async fn nothing_is_created_where_that_is_not_allowed(fresh: Fresh) {
        use mysql_async::prelude::Queryable as _;
        let name = fresh.url.rsplit('/').next().unwrap().to_owned();
        let mut admin = fresh.admin().await;
        admin.query_drop(format!("DROP DATABASE {name}")).await.unwrap();
        let read_only = Database::builder().url(&fresh.url).option("read_only", "true").open()?;
        let refused = read_only.create_databases().await.unwrap_err();
        assert!(refused.is_permission_denied() && refused.to_string().contains("read"), "{refused}");
        admin.query_drop(format!("CREATE USER {name}@'%'")).await.unwrap();
        let other = Database::builder().url(&fresh.url).option("user", &name).open()?;
        let refused = other.create_databases().await.unwrap_err();
        admin.query_drop(format!("DROP USER {name}@'%'")).await.unwrap();
        assert_eq!(refused.code(), Some(1044), "{refused}");
        let there: Option<String> = admin.query_first(format!("SHOW DATABASES LIKE '{name}'")).await.unwrap();
        assert_eq!(there, None);
        admin.query_drop(format!("CREATE DATABASE {name}")).await.unwrap();
    }

    async fn a_url_without_one_is_an_error(fresh: Fresh) {
        let (server, _) = fresh.url.rsplit_once('/').unwrap();
        let error = Database::open(server)?.create_databases().await.unwrap_err();
        assert!(error.to_string().contains("names no database"), "{error}");
        let error = Database::open(server)?.create_tables::<crate::find::Order>().await.unwrap_err();
        assert!(error.to_string().starts_with("the URL names no database: add one after the host"), "{error}");
    }
}

#[tokio::test]
async fn files_of_sqlite_are_created() {
    let folder = std::env::temp_dir().join(format!("orm_create_{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let url = |name: &str| format!("sqlite:{}", folder.join(name).display());
    let db = Database::builder().url(url("app.db")).bind("audit", url("audit.db")).open().unwrap();
    db.create_databases().await.unwrap();
    let there = ["app.db", "audit.db"].map(|name| folder.join(name).exists());
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(there, [true, true]);
}
