//! The elements of JSON arrays, as tables.

use super::{Node, Origin, Part, Projection, Select, Source};

impl Select {
    /// Returns the document, if the select is nothing but all elements of an array.
    pub(crate) fn as_elements(&self) -> Option<&Node> {
        self.elements().filter(|_| self.filter.is_empty())
    }

    /// Returns the document, if the select is nothing but elements of an array, and the conditions on them, which then
    /// refer to `row`.
    pub(crate) fn filtered_elements(&self, row: Source) -> Option<(Node, Option<Node>)> {
        let document = self.elements()?.clone();
        let conditions = self.filter.iter().map(|node| node.clone().moved(Source::table(self.base), row));
        Some((document, conditions.reduce(Node::and)))
    }

    /// Returns whether it reads elements of an array, at any depth. (Takes `&mut self` for the traversal, and changes
    /// nothing.)
    pub(crate) fn reads_elements(&mut self) -> bool {
        let mut found = self.from.iter().any(|item| matches!(item.origin, Origin::Elements(_)));
        self.parts(&mut |part| found |= reads_elements(part));
        found
    }

    fn elements(&self) -> Option<&Node> {
        let plain = !self.is_shaped()
            && self.lock.is_none()
            && self.order_by.is_empty()
            && matches!(self.projection, Projection::Rows);
        match self.from.as_slice() {
            [item] if plain => match &item.origin {
                Origin::Elements(document) => Some(document),
                _ => None,
            },
            _ => None,
        }
    }
}

fn reads_elements(part: Part<'_>) -> bool {
    match part {
        Part::Select(select) => select.reads_elements(),
        Part::Node(node) => {
            let mut found = false;
            node.parts(&mut |part| found |= reads_elements(part));
            found
        }
        Part::Column(_) | Part::Source(_) => false,
    }
}
