//! Money moves between accounts while connections break, tasks are cancelled, and servers are killed: what is reported
//! is what happened.
//!
//! `ORM_BANK_SEED=7` repeats a failed run, as far as two runs can be the same.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use orm::prelude::*;

use crate::crash::DURABLE;
use crate::support::{OwnServer, Proxy, Random, is_as_new};

const ACCOUNTS: u64 = 50;
const SESSIONS: u64 = 16;
const TRANSFERS: u64 = 5000;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "accounts")]
pub struct Account {
    #[orm(primary_key)]
    pub id: u64,
    pub balance: i64,
    #[orm(version)]
    pub version: u32,
}

/// A transfer's record, written in the same transaction.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "transfers")]
pub struct Transfer {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Account)]
    pub sender_id: u64,
    #[orm(belongs_to = Account)]
    pub receiver_id: u64,
    pub amount: i64,
}

impl Transfer {
    fn random(id: u64, random: &mut Random) -> Self {
        let sender_id = 1 + random.below(ACCOUNTS);
        let receiver_id = 1 + (sender_id + random.below(ACCOUNTS - 1)) % ACCOUNTS;
        Transfer { id, sender_id, receiver_id, amount: 1 + random.below(100) as i64 }
    }

    /// Sends the transfer as statements.
    async fn send(&self, mut tx: &mut Transaction) -> orm::Result<()> {
        Transfer::insert_all([self.clone()]).execute(&mut tx).await?;
        for (id, change) in [(self.sender_id, -self.amount), (self.receiver_id, self.amount)] {
            let update = Account::update().set(|a| a.balance.to(a.balance.add(change)));
            update.filter(|a| a.id.eq(id)).execute(&mut tx).await?;
        }
        Ok(())
    }

    /// Writes the transfer with a unit of work.
    async fn write(&self, s: &mut Session) -> orm::Result<()> {
        let (sender, receiver) =
            (s.get::<Account>(self.sender_id).await?, s.get::<Account>(self.receiver_id).await?);
        s[sender].balance -= self.amount;
        s[receiver].balance += self.amount;
        s.add(self.clone());
        s.commit().await
    }

    /// Runs the transfer in one of three ways.
    async fn run(&self, db: &Database, way: u64) -> orm::Result<()> {
        match way {
            0 => db.transaction().retry(3).run(async |tx| self.send(tx).await).await,
            1 => {
                let mut s = db.session();
                self.send(&mut s).await?;
                s.commit().await
            }
            _ => self.write(&mut db.session()).await,
        }
    }
}

/// The reported outcomes of the transfers.
#[derive(Default)]
struct Told {
    committed: Vec<u64>,
    failed: Vec<u64>,
    in_doubt: Vec<u64>,
    /// Those whose future was dropped.
    given_up: Vec<u64>,
}

impl Told {
    fn append(&mut self, other: &mut Told) {
        self.committed.append(&mut other.committed);
        self.failed.append(&mut other.failed);
        self.in_doubt.append(&mut other.in_doubt);
        self.given_up.append(&mut other.given_up);
    }
}

/// Returns how long to wait for an answer if connections may be silent: much longer than it takes otherwise.
async fn patience(db: &Database) -> orm::Result<Duration> {
    let begun = Instant::now();
    for _ in 0..20 {
        Account::query().all(db).await?;
    }
    Ok(Duration::from_millis(300).max(10 * begun.elapsed()))
}

/// Runs a part of the transfers, one after the other.
async fn work(db: Database, ids: impl Iterator<Item = u64>, mut random: Random, longest: Duration) -> Told {
    let mut told = Told::default();
    for id in ids {
        let transfer = Transfer::random(id, &mut random);
        let way = random.below(3);
        // One in ten is not awaited for long, and none forever: a connection may be silent.
        let short = random.below(10) == 0;
        let patience = if short { Duration::from_micros(random.below(3_000)) } else { longest };
        match tokio::time::timeout(patience, transfer.run(&db, way)).await {
            Ok(Ok(())) => told.committed.push(id),
            Ok(Err(error)) if error.is_commit_in_doubt() => told.in_doubt.push(id),
            Ok(Err(error)) => {
                if error.is_connect() {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                let expected = error.is_connection_lost()
                    || error.is_connect()
                    || error.is_deadlock()
                    || error.is_serialization()
                    || error.is_stale();
                assert!(expected, "{id}: {error:?}");
                told.failed.push(id);
            }
            Err(_) => told.given_up.push(id),
        }
    }
    told
}

async fn open_accounts(db: &Database) -> orm::Result<u64> {
    db.create_tables::<(Account, Transfer)>().await?;
    let accounts = (1..=ACCOUNTS).map(|id| Account { id, balance: 0, version: 1 });
    Account::insert_all(accounts).execute(db).await
}

/// Runs transfers concurrently, up to an end, which may come closer meanwhile.
async fn transfers(db: &Database, seed: u64, longest: Duration, end: &Arc<AtomicU64>) -> Told {
    let workers: Vec<_> = (0..SESSIONS)
        .map(|worker| {
            let end = end.clone();
            let ids = (worker..).step_by(SESSIONS as usize);
            let ids = ids.take_while(move |id| *id < end.load(Ordering::Relaxed));
            tokio::spawn(work(db.clone(), ids, Random::new(seed ^ (worker + 1)), longest))
        })
        .collect();
    let mut told = Told::default();
    for worker in workers {
        told.append(&mut worker.await.unwrap());
    }
    let Told { committed, failed, in_doubt, given_up } = &told;
    let (committed, failed, in_doubt, given_up) =
        (committed.len(), failed.len(), in_doubt.len(), given_up.len());
    println!("{committed} committed, {failed} failed, {in_doubt} in doubt, {given_up} given up");
    told
}

/// Compares the accounts and records with the reported outcomes.
async fn audit(db: &Database, told: &Told) -> orm::Result<()> {
    let transfers = Transfer::query().all(db).await?;
    let booked: HashSet<u64> = transfers.iter().map(|transfer| transfer.id).collect();
    let missing: Vec<_> = told.committed.iter().filter(|id| !booked.contains(id)).collect();
    assert!(missing.is_empty(), "reported as committed, but not there: {missing:?}");
    let there: Vec<_> = told.failed.iter().filter(|id| booked.contains(id)).collect();
    assert!(there.is_empty(), "reported as failed, but there: {there:?}");
    for account in Account::query().all(db).await? {
        let moved = |transfer: &Transfer| {
            let received = if transfer.receiver_id == account.id { transfer.amount } else { 0 };
            let sent = if transfer.sender_id == account.id { transfer.amount } else { 0 };
            received - sent
        };
        assert_eq!(account.balance, transfers.iter().map(moved).sum::<i64>(), "account {}", account.id);
    }
    Ok(())
}

fn seed() -> u64 {
    match std::env::var("ORM_BANK_SEED") {
        Ok(text) => text.parse().unwrap(),
        Err(_) => u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos()),
    }
}

on_servers! {
    async fn every_transfer_reports_what_happened(fresh: Fresh) {
        let seed = seed();
        println!("ORM_BANK_SEED={seed}");
        open_accounts(&fresh.db).await?;
        let proxy = Proxy::new(fresh).await;
        let db = &proxy.open("connect_timeout=1&max_connections=16");
        let longest = patience(db).await?;
        proxy.randomly(seed, 120);
        let told = transfers(db, seed, longest, &Arc::new(AtomicU64::new(TRANSFERS))).await;
        proxy.heal();
        let Told { committed, failed, in_doubt, given_up } = &told;
        let all = [committed, failed, in_doubt, given_up].map(Vec::len);
        assert_eq!(all.iter().sum::<usize>(), TRANSFERS as usize);
        assert!(all.iter().zip([2000, 20, 0, 100]).all(|(there, least)| *there > least), "{all:?}");
        // Abandoned transfers may still be in progress.
        is_as_new(db, fresh).await?;
        audit(&fresh.db, &told).await?;
    }
}

on_own_servers! {
    async fn is_told_what_happened_when_servers_are_killed(backend: &str) {
        let seed = seed();
        println!("ORM_BANK_SEED={seed}");
        let mut server = OwnServer::start(backend, &DURABLE).await;
        let fresh = server.fresh().await;
        open_accounts(&fresh.db).await?;
        let db = &Database::open(&format!("{}?connect_timeout=1&max_connections=16", fresh.url))?;
        let end = &Arc::new(AtomicU64::new(u64::MAX));
        let longest = patience(db).await?;
        let pause = || tokio::time::sleep(Duration::from_millis(300));
        let (told, ()) = tokio::join!(transfers(db, seed, longest, end), async {
            for _ in 0..3 {
                pause().await;
                server.pause().await;
                pause().await;
                server.resume().await;
                pause().await;
                server.kill().await;
                pause().await;
                server.restart().await;
            }
            pause().await;
            end.store(0, Ordering::Relaxed);
        });
        assert!(told.committed.len() > 100 && told.failed.len() > 20 && told.given_up.len() > 20);
        is_as_new(db, &fresh).await?;
        audit(db, &told).await?;
        fresh.end().await;
        server.end().await;
    }
}
