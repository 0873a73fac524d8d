//! Set operations.

use super::Select;

/// Selects put together. Order, limit and offset are those of the select that holds it.
#[derive(Debug, Clone)]
pub struct Compound {
    /// The first select.
    pub first: Select,
    /// The others, and how each is put to what stands before it.
    pub rest: Vec<(SetOperator, Select)>,
}

/// How two selects are put together. Without ALL, equal rows are given once.
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
    /// The operator as SQL has it.
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
    /// Puts `second` to `first`. A chain of one operator stays flat.
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
