//! Methods that to-one relations do not have: they exist only so that the compiler can say what to use instead.

use super::One;
use crate::expression::Condition;
use crate::mode::Mode;
use crate::model::Model;

/// Never implemented: a to-one relation leads to a single row.
#[diagnostic::on_unimplemented(
    message = "a relation to one row cannot be filtered, ordered or limited",
    label = "leads to at most one row",
    note = "filter the query by the related row: `.filter(|post| post.author().name.eq(\"Ann\"))`; load it without a condition: `.with(|post| post.author())`"
)]
pub trait LeadsToMany {
    /// The columns of a row.
    type Columns;
}

/// Never implemented: a relation is not a value.
#[diagnostic::on_unimplemented(
    message = "a relation cannot be compared with a row or a key",
    label = "a relation has no value of its own",
    note = "compare the foreign key, `post.author_id.eq(ann.id)`, or a column of the related row, `post.author().name.eq(\"Ann\")`"
)]
pub trait Compared {
    #[doc(hidden)]
    fn compare<V>(self, row: V) -> Condition;
}

/// Clauses that a to-one relation does not have; use those of the query.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let by_ann = Post::query().filter(|p| p.author().name.eq("Ann")).order_by(|p| p.author().age.desc()).limit(1);
/// let with_author: Vec<(Post, User)> = by_ann.with(|p| p.author()).all(db).await?;
/// assert_eq!(with_author[0].1.name, "Ann");
/// # Ok(()) }) }
/// ```
impl<T: Model, N: Mode> One<T, N> {
    /// Not available here: filter the query, as in `.filter(|p| p.author().name.eq("Ann"))`.
    pub fn filter<C>(self, condition: impl FnOnce(<Self as LeadsToMany>::Columns) -> C) -> Self
    where
        Self: LeadsToMany,
    {
        let _ = condition;
        self
    }

    /// Not available here: order the query, as in `.order_by(|p| p.author().name.asc())`.
    pub fn order_by<C>(self, order: impl FnOnce(<Self as LeadsToMany>::Columns) -> C) -> Self
    where
        Self: LeadsToMany,
    {
        let _ = order;
        self
    }

    /// Not available here: there is at most one row.
    pub fn limit(self, rows: u64) -> Self
    where
        Self: LeadsToMany,
    {
        let _ = rows;
        self
    }

    /// Not available here: compare the foreign key, `p.author_id.eq(ann.id)`.
    #[doc(hidden)]
    pub fn eq<V>(self, row: V) -> Condition
    where
        Self: Compared,
    {
        self.compare(row)
    }

    /// Not available here: compare the foreign key, `p.author_id.ne(ann.id)`.
    #[doc(hidden)]
    pub fn ne<V>(self, row: V) -> Condition
    where
        Self: Compared,
    {
        self.compare(row)
    }
}
