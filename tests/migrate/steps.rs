//! Migration steps written in Rust.

use std::time::Duration;

use orm::prelude::*;
use orm_migrate::{Migrations, State};

use super::tables;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "posts")]
pub struct Post {
    #[orm(primary_key)]
    pub id: i64,
    pub title: String,
    #[orm(length = 50)]
    pub slug: Option<String>,
}

const TABLE: &str = "CREATE TABLE posts (id BIGINT PRIMARY KEY, title VARCHAR(50) NOT NULL);
    INSERT INTO posts VALUES (1, 'Hello World'), (2, 'Again');";
const SLUGS: &str = "ALTER TABLE posts ADD COLUMN slug VARCHAR(50);
    -- orm:rust fill_slugs
    CREATE UNIQUE INDEX posts_slug ON posts (slug);";
const BACK: &str = "DROP INDEX posts_slug ON posts; ALTER TABLE posts DROP COLUMN slug;";
const BACK_SQLITE: &str = "DROP INDEX posts_slug; ALTER TABLE posts DROP COLUMN slug;";

fn posts() -> orm::Result<Migrations> {
    Migrations::from_files([
        ("1_posts/up.sql", TABLE),
        ("1_posts/down.sql", "DROP TABLE posts"),
        ("2_slugs/up.sql", SLUGS),
        ("2_slugs/down.sql", BACK),
        ("2_slugs/down.sqlite.sql", BACK_SQLITE),
    ])
}

/// Changes tracked rows, which are flushed when the step ends.
async fn fill_slugs(tx: &mut Transaction) -> orm::Result<()> {
    for post in Post::query().track(&mut *tx).await? {
        tx[post].slug = Some(tx[post].title.to_lowercase().replace(' ', "-"));
    }
    Ok(())
}

async fn fail(tx: &mut Transaction) -> orm::Result<()> {
    fill_slugs(tx).await?;
    tx.flush().await?;
    orm::raw::sql("INSERT INTO nowhere VALUES (1)").execute(tx).await.map(drop)
}

async fn change_a_table(mut tx: &mut Transaction) -> orm::Result<()> {
    orm::raw::sql("CREATE TABLE other (n INTEGER)").execute(&mut tx).await.map(drop)
}

async fn slugs(db: &Database) -> orm::Result<Vec<String>> {
    orm::raw::sql("SELECT slug FROM posts ORDER BY id").all(db).await
}

on_every_backend! {
    async fn run_in_their_place(db: Database) {
        let migrations = posts()?.with_step("fill_slugs", fill_slugs);
        let ran = migrations.up(db).await?;
        assert_eq!(ran[1].statements[1], "-- orm:rust fill_slugs");
        assert_eq!(slugs(db).await?, ["hello-world", "again"]);
        assert_eq!(migrations.up(db).await?, []);
        migrations.down(db, 1).await?;
        migrations.up(db).await?;
        assert_eq!(slugs(db).await?, ["hello-world", "again"]);
        // The status depends on the name only.
        assert_eq!(posts()?.status(db).await?[1].state, State::Applied);
        assert_eq!(posts()?.up(db).await?, []);
    }

    async fn may_be_closures(db: Database) {
        let step = async |mut tx: &mut Transaction| {
            let count = Post::query().count(&mut tx).await?;
            let slug = format!("one of {count}");
            Post::update().set(|p| p.slug.to(slug)).filter(|p| p.id.eq(1)).execute(&mut tx).await.map(drop)
        };
        posts()?.with_step("fill_slugs", step).up(db).await?;
        assert_eq!(Post::find(1).one(db).await?.slug.as_deref(), Some("one of 2"));
    }

    async fn that_the_program_lacks_are_an_error_before_anything_runs(db: Database) {
        let error = posts()?.up(db).await.unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            "this program lacks Rust steps that the migrations call: `fill_slugs` (in the migration `2_slugs`); \
             add them with `with_step`, or to the command with `orm_cli::run_with`"
        );
        assert_eq!(tables(db).await?, Vec::<String>::new());
        assert_eq!(posts()?.dry_run().up(db).await?.len(), 2, "a look needs none");
        assert!(posts()?.sql(None, db.dialect()).unwrap_err().to_string().contains("the Rust step `fill_slugs`"));
        assert_eq!(posts()?.to(db, "1_posts").await?.len(), 1);
    }

    async fn are_undone_if_they_fail(db: Database) {
        let error = posts()?.with_step("fill_slugs", fail).up(db).await.unwrap_err();
        assert!(error.is_no_such_table());
        let place = "the migration `2_slugs` failed at statement 2 of 3, `-- orm:rust fill_slugs`: ";
        assert!(error.to_string().starts_with(place), "{error}");
        if db.dialect().ddl.commits {
            let count = orm::raw::sql("SELECT count(slug) FROM posts").scalar::<i64>(db).await?;
            assert_eq!(count, 0, "what it changed is undone");
            let state = State::Interrupted { done: 1, steps: 3, in_doubt: false };
            assert_eq!(posts()?.status(db).await?[1].state, state);
        }
        let ran = posts()?.with_step("fill_slugs", fill_slugs).up(db).await?;
        assert_eq!(ran[0].done_before, usize::from(db.dialect().ddl.commits));
        assert_eq!(slugs(db).await?, ["hello-world", "again"]);
    }

    async fn change_no_tables_where_that_commits(db: Database) {
        let result = posts()?.with_step("fill_slugs", change_a_table).up(db).await;
        match result {
            Err(error) if db.dialect().ddl.commits => {
                assert!(error.is_unsupported(), "{error:?}");
                assert_eq!(tables(db).await?, ["posts"]);
            }
            result => assert_eq!((result?.len(), tables(db).await?.len()), (2, 2)),
        }
    }
}

on_servers! {
    async fn need_a_second_connection(fresh: Fresh) {
        let db = Database::builder().url(&fresh.url).max_connections(1).open()?;
        let migrations = posts()?.with_step("fill_slugs", fill_slugs);
        let error = migrations.up(&db).await.unwrap_err();
        assert!(error.is_configuration());
        assert_eq!(
            error.to_string(),
            "the Rust step `fill_slugs` needs a connection for its transaction, besides the one that runs the migrations, \
             but the pool has only one: set `max_connections` to at least 2"
        );
        assert_eq!(tables(&db).await?, Vec::<String>::new(), "nothing was run");
        assert_eq!(migrations.to(&db, "1_posts").await?.len(), 1, "it has no step");
        let db = Database::builder().url(&fresh.url).max_connections(2).open()?;
        assert_eq!(migrations.up(&db).await?.len(), 1);
        assert_eq!(slugs(&db).await?, ["hello-world", "again"]);
    }

    async fn get_their_connection_from_those_who_wait_to_migrate(fresh: Fresh) {
        let db = Database::builder().url(&fresh.url).max_connections(2).wait_timeout(Duration::from_secs(10)).open()?;
        let migrations = posts()?.with_step("fill_slugs", fill_slugs);
        let (one, other, third) = tokio::join!(migrations.up(&db), migrations.up(&db), migrations.up(&db));
        assert_eq!(one?.len() + other?.len() + third?.len(), 2);
        assert_eq!(slugs(&db).await?, ["hello-world", "again"]);
    }
}

#[tokio::test(flavor = "current_thread")]
async fn run_on_the_one_connection_of_a_database_in_memory() -> orm::Result<()> {
    let db = Database::open("sqlite::memory:")?;
    posts()?.with_step("fill_slugs", fill_slugs).up(&db).await?;
    assert_eq!(slugs(&db).await?, ["hello-world", "again"]);
    Ok(())
}
