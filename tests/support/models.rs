//! The models of the tests: people and what they write.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "users", has_many(posts: Post.author, reviews: Post.reviewer), has_one(profile: Profile))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 190)]
    pub email: String,
    pub name: String,
    pub age: Option<i32>,
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
    #[orm(version)]
    pub version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "profiles")]
pub struct Profile {
    #[orm(primary_key, belongs_to = User)]
    pub user_id: u64,
    pub bio: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "posts", index(author_id, published), has_many(comments: Comment))]
pub struct Post {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub author_id: u64,
    #[orm(belongs_to = User, on_delete = set_null)]
    pub reviewer_id: Option<u64>,
    pub title: String,
    pub body: Option<String>,
    #[orm(default = false)]
    pub published: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "comments")]
pub struct Comment {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Post, on_delete = cascade)]
    pub post_id: u64,
    pub text: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "employees", has_many(reports: Employee))]
pub struct Employee {
    #[orm(primary_key)]
    pub id: u32,
    pub name: String,
    #[orm(belongs_to = Employee)]
    pub manager_id: Option<u32>,
}

/// Creates three people, four posts and three comments.
pub async fn shop(db: &Database) -> orm::Result<Vec<User>> {
    db.create_tables::<(User, Profile, Post, Comment)>().await?;
    let people = [
        ("ann@example.org", "Ann", Some(41)),
        ("bob@example.org", "Bob", Some(17)),
        ("cid@example.org", "Cid", None),
    ];
    let mut users = Vec::new();
    for (email, name, age) in people {
        users.push(User::insert().email(email).name(name).age(age).returning(db).await?);
    }
    let posts = [
        (0, "Hello", true, Some(1)),
        (0, "Draft", false, None),
        (1, "Bob's", true, Some(0)),
        (0, "More", true, None),
    ];
    for (author, title, published, reviewer) in posts {
        let post = Post::insert().author(&users[author]).title(title).published(published);
        let post = post.reviewer_id(reviewer.map(|index: usize| users[index].id)).returning(db).await?;
        if title == "Hello" {
            Comment::insert_all(["one", "two"].map(|text| Comment::insert().post(&post).text(text)))
                .execute(db)
                .await?;
        }
        if title == "Bob's" {
            Comment::insert().post(&post).text("three").execute(db).await?;
        }
    }
    Ok(users)
}
