//! Scripts as people write them.

use orm::prelude::*;
use orm_migrate::Migrations;

use super::{run_sql, tables};

fn one(script: &str) -> orm::Result<Migrations> {
    Migrations::from_files([("1_a/up.sql", script)])
}

on_every_backend! {
    async fn may_begin_with_a_byte_order_mark(db: Database) {
        one("\u{feff}CREATE TABLE a (n INTEGER);")?.up(db).await?;
        assert_eq!(tables(db).await?, ["a"]);
        assert_eq!(one("CREATE TABLE a (n INTEGER);")?.up(db).await?, []);
    }

    async fn have_the_same_checksum_with_other_line_ends(db: Database) {
        let script = "CREATE TABLE a (\n  n INTEGER\n);\nINSERT INTO a\nVALUES (1);\n";
        one(&script.replace('\n', "\r\n"))?.up(db).await?;
        assert_eq!(one(script)?.up(db).await?, []);
    }

    async fn may_have_columns_that_are_called_like_an_end(db: Database) {
        let (each, body) = match db.dialect().procedures {
            true => ("FOR EACH ROW", "SET @n = NEW.end; INSERT INTO b VALUES (@n);"),
            false => ("", "DELETE FROM b; INSERT INTO b VALUES (NEW.end);"),
        };
        let trigger = format!("CREATE TRIGGER t AFTER INSERT ON a {each} BEGIN {body} END");
        let script = format!("CREATE TABLE a (end INTEGER); CREATE TABLE b (n INTEGER); {trigger}; INSERT INTO a VALUES (5)");
        assert_eq!(one(&script)?.up(db).await?[0].statements.len(), 4);
        assert_eq!(orm::raw::sql("SELECT n FROM b").scalar::<i64>(db).await?, 5);
    }

    async fn for_a_client_are_refused_before_anything_runs(db: Database) {
        let script = "CREATE TABLE a (n INTEGER);\nDELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @n = 1; END//\nDELIMITER ;";
        let error = one(script)?.up(db).await.unwrap_err();
        assert!(error.to_string().starts_with("the migration `1_a` has the statement `DELIMITER //`: remove it"), "{error}");
        let error = one("CREATE TABLE a (n INTEGER); USE other; CREATE TABLE b (n INTEGER)")?.up(db).await.unwrap_err();
        assert!(error.to_string().starts_with("the migration `1_a` has the statement `USE other`: remove it"), "{error}");
        assert_eq!(tables(db).await?, Vec::<String>::new());
    }
}

on_servers! {
    async fn that_have_run_need_no_privilege_to_write(fresh: Fresh) {
        let migrations = one("CREATE TABLE a (n INTEGER)")?;
        migrations.up(&fresh.db).await?;
        let name: String = orm::raw::sql("SELECT DATABASE()").scalar(&fresh.db).await?;
        for statement in [
            format!("CREATE USER 'u_{name}'@'%' IDENTIFIED BY 'secret'"),
            format!("GRANT SELECT ON {name}.* TO 'u_{name}'@'%'"),
        ] {
            run_sql(&fresh.db, &statement).await?;
        }
        let reader = Database::open(&fresh.url.replacen("root@", &format!("u_{name}:secret@"), 1))?;
        let ran = migrations.up(&reader).await;
        run_sql(&fresh.db, &format!("DROP USER 'u_{name}'@'%'")).await?;
        assert_eq!(ran?, []);
    }

    async fn need_a_database_to_run_in(fresh: Fresh) {
        let (server, _) = fresh.url.rsplit_once('/').unwrap();
        let error = one("CREATE TABLE a (n INTEGER)")?.up(&Database::open(&format!("{server}/"))?).await.unwrap_err();
        assert!(error.to_string().contains("the URL names no database"), "{error}");
    }
}

#[test]
fn tell_the_client_where_a_body_ends() {
    let body = "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @n = 1; END";
    let migrations = one(&format!("CREATE TABLE a (n INT); {body};")).unwrap();
    let script = migrations.sql(None, &orm::dialect::MYSQL).unwrap();
    let expected = format!(
        "\n-- 1_a\nCREATE TABLE a (n INT);\nDELIMITER //\n{body}\n//\nDELIMITER ;\nINSERT INTO orm_migrations "
    );
    assert!(script.contains(&expected) && script.contains("UTC_TIMESTAMP(6)"), "{script}");
    let script = migrations.sql(None, &orm::dialect::SQLITE).unwrap();
    assert!(script.starts_with("-- Run this with `sqlite3 -bail`"), "{script}");
    assert!(
        script.contains("PRAGMA foreign_keys = OFF;\nBEGIN;\n") && script.contains(&format!("{body};\n")),
        "{script}"
    );
}
