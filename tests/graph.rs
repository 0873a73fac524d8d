//! User-defined structs that hold rows together with related rows.

use orm::Graph;
use orm::assert_statements;
use orm::prelude::*;
use serde::Serialize;

use crate::many_to_many;
use crate::support::models::*;

#[derive(Graph, Debug)]
struct UserPage {
    #[orm(root)]
    user: User,
    #[orm(load = |u| u.posts().order_by(|p| p.id.asc()))]
    posts: Vec<PostPage>,
    profile: Option<Profile>,
    #[orm(load = |u| u.reviews().filter(|p| p.published.is_true()).order_by(|p| p.id.desc()).limit(1))]
    newest_review: Vec<Post>,
}

#[derive(Graph, Debug)]
struct PostPage {
    #[orm(root)]
    post: Post,
    author: User,
    reviewer: Option<Reviewer>,
    #[orm(load = |p| p.comments().order_by(|c| c.id.desc()))]
    comments: Vec<Comment>,
}

#[derive(Graph, Debug)]
struct Reviewer {
    #[orm(root)]
    user: User,
    posts: Vec<Post>,
}

/// A graph may be a row alone, to be extended later.
#[derive(Graph, Debug, PartialEq)]
struct Bare {
    #[orm(root)]
    comment: Comment,
}

#[derive(Graph, Debug)]
struct ArticlePage {
    #[orm(root)]
    article: many_to_many::Article,
    #[orm(load = |a| a.tags().order_by(|t| t.word.asc()))]
    tags: Vec<many_to_many::Tag>,
    #[orm(load = |a| a.links().order_by(|l| l.weight.desc()).with(|l| l.tag()))]
    weighted: Vec<(many_to_many::ArticleTag, many_to_many::Tag)>,
}

#[derive(Model, Serialize)]
#[orm(table = "authors", has_many(books: Book))]
struct Author {
    #[orm(primary_key)]
    id: u32,
    name: String,
}

#[derive(Model, Serialize)]
#[orm(table = "books")]
struct Book {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Author)]
    author_id: u32,
    title: String,
}

#[derive(Graph, Serialize)]
struct AuthorPage {
    #[orm(root)]
    #[serde(flatten)]
    author: Author,
    #[orm(load = |a| a.books().order_by(|b| b.id.asc()))]
    books: Vec<Book>,
    #[orm(load = |a| a.books().order_by(|b| b.id.desc()).limit(1))]
    newest: Vec<Book>,
}

on_every_backend! {
    async fn as_deep_as_need_be(db: Database) {
        let users = shop(db).await?;
        Profile::insert().user(&users[1]).bio("of Bob").execute(db).await?;
        let query = User::query().order_by(|u| u.id.asc()).graph();
        // Users; posts, with their parents; posts of reviewers; comments; reviews.
        let pages: Vec<UserPage> = assert_statements!(db, 5, query.all(db).await?);
        assert_eq!(pages.iter().map(|page| page.user.clone()).collect::<Vec<_>>(), users);
        assert_eq!(pages.iter().map(|page| page.posts.len()).collect::<Vec<_>>(), [3, 1, 0]);
        let hello = &pages[0].posts[0];
        assert_eq!((hello.post.title.as_str(), &hello.author), ("Hello", &users[0]));
        let reviewer = hello.reviewer.as_ref().unwrap();
        assert_eq!((&reviewer.user, reviewer.posts.len()), (&users[1], 1));
        assert!(pages[0].posts[1].reviewer.is_none());
        assert_eq!(hello.comments.iter().map(|comment| comment.text.as_str()).collect::<Vec<_>>(), ["two", "one"]);
        assert_eq!(pages[1].profile.as_ref().map(|profile| profile.bio.as_str()), Some("of Bob"));
        assert!(pages[0].profile.is_none());
        assert_eq!(pages[1].newest_review[0].title, "Hello");
        assert!(pages[2].newest_review.is_empty());
    }

    async fn with_the_clauses_of_queries(db: Database) {
        shop(db).await?;
        let bob = User::query().filter(|u| u.name.eq("Bob")).graph();
        let page: UserPage = assert_statements!(db, 5, bob.one(db).await?);
        assert_eq!(page.posts[0].post.title, "Bob's");
        let zoe = User::query().filter(|u| u.name.eq("Zoe")).graph::<UserPage>();
        assert!(assert_statements!(db, 1, zoe.optional(db).await?).is_none());
        let bare = Comment::query().order_by(|c| c.id.asc()).limit(1).graph();
        let bare: Vec<Bare> = assert_statements!(db, 1, bare.all(db).await?);
        assert_eq!(bare[0].comment.text, "one");
    }

    /// Returned by a web handler: the row's own fields beside the related rows.
    async fn ready_for_serde(db: Database) {
        db.create_tables::<(Author, Book)>().await?;
        Author::insert_all([Author { id: 1, name: "Ann".into() }]).execute(db).await?;
        Book::insert_all([(1, "One"), (2, "Two")].map(|(id, title)| Book { id, author_id: 1, title: title.into() })).execute(db).await?;
        let page: AuthorPage = assert_statements!(db, 3, Author::find(1u32).graph().one(db).await?);
        let books = serde_json::json!([{ "id": 1, "author_id": 1, "title": "One" }, { "id": 2, "author_id": 1, "title": "Two" }]);
        let expected = serde_json::json!({ "id": 1, "name": "Ann", "books": books, "newest": [books[1]] });
        assert_eq!(serde_json::to_value(&page).unwrap(), expected);
    }

    async fn through_join_models(db: Database) {
        many_to_many::articles(db).await?;
        let articles = many_to_many::Article::query().order_by(|a| a.id.asc()).graph();
        let pages: Vec<ArticlePage> = assert_statements!(db, 3, articles.all(db).await?);
        let words: Vec<Vec<&str>> =
            pages.iter().map(|page| page.tags.iter().map(|tag| tag.word.as_str()).collect()).collect();
        assert_eq!(words, [vec!["rust", "sql"], vec!["sql"], vec![]]);
        let weights: Vec<i32> = pages[0].weighted.iter().map(|(link, _)| link.weight).collect();
        assert_eq!((pages[0].article.title.as_str(), weights), ("One", vec![7, 5]));
    }
}

/// The two structs contain each other.
#[derive(Graph, Debug)]
#[expect(dead_code, reason = "nothing is ever loaded into it")]
struct Writer {
    #[orm(root)]
    user: User,
    posts: Vec<Written>,
}

#[derive(Graph, Debug)]
#[expect(dead_code, reason = "nothing is ever loaded into it")]
struct Written {
    #[orm(root)]
    post: Post,
    author: Writer,
}

/// Whether there are rows or not; finite graphs still work afterwards.
#[tokio::test]
async fn that_contain_one_another_are_refused() -> orm::Result<()> {
    let db = Database::open("sqlite::memory:")?;
    db.create_tables::<(User, Profile, Post, Comment)>().await?;
    let log = db.log();
    let error = User::query().graph::<Writer>().all(&db).await.unwrap_err().to_string();
    let circle = ["Writer` holds `", "Written` holds `", "Writer`: loading it would never end"];
    assert!(circle.iter().all(|part| error.contains(part)), "{error}");
    let error = Post::query().graph::<Written>().first(&db).await.unwrap_err().to_string();
    assert!(error.contains("would never end"), "{error}");
    assert_eq!(log.len(), 0);
    assert!(User::query().graph::<UserPage>().all(&db).await?.is_empty());
    Ok(())
}
