//! Comparisons with any or every row of a query.

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

    /// The same three values: of any row, true where one comparison is, else unknown where one is, else false; of every
    /// row, false where one is, else unknown where one is, else true.
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

    /// A query to compare with: MySQL and MariaDB take no limit there, but in a derived table. MariaDB takes what is computed over a
    /// window for NULL there, but in a derived table.
    pub(super) fn compared_select(&mut self, query: &mut Select) -> Result<()> {
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
