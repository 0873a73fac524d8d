//! Clones of selects.

use super::{ColumnRef, Item, Node, Part, Projection, Select, Source, fresh_base, source};

/// A clone has tables of its own: used inside the query that it was cloned from, it is not mistaken for that one.
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
    /// What is selected of its first row, as of a row of another select.
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
    /// The same of the row at `to` that it is of the row at `from`, the first table of a query.
    pub(crate) fn moved(mut self, from: Source, to: Source) -> Self {
        Move { from: from.table, to }.part(Part::Node(&mut self));
        self
    }
}

/// Lets what names a row name another one.
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

/// Gives the tables of one query new numbers, wherever they are named.
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
