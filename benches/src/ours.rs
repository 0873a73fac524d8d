//! `orm`, as a program would use it: through the pool, with `&db`.

use anyhow::Result;
use orm::prelude::*;

use crate::client::Client;
use crate::models::{Person, User};

/// A database.
pub(crate) struct Orm {
    db: Database,
}

impl Orm {
    /// Opens it.
    pub(crate) fn open(url: &str) -> Result<Self> {
        Ok(Orm { db: Database::open(url)? })
    }
}

impl Client for Orm {
    const NAME: &'static str = "orm";

    async fn empty(&mut self) -> Result<()> {
        self.db.drop_tables::<User>().await?;
        Ok(self.db.create_tables::<User>().await?)
    }

    async fn load(&mut self) -> Result<Vec<User>> {
        Ok(User::query().all(&self.db).await?)
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
}
