//! What the server reports of a statement that it does not call an error.

use orm_core::value::{Cells, Fault};
use orm_core::{Error, ErrorKind, Result};

use super::MysqlConnection;
use crate::transport::Transport;

/// MariaDB's code for a query that it ended early: a recursion, after `max_recursive_iterations` rounds. MySQL reports an
/// error (3636).
const CUT_SHORT: u16 = 1931;

impl<T: Transport> MysqlConnection<T> {
    /// Returns the codes and texts of the last statement's warnings.
    pub(super) async fn warnings(&mut self) -> Result<Vec<(u16, String)>> {
        let rows = self.transport.rows("SHOW WARNINGS").await?;
        Ok(rows.into_iter().filter_map(|mut row| warning(&mut Cells::new(&mut row)).ok()).collect())
    }

    /// Rejects the result of a recursion that the server ended before it had all rows.
    pub(super) async fn check_recursion(&mut self) -> Result<()> {
        let warnings = self.warnings().await?;
        let Some((code, text)) = warnings.into_iter().find(|(code, _)| *code == CUT_SHORT) else {
            return Ok(());
        };
        let message = format!(
            "the server ended a recursion before it had all rows: {text}; if it is not endless, raise the limit with \
             `init=SET max_recursive_iterations = …` in the URL"
        );
        Err(Error::new(ErrorKind::Server, message).with_code(u32::from(code)))
    }
}

/// Reads the code and the text of a warning.
fn warning(cells: &mut Cells<'_, '_>) -> std::result::Result<(u16, String), Fault> {
    let _level: String = cells.value()?;
    Ok((cells.value()?, cells.value()?))
}
