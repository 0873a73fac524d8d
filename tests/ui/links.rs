//! The models of the cases about join models; no case itself.
#![allow(dead_code, reason = "no case uses all of them")]

use orm::prelude::*;

#[derive(Model)]
#[orm(
    table = "articles",
    has_many(notes: Note),
    many_to_many(tags: Tag, through = ArticleTag),
    many_to_many(topics: Topic, through = ArticleTopic)
)]
pub struct Article {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
#[orm(table = "notes")]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Article)]
    pub article_id: u64,
}

#[derive(Model)]
#[orm(table = "tags")]
pub struct Tag {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model)]
#[orm(table = "article_tags", primary_key(article_id, tag_id))]
pub struct ArticleTag {
    #[orm(belongs_to = Article)]
    pub article_id: u64,
    #[orm(belongs_to = Tag)]
    pub tag_id: u64,
}

#[derive(Model)]
#[orm(table = "topics")]
pub struct Topic {
    #[orm(primary_key, auto)]
    pub id: u64,
}

/// More than a link: it has a weight.
#[derive(Model)]
#[orm(table = "article_topics", primary_key(article_id, topic_id))]
pub struct ArticleTopic {
    #[orm(belongs_to = Article)]
    pub article_id: u64,
    #[orm(belongs_to = Topic)]
    pub topic_id: u64,
    pub weight: i32,
}
