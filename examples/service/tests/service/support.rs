//! An app for each test, and a client that calls it without a socket.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use orm::prelude::*;
use orm::raw::sql_unchecked;
use serde_json::{Value as Json, json};
use service::{AppState, Config};
use tower::ServiceExt as _;

/// A client of an app whose databases are removed when the test ends.
pub(crate) struct Client {
    pub(crate) state: AppState,
    app: Router,
    config: String,
}

impl Client {
    /// Adds routes, which are in the unit of work like all others.
    pub(crate) fn with(&self, routes: Router<AppState>) -> Client {
        let (state, config) = (self.state.clone(), self.config.clone());
        Client { app: service::layered(service::routes().merge(routes), state.clone()), state, config }
    }

    /// Returns a further service on the same databases, with some lines of its configuration replaced.
    pub(crate) fn configured(&self, replaced: &[(&str, &str)]) -> Client {
        let config = replaced.iter().fold(self.config.clone(), |config, (from, to)| {
            assert!(config.contains(from), "{from}");
            config.replace(from, to)
        });
        let state = AppState::open(Config::parse(&config).unwrap()).unwrap();
        Client { app: service::app(state.clone()), state, config }
    }

    /// Returns the app itself, to serve it.
    pub(crate) fn app(&self) -> Router {
        self.app.clone()
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Json>) -> (u16, Json) {
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        assert!(response.headers().contains_key("x-request-id"), "{method} {path}");
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Json) {
        self.send("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Json) -> (u16, Json) {
        self.send("POST", path, Some(body)).await
    }

    /// Creates a user, and returns the id.
    pub(crate) async fn user(&self, name: &str) -> u64 {
        let (status, user) =
            self.post("/users", json!({ "name": name, "email": format!("{name}@example.org") })).await;
        assert_eq!(status, 201, "{user}");
        user["id"].as_u64().unwrap()
    }

    /// Creates a post.
    pub(crate) async fn a_post(&self, author: u64, title: &str, tags: &[&str]) -> Json {
        let new = json!({ "author_id": author, "title": title, "body": "Text", "tags": tags });
        let (status, post) = self.post("/posts", new).await;
        assert_eq!(status, 201, "{post}");
        post
    }

    /// Creates an account, and returns the id.
    pub(crate) async fn account(&self, owner: u64, balance: i64) -> u64 {
        let (status, account) =
            self.post("/accounts", json!({ "owner_id": owner, "balance": balance })).await;
        assert_eq!(status, 201, "{account}");
        account["id"].as_u64().unwrap()
    }

    /// Checks that no connection of any database is in use, or soon none is: dropped sessions are rolled back in the
    /// background.
    pub(crate) async fn all_is_given_back(&self) {
        for name in ["default", "audit", "cache"] {
            let db = self.state.db.on(name).unwrap();
            let started = Instant::now();
            while db.pool_status().open > db.pool_status().idle || db.pool_status().waiting > 0 {
                assert!(started.elapsed() < Duration::from_secs(10), "{name}: {:?}", db.pool_status());
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

/// Runs a test on SQLite, or on the server that a variable names: then `main` and `audit` are there, while the cache
/// stays on SQLite.
pub(crate) fn run(server: Option<&str>, test: impl AsyncFnOnce(Client)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = Folder::new();
        let file = |name: &str| format!("sqlite:{}", folder.0.join(name).display());
        let names = ["main", "audit"].map(|name| format!("{}_{name}", unique()));
        let admin = match server {
            None => None,
            Some(variable) => {
                let url = std::env::var(variable);
                let url =
                    url.unwrap_or_else(|_| panic!("{variable} names no server: run `cargo xtask test`"));
                let url = url.trim_end_matches('/').to_owned();
                let admin = Database::open(&format!("{url}/")).unwrap();
                for name in &names {
                    sql_unchecked(format!("CREATE DATABASE {name}")).execute(&admin).await.unwrap();
                }
                Some((admin, url))
            }
        };
        let [main, audit] = names.each_ref().map(|name| match &admin {
            None => file(name),
            Some((_, url)) => format!("{url}/{name}"),
        });
        let config = include_str!("../../service.toml")
            .replace("sqlite:service-audit.db", &audit)
            .replace("sqlite:service-cache.db", &file("cache"))
            .replace("sqlite:service.db", &main);
        let state = AppState::open(Config::parse(&config).unwrap()).unwrap();
        state.prepare().await.unwrap();
        let app = service::app(state.clone());
        test(Client { state: state.clone(), app, config }).await;
        state.db.close();
        if let Some((admin, _)) = &admin {
            for name in &names {
                sql_unchecked(format!("DROP DATABASE {name}")).execute(admin).await.unwrap();
            }
        }
    });
}

fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("orm_test_service_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A folder that is removed when dropped, even after a test that failed.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(unique());
        std::fs::create_dir(&folder).unwrap();
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Defines a test for each backend, named like those of the library: `cargo xtask test` selects those for servers.
macro_rules! on_every_backend {
    ($($(#[$meta:meta])* async fn $name:ident($client:ident: Client) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its file")]
            use super::*;

            $(#[$meta])*
            async fn check($client: crate::support::Client) $body

            #[test]
            fn sqlite() {
                crate::support::run(None, check);
            }

            #[test]
            #[ignore = "needs a MariaDB server: `cargo xtask test` starts one"]
            fn mariadb() {
                crate::support::run(Some("ORM_TEST_MARIADB"), check);
            }

            #[test]
            #[ignore = "needs a MySQL server: `cargo xtask test` starts one"]
            fn mysql() {
                crate::support::run(Some("ORM_TEST_MYSQL"), check);
            }
        }
    )* };
}
