//! The models of the cases; no case itself.
#![allow(dead_code, reason = "no case uses all of them")]

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "users", has_many(posts: Post))]
pub struct User {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 190)]
    pub email: String,
    pub name: String,
    pub age: Option<i32>,
    #[orm(default = true)]
    pub active: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "posts", has_many(comments: Comment))]
pub struct Post {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User)]
    pub author_id: u64,
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
    #[orm(belongs_to = Post)]
    pub post_id: u64,
    pub text: String,
}
