//! Changing which rows belong to a to-many relation.

use super::joins::Wish;
use super::pending::missing;
use super::{LinkTarget, RowRef, Tracked, Unit};
use crate::error::Result;
use crate::mode::Required;
use crate::model::{Model, Writable};
use crate::relation::{Attach, Detach, Many, Way};
use crate::session::Transaction;
use crate::syntax::Source;

impl Transaction {
    /// Adds a row to a to-many relation; either row may be new, without a key. If several calls concern the same two rows,
    /// the last one counts.
    ///
    /// For a `has_many`, this sets the foreign key of the other row, like [`link`](Self::link).
    ///
    /// For a `many_to_many`, this links the rows through the join model. The next flush does this with one select per join
    /// model, which finds existing links, and one insert of the missing ones, so attaching an attached row changes
    /// nothing. A soft-deleted link is restored. For new rows, nothing has to be looked up; if either row is deleted before
    /// the flush, nothing is done. From then on, the session tracks the row of the join model: [`get`](Self::get) it by its key
    /// to change its other columns. If one of these has no default, this does not compile: add the row of the join model
    /// itself, with values for them.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
    /// # fn main() { run(async |db| { labels(db).await?;
    /// let mut s = db.session();
    /// let article = s.get::<Article>(1).await?;
    /// let new = s.add(Label::insert().word("new"));
    /// s.attach(article, |a| a.labels(), new)?;
    /// s.commit().await?; // two inserts
    /// assert_eq!(s[article].labels().select(|l| l.word).all(db).await?, ["rust", "sql", "new"]);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `NotTracked` if a row belongs to another session or no longer exists.
    pub fn attach<N: Tracked, T: Model, H: Attach<N::Model, T>>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, H>,
        other: impl LinkTarget<T, Required>,
    ) -> Result<()>
    where
        H::Rows: Writable,
    {
        let way = relation(N::Model::fields(Source::nowhere())).way();
        self.unit_mut().attach::<H::Rows>(way, row.row().0, &targets([other]))
    }

    /// Removes a row from a to-many relation, if it is part of it.
    ///
    /// For a `has_many`, this sets the foreign key of the other row to NULL. If the key is not nullable, the row cannot exist
    /// without a parent, and is deleted. For a `many_to_many`, the next flush looks up the link between the two rows and
    /// deletes its row; after a rollback it is back, like other deleted rows.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
    /// # fn main() { run(async |db| { labels(db).await?;
    /// let mut s = db.session();
    /// let article = s.get::<Article>(1).await?;
    /// for label in Label::query().filter(|l| l.word.ne("sql")).track(&mut s).await? {
    ///     s.detach(article, |a| a.labels(), label)?;
    /// }
    /// s.commit().await?; // one select, one delete
    /// assert_eq!(s[article].labels().select(|l| l.word).all(db).await?, ["sql"]);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`attach`](Self::attach).
    pub fn detach<N: Tracked, T: Model, H: Detach<T>>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, H>,
        other: impl LinkTarget<T, Required>,
    ) -> Result<()>
    where
        H::Rows: Writable,
    {
        let way = relation(N::Model::fields(Source::nowhere())).way();
        self.unit_mut().detach::<H::Rows>(way, row.row().0, &targets([other]))
    }

    /// Removes all rows from a to-many relation: those that the next flush finds. See
    /// [`detach`](Self::detach).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
    /// # fn main() { run(async |db| { labels(db).await?;
    /// let mut s = db.session();
    /// let article = s.get::<Article>(1).await?;
    /// s.detach_all(article, |a| a.labels())?;
    /// s.commit().await?; // one select, one delete
    /// assert_eq!(s[article].labels().count(db).await?, 0);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`attach`](Self::attach).
    pub fn detach_all<N: Tracked, T: Model, H: Detach<T>>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, H>,
    ) -> Result<()>
    where
        H::Rows: Writable,
    {
        let way = relation(N::Model::fields(Source::nowhere())).way();
        self.unit_mut().detach_others::<H::Rows>(way, row.row().0, &[])
    }

    /// Replaces the rows of a to-many relation with these rows: the next flush looks up the existing ones,
    /// [attaches](Self::attach) the missing ones and [detaches](Self::detach) the others. Those that remain are not touched.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
    /// # fn main() { run(async |db| { labels(db).await?;
    /// let mut s = db.session();
    /// let article = s.get::<Article>(1).await?;
    /// let chosen = Label::query().filter(|l| l.word.is_in(["sql", "idle"])).track(&mut s).await?;
    /// s.replace(article, |a| a.labels(), chosen)?;
    /// s.commit().await?; // "rust" is removed, "sql" stays, "idle" is added
    /// assert_eq!(s[article].labels().select(|l| l.word).all(db).await?, ["sql", "idle"]);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// The same as those of [`attach`](Self::attach).
    pub fn replace<N: Tracked, T: Model, H: Attach<N::Model, T>>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, H>,
        others: impl IntoIterator<Item = impl LinkTarget<T, Required>>,
    ) -> Result<()>
    where
        H::Rows: Writable,
    {
        let way = relation(N::Model::fields(Source::nowhere())).way();
        let (row, others) = (row.row().0, targets(others));
        self.unit_mut().detach_others::<H::Rows>(way, row, &others)?;
        self.unit_mut().attach::<H::Rows>(way, row, &others)
    }
}

fn targets<T: Model>(others: impl IntoIterator<Item = impl LinkTarget<T, Required>>) -> Vec<RowRef> {
    others.into_iter().filter_map(LinkTarget::target).map(|other| other.0).collect()
}

/// For relations whose keys are in rows of `C`: the children, or the rows of the join model.
impl Unit {
    fn attach<C: Model>(&mut self, way: Way, row: RowRef, others: &[RowRef]) -> Result<()> {
        self.can_be_linked(row, others)?;
        match way.links() {
            (near, None) => others.iter().try_for_each(|&child| self.link(child, near.key, Some(row))),
            _ => {
                self.wish::<C>(way, |near| pairs(near, row, others, true));
                Ok(())
            }
        }
    }

    fn detach<C: Model>(&mut self, way: Way, row: RowRef, others: &[RowRef]) -> Result<()> {
        self.can_be_linked(row, others)?;
        match way.links() {
            (near, None) => others.iter().try_for_each(|&child| self.take_out(near.key, row, child)),
            _ => {
                self.wish::<C>(way, |near| pairs(near, row, others, false));
                Ok(())
            }
        }
    }

    fn detach_others<C: Model>(&mut self, way: Way, row: RowRef, others: &[RowRef]) -> Result<()> {
        self.can_be_linked(row, others)?;
        match way.links() {
            (near, None) => self.keep_only::<C>(near.key, row, others),
            _ => {
                self.wish::<C>(way, |end| vec![Wish::NoOthers { end, row }]);
                Ok(())
            }
        }
    }

    /// Records changes of links, given the index of the near end.
    fn wish<J: Model>(&mut self, way: Way, wishes: impl FnOnce(usize) -> Vec<Wish>) {
        if let Some((joins, near)) = self.joins_of::<J>(way) {
            joins.wishes.extend(wishes(near));
            self.pending = true;
        }
    }

    /// Checks that rows exist, and are not to be deleted.
    pub(super) fn can_be_linked(&self, row: RowRef, others: &[RowRef]) -> Result<()> {
        for row in others.iter().copied().chain([row]) {
            let stage = self.stage_of(row)?;
            if !stage.stays() {
                return Err(missing(stage, self.shelves[row.shelf as usize].table.model));
            }
        }
        Ok(())
    }
}

fn pairs(near: usize, row: RowRef, others: &[RowRef], on: bool) -> Vec<Wish> {
    let pair = |&other: &RowRef| Wish::Pair(if near == 0 { [row, other] } else { [other, row] }, on);
    others.iter().map(pair).collect()
}
