//! Scopes of a database: conditions that it adds to every statement about a model.

mod changes;
mod unscoped;

use std::fmt;
use std::sync::Arc;

use crate::database::Database;
use crate::expression::Condition;
use crate::mode::Required;
use crate::model::Model;
use crate::schema::Table;
use crate::syntax::{Comparison, Node, Source, fresh_base};
use crate::value::Datum;

pub(crate) use changes::{fill, fill_computed};

/// What a database adds to statements about one model.
#[derive(Debug)]
pub(crate) struct Scope {
    table: &'static Table,
    /// The number that the table has in the conditions.
    pub(crate) base: u64,
    /// Conditions on rows, all of which hold.
    pub(crate) conditions: Vec<Node>,
}

/// The scopes of a database: without any, nothing at all.
#[derive(Clone, Default)]
pub(crate) struct Scopes(Option<Arc<[Arc<Scope>]>>);

impl fmt::Debug for Scopes {
    /// The models only: the values in conditions may be anybody's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list().iter().map(|scope| scope.table.model)).finish()
    }
}

impl Scopes {
    /// All of them, in the order in which they were added.
    pub(crate) fn list(&self) -> &[Arc<Scope>] {
        self.0.as_deref().unwrap_or_default()
    }

    fn with(&self, scope: Scope) -> Self {
        Scopes(Some(self.list().iter().cloned().chain([Arc::new(scope)]).collect()))
    }
}

impl Scope {
    fn new<T: Model>(condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Self {
        let base = fresh_base();
        let mut conditions = Vec::new();
        condition(T::fields(Source::table(base))).0.push_onto(&mut conditions);
        Scope { table: T::table(), base, conditions }
    }

    /// Whether it is about the model of `table`.
    pub(crate) fn is_of(&self, table: &Table) -> bool {
        std::ptr::eq(self.table, table)
    }

    /// The columns whose values a condition lists, each with these values.
    fn listed(&self) -> impl Iterator<Item = (u16, &[Datum])> {
        self.conditions.iter().filter_map(|condition| self.listed_by(condition))
    }

    fn listed_by<'a>(&self, condition: &'a Node) -> Option<(u16, &'a [Datum])> {
        let (column, values) = match condition {
            Node::Compare(column, Comparison::Equal | Comparison::Same, value) => {
                (*column, std::slice::from_ref(value))
            }
            Node::InList(list) if !list.negated => match list.needle {
                Node::Column(column) => (column, &*list.values),
                _ => return None,
            },
            _ => return None,
        };
        (column.source() == Source::table(self.base)).then_some((column.index, values))
    }
}

impl Database {
    /// The same database, on which every statement about `T` sees only the rows that meet a condition: those of one
    /// tenant, for example. It is a cheap clone over the same connections; its sessions and transactions keep the
    /// condition. Several scopes add up, on one model or on several.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let author = 1;
    /// let of_ann = db.scoped::<Post>(move |p| p.author_id.eq(author));
    /// assert_eq!(Post::query().count(&of_ann).await?, 2);
    /// assert_eq!(User::query().filter(|u| u.posts().any(|p| p.id.gt(0))).count(&of_ann).await?, 1);
    /// assert_eq!(Post::update().set(|p| p.published.to(true)).all_rows().execute(&of_ann).await?, 2);
    ///
    /// let of_bob = db.scoped::<Post>(|p| p.author_id.eq(2));
    /// assert_eq!(Post::find(1).optional(&of_bob).await?, None);
    /// assert_eq!(Post::query().unscoped().count(&of_bob).await?, 2);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # What it covers
    ///
    /// - Reading: queries and `find`, joins, relations in clauses, questions such as `any` and `count`, loads with
    ///   `with`, subqueries, derived and named rows, counts, pages and slices. An outer join keeps the rows of its other
    ///   side. A relation that every row has, used in any clause, leaves out the rows whose related row is hidden.
    /// - Updates and deletes touch no other rows. To set a column that a scope compares with a value to another one is
    ///   an error of kind [`OutsideScope`](crate::ErrorKind::OutsideScope), before anything is sent.
    /// - Inserts: where the condition is `column = value`, rows without a value for that column get this one, and another
    ///   one is an error; with `is_in`, the value has to be one of the list. A column that inserts always leave to the
    ///   scope is marked as `#[orm(scoped)]`: then it may be left out. Any other condition says nothing about inserts.
    /// - Upserts that update need a key that has the columns of the scope in it, so that the row that is there is in the
    ///   scope, too; on any other key they are an error.
    ///
    /// Inside a scope, the scopes of other models count, and its own model is seen whole.
    ///
    /// # What it does not cover
    ///
    /// - Raw SQL and stored procedures, and what the server does by itself, such as ON DELETE CASCADE and triggers.
    /// - A second model of the same table: it needs a scope of its own.
    /// - That a unique key is taken by a row outside: an insert of the same value fails, which tells that there is one.
    ///   Put the columns of the scope into such keys.
    /// - That a foreign key is given the key of a row outside: `task.project_id` takes any project there is. Make it a key of
    ///   several columns with that of the scope, `belongs_to(project: Project, by = (tenant_id, project_id), to = (tenant_id, id))`:
    ///   then it is a violation.
    /// - The database that this one was made from, and statements that say `.unscoped()`.
    /// - `to_sql`: it knows only a dialect.
    #[must_use]
    pub fn scoped<T: Model>(&self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Database {
        self.with_scopes(self.scopes().with(Scope::new::<T>(condition)))
    }
}
