//! S6 through `orm`.

use std::hint::black_box;

use orm::Rows;
use orm::dialect::MYSQL;
use orm::prelude::*;

use super::{SEARCH, Search};
use crate::contestant::{Contestant, Turn};
use crate::models::{Comment, User};
use crate::work::Work;

/// What a row has.
pub(super) type Found = (u64, String, Option<String>, String, String);

/// The query.
pub(super) fn build(search: &Search<'_>) -> Rows<Found> {
    Comment::query()
        .join(|c| c.post())
        .join(|(_, p)| p.user())
        .join_on::<User>(|(_, _, u), other| other.name.eq(u.name))
        .filter(|(_, p, _, _)| p.title.eq(search.title))
        .filter(|(c, ..)| c.text.ne(search.text))
        .filter(|(c, ..)| c.id.gt(search.above))
        .filter(|(_, _, u, _)| u.name.eq(search.name))
        .filter(|(.., other)| other.id.gt(search.above))
        .filter(|(_, p, ..)| p.body.is_not_null())
        .order_by(|(c, p, ..)| (p.title.asc(), c.id.desc()))
        .select(|(c, p, u, other)| (c.id, p.title, p.body, u.name, other.name))
        .limit(search.rows)
        .offset(search.rows * search.page)
}

/// The query put together, and not rendered.
pub(super) struct Build;

impl Contestant for Build {
    fn name(&self) -> &str {
        "orm: the query only"
    }

    fn prepare<'a>(&'a mut self, _: &'a Work) -> Turn<'a> {
        Box::pin(async { Ok(()) })
    }

    fn repeat<'a>(&'a mut self, _: &'a Work, times: u64) -> Turn<'a> {
        Box::pin(async move {
            for _ in 0..times {
                drop(black_box(build(black_box(&SEARCH))));
            }
            Ok(())
        })
    }
}

/// The query and its text.
pub(super) struct BuildAndRender;

impl Contestant for BuildAndRender {
    fn name(&self) -> &str {
        "orm: with its text, by into_sql"
    }

    fn prepare<'a>(&'a mut self, _: &'a Work) -> Turn<'a> {
        Box::pin(async { Ok(()) })
    }

    fn repeat<'a>(&'a mut self, _: &'a Work, times: u64) -> Turn<'a> {
        Box::pin(async move {
            for _ in 0..times {
                drop(black_box(build(black_box(&SEARCH)).into_sql(&MYSQL)?));
            }
            Ok(())
        })
    }
}
