//! `orm`, as a program would use it: through the pool, with `&db`.

mod models;
mod search;

use std::hint::black_box;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use contestant::{Contestant, Person, Search};
use models::{Account, Comment, Post, User};
use orm::dialect::MYSQL;
use orm::prelude::*;
use tokio::task::JoinSet;

fn main() -> ExitCode {
    contestant::main::<Orm>()
}

struct Orm {
    db: Database,
    /// A session that holds users.
    held: Option<Session>,
}

async fn rename(db: &Database, id: u64, name: &str) -> Result<()> {
    let mut session = db.session();
    User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(&mut session).await?;
    Ok(session.commit().await?)
}

impl Contestant for Orm {
    type User = User;
    type Pair = (User, Option<Post>);
    type Branch = (User, Vec<(Post, Vec<Comment>)>);

    async fn open(url: &str) -> Result<Self> {
        let mut builder = Database::builder().url(url);
        if !url.starts_with("sqlite:") {
            builder = builder.max_connections(16).option("local_infile", "true");
        }
        Ok(Orm { db: builder.open()?, held: None })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        self.held = None;
        for statement in statements {
            orm::raw::sql_unchecked(statement).execute(&self.db).await?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(User::query().all(&self.db).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>> {
        let pairs = User::query().left_join(|u| u.posts()).filter(|(u, _)| u.id.gt(above));
        Ok(pairs.order_by(|(u, p)| (u.id.asc(), p.id.asc())).all(&self.db).await?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        let row = |person: &Person| User::insert().name(&person.name).hair_color(person.hair_color.clone());
        match people {
            [person] => row(person).execute(&self.db).await?,
            people => User::insert_all(people.iter().map(row)).execute(&self.db).await?,
        };
        Ok(())
    }

    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        Ok(User::query().with(|u| u.posts().with(|p| p.comments())).all(&self.db).await?)
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        Ok(User::find(id).one(&self.db).await?)
    }

    fn build(&mut self, search: &Search<'_>) -> Result<(String, usize)> {
        let statement = search::search(search).into_sql(&MYSQL)?;
        Ok((statement.sql, statement.params.len()))
    }

    fn compose(&mut self, search: &Search<'_>) -> Result<()> {
        drop(black_box(search::search(search)));
        Ok(())
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        rename(&self.db, id, name).await
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(&self.db).await?;
        Ok(())
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        let account = |&(id, balance): &(u64, i64)| Account::insert().id(id).balance(balance);
        Account::insert_all(balances.iter().map(account))
            .on_conflict(|a| a.id)
            .update(|old, new| old.balance.to(old.balance.add(new.balance)))
            .execute(&self.db)
            .await?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
        Ok(User::query().filter(|u| u.id.is_in(ids)).all(&self.db).await?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let mut crowd = JoinSet::new();
        for ids in tasks {
            let (db, ids) = (self.db.clone(), ids.clone());
            crowd.spawn(async move {
                for id in ids {
                    let user = User::find(id).one(&db).await?;
                    rename(&db, user.id, "Eve").await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(done) = crowd.join_next().await {
            done??;
        }
        Ok(())
    }

    async fn flush(&mut self, people: &[Person]) -> Result<()> {
        let mut session = self.db.session();
        for person in people {
            session.add(User::insert().name(&person.name).hair_color(person.hair_color.clone()));
        }
        Ok(session.commit().await?)
    }

    async fn change(&mut self, accounts: u64) -> Result<()> {
        let mut session = self.db.session();
        let accounts = Account::query().filter(|a| a.id.le(accounts)).track(&mut session).await?;
        for account in accounts {
            session[account].balance += 1;
        }
        Ok(session.commit().await?)
    }

    async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
        let mut rows = User::query().stream(&self.db);
        while let Some(user) = rows.next().await? {
            give(user);
        }
        Ok(())
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        let row = |person: &Person| User::insert().name(&person.name).hair_color(person.hair_color.clone());
        User::insert_all(people.iter().map(row)).bulk().execute(&self.db).await?;
        Ok(())
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        Ok(sql!("SELECT id, name, hair_color FROM users WHERE id = {id}").one(&self.db).await?)
    }

    async fn hold(&mut self) -> Result<()> {
        let mut session = self.db.session();
        User::query().track(&mut session).await?;
        // The session keeps its rows; an open transaction would keep the table from being dropped.
        session.commit().await?;
        self.held = Some(session);
        Ok(())
    }

    async fn held(&mut self, id: u64) -> Result<u64> {
        let session = self.held.as_mut().context("no session holds the users")?;
        let user = session.get::<User>(id).await?;
        Ok(session[user].id)
    }
}
