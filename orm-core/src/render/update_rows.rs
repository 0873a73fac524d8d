//! Updates of many rows, each with its own values: the new values are passed as a table, and joined.

use super::Renderer;
use super::list::json_rows;
use super::name::Base;
use super::names::{Place, write_table};
use crate::dialect::{Handover, JsonElement};
use crate::error::Result;
use crate::schema::Table;
use crate::syntax::{Node, Source, UpdateRows};
use crate::value::{Datum, Kind};

/// The two tables of such an update.
#[derive(Clone, Copy)]
struct Places {
    /// The table that is changed.
    old: Place,
    /// The table of the new values.
    new: Place,
}

impl Renderer<'_> {
    pub(super) fn update_rows(&mut self, update: UpdateRows) -> Result<()> {
        self.check_rows(&update)?;
        self.names.enter(false, update.sight);
        let old = self.names.add(Source::table(update.base), update.table, false);
        let new = self.names.add_rows(Source::table(update.base + 1), Base::Word("new"), false);
        let places = Places { old, new };
        match self.dialect.handover {
            Handover::Values => self.update_from_values(places, update)?,
            Handover::Json(element) => self.update_join_json(places, update, element)?,
        }
        self.names.leave();
        Ok(())
    }

    /// Rejects values that a column cannot store, or that a scope does not allow.
    fn check_rows(&self, update: &UpdateRows) -> Result<()> {
        let UpdateRows { table, matched, set, values, sight, .. } = update;
        let scopes = self.scopes.iter().filter(|scope| scope.is_of(table) && !sight.unscoped);
        let scopes: Vec<_> = scopes.collect();
        for row in values.chunks(matched.len() + set.len()) {
            let set = set.iter().zip(&row[matched.len()..]);
            for (&column, value) in set.clone() {
                self.check_stored(value, table, table.column(column))?;
            }
            for scope in &scopes {
                let set: Vec<_> =
                    set.clone().map(|(&column, value)| (column, Node::Value(value.clone()))).collect();
                scope.keeps(&set)?;
            }
        }
        Ok(())
    }

    /// `UPDATE t SET c = new.column2 FROM (VALUES (…), …) AS new WHERE t.id = new.column1`
    fn update_from_values(&mut self, places: Places, update: UpdateRows) -> Result<()> {
        let UpdateRows { table, sight, matched, set, values, constants, .. } = update;
        self.push("UPDATE ");
        write_table(&mut self.sql, table, self.dialect.quote);
        self.push(" SET ");
        for (at, &position) in set.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            // Without a qualifier: SQLite does not allow one here.
            self.column_name(table.column(position));
            self.push(" = ");
            self.new_column(places, "column", matched.len() + at);
        }
        for (position, value) in constants {
            self.push(", ");
            self.column_name(table.column(position));
            self.push(" = ");
            self.store(value, table, table.column(position))?;
        }
        if let Some(version) = version(table) {
            self.push(", ");
            self.column_name(table.column(version));
            self.push(" = ");
            self.next_version(places, version);
        }
        self.push(" FROM (VALUES ");
        let width = matched.len() + set.len();
        for (at, value) in values.into_iter().enumerate() {
            self.push(match (at, at % width) {
                (0, _) => "(",
                (_, 0) => "), (",
                _ => ", ",
            });
            self.bind(value, None)?;
        }
        self.push(")) AS ");
        self.names.write(&mut self.sql, places.new);
        for (at, &position) in matched.iter().enumerate() {
            self.push(if at == 0 { " WHERE " } else { " AND " });
            self.write_column(places.old, position);
            self.push(" = ");
            self.new_column(places, "column", at);
        }
        self.hide(&mut " AND ", places.old, table, sight)
    }

    /// Writes `UPDATE JSON_TABLE(?, …) AS new STRAIGHT_JOIN t ON t.id = new.c1 SET t.c = new.c2`. The types of the values
    /// are explicit, unlike those of placeholders in a derived table, and the rows are locked in the order of the values.
    fn update_join_json(
        &mut self,
        places: Places,
        update: UpdateRows,
        element: fn(Kind) -> JsonElement,
    ) -> Result<()> {
        let UpdateRows { table, sight, matched, set, values, constants, .. } = update;
        let width = matched.len() + set.len();
        let kinds = matched.iter().chain(&set).map(|&position| table.column(position).kind);
        let elements: Vec<JsonElement> = kinds.map(element).collect();
        self.push("UPDATE JSON_TABLE(");
        self.bind(Datum::Text(json_rows(&values, &elements).into()), None)?;
        self.push(", '$[*]' COLUMNS (");
        for (at, JsonElement { ty, .. }) in elements.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            self.push(&format!("{comma}`c{}` {ty} PATH '$[{at}][0]'", at + 1));
        }
        self.push(")) AS ");
        self.names.write(&mut self.sql, places.new);
        self.push(" STRAIGHT_JOIN ");
        write_table(&mut self.sql, table, self.dialect.quote);
        for (at, &position) in matched.iter().enumerate() {
            self.push(if at == 0 { " ON " } else { " AND " });
            self.write_column(places.old, position);
            self.push(" = ");
            self.new_value(places, at, elements[at].compared);
        }
        for (at, &position) in matched.iter().enumerate() {
            // These values compare by other rules than the column, whose index works for its own rules only.
            if elements[at].compared != elements[at].stored {
                self.push(" AND ");
                self.write_column(places.old, position);
                self.push(" IN (");
                self.bound_list(values.iter().skip(at).step_by(width).cloned().collect(), 1)?;
                self.push(")");
            }
        }
        self.push(" SET ");
        for (at, &position) in set.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.write_column(places.old, position);
            self.push(" = ");
            let at = matched.len() + at;
            self.new_value(places, at, elements[at].stored);
        }
        for (position, value) in constants {
            self.push(", ");
            self.write_column(places.old, position);
            self.push(" = ");
            self.store(value, table, table.column(position))?;
        }
        if let Some(version) = version(table) {
            self.push(", ");
            self.write_column(places.old, version);
            self.push(" = ");
            self.next_version(places, version);
        }
        self.hide(&mut " WHERE ", places.old, table, sight)
    }

    /// Writes a column of the new values.
    fn new_column(&mut self, places: Places, name: &str, at: usize) {
        self.names.write(&mut self.sql, places.new);
        self.push(".");
        self.identifier(&format!("{name}{}", at + 1));
    }

    fn new_value(&mut self, places: Places, at: usize, template: &str) {
        let (before, after) = template.split_once("{0}").unwrap_or((template, ""));
        self.push(before);
        self.new_column(places, "c", at);
        self.push(after);
    }

    fn next_version(&mut self, places: Places, version: u16) {
        self.write_column(places.old, version);
        self.push(" + 1");
    }
}

/// Returns the position of the version column.
fn version(table: &Table) -> Option<u16> {
    table.version_column().map(|(at, _)| at)
}
