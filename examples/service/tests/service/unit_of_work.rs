//! A request takes effect as a whole, in every database, or not at all.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use orm::prelude::*;
use service::audit::{self, AuditEntry};
use service::users::User;
use service::{AppError, AppState, Tx};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::support::Client;

/// Writes to two databases.
async fn write(mut tx: &mut Transaction, name: &str) -> orm::Result<()> {
    audit::record(tx, "test", 1);
    tx.flush().await?;
    User::insert().name(name).email(format!("{name}@example.org")).execute(&mut tx).await?;
    Ok(())
}

/// Returns how many users and entries there are.
async fn written(client: &Client) -> (i64, i64) {
    let db = &client.state.db;
    (User::query().count(db).await.unwrap(), AuditEntry::query().count(db).await.unwrap())
}

async fn succeeds(mut tx: Tx) -> Result<StatusCode, AppError> {
    write(&mut tx, "ann").await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn fails(mut tx: Tx) -> Result<StatusCode, AppError> {
    write(&mut tx, "bob").await?;
    Err(AppError::field("name", "is not liked"))
}

async fn fails_in_the_database(mut tx: Tx) -> Result<StatusCode, AppError> {
    write(&mut tx, "cid").await?;
    write(&mut tx, "cid").await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Without one of our errors: the status alone decides.
async fn answers_no(mut tx: Tx) -> Result<StatusCode, AppError> {
    write(&mut tx, "dan").await?;
    Ok(StatusCode::IM_A_TEAPOT)
}

async fn panics(mut tx: Tx) -> Result<StatusCode, AppError> {
    write(&mut tx, "eve").await?;
    panic!("on purpose");
}

async fn writes_in_a_read(mut tx: Tx) -> Result<StatusCode, AppError> {
    write(&mut tx, "fay").await?;
    Ok(StatusCode::OK)
}

async fn takes_two(_one: Tx, _two: Tx) {}

on_every_backend! {
    async fn is_committed_after_success_alone(client: Client) {
        let client = client.with(
            Router::new()
                .route("/test/succeeds", post(succeeds))
                .route("/test/fails", post(fails))
                .route("/test/database", post(fails_in_the_database))
                .route("/test/no", post(answers_no))
                .route("/test/panics", post(panics))
                .route("/test/read", get(writes_in_a_read))
                .route("/test/two", post(takes_two)),
        );
        let send = async |path: &str| client.send("POST", &format!("/test/{path}"), None).await.0;
        assert_eq!((send("succeeds").await, written(&client).await), (204, (1, 1)));
        assert_eq!((send("fails").await, written(&client).await), (422, (1, 1)));
        assert_eq!((send("database").await, written(&client).await), (409, (1, 1)));
        assert_eq!((send("no").await, written(&client).await), (418, (1, 1)));
        assert_eq!((send("panics").await, written(&client).await), (500, (1, 1)));
        assert_eq!((send("two").await, written(&client).await), (500, (1, 1)));
        assert_eq!((client.get("/test/read").await.0, written(&client).await), (500, (1, 1)));
        client.all_is_given_back().await;
        assert_eq!((client.user("gus").await > 0, written(&client).await), (true, (2, 2)));
    }

    /// A real connection, closed while the handler is running.
    async fn is_rolled_back_if_the_client_goes_away(client: Client) {
        let reached = Arc::new(Notify::new());
        let told = reached.clone();
        let slow = async move |State(_): State<AppState>, mut tx: Tx| -> Result<StatusCode, AppError> {
            write(&mut tx, "ann").await?;
            told.notify_one();
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok(StatusCode::NO_CONTENT)
        };
        let client = client.with(Router::new().route("/test/slow", post(slow)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(axum::serve(listener, client.app()).into_future());
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"POST /test/slow HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        reached.notified().await;
        assert!(client.state.db.pool_status().open > client.state.db.pool_status().idle);
        drop(stream);
        client.all_is_given_back().await;
        assert_eq!(written(&client).await, (0, 0));
        server.abort();
    }
}
