//! A program's own traits may have methods that `orm::elsewhere` has only for its messages: the program's are called.

use orm::Expr;
use orm::prelude::*;

use crate::support::models::*;

trait UserQueries: Sized {
    fn where_(self, name: &str) -> Query<User>;
    fn exclude(self, name: &str) -> Query<User>;
    async fn fetch_all(self, db: &Database) -> orm::Result<Vec<User>>;
}

impl UserQueries for Query<User> {
    fn where_(self, name: &str) -> Query<User> {
        self.filter(|u| u.name.eq(name))
    }

    fn exclude(self, name: &str) -> Query<User> {
        self.filter(|u| u.name.ne(name))
    }

    async fn fetch_all(self, db: &Database) -> orm::Result<Vec<User>> {
        self.all(db).await
    }
}

trait Texts {
    fn len(self) -> Expr<i64>;
    fn ilike(self, pattern: &str) -> Condition;
}

impl Texts for Column<String> {
    fn len(self) -> Expr<i64> {
        self.char_length()
    }

    fn ilike(self, pattern: &str) -> Condition {
        self.like_any_case(pattern)
    }
}

on_every_backend! {
    async fn take_precedence(db: Database) {
        let ann = shop(db).await?.remove(0);
        assert_eq!(User::query().where_(&ann.name).fetch_all(db).await?[0], ann);
        assert!(!User::query().exclude(&ann.name).fetch_all(db).await?.contains(&ann));
        let named = User::query().filter(|u| u.name.len().eq(3).and(u.name.ilike("a%")));
        assert_eq!(named.one(db).await?, ann);
    }
}
