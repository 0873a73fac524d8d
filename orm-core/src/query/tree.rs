//! Loading trees.

use std::marker::PhantomData;

use super::Query;
use crate::mode::Required;
use crate::model::Model;
use crate::relation::{Branch, Reader, Tree, grow, to_depth};
use crate::scope::Scope;
use crate::syntax::Source;

impl<T: Model + Scope<Row = T>, O: Send + 'static> Query<T, O> {
    /// Loads the rows as [trees](Tree): each with the rows that a relation of the model to itself leads to, recursively, to
    /// any depth: `.tree(|c| c.children())`.
    ///
    /// It runs one statement per level, however many rows a level has, and one more that finds none. The relation determines
    /// the order and the filter of the rows below a row; rows below filtered-out rows are not loaded either.
    ///
    /// The query selects the roots: with those that have no parent, `filter(|c| c.parent_id.is_null())`, each row appears
    /// once. A row that is reached from several parents appears below each of them. A cycle is an error, and so are more
    /// than 1,000 levels, unless [`depth`](Query::depth) limits the levels.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// use orm::{Tree, assert_statements};
    ///
    /// let tops = Topic::query().filter(|t| t.parent_id.is_null());
    /// let trees: Vec<Tree<Topic>> =
    ///     assert_statements!(db, 4, tops.tree(|t| t.children().order_by(|t| t.name.asc())).all(db).await?);
    /// let below: Vec<&str> = trees[0].children.iter().map(|tree| tree.row.name.as_str()).collect();
    /// assert_eq!(below, ["Biology", "Physics"]);
    /// assert_eq!(trees[0].children[0].children[0].row.name, "Botany");
    /// # Ok(()) }) }
    /// ```
    pub fn tree<B: Branch<T, O>>(self, branch: impl FnOnce(T::Fields<Required>) -> B) -> Query<T, Tree<O>> {
        let branch = branch(T::fields(Source::table(self.select.base)));
        let plan = grow::<T, O>(self.reader.into_plan::<T>(), branch);
        Query { select: self.select, reader: Reader::Graph(plan), _scope: PhantomData }
    }
}

impl<T: Model + Scope<Row = T>, O: Send + 'static> Query<T, Tree<O>> {
    /// Loads at most this many levels below the roots; 0 loads the roots alone. In a cycle, rows are then repeated until the
    /// last level.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/topics.rs"));
    /// # fn main() { run(async |db| { topics(db).await?;
    /// use orm::assert_statements;
    ///
    /// let science = Topic::find(1).tree(|t| t.children()).depth(1);
    /// let science = assert_statements!(db, 2, science.one(db).await?);
    /// assert_eq!(science.rows().count(), 3); // without "Botany"
    /// # Ok(()) }) }
    /// ```
    pub fn depth(self, levels: u32) -> Self {
        let plan = to_depth(self.reader.into_plan::<T>(), levels);
        Query { select: self.select, reader: Reader::Graph(plan), _scope: PhantomData }
    }
}
