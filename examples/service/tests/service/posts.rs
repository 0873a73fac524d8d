//! Writing, reading and searching posts.

use orm::assert_statements;
use serde_json::{Value as Json, json};

fn titles(found: &Json) -> Vec<&str> {
    found["posts"].as_array().unwrap().iter().map(|post| post["title"].as_str().unwrap()).collect()
}

on_every_backend! {
    async fn are_shown_with_all_that_belongs_to_them(client: Client) {
        let (ann, bob) = (client.user("ann").await, client.user("bob").await);
        let post = client.a_post(ann, "Hello", &["Rust", "sql", "rust "]).await;
        let path = format!("/posts/{}/comments", post["id"]);
        let (status, comment) = client.post(&path, json!({ "author_id": bob, "text": "Nice" })).await;
        assert_eq!((status, &comment["post_id"]), (201, &post["id"]));
        let (status, shown) = client.get(&format!("/posts/{}", post["id"])).await;
        assert_eq!((status, &shown["title"], &shown["author"]["name"]), (200, &json!("Hello"), &json!("ann")));
        let words: Vec<&Json> = shown["tags"].as_array().unwrap().iter().map(|tag| &tag["word"]).collect();
        assert_eq!(words, ["rust", "sql"]);
        assert_eq!((&shown["comments"][0]["text"], &shown["comments"][0]["author"]["name"]), (&json!("Nice"), &json!("bob")));
        let (status, answer) = client.post(&path, json!({ "author_id": 99, "text": "Nice" })).await;
        assert_eq!((status, &answer["fields"][0]["field"]), (422, &json!("author_id")));
    }

    /// However many there are.
    async fn take_a_statement_for_each_level(client: Client) {
        let ann = client.user("ann").await;
        for title in ["One", "Two", "Three"] {
            let post = client.a_post(ann, title, &["rust", "sql"]).await;
            let path = format!("/posts/{}/comments", post["id"]);
            client.post(&path, json!({ "author_id": ann, "text": "Nice" })).await;
        }
        // Posts with their authors, tags, comments with their authors.
        let (_, found) = assert_statements!(client.state.db, 3, client.get("/posts?sort=id").await);
        assert_eq!(titles(&found), ["One", "Two", "Three"]);
    }

    async fn of_two_editors_the_second_is_told(client: Client) {
        let ann = client.user("ann").await;
        let post = client.a_post(ann, "Hello", &["old", "kept"]).await;
        let path = format!("/posts/{}", post["id"]);
        let edit = |version: &Json, title: &str| json!({ "version": version, "title": title, "tags": ["kept", "new"] });
        let (status, edited) = client.send("PUT", &path, Some(edit(&post["version"], "First"))).await;
        assert_eq!((status, &edited["title"], &edited["version"]), (200, &json!("First"), &json!(2)));
        let (status, answer) = client.send("PUT", &path, Some(edit(&post["version"], "Second"))).await;
        assert_eq!(status, 409);
        assert!(answer["message"].as_str().unwrap().contains("somebody else"), "{answer}");
        let (_, shown) = client.get(&path).await;
        assert_eq!((&shown["title"], shown["tags"].as_array().unwrap().len()), (&json!("First"), 2));
        // Only the tags changed: another version all the same.
        let (_, edited) = client.send("PUT", &path, Some(json!({ "version": 2, "tags": [] }))).await;
        assert_eq!((&edited["title"], &edited["version"], &edited["tags"]), (&json!("First"), &json!(3), &json!([])));
        let (ann, user) = (format!("/users/{ann}"), json!({ "version": 1, "name": "Anna" }));
        assert_eq!(client.send("PATCH", &ann, Some(user.clone())).await.0, 200);
        assert_eq!(client.send("PATCH", &ann, Some(user)).await.0, 409);
    }

    async fn of_many_editors_at_once_one_wins(client: Client) {
        let ann = client.user("ann").await;
        let post = client.a_post(ann, "Hello", &[]).await;
        let path = format!("/posts/{}", post["id"]);
        let edits = (0..8).map(|number| {
            let (client, path) = (client.with(axum::Router::new()), path.clone());
            let edit = json!({ "version": 1, "title": number.to_string(), "tags": ["same"] });
            tokio::spawn(async move { client.send("PUT", &path, Some(edit)).await.0 })
        });
        let mut statuses = Vec::new();
        for edit in edits.collect::<Vec<_>>() {
            statuses.push(edit.await.unwrap());
        }
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        // The others are stale, or deadlock victims, which a client may retry.
        assert!(statuses.iter().all(|status| [200, 409, 503].contains(status)), "{statuses:?}");
        assert_eq!(client.get(&path).await.1["version"], json!(2));
    }

    /// All have the same new words as tags: each post gets all of its tags, whichever request creates them first.
    async fn with_the_same_new_tags_at_once_have_all_of_them(client: Client) {
        let ann = client.user("ann").await;
        let posts = (0..20).map(|number: usize| {
            let client = client.with(axum::Router::new());
            let own = format!("own{}", number % 5);
            tokio::spawn(async move { client.a_post(ann, &format!("Post {number}"), &["new", "newer", &own]).await })
        });
        for post in posts.collect::<Vec<_>>() {
            let post = post.await.unwrap();
            assert_eq!(post["tags"].as_array().map(Vec::len), Some(3), "{post}");
        }
        assert_eq!(client.get("/tags").await.1.as_array().map(Vec::len), Some(7));
    }

    async fn are_found_by_every_filter(client: Client) {
        let (ann, bob) = (client.user("ann").await, client.user("bob").await);
        client.a_post(ann, "100% Rust", &["rust"]).await;
        client.a_post(bob, "SQL", &["sql", "rust"]).await;
        let post = client.a_post(bob, "Other", &[]).await;
        let publish = json!({ "version": 1, "published": true });
        client.send("PUT", &format!("/posts/{}", post["id"]), Some(publish)).await;
        for (query, expected) in [
            ("".to_owned(), vec!["100% Rust", "SQL", "Other"]),
            (format!("&author={bob}"), vec!["SQL", "Other"]),
            ("&tag=rust".to_owned(), vec!["100% Rust", "SQL"]),
            ("&words=0%25".to_owned(), vec!["100% Rust"]),
            ("&words=Text".to_owned(), vec!["100% Rust", "SQL", "Other"]),
            ("&published=true".to_owned(), vec!["Other"]),
            ("&since=2020-01-01T00:00:00Z&until=2999-01-01T00:00:00Z".to_owned(), vec!["100% Rust", "SQL", "Other"]),
            ("&until=2020-01-01T00:00:00Z".to_owned(), vec![]),
            (format!("&author={bob}&tag=rust&words=SQL&published=false&since=2020-01-01T00:00:00Z&until=2999-01-01T00:00:00Z"), vec!["SQL"]),
        ] {
            let (status, found) = client.get(&format!("/posts?sort=id{query}")).await;
            assert_eq!((status, titles(&found)), (200, expected), "{query}");
        }
        let (_, found) = client.get("/posts?sort=-title").await;
        assert_eq!(titles(&found), ["SQL", "Other", "100% Rust"]);
    }

    async fn take_what_belongs_to_them_with_them(client: Client) {
        let ann = client.user("ann").await;
        let post = client.a_post(ann, "Hello", &["rust"]).await;
        let path = format!("/posts/{}", post["id"]);
        client.post(&format!("{path}/comments"), json!({ "author_id": ann, "text": "Nice" })).await;
        assert_eq!(client.send("DELETE", &path, None).await.0, 204);
        assert_eq!(client.get(&path).await.0, 404);
        assert_eq!(client.get("/tags").await.1, json!([]));
    }
}
