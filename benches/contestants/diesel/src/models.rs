//! The tables, their structs, and the query of S6.

use contestant::{Person, Search};
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use serde::Serialize;

use super::{Backend, Key, SqlKey};

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    users {
        id -> SqlKey,
        name -> Text,
        hair_color -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    posts {
        id -> SqlKey,
        user_id -> SqlKey,
        title -> Text,
        body -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    comments {
        id -> SqlKey,
        post_id -> SqlKey,
        text -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::SqlKey;

    accounts {
        id -> SqlKey,
        balance -> BigInt,
        version -> Integer,
    }
}

diesel::joinable!(posts -> users (user_id));
diesel::joinable!(comments -> posts (post_id));
diesel::allow_tables_to_appear_in_same_query!(users, posts, comments);

#[derive(Identifiable, Queryable, QueryableByName, Selectable, Serialize)]
#[diesel(table_name = users)]
pub(crate) struct User {
    id: Key,
    name: String,
    hair_color: Option<String>,
}

#[derive(Associations, Identifiable, Queryable, Selectable, Serialize)]
#[diesel(table_name = posts, belongs_to(User))]
pub(crate) struct Post {
    id: Key,
    user_id: Key,
    title: String,
    body: Option<String>,
}

#[derive(Associations, Identifiable, Queryable, Selectable, Serialize)]
#[diesel(table_name = comments, belongs_to(Post))]
pub(crate) struct Comment {
    id: Key,
    post_id: Key,
    text: String,
}

#[derive(Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub(super) struct NewUser<'a> {
    name: &'a str,
    hair_color: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(super) struct Balance {
    id: Key,
    balance: i64,
    version: i32,
}

/// Returns the rows to insert for people.
pub(super) fn new_users(people: &[Person]) -> Vec<NewUser<'_>> {
    let people = people.iter();
    people.map(|it| NewUser { name: &it.name, hair_color: it.hair_color.as_deref() }).collect()
}

/// Returns the rows to insert for balances.
pub(super) fn new_balances(balances: &[(u64, i64)]) -> Vec<Balance> {
    balances.iter().map(|&(id, balance)| Balance { id: id as Key, balance, version: 1 }).collect()
}

diesel::alias!(users as users_2: Users2);

/// Returns the query of S6.
pub(super) fn search<'a>(search: &Search<'a>) -> impl QueryFragment<Backend> + use<'a> {
    comments::table
        .inner_join(posts::table.inner_join(users::table))
        .inner_join(users_2.on(users_2.field(users::name).eq(users::name)))
        .filter(posts::title.eq(search.title))
        .filter(comments::text.ne(search.text))
        .filter(comments::id.gt(search.above as Key))
        .filter(users::name.eq(search.name))
        .filter(users_2.field(users::id).gt(search.above as Key))
        .filter(posts::body.is_not_null())
        .order((posts::title.asc(), comments::id.desc()))
        .select((comments::id, posts::title, posts::body, users::name, users_2.field(users::name)))
        .limit(search.rows as i64)
        .offset((search.rows * search.page) as i64)
}
