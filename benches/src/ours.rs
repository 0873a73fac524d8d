//! `orm`, as a program would use it: through the pool, with `&db`.

use std::hint::black_box;

use anyhow::{Context as _, Result};
use orm::prelude::*;

use crate::client::Client;
use crate::models::{Account, Feed, Person, Post, Tables, User};

/// A database.
pub(crate) struct Orm {
    db: Database,
    /// A session that holds users.
    held: Option<Session>,
}

impl Orm {
    /// Opens it.
    pub(crate) fn open(url: &str) -> Result<Self> {
        let mut builder = Database::builder().url(url);
        if !url.starts_with("sqlite:") {
            builder = builder.option("local_infile", "true");
        }
        Ok(Orm { db: builder.open()?, held: None })
    }
}

impl Client for Orm {
    const NAME: &'static str = "orm";

    async fn empty(&mut self) -> Result<()> {
        self.held = None;
        self.db.drop_tables::<Tables>().await?;
        Ok(self.db.create_tables::<Tables>().await?)
    }

    async fn run(&mut self, sql: &str) -> Result<()> {
        orm::raw::sql_unchecked(sql).execute(&self.db).await?;
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(User::query().all(&self.db).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<(User, Option<Post>)>> {
        let pairs = User::query().left_join(|u| u.posts()).filter(|(u, _)| u.id.gt(above));
        Ok(pairs.order_by(|(u, p)| (u.id.asc(), p.id.asc())).all(&self.db).await?)
    }

    async fn graph(&mut self) -> Result<Feed> {
        Ok(User::query().with(|u| u.posts().with(|p| p.comments())).all(&self.db).await?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        let row = |person: &Person| User::insert().name(&person.name).hair_color(person.hair_color.clone());
        match people {
            [person] => row(person).execute(&self.db).await?,
            people => User::insert_all(people.iter().map(row)).execute(&self.db).await?,
        };
        Ok(())
    }

    async fn find(&mut self, id: u64) -> Result<User> {
        Ok(User::find(id).one(&self.db).await?)
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        let mut session = self.db.session();
        User::update().set(|u| u.name.to(name)).filter(|u| u.id.eq(id)).execute(&mut session).await?;
        Ok(session.commit().await?)
    }

    async fn stream(&mut self) -> Result<usize> {
        let mut rows = User::query().stream(&self.db);
        let mut users = 0;
        while let Some(user) = rows.next().await? {
            black_box(user);
            users += 1;
        }
        Ok(users)
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        let row = |person: &Person| User::insert().name(&person.name).hair_color(person.hair_color.clone());
        User::insert_all(people.iter().map(row)).bulk().execute(&self.db).await?;
        Ok(())
    }

    async fn raw(&mut self, id: u64) -> Result<User> {
        Ok(sql!("SELECT id, name, hair_color FROM users WHERE id = {id}").one(&self.db).await?)
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

    async fn hold(&mut self) -> Result<()> {
        let mut session = self.db.session();
        User::query().track(&mut session).await?;
        // Its rows stay; a transaction would keep the table from being dropped.
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
