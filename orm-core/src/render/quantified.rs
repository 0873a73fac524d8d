//! Comparisons with ANY or ALL rows of a query.

use super::Renderer;
use crate::dialect::Decimals;
use crate::error::Result;
use crate::syntax::{Quantified, Quantifier, Select};
use crate::value::Kind;

impl Renderer<'_> {
    pub(super) fn quantified(&mut self, quantified: Quantified) -> Result<()> {
        if self.dialect.quantifiers {
            return self.quantified_natively(quantified);
        }
        self.quantified_by_counting(quantified)
    }

    fn quantified_natively(&mut self, mut quantified: Quantified) -> Result<()> {
        self.compared(quantified.left)?;
        self.comparison(quantified.comparison);
        self.push(match quantified.quantifier {
            Quantifier::Any => "ANY (",
            Quantifier::Every => "ALL (",
        });
        self.compared_select(&mut quantified.query)?;
        self.push(")");
        Ok(())
    }

    /// Emulates the comparison by counting, with the same three-valued result. ANY: true if one comparison is true,
    /// otherwise unknown if one is unknown, otherwise false. ALL: false if one is false, otherwise unknown if one is
    /// unknown, otherwise true.
    fn quantified_by_counting(&mut self, mut quantified: Quantified) -> Result<()> {
        let (decisive, decided, otherwise) = match quantified.quantifier {
            Quantifier::Any => ("MAX(holds) = 1", "1", "0"),
            Quantifier::Every => ("MIN(holds) = 0", "0", "1"),
        };
        let head = format!(
            "(SELECT CASE WHEN {decisive} THEN {decided} WHEN COUNT(holds) < COUNT(*) THEN NULL ELSE {otherwise} END \
            FROM (WITH \"each row\"(\"its value\") AS ("
        );
        self.push(&head);
        self.inner_select(&mut quantified.query)?;
        self.push(") SELECT ");
        self.compared(quantified.left)?;
        self.comparison(quantified.comparison);
        self.push("\"its value\"");
        if quantified.kind == Kind::Numeric && self.dialect.decimals == Decimals::Functions {
            self.push(" COLLATE DECIMAL");
        }
        self.push(" AS holds FROM \"each row\"))");
        Ok(())
    }

    /// Writes the query of a comparison: as a derived table if it has a limit, which MySQL and MariaDB do not allow there,
    /// or a value over a window, which MariaDB takes for NULL there.
    pub(super) fn compared_select(&mut self, query: &mut Select) -> Result<()> {
        self.check_elements(query)?;
        if query.selects_window() {
            query.limit_to_all();
        }
        if query.limit.is_some() || query.offset.is_some() {
            self.operand_select(query)
        } else {
            self.inner_select(query)
        }
    }
}
