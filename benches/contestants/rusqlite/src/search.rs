//! S6: string concatenation.

use contestant::Search;
use rusqlite::types::Value;

/// Returns the SQL and its values. Appended piece by piece: a program whose query is a constant would not build one.
pub(crate) fn push(search: &Search<'_>) -> (String, Vec<Value>) {
    let mut sql = String::with_capacity(512);
    let mut values = Vec::with_capacity(7);
    sql.push_str("SELECT ");
    sql.push_str("`comments`.`id`, `posts`.`title`, `posts`.`body`, `users`.`name`, `users_2`.`name`");
    sql.push_str(" FROM `comments`");
    sql.push_str(" JOIN `posts` ON `posts`.`id` = `comments`.`post_id`");
    sql.push_str(" JOIN `users` ON `users`.`id` = `posts`.`user_id`");
    sql.push_str(" JOIN `users` AS `users_2` ON `users_2`.`name` = `users`.`name`");
    let mut bind = |piece: &str, value: Value| {
        sql.push_str(piece);
        sql.push('?');
        values.push(value);
    };
    bind(" WHERE `posts`.`title` = ", search.title.to_owned().into());
    bind(" AND `comments`.`text` <> ", search.text.to_owned().into());
    bind(" AND `comments`.`id` > ", search.above.cast_signed().into());
    bind(" AND `users`.`name` = ", search.name.to_owned().into());
    bind(" AND `users_2`.`id` > ", search.above.cast_signed().into());
    let order = " AND `posts`.`body` IS NOT NULL ORDER BY `posts`.`title`, `comments`.`id` DESC LIMIT ";
    bind(order, search.rows.cast_signed().into());
    bind(" OFFSET ", (search.rows * search.page).cast_signed().into());
    (sql, values)
}

#[cfg(test)]
mod tests {
    use contestant::{SEARCH, SEARCH_SQL};

    #[test]
    fn the_text_is_that_of_all() {
        assert_eq!(super::push(&SEARCH).0, SEARCH_SQL);
    }
}
