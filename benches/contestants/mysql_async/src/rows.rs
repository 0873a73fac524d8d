//! Converts rows to structs.

use contestant::{Comment, Post, User};

pub(crate) fn user((id, name, hair_color): (u64, String, Option<String>)) -> User {
    User { id, name, hair_color }
}

type PostRow = (u64, u64, String, Option<String>);

pub(crate) fn post((id, user_id, title, body): PostRow) -> Post {
    Post { id, user_id, title, body }
}

type PairRow = (u64, String, Option<String>, Option<u64>, Option<u64>, Option<String>, Option<String>);

pub(crate) fn pair((id, name, hair_color, post, user_id, title, body): PairRow) -> (User, Option<Post>) {
    let post = post.zip(user_id).zip(title).map(|((id, user_id), title)| Post { id, user_id, title, body });
    (User { id, name, hair_color }, post)
}

pub(crate) fn comment((id, post_id, text): (u64, u64, String)) -> Comment {
    Comment { id, post_id, text }
}
