//! Relations in clauses.

use orm::prelude::*;

use super::Entry;
use crate::many_to_many::{Article, ArticleTag, Person, Room, Tag};
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = queries! {
    "through a relation": Post::query().filter(|p| p.author().name.eq("Ann").and(p.author().age.gt(18)));
    "through an optional relation": Post::query().order_by(|p| p.reviewer().name.asc());
    "through two relations": Comment::query().filter(|c| c.post().author().name.eq("Ann"));
    "through a relation of a joined row": Comment::query().join(|c| c.post()).filter(|(_, p)| p.author().name.eq("Ann"));
    "through a relation in a join": User::query().join_on::<Post>(|u, p| p.title.eq(u.profile().bio));
    "related rows that": User::query().filter(|u| u.posts().any(|p| p.published.eq(true)));
    "related rows, none of which": User::query().filter(|u| u.posts().none(|p| p.published.eq(true)));
    "related rows, every one of which": User::query().filter(|u| u.posts().every(|p| p.published.eq(true)));
    "how many related rows": User::query().select(|u| (u.name, u.posts().count()));
    "through a relation in a selection": Post::query().select(|p| (p.title, p.author().name, p.reviewer().age));
    "through a relation, whole": Post::query().select(|p| (p.id, p.author(), p.reviewer()));
    "through a relation in groups": Post::query().group_by(|p| p.author().name).select(|g| (g.key, g.count()));
    "groups by how many related rows there are": Post::query().group_by(|p| p.author().posts().count()).order_by(|g| g.key.asc()).select(|g| (g.key.clone(), g.count()));
    "through the same relation in several clauses": Post::query().filter(|p| p.author().age.gt(1)).order_by(|p| (p.author().name.asc(), p.id.asc())).select(|p| (p.id, p.author().name));
    "through a relation with itself": Employee::query().filter(|e| e.manager().manager().name.eq("Ada"));
    "through one that has one": User::query().filter(|u| u.profile().bio.contains("x").or(u.profile().bio.is_null()));
    "related rows of related rows": User::query().filter(|u| u.posts().any(|p| p.comments().any(|c| c.text.eq("one"))));
    "related rows of a related row": Comment::query().filter(|c| c.post().author().name.eq("Ann").and(c.post().comments().none(|d| d.id.gt(c.id))));
    "related rows, about the row itself": User::query().filter(|u| u.posts().any(|p| p.title.contains("e").and(p.id.ge(u.id))));
    "related rows by two relations": User::query().filter(|u| u.posts().any(|p| p.published.is_true()).or(u.reviews().any(|p| p.published.is_false())));
    "how many related rows, in every clause": User::query().filter(|u| u.posts().count().ge(1)).order_by(|u| (u.posts().count().desc(), u.id.asc())).select(|u| u.posts().count().add(u.reviews().count()));
    "computed over related rows": User::query().select(|u| (u.posts().max(|p| p.title), u.posts().min(|p| p.id), u.posts().sum(|p| p.id), u.posts().avg(|p| p.id)));
    "computed over some related rows": User::query().select(|u| (u.posts().filter(|p| p.published.eq(true)).count(), u.posts().filter(|p| p.reviewer().name.eq("x")).max(|p| p.title)));
    "computed over some rows of a join model": Article::query().select(|a| a.tags().filter(|t| t.word.ne("x")).count());
    "join through a join model": Article::query().join(|a| a.tags()).filter(|(_, t)| t.word.eq("x"));
    "outer join through a join model": Article::query().left_join(|a| a.tags());
    "rows with and without related rows": User::query().filter(|u| u.posts().is_present().and(u.posts().filter(|p| p.published.is_false()).is_absent())).order_by(|u| u.id.asc());
    "full join through a join model": Article::query().full_join(|a| a.tags());
    "through a join model and back": Tag::query().join(|t| t.articles()).join(|(_, a)| a.tags());
    "followers of followers": Person::query().join(|p| p.followers()).join(|(_, f)| f.followers());
    "rows related through a join model": Article::query().filter(|a| a.tags().any(|t| t.word.eq("x")).and(a.tags().count().gt(1)));
    "children of a row": author().posts().filter(|p| p.published.eq(true));
    "parent of a row": ArticleTag { article_id: 1, tag_id: 2, weight: 3 }.tag();
    "rows linked with a row": Tag { id: 7, word: "x".into() }.articles();
    "guests of a room": Room { house: "A".into(), number: 1 }.guests();
};

fn author() -> User {
    let created_at = DateTime::UNIX_EPOCH;
    User { id: 7, email: "e".into(), name: "n".into(), age: None, created_at, version: 1 }
}
