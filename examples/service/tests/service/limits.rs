//! The limits of one request, and of all requests together.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use orm::prelude::*;
use serde_json::json;
use service::users::User;
use service::{AppError, Tx};
use tokio::sync::Notify;

const BUSY: &str = "the service is busy; try again in a moment";

on_every_backend! {
    async fn a_pool_that_is_full_is_told_in_time_and_recovers(client: Client) {
        let ann = client.user("ann").await;
        let client = client.configured(&[
            ("max_connections = 16\nwait_timeout = \"10s\"", "max_connections = 2\nwait_timeout = \"100ms\""),
        ]);
        let db = &client.state.db;
        // Two slow sessions that hold all connections.
        let mut holders = [db.transaction().read_only().session(), db.transaction().read_only().session()];
        for holder in &mut holders {
            assert_eq!(User::query().count(&mut *holder).await.unwrap(), 1);
        }
        let new = json!({ "author_id": ann, "title": "Hello", "body": "World" });
        assert_eq!(client.get("/posts").await, (503, json!({ "message": BUSY })));
        assert_eq!(client.post("/posts", new.clone()).await, (503, json!({ "message": BUSY })));
        let (status, health) = client.get("/health").await;
        assert_eq!((status, &health["databases"][0]["answers"]), (503, &json!(false)));
        assert_eq!((&health["databases"][0]["open"], &health["databases"][0]["idle"]), (&json!(2), &json!(0)));

        drop(holders);
        client.all_is_given_back().await;
        assert_eq!(client.post("/posts", new).await.0, 201);
        assert_eq!(client.get("/posts").await.1["posts"].as_array().map(Vec::len), Some(1));
        assert_eq!(client.get("/health").await.0, 200);
    }

    async fn a_request_that_takes_too_long_is_given_up_and_rolled_back(client: Client) {
        let written = Arc::new(Notify::new());
        let told = written.clone();
        let slow = async move |mut tx: Tx| -> Result<StatusCode, AppError> {
            User::insert().name("ann").email("ann@example.org").execute(&mut *tx).await?;
            told.notify_one();
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(StatusCode::NO_CONTENT)
        };
        let client = client.configured(&[("request_milliseconds = 15_000", "request_milliseconds = 300")]);
        let client = client.with(Router::new().route("/test/slow", post(slow)));
        let (status, answer) = client.post("/test/slow", json!({})).await;
        assert_eq!(status, 503);
        assert!(answer["message"].as_str().unwrap().starts_with("this took too long"), "{answer}");
        written.notified().await;
        client.all_is_given_back().await;
        assert_eq!(User::query().count(&client.state.db).await.unwrap(), 0);
    }

    /// In the middle of a statement, too: the server is told to kill it.
    async fn a_statement_that_takes_too_long_is_given_up(client: Client) {
        let sleep = match client.state.db.dialect().name {
            "SQLite" => "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) SELECT count(*) FROM n",
            _ => "SELECT SLEEP(30)",
        };
        let slow = async move |mut tx: Tx| -> Result<StatusCode, AppError> {
            loop {
                orm::raw::sql_unchecked(sleep).scalar::<i64>(&mut *tx).await?;
                tokio::task::yield_now().await;
            }
        };
        let client = client.configured(&[("request_milliseconds = 15_000", "request_milliseconds = 300")]);
        let client = client.with(Router::new().route("/test/slow", post(slow)));
        assert_eq!(client.post("/test/slow", json!({})).await.0, 503);
        client.all_is_given_back().await;
        assert!(client.user("ann").await > 0);
    }

    async fn a_body_that_is_too_large_is_refused(client: Client) {
        let ann = client.user("ann").await;
        let large = json!({ "author_id": ann, "title": "Large", "body": "x".repeat(100_000) });
        let refused = (413, json!({ "message": "this is more than can be sent at once" }));
        assert_eq!(client.post("/posts", large).await, refused);
        let fits = json!({ "author_id": ann, "title": "Fits", "body": "x".repeat(90_000) });
        assert_eq!(client.post("/posts", fits).await.0, 201);
    }
}
