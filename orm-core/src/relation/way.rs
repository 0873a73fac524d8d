//! How the rows of a relation to many are reached.

use super::ends::Ends;
use crate::schema::{Direction, Link, Table};
use crate::syntax::{FromItem, JoinKind, On, Origin, Select, Source};

/// From a row to its children, or over the rows of a join model to what they lead to.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// From the row to its children: the targets themselves, or the rows of the join model.
    near: Link,
    /// From a row of the join model to its target.
    far: Option<Link>,
}

impl Way {
    /// The children.
    #[must_use]
    pub const fn children(near: Link) -> Self {
        Way { near, far: None }
    }

    /// What the rows of a join model lead to: `near` leads to them from the row at this end, `far` from the targets.
    #[must_use]
    pub const fn through(near: Link, far: Link) -> Self {
        Way { near, far: Some(Link { key: far.key, direction: Direction::ToParent }) }
    }

    /// The link from the row at this end, and the one from a row of the join model to its target, if there is one.
    pub(crate) const fn links(self) -> (Link, Option<Link>) {
        (self.near, self.far)
    }

    /// What errors call the relation.
    pub(super) fn name(self) -> &'static str {
        self.far.unwrap_or(self.near).key.name
    }

    /// All targets, each with the row of the join model that leads to it, if there is one.
    pub(super) fn select(self, target: &'static Table) -> Select {
        let mut select = Select::new(target);
        if let Some(far) = self.far {
            let back = Link { key: far.key, direction: Direction::ToChild };
            let on = On::Link(Source::table(select.base), back);
            select.from.push(FromItem::joined(Origin::Table(back.target()), JoinKind::Inner, on));
        }
        select
    }

    /// By which columns the rows of such a select belong to the row at this end.
    pub(super) fn ends(self) -> Ends {
        Ends::of(self.near, u64::from(self.far.is_some()))
    }

    /// How the targets are joined to `source`.
    pub(super) fn on(self, source: Source) -> On {
        match self.far {
            None => On::Link(source, self.near),
            Some(far) => On::Through(source, self.near, far),
        }
    }
}
