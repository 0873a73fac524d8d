//! Scopes of a database: conditions that it adds to every statement on a model.

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

/// What a database adds to statements on one model.
#[derive(Debug)]
pub(crate) struct Scope {
    table: &'static Table,
    /// The number by which the conditions refer to the table.
    pub(crate) base: u64,
    /// Conditions on rows, combined with AND.
    pub(crate) conditions: Vec<Node>,
}

/// The scopes of a database; `None` if there are none.
#[derive(Clone, Default)]
pub(crate) struct Scopes(Option<Arc<[Arc<Scope>]>>);

impl fmt::Debug for Scopes {
    /// Shows the models only: values in conditions may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.list().iter().map(|scope| scope.table.model)).finish()
    }
}

impl Scopes {
    /// Returns all scopes, in the order in which they were added.
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

    /// Whether it is a scope of the model of `table`.
    pub(crate) fn is_of(&self, table: &Table) -> bool {
        std::ptr::eq(self.table, table)
    }

    /// The columns that conditions compare with listed values, each with these values.
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
    /// Returns a handle on which every statement on `T` sees only the rows that meet a condition, such as those of one
    /// tenant (multi-tenancy). It is a cheap clone that shares the connection pool; its sessions and transactions keep the
    /// condition. Several scopes are combined with AND, on one model or on several.
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
    /// - Reads: queries and `find`, joins, relations in clauses, conditions on relations such as `any` and `count`, eager
    ///   loading using `with`, subqueries, derived tables and CTEs, counts, pages and slices. An outer join keeps the rows of
    ///   its other side. A required to-one relation, used in any clause, leaves out the rows whose related row is hidden.
    /// - Updates and deletes do not touch other rows. Setting a column that a scope compares with a value to another value
    ///   is an error of kind [`OutsideScope`](crate::ErrorKind::OutsideScope), before anything is sent.
    /// - Inserts: if the condition is `column = value`, rows without a value for that column get this one, and another
    ///   value is an error; with `is_in`, the value must be in the list. Mark a column that inserts always leave to the
    ///   scope as `#[orm(scoped)]`, so that it may be omitted. Other conditions do not affect inserts.
    /// - Upserts that update need a conflict key that contains the columns of the scope, so that the existing row is in the
    ///   scope, too; with any other key they are an error.
    ///
    /// Within a scope's condition, the scopes of other models apply, but its own model is seen whole.
    ///
    /// # What it does not cover
    ///
    /// - Raw SQL and stored procedures, and what the server does by itself, such as ON DELETE CASCADE and triggers.
    /// - A second model of the same table: it needs a scope of its own.
    /// - Unique values of rows outside the scope: inserting the same value fails, which reveals that such a row exists.
    ///   Include the columns of the scope in such keys.
    /// - Foreign keys to rows outside the scope: `task.project_id` accepts any existing project. Make it a composite key with
    ///   the column of the scope, `belongs_to(project: Project, by = (tenant_id, project_id), to = (tenant_id, id))`:
    ///   then it is a violation.
    /// - The database that this handle was made from, and statements with `.unscoped()`.
    /// - `to_sql`, which knows only a dialect.
    #[must_use]
    pub fn scoped<T: Model>(&self, condition: impl FnOnce(T::Fields<Required>) -> Condition) -> Database {
        self.with_scopes(self.scopes().with(Scope::new::<T>(condition)))
    }
}
