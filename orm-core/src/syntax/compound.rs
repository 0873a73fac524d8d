//! Set operations.

use super::Select;

/// A set operation on selects. Order, limit and offset are those of the select that contains it.
#[derive(Debug, Clone)]
pub struct Compound {
    /// The first select.
    pub first: Select,
    /// The others, and the operator that combines each with those before it.
    pub rest: Vec<(SetOperator, Select)>,
}

/// A set operator. Without ALL, duplicates are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum SetOperator {
    Union,
    UnionAll,
    Intersect,
    IntersectAll,
    Except,
    ExceptAll,
}

impl SetOperator {
    /// Returns the operator in SQL.
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            SetOperator::Union => "UNION",
            SetOperator::UnionAll => "UNION ALL",
            SetOperator::Intersect => "INTERSECT",
            SetOperator::IntersectAll => "INTERSECT ALL",
            SetOperator::Except => "EXCEPT",
            SetOperator::ExceptAll => "EXCEPT ALL",
        }
    }
}

impl Compound {
    /// Combines two selects. A chain of one operator stays flat.
    #[must_use]
    pub fn of(first: Select, operator: SetOperator, second: Select) -> Select {
        let mut whole = Select::over(Vec::new());
        let mut first = first;
        let flat = first.is_bare_compound().then(|| first.compound.take()).flatten();
        whole.compound = Some(match flat {
            Some(mut compound) if compound.rest.iter().all(|(known, _)| *known == operator) => {
                compound.rest.push((operator, second));
                compound
            }
            flat => {
                if flat.is_some() {
                    first.compound = flat;
                }
                Box::new(Compound { first, rest: vec![(operator, second)] })
            }
        });
        whole
    }
}
