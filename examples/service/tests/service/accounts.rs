//! Transfers.

use orm::prelude::*;
use serde_json::json;
use service::accounts::{Account, Transfer};
use service::audit::AuditEntry;

on_every_backend! {
    async fn move_money_and_are_noted(client: Client) {
        let ann = client.user("ann").await;
        let (from, to) = (client.account(ann, 100).await, client.account(ann, 0).await);
        let (status, transfer) = client.post("/transfers", json!({ "from": from, "to": to, "amount": 70 })).await;
        assert_eq!((status, &transfer["amount"]), (201, &json!(70)));
        assert_eq!(client.get(&format!("/accounts/{to}")).await.1["balance"], json!(70));
        let (_, accounts) = client.get("/accounts").await;
        let shown = |at: usize| (accounts[at]["balance"].clone(), accounts[at]["owner"]["name"].clone());
        assert_eq!([shown(0), shown(1)], [(json!(30), json!("ann")), (json!(70), json!("ann"))]);
        let db = &client.state.db;
        let noted = AuditEntry::query().filter(|e| e.action.eq("transfer")).count(db).await.unwrap();
        assert_eq!(noted, 1);
        let (_, entries) = client.get("/audit").await;
        assert_eq!((&entries[0]["action"], &entries[0]["subject"]), (&json!("transfer"), &transfer["id"]));
    }

    async fn that_cannot_be_say_why(client: Client) {
        let ann = client.user("ann").await;
        let (from, to) = (client.account(ann, 100).await, client.account(ann, 0).await);
        for (order, field) in [
            (json!({ "from": from, "to": to, "amount": 101 }), "amount"),
            (json!({ "from": from, "to": to, "amount": 0 }), "amount"),
            (json!({ "from": from, "to": from, "amount": 1 }), "to"),
            (json!({ "from": 99, "to": to, "amount": 1 }), "from"),
            (json!({ "from": from, "to": 99, "amount": 1 }), "to"),
        ] {
            let (status, answer) = client.post("/transfers", order.clone()).await;
            assert_eq!((status, &answer["fields"][0]["field"]), (422, &json!(field)), "{order}");
        }
        assert_eq!(Transfer::query().count(&client.state.db).await.unwrap(), 0);
        client.all_is_given_back().await;
    }

    async fn that_would_overflow_are_refused(client: Client) {
        let ann = client.user("ann").await;
        let (from, full) = (client.account(ann, 1).await, client.account(ann, i64::MAX).await);
        let (status, answer) = client.post("/transfers", json!({ "from": from, "to": full, "amount": 1 })).await;
        assert_eq!((status, &answer["fields"][0]["field"]), (422, &json!("amount")));
    }

    /// Concurrent transfers back and forth: each one notices the other's version, and retries.
    async fn at_once_lose_nothing(client: Client) {
        let ann = client.user("ann").await;
        let accounts = [client.account(ann, 1_000).await, client.account(ann, 1_000).await];
        let transfers = (0..20).map(|number: usize| {
            let client = client.with(axum::Router::new());
            let order = json!({ "from": accounts[number % 2], "to": accounts[(number + 1) % 2], "amount": 1 + number / 2 });
            tokio::spawn(async move { client.post("/transfers", order).await.0 })
        });
        let mut done = 0;
        for transfer in transfers.collect::<Vec<_>>() {
            let status = transfer.await.unwrap();
            assert!([201, 409, 503].contains(&status), "{status}");
            done += i64::from(status == 201);
        }
        let db = &client.state.db;
        assert_eq!(Transfer::query().count(db).await.unwrap(), done);
        let balances = Account::query().select(|a| a.balance).all(db).await.unwrap();
        assert_eq!(balances.iter().sum::<i64>(), 2_000);
        assert!(done > 0);
    }
}
