//! Invalid forms report their errors at the fields.

use serde_json::json;

on_every_backend! {
    async fn a_value_that_is_taken_is_told_at_its_field(client: Client) {
        client.user("ann").await;
        let (status, answer) = client.post("/users", json!({ "name": "other", "email": "ann@example.org" })).await;
        assert_eq!(status, 422);
        assert_eq!(answer["fields"], json!([{ "field": "email", "message": "is taken" }]));
        let (status, answer) = client.post("/users", json!({ "name": "ann", "email": "other@example.org" })).await;
        assert_eq!((status, &answer["fields"]), (422, &json!([{ "field": "name", "message": "is taken" }])));
        let bob = client.user("bob").await;
        let edit = json!({ "version": 1, "email": "ann@example.org" });
        let (status, answer) = client.send("PATCH", &format!("/users/{bob}"), Some(edit)).await;
        assert_eq!((status, &answer["fields"][0]["field"]), (422, &json!("email")));
    }

    async fn all_fields_are_checked_at_once(client: Client) {
        let (status, answer) = client.post("/users", json!({ "name": " ", "email": "@" })).await;
        assert_eq!(status, 422);
        let fields = json!([{ "field": "email", "message": "is no address" }, { "field": "name", "message": "is empty" }]);
        assert_eq!(answer["fields"], fields);
    }

    async fn what_is_too_long_is_told_by_the_database(client: Client) {
        let long = json!({ "name": "x".repeat(61), "email": "x@example.org" });
        let (status, answer) = client.post("/users", long).await;
        assert_eq!((status, &answer["fields"]), (422, &json!([{ "field": "name", "message": "is too long" }])));
        let ann = client.user("ann").await;
        let long = json!({ "author_id": ann, "title": "x".repeat(201), "body": "x", "tags": ["new"] });
        let (status, answer) = client.post("/posts", long).await;
        assert_eq!((status, &answer["fields"]), (422, &json!([{ "field": "title", "message": "is too long" }])));
        // The tag was removed along with the post.
        assert_eq!(client.get("/tags").await, (200, json!([])));
    }

    async fn nonsense_is_refused(client: Client) {
        for body in [json!([]), json!({ "name": 1 }), json!({ "name": "x" })] {
            let (status, answer) = client.post("/users", body).await;
            assert_eq!(status, 400);
            assert!(answer["message"].is_string());
        }
        for path in ["/posts?author=x", "/posts?colour=red", "/posts?sort=colour", "/posts?limit=0", "/posts?since=now"] {
            assert_eq!(client.get(path).await.0, 400, "{path}");
        }
        // SQLite stores every year, but no integer beyond the signed 64-bit range; for the servers it is the other way
        // round.
        let beyond = match client.state.db.dialect().name {
            "SQLite" => "/posts?author=18446744073709551615",
            _ => "/posts?since=-262143-01-01T00:00:00Z",
        };
        let message = "a number or a time is beyond those that are kept";
        assert_eq!(client.get(beyond).await, (400, json!({ "message": message })));
        let (status, answer) = client.get("/posts/99").await;
        assert_eq!((status, answer), (404, json!({ "message": "there is no such thing" })));
        for path in ["/posts/x", "/posts/-1", "/posts/18446744073709551615", "/nowhere"] {
            assert_eq!(client.get(path).await, (404, json!({ "message": "there is no such thing" })), "{path}");
        }
        assert_eq!(client.send("DELETE", "/users", None).await, (405, json!({ "message": "this cannot be done here" })));
    }
}
