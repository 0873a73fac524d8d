//! Changes of rows whose keys and new values are found by a select first: for updates and deletes that a server cannot run
//! directly.

use super::Renderer;
use super::assignment::{Assigned, Sides};
use super::implied::Mark;
use super::name::Base;
use super::names::Place;
use super::text::Text;
use crate::error::Result;
use crate::syntax::{ColumnRef, Item, Node, Projection, Sight, Source, Target, fresh_base};
use crate::value::Datum;

/// The rendered select.
struct Found {
    text: Text,
    params: Vec<Datum>,
}

impl Renderer<'_> {
    pub(super) fn update_by_key(&mut self, target: Target, mut set: Vec<Assigned>) -> Result<()> {
        let (table, base) = (target.table, target.base);
        let found = Source::table(fresh_base());
        let mut values = Vec::new();
        for (_, node) in &mut set {
            if let Some(node) = node
                && !matches!(node, Node::Value(_))
            {
                let index = table.primary_key.len() + values.len();
                let computed = ColumnRef::new(found, u16::try_from(index).unwrap_or(u16::MAX));
                values.push(std::mem::replace(node, Node::Column(computed)));
            }
        }
        let keys = self.find(target, values)?;
        self.names.enter(true, Sight::ALL);
        let row = self.names.add(Source::table(base), table, false);
        let rows = self.names.add_rows(found, Base::Word("changed"), false);
        self.push("UPDATE ");
        self.declare(row)?;
        let right = self.prefix(base)?;
        if self.dialect.changes.joins {
            self.push(" JOIN (");
            self.found(keys, rows);
            self.same_key(" ON ", row, rows);
            let left = self.prefix(base)?;
            self.set(table, set, &Sides { left, right })?;
        } else {
            self.set(table, set, &Sides { left: Text::default(), right })?;
            self.push(" FROM (");
            self.found(keys, rows);
            self.same_key(" WHERE ", row, rows);
        }
        self.names.leave();
        Ok(())
    }

    pub(super) fn delete_by_key(&mut self, target: Target) -> Result<()> {
        let (table, base) = (target.table, target.base);
        let keys = self.find(target, Vec::new())?;
        self.names.enter(true, Sight::ALL);
        let row = self.names.add(Source::table(base), table, false);
        if self.dialect.changes.joins {
            let rows = self.names.add_rows(Source::table(fresh_base()), Base::Word("changed"), false);
            self.push("DELETE ");
            self.names.write(&mut self.sql, row);
            self.push(" FROM ");
            self.declare(row)?;
            self.push(" JOIN (");
            self.found(keys, rows);
            self.same_key(" ON ", row, rows);
        } else {
            self.push("DELETE FROM ");
            self.declare(row)?;
            self.push(" WHERE (");
            for (position, &column) in table.primary_key.iter().enumerate() {
                self.push(if position > 0 { ", " } else { "" });
                self.names.write_column(&mut self.sql, row, column);
            }
            self.push(") IN (");
            self.sql.extend(&keys.text);
            self.params.extend(keys.params);
            self.push(")");
        }
        self.names.leave();
        Ok(())
    }

    /// Renders the select of the keys and values separately.
    fn find(&mut self, target: Target, values: Vec<Node>) -> Result<Found> {
        let row = target.source();
        let keys = target.table.primary_key.iter().map(|&key| Node::Column(ColumnRef::new(row, key)));
        let items = keys.chain(values).map(Item::Node).collect();
        let mut select = target.into_select();
        select.projection = Projection::Items(items);
        if self.dialect.changes.joins {
            // Without a limit, the server would merge it into the change, which must not read its own table.
            select.limit.get_or_insert(u64::MAX);
        }
        let (text, params) = self.aside(|this| {
            this.next_alias = Some(1);
            this.select(&mut select)?;
            this.put_ctes(Mark::default());
            Ok(())
        })?;
        Ok(Found { text, params })
    }

    /// Writes the select as a derived table, after an opening parenthesis.
    fn found(&mut self, found: Found, rows: Place) {
        self.sql.extend(&found.text);
        self.params.extend(found.params);
        self.push(") AS ");
        self.names.write(&mut self.sql, rows);
    }

    fn same_key(&mut self, clause: &str, row: Place, rows: Place) {
        let Some(table) = self.names.table(row) else { return };
        for (&column, number) in table.primary_key.iter().zip(0u16..) {
            self.push(if number > 0 { " AND " } else { clause });
            self.names.write_qualified(&mut self.sql, row, column);
            self.push(" = ");
            self.names.write_qualified(&mut self.sql, rows, number);
        }
    }
}
