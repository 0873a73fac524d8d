//! Keyset pagination with cursors.

use orm::CursorKey;
use orm::prelude::*;
use serde_json::Value as Json;
use service::posts::Post;

fn ids(found: &Json) -> Vec<u64> {
    found["posts"].as_array().unwrap().iter().map(|post| post["id"].as_u64().unwrap()).collect()
}

on_every_backend! {
    async fn lead_through_all_and_back(client: Client) {
        let ann = client.user("ann").await;
        for number in 0..7 {
            // Several have the same title: the key distinguishes them.
            client.a_post(ann, ["a", "b"][number % 2], &["x"]).await;
        }
        for sort in ["title", "-title", "created_at", "-id"] {
            let all = ids(&client.get(&format!("/posts?sort={sort}")).await.1);
            assert_eq!(all.len(), 7);
            let base = format!("/posts?sort={sort}&limit=3&tag=x");
            let (_, mut page) = client.get(&base).await;
            let mut seen = ids(&page);
            while let Some(next) = page["next"].as_str() {
                page = client.get(&format!("{base}&after={next}")).await.1;
                seen.extend(ids(&page));
            }
            assert_eq!(seen, all, "{sort}");
            let previous = page["previous"].as_str().unwrap();
            let (_, back) = client.get(&format!("{base}&before={previous}")).await;
            assert_eq!(ids(&back), all[3..6], "{sort}");
        }
    }

    async fn that_are_forged_are_refused(client: Client) {
        let ann = client.user("ann").await;
        for _ in 0..3 {
            client.a_post(ann, "a", &[]).await;
        }
        let (_, page) = client.get("/posts?sort=title&limit=1").await;
        let next = page["next"].as_str().unwrap();
        assert_eq!(client.get(&format!("/posts?sort=title&limit=1&after={next}")).await.0, 200);
        // A cursor for another order of the same posts.
        assert_eq!(client.get(&format!("/posts?sort=id&limit=1&after={next}")).await.0, 400);
        let mut changed = next.to_owned();
        let last = if changed.pop() == Some('A') { 'B' } else { 'A' };
        changed.push(last);
        // In the same format as ours, but sealed with another key.
        let posts = Post::query().order_by(|p| p.title.asc()).limit(1).after(None, &client.state.db).await.unwrap();
        let foreign = posts.next.unwrap().seal(&CursorKey::new(b"of somebody else"));
        for forged in ["x", "", &changed, &next[..next.len() - 4], &foreign] {
            let (status, answer) = client.get(&format!("/posts?sort=title&limit=1&after={forged}")).await;
            assert_eq!(status, 400, "{forged}");
            assert_eq!(answer["message"], "this cursor is not one of ours; begin at the first page");
        }
    }
}
