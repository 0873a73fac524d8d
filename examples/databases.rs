//! A single place that holds the databases of a program by name: it hands out sessions, commits on success, rolls back
//! and logs on error, and returns every connection.
//!
//! `cargo run --example databases` keeps both databases in memory. With `DATABASE_URL` and `DATABASE_URL_AUDIT` set, it
//! uses those, which may be of different kinds.

#![allow(missing_docs, reason = "the fields of a model speak for themselves")]

use orm::prelude::*;
use orm::sql;

#[derive(Model, Debug)]
#[orm(table = "example_accounts", check = "balance >= 0")]
pub struct Account {
    #[orm(primary_key)]
    pub id: u32,
    pub owner: String,
    pub balance: i64,
}

/// In the database called `audit`: its statements are routed there.
#[derive(Model, Debug)]
#[orm(table = "example_entries", bind = "audit")]
pub struct Entry {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub text: String,
}

/// The databases of the program. It is cheap to clone: give each task one.
#[derive(Debug, Clone)]
pub struct Store {
    db: Database,
}

impl Store {
    /// Opens the databases that the environment configures, or in-memory ones.
    pub fn open() -> orm::Result<Self> {
        let db = match std::env::var_os("DATABASE_URL") {
            Some(_) => Database::from_env()?,
            None => Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open()?,
        };
        Ok(Self::of(db))
    }

    /// Wraps databases that are already open.
    pub fn of(db: Database) -> Self {
        Store { db }
    }

    /// Runs one unit of work: committed in every database that it has used if it succeeds; rolled back and logged if it
    /// fails, panics or is cancelled.
    pub async fn run<T>(
        &self,
        what: &str,
        work: impl AsyncFnOnce(&mut Transaction) -> orm::Result<T>,
    ) -> orm::Result<T> {
        let result = self.db.transaction().run(work).await;
        if let Err(error) = &result {
            // For a unit of work over several databases, the message says which of them were committed.
            println!("{what}: rolled back, {error}");
        }
        result
    }

    /// Returns a unit of work that you end yourself: dropped without `commit`, it is rolled back.
    pub fn session(&self) -> Session {
        self.db.session()
    }

    /// Closes all connections, now or as soon as they are returned.
    pub fn close(&self) {
        self.db.close();
    }
}

async fn transfer(mut tx: &mut Transaction, from: u32, to: u32, amount: i64) -> orm::Result<()> {
    // Together with the transfer, or not at all.
    let text = format!("{amount} from {from} to {to}");
    Entry::insert().text(&text).execute(&mut tx).await?;
    for (id, change) in [(to, amount), (from, -amount)] {
        let account = Account::update().set(|a| a.balance.to(a.balance + change)).filter(|a| a.id.eq(id));
        account.execute(&mut tx).await?;
    }
    Ok(())
}

#[tokio::main]
async fn main() -> orm::Result<()> {
    let store = Store::open()?;
    work(&store).await?;
    store.close();
    Ok(())
}

/// Creates the tables, makes transfers, and drops the tables.
pub async fn work(store: &Store) -> orm::Result<()> {
    store.db.create_tables::<(Account, Entry)>().await?;

    let mut s = store.session();
    for (id, owner) in [(1, "Ann"), (2, "Bob")] {
        Account::insert().id(id).owner(owner).balance(100).execute(&mut s).await?;
    }
    s.commit().await?;

    store.run("a transfer", async |tx| transfer(tx, 1, 2, 70).await).await?;
    let too_much = store.run("a second one", async |tx| transfer(tx, 1, 2, 70).await).await;
    assert!(too_much.is_err_and(|error| error.is_check_violation()));

    // A savepoint: a part that may fail on its own, inside a transaction that continues.
    store
        .run("a third one", async |tx| {
            let tried = tx.savepoint(async |tx| transfer(tx, 1, 2, 70).await).await;
            let amount = if tried.is_ok() { 0 } else { 30 };
            transfer(tx, 1, 2, amount).await
        })
        .await?;

    for account in Account::query().order_by(|a| a.id.asc()).all(&store.db).await? {
        println!("{} has {}", account.owner, account.balance);
    }
    // Raw SQL, on one of them.
    let entries: i64 = sql!("SELECT count(*) FROM {@Entry}").scalar(&store.db.on("audit")?).await?;
    println!("{entries} transfers were made");
    assert_eq!(entries, 2);

    store.db.drop_tables::<(Account, Entry)>().await
}
