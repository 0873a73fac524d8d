//! Updates and deletes.

use std::sync::Arc;

use super::Renderer;
use super::assignment::{Assigned, Sides, complete, in_order};
use super::full_join::FullyJoined;
use super::implied::Mark;
use super::names::{Place, write_table};
use super::text::Text;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Table;
use crate::scoped::Scope;
use crate::syntax::{Delete, Node, Reach, Refused, Select, Source, Target, Update};

/// How a change identifies its rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// With conditions on its table.
    Plain,
    /// With joins, too.
    Joined,
    /// With the keys that a select finds.
    ByKey,
}

/// Returns whether a delete involves a single table only.
pub(crate) fn is_plain(delete: &mut Delete, dialect: &Dialect, scopes: &[Arc<Scope>]) -> bool {
    form(&mut delete.target, &mut [], dialect, scopes).is_ok_and(|form| form == Form::Plain)
}

fn form(
    target: &mut Target,
    set: &mut [(u16, Node)],
    dialect: &Dialect,
    scopes: &[Arc<Scope>],
) -> Result<Form> {
    let reach = Reach::of(target, set, &|table| {
        let scopes = scopes.iter().filter(|scope| scope.is_of(table));
        scopes.flat_map(|scope| scope.conditions.iter().cloned()).collect()
    });
    let joins = reach.relations || !target.joins.is_empty();
    let limited = target.limit.is_some() || !target.order_by.is_empty();
    if limited && !target.joins.is_empty() {
        return Err(limited_join(target.table));
    }
    let changes = dialect.changes;
    let refused = !changes.subqueries && (reach.itself || reach.named);
    // SQLite would read rows that it has just changed.
    let refused = refused || reach.sets_from_itself;
    Ok(match (changes.joins, joins, limited) {
        _ if refused => Form::ByKey,
        (_, false, false) | (true, false, true) => Form::Plain,
        (true, true, false) => Form::Joined,
        _ => Form::ByKey,
    })
}

impl Renderer<'_> {
    pub(super) fn update(&mut self, update: Update) -> Result<()> {
        let Update { mut target, mut set, refused, returning } = update;
        let table = target.table;
        if let Some(refused) = refused {
            return Err(refused_assignment(table, refused));
        }
        for scope in self.scopes.iter().filter(|scope| scope.is_of(table) && !target.sight.unscoped) {
            scope.keeps(&set)?;
        }
        if set.is_empty() {
            let message = format!("an update of `{}` sets no column: add `.set(..)`", table.model);
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        let form = form(&mut target, &mut set, self.dialect, self.scopes)?;
        let set = complete(table, set);
        let (form, set) = if self.dialect.changes.old_row {
            (form, set)
        } else {
            match in_order(set, target.source(), &mut []) {
                Ok(set) => (form, set),
                Err(set) => (Form::ByKey, set),
            }
        };
        match form {
            Form::Plain => self.plain_update(target, set)?,
            Form::Joined => self.joined_update(target.into_select(), table, set)?,
            Form::ByKey => self.update_by_key(target, set)?,
        }
        if returning {
            self.returning(table);
        }
        Ok(())
    }

    fn plain_update(&mut self, target: Target, set: Vec<Assigned>) -> Result<()> {
        let place = self.enter_change(&target);
        self.push("UPDATE ");
        write_table(&mut self.sql, target.table, self.dialect.quote);
        self.set(target.table, set, &Sides::default())?;
        self.rows(place, target)
    }

    fn joined_update(&mut self, mut select: Select, table: &'static Table, set: Vec<Assigned>) -> Result<()> {
        self.names.enter(true, select.sight);
        self.name_tables(&select, FullyJoined::default());
        let sides = Sides { left: self.prefix(select.base)?, right: self.prefix(select.base)? };
        self.push("UPDATE ");
        self.from(&mut select, FullyJoined::default())?;
        let joins_at = self.mark();
        self.set(table, set, &sides)?;
        self.joined_rows(select, joins_at)
    }

    pub(super) fn delete(&mut self, delete: Delete) -> Result<()> {
        let Delete { mut target, returning, .. } = match delete.into_marking() {
            Ok(update) => return self.update(update),
            Err(delete) => delete,
        };
        let table = target.table;
        match form(&mut target, &mut [], self.dialect, self.scopes)? {
            Form::Plain => {
                let place = self.enter_change(&target);
                self.push("DELETE FROM ");
                write_table(&mut self.sql, table, self.dialect.quote);
                self.rows(place, target)?;
            }
            Form::Joined => self.joined_delete(target.into_select())?,
            Form::ByKey => self.delete_by_key(target)?,
        }
        if returning {
            self.returning(table);
        }
        Ok(())
    }

    fn joined_delete(&mut self, mut select: Select) -> Result<()> {
        self.names.enter(true, select.sight);
        self.name_tables(&select, FullyJoined::default());
        self.push("DELETE ");
        let place = self.place(Source::table(select.base))?;
        self.names.write(&mut self.sql, place);
        self.push(" FROM ");
        self.from(&mut select, FullyJoined::default())?;
        let joins_at = self.mark();
        self.joined_rows(select, joins_at)
    }

    /// Writes the conditions after joins, and the joins that they imply.
    fn joined_rows(&mut self, mut select: Select, joins_at: Mark) -> Result<()> {
        self.conditions_on_rows(&mut select, FullyJoined::default())?;
        let implied = self.names.leave();
        self.put_implied(joins_at, implied);
        Ok(())
    }

    /// Writes the conditions of a change of a single table.
    fn rows(&mut self, place: Place, target: Target) -> Result<()> {
        let Target { table, sight, filter, .. } = target;
        let mut joint = if filter.is_empty() { " WHERE " } else { " AND " };
        self.conditions(" WHERE ", filter)?;
        self.hide(&mut joint, place, table, sight)?;
        self.order_by(target.order_by)?;
        self.limit(target.limit, None);
        self.names.leave();
        Ok(())
    }

    fn enter_change(&mut self, target: &Target) -> Place {
        self.names.enter(false, target.sight);
        self.names.add(target.source(), target.table, false)
    }

    /// Returns the name of a table and a dot.
    pub(super) fn prefix(&mut self, base: u64) -> Result<Text> {
        let place = self.place(Source::table(base))?;
        let mut prefix = Text::default();
        self.names.write(&mut prefix, place);
        prefix.push(b'.');
        Ok(prefix)
    }
}

/// Returns the error for an update with an assignment that is refused.
#[cold]
pub(super) fn refused_assignment(table: &Table, refused: Refused) -> Error {
    let model = table.model;
    let message = match refused {
        Refused::AnotherTable => format!("an update of `{model}` sets a column of another table"),
        Refused::Twice(column) => format!(
            "an update of `{model}` sets `{}` twice; remove one of the assignments, or put it into a `.set(..)` of its own",
            table.column(column).field
        ),
    };
    Error::new(ErrorKind::InvalidQuery, message)
}

#[cold]
fn limited_join(table: &Table) -> Error {
    let message = format!(
        "an update or delete of `{}` cannot combine a join with a limit or an order, because it is not \
         defined which rows these would count; filter through a relation instead, or with `is_in` and a \
         query",
        table.model
    );
    Error::new(ErrorKind::InvalidQuery, message)
}
