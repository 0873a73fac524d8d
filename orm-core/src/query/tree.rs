//! Loading trees.

use std::marker::PhantomData;

use super::Query;
use crate::mode::Required;
use crate::model::Model;
use crate::relation::{Branch, Reader, Tree, grow, to_depth};
use crate::scope::Scope;
use crate::syntax::Source;

impl<T: Model + Scope<Row = T>, O: Send + 'static> Query<T, O> {
    /// Loads the rows as [trees](Tree), each with what a relation of the model to itself leads to from it, and from those rows
    /// on, as deep as it goes: `.tree(|c| c.children())`.
    ///
    /// It is a statement for each level, however many rows that has, and one that finds no more. The relation says in which
    /// order rows stand below one, and which of them: rows below those that a filter leaves out do not come, either.
    ///
    /// The query says which rows come first: with those that have none above them, `filter(|c| c.parent_id.is_null())`, each row
    /// comes once. A row that several others lead to comes below each of them. One that is below itself is an error, as are
    /// more than 1,000 levels, unless [`depth`](Query::depth) says how many to load.
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
    /// At most so many levels below the rows that come first: with 0, these alone. A row that is below itself comes again then,
    /// until the last level.
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
