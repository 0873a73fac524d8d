//! S6 by hand: text pushed behind text.

use std::hint::black_box;

use orm::Statement;
use orm::value::Datum;

use super::{SEARCH, Search};
use crate::contestant::{Contestant, Turn};
use crate::work::Work;

/// The statement. Pushed piece by piece: a program whose query were this constant would not build one.
pub(super) fn push(search: &Search<'_>) -> Statement {
    let mut sql = String::with_capacity(512);
    let mut params = Vec::with_capacity(7);
    sql.push_str("SELECT ");
    sql.push_str("`comments`.`id`, `posts`.`title`, `posts`.`body`, `users`.`name`, `users_2`.`name`");
    sql.push_str(" FROM `comments`");
    sql.push_str(" JOIN `posts` ON `posts`.`id` = `comments`.`post_id`");
    sql.push_str(" JOIN `users` ON `users`.`id` = `posts`.`user_id`");
    sql.push_str(" JOIN `users` AS `users_2` ON `users_2`.`name` = `users`.`name`");
    let mut bind = |piece: &str, value: Datum| {
        sql.push_str(piece);
        sql.push('?');
        params.push(value);
    };
    bind(" WHERE `posts`.`title` = ", Datum::Text(search.title.to_owned()));
    bind(" AND `comments`.`text` <> ", Datum::Text(search.text.to_owned()));
    bind(" AND `comments`.`id` > ", Datum::UInt(search.above));
    bind(" AND `users`.`name` = ", Datum::Text(search.name.to_owned()));
    bind(" AND `users_2`.`id` > ", Datum::UInt(search.above));
    bind(
        " AND `posts`.`body` IS NOT NULL ORDER BY `posts`.`title`, `comments`.`id` DESC LIMIT ",
        Datum::UInt(search.rows),
    );
    bind(" OFFSET ", Datum::UInt(search.rows * search.page));
    Statement::new(sql, params)
}

/// The contestant.
pub(super) struct Pushed;

impl Contestant for Pushed {
    fn name(&self) -> &str {
        "pushed strings by hand"
    }

    fn prepare<'a>(&'a mut self, _: &'a Work) -> Turn<'a> {
        Box::pin(async { Ok(()) })
    }

    fn repeat<'a>(&'a mut self, _: &'a Work, times: u64) -> Turn<'a> {
        Box::pin(async move {
            for _ in 0..times {
                drop(black_box(push(black_box(&SEARCH))));
            }
            Ok(())
        })
    }
}
