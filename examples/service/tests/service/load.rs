//! Two hundred concurrent clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use orm::prelude::*;
use serde_json::json;
use service::accounts::Account;
use service::audit::AuditEntry;
use service::posts::Post;

const CLIENTS: usize = 200;
const ACCOUNTS: usize = 20;

on_every_backend! {
    /// Each posts, searches, edits and transfers. There are far fewer connections than clients: the pool makes them
    /// wait, never exceeds its maximum, and has all connections back at the end.
    async fn is_borne(client: Client) {
        let ann = client.user("ann").await;
        let mut accounts = Vec::new();
        for _ in 0..ACCOUNTS {
            accounts.push(client.account(ann, 1_000).await);
        }
        let (client, accounts) = (Arc::new(client), Arc::new(accounts));
        let over = Arc::new(AtomicBool::new(false));
        let watch = tokio::spawn(most_in_use(client.state.db.clone(), over.clone()));
        let clients = (0..CLIENTS).map(|number| {
            let (client, accounts) = (client.clone(), accounts.clone());
            tokio::spawn(async move {
                let post = client.a_post(ann, &format!("Post {number}"), &["load"]).await;
                assert_eq!(client.get("/posts?tag=load&limit=5").await.0, 200);
                let edit = json!({ "version": 1, "published": true });
                assert_eq!(client.send("PUT", &format!("/posts/{}", post["id"]), Some(edit)).await.0, 200);
                let (from, to) = (accounts[number % ACCOUNTS], accounts[(number * 7 + 1) % ACCOUNTS]);
                let order = json!({ "from": from, "to": to, "amount": 1 });
                client.post("/transfers", order).await.0
            })
        });
        let mut transfers = 0;
        for one in clients.collect::<Vec<_>>() {
            let status = one.await.unwrap();
            // To the same account, or too many others at the same two.
            assert!([201, 409, 422, 503].contains(&status), "{status}");
            transfers += i64::from(status == 201);
        }
        over.store(true, Ordering::Relaxed);
        let (most, waited) = watch.await.unwrap();
        let db = &client.state.db;
        let max = db.pool_status().max;
        assert!(most <= max, "{most} connections of {max}");
        assert!(waited, "{CLIENTS} clients and {max} connections: somebody has to wait");
        client.all_is_given_back().await;

        assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await.unwrap(), CLIENTS as i64);
        let balances = Account::query().select(|a| a.balance).all(db).await.unwrap();
        assert_eq!(balances.iter().sum::<i64>(), 1_000 * ACCOUNTS as i64);
        assert!(transfers > 0);
        // Every transfer has an entry in the other database.
        let noted = AuditEntry::query().filter(|e| e.action.eq("transfer")).count(db).await.unwrap();
        assert_eq!(noted, transfers);
    }
}

/// Returns the maximum number of open connections, and whether a request waited for one.
async fn most_in_use(db: Database, over: Arc<AtomicBool>) -> (usize, bool) {
    let (mut most, mut waited) = (0, false);
    while !over.load(Ordering::Relaxed) {
        let status = db.pool_status();
        most = most.max(status.open);
        waited |= status.waiting > 0;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    (most, waited)
}
