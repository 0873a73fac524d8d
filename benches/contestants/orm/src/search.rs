//! S6.

use contestant::Search;
use orm::Rows;
use orm::prelude::*;

use crate::models::{Comment, User};

/// The columns of a row.
type Found = (u64, String, Option<String>, String, String);

/// Returns the query.
pub(crate) fn search(search: &Search<'_>) -> Rows<Found> {
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

#[cfg(test)]
mod tests {
    use contestant::{SEARCH, SEARCH_SQL};
    use orm::dialect::MYSQL;

    #[test]
    fn the_text_is_what_is_written_by_hand() -> orm::Result<()> {
        assert_eq!(super::search(&SEARCH).into_sql(&MYSQL)?.sql, SEARCH_SQL);
        Ok(())
    }
}
