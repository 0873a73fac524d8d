//! Links through join models: rows that belong together, or do not.

use super::joins::Wish;
use super::pending::missing;
use super::rows::Stage;
use super::{LinkTarget, RowRef, Tracked, Unit};
use crate::error::Result;
use crate::mode::{Mode, Required};
use crate::model::Model;
use crate::relation::{JoinModel, Many, Through};
use crate::session::Transaction;
use crate::syntax::Source;

impl Transaction {
    /// Links two rows through the join model of a `many_to_many`; either may have no key yet.
    ///
    /// The next flush sees to it: one select for each join model finds the links that there are, and one insert makes
    /// those that are missing, so that to attach what is attached already changes nothing. A link that is marked as
    /// deleted is brought back. Where a row is new, nothing has to be looked up.
    ///
    /// Of what is said about two rows, the last word counts. If either is deleted before the flush, nothing is done. The
    /// row that links them is tracked from then on: [`get`](Self::get) it by its key to change its other columns. Where
    /// such a column has no default, this does not compile: add the row itself, which gives them.
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
    pub fn attach<N: Tracked, T: Model, J: JoinModel<N::Model, T>, M: Mode>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, Through<J, M>>,
        other: impl LinkTarget<T, M>,
    ) -> Result<()> {
        let relation = relation(N::Model::fields(Source::nowhere()));
        self.unit_mut().join(&relation, row.row().0, targets([other]), true)
    }

    /// Ends the link between two rows through the join model of a `many_to_many`, if there is one: the next flush looks
    /// for it and deletes its row. See [`attach`](Self::attach).
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
    pub fn detach<N: Tracked, T: Model, J: Model, M: Mode>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, Through<J, M>>,
        other: impl LinkTarget<T, M>,
    ) -> Result<()> {
        let relation = relation(N::Model::fields(Source::nowhere()));
        self.unit_mut().join(&relation, row.row().0, targets([other]), false)
    }

    /// Ends all links of a row through the join model of a `many_to_many`. See [`attach`](Self::attach).
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
    pub fn detach_all<N: Tracked, T: Model, J: Model>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, Through<J, Required>>,
    ) -> Result<()> {
        let relation = relation(N::Model::fields(Source::nowhere()));
        self.unit_mut().join_no_others(&relation, row.row().0, &[])
    }

    /// Links a row with these rows, and with no others: the next flush looks for the links that there are, inserts those
    /// that are missing and deletes those that are too many. What stays is not touched. See [`attach`](Self::attach).
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
    pub fn replace<N: Tracked, T: Model, J: JoinModel<N::Model, T>, M: Mode>(
        &mut self,
        row: N,
        relation: impl FnOnce(<N::Model as Model>::Fields<Required>) -> Many<T, Through<J, M>>,
        others: impl IntoIterator<Item = impl LinkTarget<T, M>>,
    ) -> Result<()> {
        let relation = relation(N::Model::fields(Source::nowhere()));
        let others: Vec<RowRef> = targets(others).collect();
        self.unit_mut().join_no_others(&relation, row.row().0, &others)
    }
}

fn targets<T: Model, M>(
    others: impl IntoIterator<Item = impl LinkTarget<T, M>>,
) -> impl Iterator<Item = RowRef> {
    others.into_iter().filter_map(LinkTarget::target).map(|other| other.0)
}

impl Unit {
    fn join<T: Model, J: Model, M>(
        &mut self,
        relation: &Many<T, Through<J, M>>,
        row: RowRef,
        others: impl Iterator<Item = RowRef>,
        on: bool,
    ) -> Result<()> {
        self.can_be_joined(row)?;
        for other in others {
            self.can_be_joined(other)?;
            let Some((joins, near)) = self.joins_of::<J>(relation.way()) else { continue };
            joins.wishes.push(Wish::Pair(if near == 0 { [row, other] } else { [other, row] }, on));
            self.pending = true;
        }
        Ok(())
    }

    fn join_no_others<T: Model, J: Model, M>(
        &mut self,
        relation: &Many<T, Through<J, M>>,
        row: RowRef,
        others: &[RowRef],
    ) -> Result<()> {
        self.can_be_joined(row)?;
        others.iter().try_for_each(|&other| self.can_be_joined(other))?;
        if let Some((joins, end)) = self.joins_of::<J>(relation.way()) {
            joins.wishes.push(Wish::NoOthers { end, row });
            self.pending = true;
        }
        self.join(relation, row, others.iter().copied(), true)
    }

    fn can_be_joined(&self, row: RowRef) -> Result<()> {
        match self.stage_of(row)? {
            Stage::New | Stage::Stored => Ok(()),
            stage => Err(missing(stage, self.shelves[row.shelf as usize].table.model)),
        }
    }
}
