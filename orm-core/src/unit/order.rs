//! The order of tables by their foreign keys.

use crate::schema::Table;

/// The rank of each table: above those of the tables that it references, also by way of tables that are not among them, whose
/// rows the database deletes along with those that they reference. Of tables that reference each other in a circle, the first one
/// has the lowest rank possible.
pub(super) fn ranks(tables: &[&'static Table]) -> Vec<usize> {
    if tables.len() < 2 {
        return vec![0; tables.len()];
    }
    let mut order = Order { tables, visited: Vec::new(), ranks: vec![0; tables.len()], next: 0 };
    tables.iter().for_each(|table| order.visit(table));
    order.ranks
}

struct Order<'t> {
    tables: &'t [&'static Table],
    visited: Vec<&'static Table>,
    ranks: Vec<usize>,
    next: usize,
}

impl Order<'_> {
    fn visit(&mut self, table: &'static Table) {
        if self.visited.iter().any(|visited| std::ptr::eq(*visited, table)) {
            return;
        }
        self.visited.push(table);
        for key in table.foreign_keys {
            let parent = (key.parent)();
            // Several models may be of the same table.
            for other in self.tables.iter().filter(|other| other.is(parent)) {
                self.visit(other);
            }
            self.visit(parent);
        }
        if let Some(at) = self.tables.iter().position(|other| std::ptr::eq(*other, table)) {
            self.ranks[at] = self.next;
            self.next += 1;
        }
    }
}
