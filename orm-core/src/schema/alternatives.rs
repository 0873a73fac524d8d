//! Polymorphic relations: foreign keys of which each row has exactly one.

use std::fmt::Write as _;

use super::{ForeignKey, Table};
use crate::dialect::Dialect;

/// Foreign keys of which each row has exactly one, from `#[orm(one_of(..))]`. A CHECK in the database enforces it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model)]
/// #[orm(table = "likes", one_of(of: Liked, by = (user, post)))]
/// struct Like {
///     #[orm(primary_key, auto)]
///     id: u64,
///     #[orm(belongs_to = User)]
///     user_id: Option<u64>,
///     #[orm(belongs_to = Post)]
///     post_id: Option<u64>,
/// }
/// enum Liked {
///     User(User),
///     Post(Post),
/// }
/// # let _ = |liked| match liked { Liked::User(user) => drop(user), Liked::Post(post) => drop(post) };
/// let liked = &Like::table().one_of[0];
/// assert_eq!((liked.name, liked.keys[1].name), ("of", "post"));
///
/// db.create_tables::<Like>().await?;
/// let nothing = sql!("INSERT INTO likes (id) VALUES (1)").execute(db).await.unwrap_err();
/// assert!(nothing.is_check_violation());
/// # Ok(()) }) }
/// ```
#[derive(Debug)]
pub struct Alternatives {
    /// The name of the relation to one of their parents.
    pub name: &'static str,
    /// The foreign keys.
    pub keys: &'static [&'static ForeignKey],
}

impl Alternatives {
    /// Returns the name of the CHECK.
    pub(super) fn check_name(&self, table: &Table) -> String {
        format!("{}_{}_check", table.name, self.name)
    }

    /// Returns the condition that a row has exactly one of the keys; true counts as 1 in every dialect.
    pub(super) fn condition(&self, table: &Table, dialect: &Dialect) -> String {
        let mut condition = String::new();
        for (at, key) in self.keys.iter().enumerate() {
            condition.push_str(if at == 0 { "(" } else { " + (" });
            let nullable =
                key.columns.iter().map(|&column| table.column(column)).filter(|column| column.nullable);
            for (part, column) in nullable.enumerate() {
                let and = if part == 0 { "" } else { " AND " };
                // Writing into a string cannot fail.
                let _ = write!(condition, "{and}{} IS NOT NULL", dialect.identifier(column.name));
            }
            condition.push(')');
        }
        condition.push_str(" = 1");
        condition
    }
}
