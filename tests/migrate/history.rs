//! The history that a database records, and migrations that do not match it.

use orm::prelude::*;
use orm_migrate::{Migrations, State};

use super::run::two;
use super::{run_sql, tables};

async fn states(migrations: &Migrations, db: &Database) -> orm::Result<Vec<(String, State)>> {
    let status = migrations.status(db).await?;
    Ok(status.into_iter().map(|status| (status.name, status.state)).collect())
}

fn only(name: &str, up: &str) -> orm::Result<Migrations> {
    Migrations::from_files([(format!("{name}/up.sql"), up)])
}

on_every_backend! {
    async fn says_what_was_run(db: Database) {
        let migrations = two()?;
        let both = |first, second| vec![("1_a".to_owned(), first), ("2_b".to_owned(), second)];
        assert_eq!(states(&migrations, db).await?, both(State::Pending, State::Pending));
        assert_eq!(orm::Schema::reflect(db).await?.tables, [], "status changes nothing");
        let before = orm::now();
        migrations.to(db, "1_a").await?;
        assert_eq!(states(&migrations, db).await?, both(State::Applied, State::Pending));
        let status = migrations.status(db).await?;
        assert!((status[0].at.unwrap() - before).num_seconds().abs() < 60, "{status:?}");
        assert_eq!(status[1].at, None);
    }

    async fn refuses_what_was_changed(db: Database) {
        two()?.up(db).await?;
        let changed = Migrations::from_files([
            ("1_a/up.sql", "CREATE TABLE a (n BIGINT)"),
            ("2_b/up.sql", "-- a comment is no change\nCREATE TABLE b (n INTEGER);\n\n"),
            ("3_c/up.sql", "-- nothing"),
        ])?;
        assert_eq!(states(&changed, db).await?[0].1, State::Changed);
        let error = changed.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            "the migration `1_a` was changed after it was run: restore it and write a new one for the \
             change, or leave the database as it is with `allow_changed` (`--allow-changed`)"
        );
        assert!(changed.clone().dry_run().up(db).await.is_err());
        assert_eq!(changed.allow_changed().up(db).await?[0].name, "3_c");
    }

    async fn refuses_what_is_not_here(db: Database) {
        two()?.up(db).await?;
        let fewer = only("2_b", "CREATE TABLE b (n INTEGER)")?;
        assert_eq!(states(&fewer, db).await?[0], ("1_a".to_owned(), State::Missing));
        let error = fewer.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert!(
            error.to_string().starts_with("the database has the migration `1_a`, which this program does not have: is the program older"),
            "{error}"
        );
        assert_eq!(fewer.allow_missing().up(db).await?, []);
    }

    async fn refuses_what_comes_late(db: Database) {
        only("2_b", "CREATE TABLE b (n INTEGER)")?.up(db).await?;
        let migrations = two()?;
        assert_eq!(states(&migrations, db).await?[0], ("1_a".to_owned(), State::Late));
        let error = migrations.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            "the migration `1_a` was not run, but the later `2_b` was: if it does not depend on that, run it \
             late with `allow_late` (`--allow-late`); otherwise rename its folder so that it comes last"
        );
        assert_eq!(tables(db).await?, ["b"]);
        // Later migrations are reverted first, so that nothing is out of order.
        let back = migrations.clone().dry_run().to(db, "1_a").await?;
        assert!(back.iter().map(|ran| (ran.name.as_str(), ran.up)).eq([("2_b", false), ("1_a", true)]));
        assert_eq!(migrations.allow_late().up(db).await?[0].name, "1_a");
        assert_eq!(tables(db).await?, ["a", "b"]);
    }

    async fn is_stamped_for_what_is_there(db: Database) {
        run_sql(db, "CREATE TABLE a (n INTEGER)").await?;
        let migrations = two()?;
        migrations.stamp(db, "1_a").await?;
        assert_eq!(migrations.up(db).await?.len(), 1);
        assert_eq!(tables(db).await?, ["a", "b"]);
        // Later migrations are removed from the history, and so are unknown ones; changed ones are recorded as they are
        // now.
        only("0_gone", "")?.allow_missing().allow_late().up(db).await?;
        let changed = Migrations::from_files([("1_a/up.sql", "CREATE TABLE a (n BIGINT)"), ("2_b/up.sql", "-- nothing")])?;
        changed.stamp(db, "1_a").await?;
        let expected = [("1_a".to_owned(), State::Applied), ("2_b".to_owned(), State::Pending)];
        assert_eq!(states(&changed, db).await?, expected);
        assert!(changed.stamp(db, "3_c").await.unwrap_err().is_configuration());
    }

    async fn is_stamped_whole_or_not_at_all(db: Database) {
        only("2_b", "")?.up(db).await?;
        // A name that is too long for the table, or a duplicate when truncated.
        let twice = format!("1_{}", "x".repeat(200));
        let files = [("0_a/up.sql".to_owned(), ""), (format!("{twice}/up.sql"), ""), ("2_b/up.sql".to_owned(), "")];
        let migrations = Migrations::from_files(files)?;
        match migrations.stamp(db, &twice).await {
            Err(error) => {
                assert!(error.is_too_long(), "{error:?}");
                assert_eq!(states(&only("2_b", "")?, db).await?, [("2_b".to_owned(), State::Applied)]);
            }
            // SQLite accepts any length.
            Ok(()) => assert!(!db.dialect().ddl.commits),
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn is_one_for_each_bind() -> orm::Result<()> {
    let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?;
    two()?.bind("audit").up(&db).await?;
    assert_eq!((tables(&db.on("audit")?).await?.len(), tables(&db).await?.len()), (2, 0));
    assert_eq!(two()?.up(&db).await?.len(), 2);
    assert!(two()?.bind("adit").up(&db).await.unwrap_err().is_configuration());
    Ok(())
}
