//! Where the work is done, and by whom.

use anyhow::Result;

use crate::args::Options;
use crate::build;
use crate::by_hand::{Mysql, Sqlite};
use crate::client::Connected;
use crate::contestant::Contestant;
use crate::ours::Orm;
use crate::server::Server;
use crate::work::Work;

/// A place.
pub(crate) enum Place {
    /// SQLite in memory.
    Sqlite,
    /// A server of the MySQL family.
    Server(Server),
    /// No database.
    Nothing,
}

/// The places that there are and that were asked for.
pub(crate) fn all(options: &Options) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    if options.wants_place("sqlite") {
        places.push(Place::Sqlite);
    }
    if options.wants_place("server") {
        for url in urls() {
            places.push(Place::Server(Server::at(&url)?));
        }
    }
    if options.wants_place("nothing") {
        places.push(Place::Nothing);
    }
    Ok(places)
}

/// The URLs of servers in the environment.
fn urls() -> Vec<String> {
    let given = |name: &str| std::env::var(name).ok().filter(|url| !url.is_empty());
    if let Some(url) = given("DATABASE_URL").filter(|url| !url.starts_with("sqlite:")) {
        return vec![url];
    }
    ["ORM_TEST_MARIADB", "ORM_TEST_MYSQL"].into_iter().filter_map(given).collect()
}

impl Place {
    /// The work that is done here, as far as it was asked for.
    pub(crate) fn work(&self, options: &Options) -> Vec<Work> {
        let here = match self {
            Place::Sqlite | Place::Server(_) => Work::ON_DATABASES,
            Place::Nothing => Work::ON_NOTHING,
        };
        here.iter().filter(|work| options.wants(work.scenario)).copied().collect()
    }

    /// What it is called, and the contestants, with what they are compared with first; `None` if there is nothing to
    /// do here.
    pub(crate) async fn enter(
        &self,
        options: &Options,
    ) -> Result<Option<(String, Vec<Box<dyn Contestant>>)>> {
        if self.work(options).is_empty() {
            return Ok(None);
        }
        let (title, mut contestants): (_, Vec<Box<dyn Contestant>>) = match self {
            Place::Sqlite => {
                let title = format!("SQLite {} in memory", rusqlite::version());
                let by_hand = Connected::new(Sqlite::open()?);
                let ours = Connected::new(Orm::open("sqlite::memory:")?);
                (title, vec![Box::new(by_hand), Box::new(ours)])
            }
            Place::Server(server) => {
                let title = format!("{} over TCP", server.create().await?);
                let by_hand = Connected::new(Mysql::open(&server.url()).await?);
                let ours = Connected::new(Orm::open(&server.url())?);
                (title, vec![Box::new(by_hand), Box::new(ours)])
            }
            Place::Nothing => ("No database".to_owned(), build::contestants()?),
        };
        contestants.retain(|contestant| options.wants_contestant(contestant.name()));
        Ok(Some((title, contestants)))
    }

    /// Leaves nothing behind.
    pub(crate) async fn leave(&self) -> Result<()> {
        match self {
            Place::Server(server) => server.drop().await,
            Place::Sqlite | Place::Nothing => Ok(()),
        }
    }
}
