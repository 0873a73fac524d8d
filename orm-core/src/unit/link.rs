//! Linking a row to another one.

use super::links::is_own;
use super::rows::Stage;
use super::{Handle, New, RowRef, Tracked, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::mode::{MayBeNull, Mode, Nullable, Required};
use crate::model::Model;
use crate::relation::One;
use crate::schema::{Direction, ForeignKey};
use crate::session::Transaction;
use crate::syntax::{Node, Source};
use crate::value::Datum;

/// What a row can be linked to: a [`Handle`], a [`New`], and `None` if the relation is optional.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let mut s = db.session();
/// let post = s.get::<Post>(1).await?;
/// let bob = s.get::<User>(2).await?;
/// s.link(post, |p| p.author(), bob)?; // an existing row
/// let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
/// s.link(post, |p| p.author(), cid)?; // a new one, which has no key yet
/// s.commit().await?;
/// assert_eq!(s[post].author_id, s[s.saved(cid)?].id);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "the relation does not lead to `{Self}`",
    label = "expected a `Handle<{P}>` or a `New<{P}>`",
    note = "`None` needs a nullable foreign key; the relation must be one of the row itself, not of a related row; to set a key by value, use its field, `s[post].author_id = 1`"
)]
pub trait LinkTarget<P: Model, N> {
    #[doc(hidden)]
    fn target(self) -> Option<super::handle::Reference>;
}

macro_rules! targets {
    ($($mode:ident)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<P: Model> LinkTarget<P, $mode> for Handle<P> {
            fn target(self) -> Option<super::handle::Reference> {
                Some(self.row())
            }
        }
        #[diagnostic::do_not_recommend]
        impl<P: Model> LinkTarget<P, $mode> for New<P> {
            fn target(self) -> Option<super::handle::Reference> {
                Some(self.row())
            }
        }
    )* };
}
targets!(Required Nullable);

#[diagnostic::do_not_recommend]
impl<P: Model, N: MayBeNull> LinkTarget<P, N> for Option<Handle<P>> {
    fn target(self) -> Option<super::handle::Reference> {
        self.map(Tracked::row)
    }
}

impl Transaction {
    /// Links a row to another one, which may have no key yet: sets the columns of the foreign key, now or in the flush
    /// that inserts the other row. This overrides earlier values of the columns. The link is to the row, not to its current
    /// key: if that changes before or in the flush, the new key is sent. The row may leave the session before the flush
    /// ([`take`](Self::take), [`forget`](Self::forget)).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let mut s = db.session();
    /// let draft = s.get::<Post>(2).await?;
    /// let cid = s.add(User::insert().email("cid@example.org").name("Cid"));
    /// s.link(draft, |p| p.author(), cid)?;
    /// s.commit().await?;
    /// assert_eq!(s[draft].author_id, s[s.saved(cid)?].id);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotTracked` if a row belongs to another session or no longer exists; `InvalidQuery` for a relation whose foreign
    /// key is at the other end.
    pub fn link<C: Tracked, P: Model, N: Mode>(
        &mut self,
        child: C,
        relation: impl FnOnce(<C::Model as Model>::Fields<Required>) -> One<P, N>,
        to: impl LinkTarget<P, N>,
    ) -> Result<()> {
        let link = relation(C::Model::fields(Source::table(0))).link();
        if link.direction == Direction::ToChild {
            let message = format!(
                "the key of this relation is in `{}`: link that row, by its `{}`",
                (link.key.child)().model,
                link.key.name
            );
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        self.unit_mut().link(child.row().0, link.key, to.target().map(|target| target.0))
    }
}

impl Unit {
    pub(super) fn link(&mut self, child: RowRef, key: &'static ForeignKey, to: Option<RowRef>) -> Result<()> {
        self.can_be_linked(child, to.as_slice())?;
        let nodes = self.key_nodes(child, key, to);
        self.pending = true;
        if let Some(parent) = to {
            self.keep(key, parent, child);
        }
        let shelf = &mut self.shelves[child.shelf as usize];
        shelf.links.unset(child.slot, key.columns);
        let has_values = nodes.iter().all(|node| matches!(node, Node::Value(_)));
        shelf.aims.set(child.slot, key, to.filter(|&parent| has_values && parent != child));
        for (&column, node) in key.columns.iter().zip(nodes) {
            // A composite key may share columns with the row itself; those that are not nullable keep their values.
            if to.is_none() && !shelf.table.column(column).nullable {
                continue;
            }
            match (shelf.rows.draft_mut(child.slot).get_mut(usize::from(column)), node) {
                (Some(drafted), node) => *drafted = node,
                (None, Node::Value(value)) => {
                    shelf.touch(child.slot);
                    shelf.rows.set(child.slot, column, value)?;
                }
                (None, node) => shelf.links.set(child.slot, column, node),
            }
        }
        Ok(())
    }

    /// The nodes for the columns of a foreign key: values, if both rows are in the database and the referenced values are not
    /// about to change.
    fn key_nodes(&self, child: RowRef, key: &'static ForeignKey, to: Option<RowRef>) -> Vec<Node> {
        let Some(parent) = to else { return vec![Node::Value(Datum::Null); key.columns.len()] };
        let shelf = &self.shelves[parent.shelf as usize];
        let columns = key.parent_columns();
        let is_stored = |row: RowRef| self.stage_of(row).is_ok_and(|stage| stage == Stage::Stored);
        let is_to_change = || columns.iter().any(|&column| shelf.is_to_be_set(parent.slot, column));
        // For a link to itself, the row's own values are the latest.
        if is_stored(child) && is_stored(parent) && (parent == child || !is_to_change()) {
            return columns
                .iter()
                .map(|&column| Node::Value(shelf.rows.value(parent.slot, column)))
                .collect();
        }
        let columns = key.columns.iter().zip(columns).zip(parent.held(columns));
        columns
            .map(|((&column, &there), node)| {
                self.own_node(child, key, column, (parent, there)).unwrap_or(node)
            })
            .collect()
    }

    /// What a column of a foreign key contains already, if the row needs it itself and the linked row has the same: a row
    /// must not depend on one that it can do without.
    fn own_node(&self, row: RowRef, key: &ForeignKey, column: u16, there: (RowRef, u16)) -> Option<Node> {
        let shelf = &self.shelves[row.shelf as usize];
        if !is_own(key, column) || !self.will_be_same((row, column), there) {
            return None;
        }
        let value = || Node::Value(shelf.rows.value(row.slot, column));
        Some(self.node(row, column).cloned().unwrap_or_else(value))
    }
}
