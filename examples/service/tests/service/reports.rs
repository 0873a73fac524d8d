//! Reports, the cache, and the health checks.

use orm::prelude::*;
use serde_json::json;
use service::cache::CachedReport;

on_every_backend! {
    async fn are_the_same_by_procedure_and_by_query(client: Client) {
        let (ann, bob) = (client.user("ann").await, client.user("bob").await);
        client.user("cid").await;
        let post = client.a_post(bob, "One", &["rust", "sql"]).await;
        client.a_post(bob, "Two", &["rust"]).await;
        client.a_post(ann, "Three", &["rust"]).await;
        for text in ["a", "b"] {
            client.post(&format!("/posts/{}/comments", post["id"]), json!({ "author_id": ann, "text": text })).await;
        }
        let expected = json!([{ "name": "bob", "posts": 2, "comments": 2 }, { "name": "ann", "posts": 1, "comments": 0 }]);
        assert_eq!(client.get("/reports/authors").await, (200, expected.clone()));
        let tags = json!([{ "word": "rust", "posts": 3, "authors": 2 }, { "word": "sql", "posts": 1, "authors": 1 }]);
        assert_eq!(client.get("/reports/tags").await, (200, tags));
        assert_eq!(client.get("/reports/tags?since=2999-01-01T00:00:00Z").await, (200, json!([])));
        // Cached for a while, in a separate database.
        client.a_post(ann, "Four", &[]).await;
        assert_eq!(client.get("/reports/authors").await.1, expected);
        let db = &client.state.db;
        assert_eq!(CachedReport::delete().filter(|c| c.name.eq("authors")).execute(db).await.unwrap(), 1);
        assert_eq!(client.get("/reports/authors").await.1[0]["posts"], json!(2));
    }

    async fn tell_the_health_of_each_database(client: Client) {
        let (status, health) = client.get("/health").await;
        assert_eq!((status, &health["healthy"]), (200, &json!(true)));
        let names: Vec<_> = health["databases"].as_array().unwrap().iter().map(|pool| &pool["name"]).collect();
        assert_eq!(names, ["default", "audit", "cache"]);
        assert_eq!((&health["databases"][2]["server"], &health["databases"][0]["max"]), (&json!("SQLite"), &json!(16)));
        client.state.db.close();
        let (status, health) = client.get("/health").await;
        assert_eq!((status, &health["healthy"]), (503, &json!(false)));
        assert_eq!(client.get("/users").await.0, 503);
    }
}
