//! Clones of selects.

use super::{ColumnRef, Item, Node, Part, Projection, Select, Source, fresh_base, source};

/// A clone gets table numbers of its own, so that it can be used inside the query that it was cloned from.
impl Clone for Select {
    fn clone(&self) -> Self {
        let mut clone = self.duplicate();
        let renumber = Renumber { old: self.base, new: fresh_base() };
        clone.base = renumber.new;
        renumber.select(&mut clone);
        clone
    }
}

impl Select {
    /// Returns the items selected, with the first table replaced by a row of another select.
    pub(crate) fn items_of(&self, row: Source) -> Vec<Item> {
        let mut select = self.duplicate();
        Renumber { old: self.base, new: row.table }.select(&mut select);
        match select.projection {
            Projection::Items(items) => items,
            Projection::Rows | Projection::One | Projection::Count => Vec::new(),
        }
    }
}

impl Node {
    /// Replaces the row at `from`, the first table of a query, with the row at `to`.
    pub(crate) fn moved(mut self, from: Source, to: Source) -> Self {
        Move { from: from.table, to }.part(Part::Node(&mut self));
        self
    }
}

/// Replaces references to one row with another row.
struct Move {
    from: u64,
    to: Source,
}

impl Move {
    fn part(&self, part: Part<'_>) {
        match part {
            Part::Node(node) => node.parts(&mut |part| self.part(part)),
            Part::Select(select) => select.parts(&mut |part| self.part(part)),
            Part::Source(source) => self.source(source),
            Part::Column(column) => {
                let mut source = column.source();
                self.source(&mut source);
                *column = ColumnRef::new(source, column.index);
            }
        }
    }

    fn source(&self, source: &mut Source) {
        if source.table == self.from {
            *source = self.to.follow(source.path);
        }
    }
}

/// Gives the tables of a query new numbers, wherever they are used.
struct Renumber {
    old: u64,
    new: u64,
}

impl Renumber {
    fn select(&self, select: &mut Select) {
        select.parts(&mut |part| self.part(part));
    }

    fn part(&self, part: Part<'_>) {
        match part {
            Part::Node(node) => node.parts(&mut |part| self.part(part)),
            Part::Select(select) => self.select(select),
            Part::Source(source) => self.source(source),
            Part::Column(column) => {
                let mut source = column.source();
                self.source(&mut source);
                *column = ColumnRef::new(source, column.index);
            }
        }
    }

    fn source(&self, source: &mut Source) {
        if (self.old..self.old + source::TABLES).contains(&source.table) {
            source.table = source.table - self.old + self.new;
        }
    }
}
