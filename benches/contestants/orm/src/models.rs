//! The tables as models.

use orm::prelude::*;
use serde::Serialize;

/// A user.
#[derive(Model, Debug, Serialize)]
#[orm(table = "users", has_many(posts: Post))]
pub(crate) struct User {
    #[orm(primary_key, auto)]
    pub(crate) id: u64,
    // Not `length`, which becomes a CHECK on SQLite that only this contestant's tables would have.
    #[orm(sql_type = "VARCHAR(100)")]
    pub(crate) name: String,
    #[orm(sql_type = "VARCHAR(100)")]
    pub(crate) hair_color: Option<String>,
}

/// A post by a user.
#[derive(Model, Debug, Serialize)]
#[orm(table = "posts", has_many(comments: Comment))]
pub(crate) struct Post {
    #[orm(primary_key, auto)]
    pub(crate) id: u64,
    #[orm(belongs_to = User)]
    pub(crate) user_id: u64,
    #[orm(sql_type = "VARCHAR(255)")]
    pub(crate) title: String,
    #[orm(sql_type = "VARCHAR(255)")]
    pub(crate) body: Option<String>,
}

/// A comment on a post.
#[derive(Model, Debug, Serialize)]
#[orm(table = "comments")]
pub(crate) struct Comment {
    #[orm(primary_key, auto)]
    pub(crate) id: u64,
    #[orm(belongs_to = Post)]
    pub(crate) post_id: u64,
    #[orm(sql_type = "VARCHAR(255)")]
    pub(crate) text: String,
}

/// A row with a version column.
#[derive(Model, Debug)]
#[orm(table = "accounts")]
pub(crate) struct Account {
    #[orm(primary_key)]
    pub(crate) id: u64,
    pub(crate) balance: i64,
    #[orm(version)]
    pub(crate) version: u32,
}

#[cfg(test)]
mod tests {
    use std::env;

    use anyhow::{Context as _, Result, ensure};
    use contestant::{Work, statements};
    use orm::prelude::*;
    use orm::raw::sql_unchecked;
    use orm::schema::{ModelSet as _, Schema, TablePart};

    use super::{Account, Comment, Post, User};

    /// Checks that the tables match the models. The tables of a race are handwritten, so that they are the same for
    /// all: they are as the models need them, except for the CHECKs of unsigned integers on SQLite, which no other
    /// contestant would have.
    async fn verify(url: &str) -> Result<()> {
        let db = Database::builder().url(url).open()?;
        for statement in statements(url, &Work::ALL[0])? {
            sql_unchecked(statement).execute(&db).await?;
        }
        let mut differences = Schema::differences(&db, <(User, Post, Comment, Account)>::tables()).await?;
        let sqlite = url.starts_with("sqlite");
        differences.retain(|it| !(it.harmless || sqlite && matches!(it.part, TablePart::Check(_))));
        ensure!(differences.is_empty(), "{differences:#?}");
        Ok(())
    }

    #[tokio::test]
    async fn the_tables_are_those_of_the_models_on_sqlite() -> Result<()> {
        verify("sqlite::memory:").await
    }

    async fn verify_on_server(variable: &str) -> Result<()> {
        let server = env::var(variable).with_context(|| format!("{variable} names no server"))?;
        let admin = Database::builder().url(&server).open()?;
        let name = format!("orm_race_test_{}", std::process::id());
        sql_unchecked(format!("CREATE DATABASE {name}")).execute(&admin).await?;
        let done = verify(&format!("{}/{name}", server.trim_end_matches('/'))).await;
        sql_unchecked(format!("DROP DATABASE {name}")).execute(&admin).await?;
        done
    }

    #[tokio::test]
    #[ignore = "needs a server: ORM_TEST_MARIADB"]
    async fn the_tables_are_those_of_the_models_on_mariadb() -> Result<()> {
        verify_on_server("ORM_TEST_MARIADB").await
    }

    #[tokio::test]
    #[ignore = "needs a server: ORM_TEST_MYSQL"]
    async fn the_tables_are_those_of_the_models_on_mysql() -> Result<()> {
        verify_on_server("ORM_TEST_MYSQL").await
    }
}
