//! The path of a to-many relation.

use super::ends::Ends;
use crate::schema::{Direction, Link, Table};
use crate::syntax::{FromItem, JoinKind, On, Origin, Select, Source};

/// The path of a to-many relation: from a row to its children, or through a join model to its targets.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// From the row to its children: the targets themselves, or the rows of the join model.
    near: Link,
    /// From a row of the join model to its target.
    far: Option<Link>,
}

impl Way {
    /// The path to the children.
    #[must_use]
    pub const fn children(near: Link) -> Self {
        Way { near, far: None }
    }

    /// The path through a join model: `near` leads to its rows from the near row, `far` from the targets.
    #[must_use]
    pub const fn through(near: Link, far: Link) -> Self {
        Way { near, far: Some(Link { key: far.key, direction: Direction::ToParent }) }
    }

    /// The link from the near row, and the one from a row of the join model to its target, if there is one.
    pub(crate) const fn links(self) -> (Link, Option<Link>) {
        (self.near, self.far)
    }

    /// The relation's name in errors.
    pub(super) fn name(self) -> &'static str {
        self.far.unwrap_or(self.near).key.name
    }

    /// Selects all targets, each with the row of the join model that leads to it, if there is one.
    pub(super) fn select(self, target: &'static Table) -> Select {
        let mut select = Select::new(target);
        if let Some(far) = self.far {
            let back = Link { key: far.key, direction: Direction::ToChild };
            let on = On::Link(Source::table(select.base), back);
            select.from.push(FromItem::joined(Origin::Table(back.target()), JoinKind::Inner, on));
        }
        select
    }

    /// The columns that match the rows of such a select with the near row.
    pub(super) fn ends(self) -> Ends {
        Ends::of(self.near, u64::from(self.far.is_some()))
    }

    /// The join condition of the targets with `source`.
    pub(super) fn on(self, source: Source) -> On {
        match self.far {
            None => On::Link(source, self.near),
            Some(far) => On::Through(source, self.near, far),
        }
    }
}
