//! The FROM clause.

use super::Renderer;
use super::full_join::FullyJoined;
use super::name::Base;
use super::names::Place;
use super::outer_join::with_queries_as_values;
use crate::error::Result;
use crate::schema::{Direction, Link};
use crate::syntax::{FromItem, JoinKind, On, Origin, Select, Source};

impl Renderer<'_> {
    /// Names the tables of a select that have no name yet.
    pub(super) fn name_tables(&mut self, select: &Select, full: FullyJoined) {
        for (number, item) in select.from.iter().enumerate().skip(full.merged) {
            let source = Source::table(select.base + number as u64);
            let optional = item.join == JoinKind::Left || number < full.tables;
            match &item.origin {
                Origin::Table(table) => drop(self.names.add(source, table, optional)),
                origin => {
                    let base = match origin {
                        Origin::Cte(cte) => Base::Given(cte.name.clone()),
                        Origin::List(_) => Base::Word("list"),
                        Origin::Elements(_) => Base::Word("elements"),
                        _ => Base::Word("derived"),
                    };
                    let place = self.names.add_rows(source, base, optional);
                    if let Origin::Elements(_) = origin {
                        self.compute_elements(place, optional);
                    }
                }
            }
        }
    }

    /// Writes the FROM clause.
    pub(super) fn from(&mut self, select: &mut Select, full: FullyJoined) -> Result<()> {
        let base = select.base;
        if full.merged > 0 {
            self.merged(select)?;
        }
        for (number, item) in select.from.iter_mut().enumerate().skip(full.merged) {
            let source = Source::table(base + number as u64);
            if number == 0 {
                self.declaration(source, item, full.tables > 0)?;
                continue;
            }
            let join_at = self.mark();
            self.join(source, item, number < full.tables)?;
            // If an ON condition uses a relation, that join must come first, and so must everything else that uses it.
            let implied = self.names.take_implied(source.table);
            if !implied.is_empty() {
                self.put_implied(join_at, implied);
            }
        }
        Ok(())
    }

    fn join(&mut self, source: Source, item: &mut FromItem, full: bool) -> Result<()> {
        match item.join {
            JoinKind::Inner => self.push(" JOIN "),
            JoinKind::Left => self.push(" LEFT JOIN "),
            JoinKind::Full => self.push(" FULL JOIN "),
            JoinKind::Cross => self.push(" CROSS JOIN "),
        }
        if let On::Through(near, link, far) = item.on {
            return self.join_through(source, item, (near, link, far));
        }
        let place = self.declaration(source, item, full)?;
        match std::mem::replace(&mut item.on, On::Nothing) {
            On::Through(..) => {}
            On::Nothing => self.push(if item.join == JoinKind::Cross { "" } else { " ON 1 = 1" }),
            On::Condition(node) => {
                self.push(" ON ");
                let repeats = self.dialect.outer_joins_repeat && item.join == JoinKind::Left;
                let node = if repeats { with_queries_as_values(node) } else { node };
                self.names.joining(Some(source.table));
                self.node(node)?;
                self.names.joining(None);
            }
            On::Link(near, link) => {
                self.push(" ON ");
                let near = self.place(near)?;
                self.linked(place, near, link);
            }
        }
        match item.origin {
            // Hidden rows match nothing, so that the rows of the other side are kept.
            Origin::Table(table) if item.join == JoinKind::Left && !full && self.hides(table) => {
                self.hide_from_outer_join(place, table, self.names.here())
            }
            _ => Ok(()),
        }
    }

    /// Writes `(join_table JOIN target ON …) ON …`: in parentheses, so that an outer join leaves out both or none.
    fn join_through(
        &mut self,
        source: Source,
        item: &mut FromItem,
        (near, link, far): (Source, Link, Link),
    ) -> Result<()> {
        let back = Link { key: far.key, direction: Direction::ToChild };
        let near = self.place(near)?;
        self.push("(");
        let between = self.names.add(source.related(back), link.target(), false);
        self.declare(between)?;
        self.push(" JOIN ");
        let place = self.declaration(source, item, false)?;
        self.push(" ON ");
        self.linked(place, between, far);
        self.hide(&mut " AND ", between, link.target(), self.names.here())?;
        if item.join == JoinKind::Left {
            self.hide(&mut " AND ", place, far.target(), self.names.here())?;
        }
        self.push(") ON ");
        self.linked(between, near, link);
        Ok(())
    }

    /// Writes an item of FROM or JOIN, with its name. Hidden rows of a side of a full join are removed beforehand, since the
    /// join would otherwise return them without a match.
    fn declaration(&mut self, source: Source, item: &mut FromItem, full: bool) -> Result<Place> {
        let place = self.place(source)?;
        match &mut item.origin {
            &mut Origin::Table(table) if full && self.hides(table) => {
                self.push("(SELECT * FROM ");
                self.declare(place)?;
                self.hints(item)?;
                self.hide(&mut " WHERE ", place, table, self.names.here())?;
                self.push(") AS ");
                self.names.write(&mut self.sql, place);
                return Ok(place);
            }
            Origin::Table(_) => {}
            Origin::Derived(select) => {
                self.push("(");
                self.names.isolate();
                self.next_alias = Some(1);
                self.keep_apart(select);
                self.inner_select(select)?;
                self.names.join_again();
                self.push(") AS ");
            }
            Origin::Lateral(select) => self.lateral(select)?,
            Origin::List(list) => self.list_of_rows(list)?,
            Origin::Elements(document) => self.elements(document)?,
            Origin::Cte(cte) => {
                let name = self.cte(cte.clone())?;
                if !self.names.is_called(place, &name) {
                    self.identifier(&name);
                    self.push(" AS ");
                }
            }
        }
        self.declare(place)?;
        if !item.hints.is_empty() {
            self.hints(item)?;
        }
        Ok(place)
    }

    fn lateral(&mut self, select: &mut Select) -> Result<()> {
        if !self.dialect.lateral_joins {
            let what = "a lateral join; load related rows `with` the row, or number rows with \
                        `window::row_number` and filter a derived table of that";
            return Err(self.lacking(what));
        }
        self.push("LATERAL (");
        self.keep_apart(select);
        self.next_alias = Some(1);
        self.inner_select(select)?;
        self.push(") AS ");
        Ok(())
    }
}
