//! Which rows a relation to many leads to: rows that belong together, or do not.

use super::joins::Wish;
use super::pending::missing;
use super::rows::Stage;
use super::{LinkTarget, RowRef, Tracked, Unit};
use crate::error::Result;
use crate::mode::Required;
use crate::model::{Model, Writable};
use crate::relation::{Attach, Detach, Many, Way};
use crate::session::Transaction;
use crate::syntax::Source;

impl Transaction {
    /// Adds a row to those that a relation to many leads to; either may have no key yet. Of what is said about two rows,
    /// the last word counts.
    ///
    /// Over a `has_many`, it points the other row at this one, as [`link`](Self::link) does.
    ///
    /// Over a `many_to_many`, it is linked through the join model. The next flush sees to it: one select for each join
    /// model finds the links that there are, and one insert makes those that are missing, so that to attach what is
    /// attached already changes nothing. A link that is marked as deleted is brought back. Where a row is new, nothing has
    /// to be looked up; if either is deleted before the flush, nothing is done. The row that links them is tracked from
    /// then on: [`get`](Self::get) it by its key to change its other columns. Where such a column has no default, this
    /// does not compile: add the row itself, which gives them.
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
    /// Kind `NotTracked` if a row is not this session's or not there any more.
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

    /// Takes a row out of those that a relation to many leads to, if it is one of them.
    ///
    /// Over a `has_many`, it points at nothing then. If its key cannot be NULL, it cannot be without a parent, and is
    /// deleted. Over a `many_to_many`, the next flush looks for the link between the two rows, and deletes its row; after
    /// a rollback, it is back, as other deleted rows are.
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
    /// As [`attach`](Self::attach).
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

    /// Takes out all rows that a relation to many leads to: those that the next flush finds. See
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
    /// As [`attach`](Self::attach).
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

    /// Lets a relation to many lead to these rows, and to no others: the next flush looks for those that there are,
    /// [attaches](Self::attach) what is missing and [detaches](Self::detach) what is too many. What stays is not touched.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/labels.rs"));
    /// # fn main() { run(async |db| { labels(db).await?;
    /// let mut s = db.session();
    /// let article = s.get::<Article>(1).await?;
    /// let chosen = Label::query().filter(|l| l.word.is_in(["sql", "idle"])).track(&mut s).await?;
    /// s.replace(article, |a| a.labels(), chosen)?;
    /// s.commit().await?; // "rust" goes, "sql" stays, "idle" comes
    /// assert_eq!(s[article].labels().select(|l| l.word).all(db).await?, ["sql", "idle"]);
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// As [`attach`](Self::attach).
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

/// Of a relation whose keys are in rows of `C`: the children, or the rows of the join model.
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

    /// Notes what is to be after a flush, of links of which one end is near.
    fn wish<J: Model>(&mut self, way: Way, wishes: impl FnOnce(usize) -> Vec<Wish>) {
        if let Some((joins, near)) = self.joins_of::<J>(way) {
            joins.wishes.extend(wishes(near));
            self.pending = true;
        }
    }

    fn can_be_linked(&self, row: RowRef, others: &[RowRef]) -> Result<()> {
        for row in others.iter().copied().chain([row]) {
            let stage = self.stage_of(row)?;
            if !matches!(stage, Stage::New | Stage::Stored) {
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
