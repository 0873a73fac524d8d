//! Joins implied by the use of a relation: each path of relations is joined once, next to its table.

use super::Renderer;
use super::names::Place;
use super::text::Text;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Link;
use crate::syntax::{Source, Step, path_steps};
use crate::value::Datum;

/// A position in a statement: in its text, and among its values.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    pub(super) text: usize,
    pub(super) params: usize,
}

/// A join that is not in the statement yet.
pub(super) struct Implied {
    /// The table where its path starts.
    pub(super) table: u64,
    pub(super) text: Text,
    pub(super) params: Vec<Datum>,
}

impl Renderer<'_> {
    /// Returns the current position.
    pub(super) fn mark(&self) -> Mark {
        Mark { text: self.sql.len(), params: self.params.len() }
    }

    /// Inserts joins at a position.
    pub(super) fn put_implied(&mut self, mut at: Mark, joins: Vec<Implied>) {
        for join in joins {
            self.sql.insert(at.text, &join.text);
            at.text += join.text.len();
            let count = join.params.len();
            self.params.splice(at.params..at.params, join.params);
            at.params += count;
        }
    }

    /// Returns the place of a source, joining the rows that its relations lead to if they are not joined yet.
    #[inline]
    pub(super) fn place(&mut self, source: Source) -> Result<Place> {
        match self.names.find(source) {
            Some(place) => Ok(place),
            None => self.imply(source),
        }
    }

    #[cold]
    fn imply(&mut self, source: Source) -> Result<Place> {
        let Some(mut from) = self.names.find(Source::table(source.table)) else {
            return Err(Error::new(
                ErrorKind::InvalidQuery,
                "the query uses a column of another query; only a subquery of that other query can do so",
            ));
        };
        if source.path.is_too_long() {
            let message = "the program uses more than 65,534 chains of relations";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        // Relations of an outer query are joined there.
        let frame = self.names.frame(from);
        let mut optional = self.names.is_optional(from);
        for (path, step) in path_steps(source.path) {
            let at = Source { table: source.table, path };
            let known = self.names.find(at);
            from = match step {
                Step::Part { first, optional: may_be_missing } => {
                    optional |= may_be_missing;
                    known.unwrap_or_else(|| self.names.add_part(at, from, first))
                }
                Step::Relation(link) => {
                    optional |= link.optional();
                    match known {
                        Some(place) => place,
                        None => self.imply_relation(frame, from, at, link, optional)?,
                    }
                }
            };
        }
        Ok(from)
    }

    /// Joins the rows that a relation leads to, where possible.
    fn imply_relation(
        &mut self,
        frame: usize,
        from: Place,
        step: Source,
        link: Link,
        optional: bool,
    ) -> Result<Place> {
        if self.names.is_joining(step.table) {
            let message = "the condition of a join uses a relation of the joined table; join the related table first, or move the \
                           condition to a `filter`";
            return Err(Error::new(ErrorKind::InvalidQuery, message));
        }
        if !self.names.joins(frame) {
            return Err(no_joins(self.names.table(from).map_or("", |table| table.model), link));
        }
        self.join_implied(frame, from, step, link, optional)
    }

    /// Renders one more join separately.
    fn join_implied(
        &mut self,
        frame: usize,
        from: Place,
        step: Source,
        link: Link,
        optional: bool,
    ) -> Result<Place> {
        let to = self.names.add_to(frame, step, link.target(), optional);
        let sql = std::mem::take(&mut self.sql);
        let params = std::mem::take(&mut self.params);
        // The join is not part of the computed key that may have implied it.
        let in_key = std::mem::take(&mut self.in_key);
        self.push(if optional { " LEFT JOIN " } else { " JOIN " });
        self.declare(to)?;
        self.push(" ON ");
        self.linked(to, from, link);
        let sight = self.names.sight(frame);
        match optional {
            true => self.hide_from_outer_join(to, link.target(), sight)?,
            false => self.hide(&mut " AND ", to, link.target(), sight)?,
        }
        let text = std::mem::replace(&mut self.sql, sql);
        let params = std::mem::replace(&mut self.params, params);
        self.in_key = in_key;
        self.names.imply(frame, Implied { table: step.table, text, params });
        Ok(to)
    }

    /// Writes the condition that `link` leads from `from` to `to`.
    pub(super) fn linked(&mut self, to: Place, from: Place, link: Link) {
        for (position, (near, far)) in link.columns().enumerate() {
            if position > 0 {
                self.push(" AND ");
            }
            self.names.write_qualified(&mut self.sql, to, far);
            self.push(" = ");
            self.names.write_qualified(&mut self.sql, from, near);
        }
    }
}

fn no_joins(model: &str, link: Link) -> Error {
    let message = format!(
        "an upsert of `{}` cannot use its relation `{}`; write a subquery instead, as in \
         `{}::query().filter(..).aggregate(..).scalar()`",
        model,
        link.key.name,
        link.target().model,
    );
    Error::new(ErrorKind::Unsupported, message)
}
