//! Set operations beside UNION.

use crate::syntax::SetOperator;

/// Which set operations a database has, beside UNION and UNION ALL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOperations {
    /// None: MySQL before [8.0.31](https://dev.mysql.com/doc/refman/8.0/en/intersect.html).
    None,
    /// INTERSECT and EXCEPT, which remove duplicates.
    Distinct,
    /// These, and INTERSECT ALL and EXCEPT ALL.
    All,
}

impl SetOperations {
    /// Returns what to use instead of an operator that is missing.
    pub(crate) fn instead_of(self, operator: SetOperator) -> Option<&'static str> {
        use SetOperator::{Except, ExceptAll, Intersect, IntersectAll, Union, UnionAll};
        match (self, operator) {
            (Self::All, _) | (_, Union | UnionAll) | (Self::Distinct, Intersect | Except) => None,
            (Self::Distinct, IntersectAll | ExceptAll) => Some("use it without `_all`"),
            (Self::None, Intersect | IntersectAll) => Some("filter one query with `is_in` of the other"),
            (Self::None, Except | ExceptAll) => Some("filter one query with `is_not_in` of the other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SetOperations;
    use crate::syntax::SetOperator::{Except, ExceptAll, Intersect, IntersectAll, Union, UnionAll};

    #[test]
    fn what_is_missing_has_a_substitute() {
        let missing = |has: SetOperations| {
            [Union, UnionAll, Intersect, Except, IntersectAll, ExceptAll]
                .map(|operator| has.instead_of(operator).is_some())
        };
        assert_eq!(missing(SetOperations::All), [false; 6]);
        assert_eq!(missing(SetOperations::Distinct), [false, false, false, false, true, true]);
        assert_eq!(missing(SetOperations::None), [false, false, true, true, true, true]);
    }
}
