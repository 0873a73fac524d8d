//! Bulk loads.

use orm_core::driver::Summary;
use orm_core::syntax::RowFile;
use orm_core::{Error, ErrorKind, Result};

use super::MysqlConnection;
use crate::error::{self, Refusal};
use crate::transport::Transport;

/// The warning code for a truncated value, which an insert reports as too long.
const CUT: u16 = 1265;
const TOO_LONG: u16 = 1406;

/// The error codes of a server that does not allow files: of MySQL, MariaDB, and older versions of both.
const DISABLED: [u32; 3] = [3948, 4166, 1148];

/// Warnings that do not concern what is stored: statements that are unsafe for replication, and deprecated syntax.
const HARMLESS: [u16; 3] = [1592, 1287, 1681];

impl<T: Transport> MysqlConnection<T> {
    /// Sends rows as the file that `sql` loads. It is an error unless all of them are stored unchanged.
    pub(super) async fn load(&mut self, sql: &str, file: RowFile) -> Result<Summary> {
        if !self.settings.local_infile {
            let message = "a bulk load needs the option `local_infile=true` in the URL, and the server \
                           variable `local_infile` set to ON; without `bulk()`, the same rows are sent as \
                           inserts";
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let RowFile { bytes, rows } = file;
        self.transport.offer(bytes);
        let sent = self.text(sql).await;
        // If the server did not ask for the file, it must not be sent to a later request.
        self.transport.withdraw();
        sent.map_err(refused)?;
        let affected = self.transport.affected();
        if self.transport.warnings() > 0
            && let Some(error) = self.first_warning().await?
        {
            return Err(error);
        }
        if affected != rows {
            let message = format!(
                "the server has stored only {affected} of {rows} rows, without a warning that says why"
            );
            return Err(Error::new(ErrorKind::Server, message));
        }
        Ok(Summary { affected, last_insert_id: None })
    }

    /// Returns the first warning: where an insert would have failed, a load skips rows or truncates values, and warns.
    async fn first_warning(&mut self) -> Result<Option<Error>> {
        let found = self.warnings().await?.into_iter().find(|(code, _)| !HARMLESS.contains(code));
        Ok(found.map(|(code, message)| {
            let code = if code == CUT { TOO_LONG } else { code };
            error::refused(&Refusal { code, state: "HY000", message: &message })
        }))
    }
}

fn refused(error: Error) -> Error {
    if !error.code().is_some_and(|code| DISABLED.contains(&code)) {
        return error;
    }
    let message = "the server does not accept bulk loads: its variable `local_infile` is OFF (`SET GLOBAL \
                   local_infile = 1` turns it on); without `bulk()`, the same rows are sent as inserts";
    error.into_kind(ErrorKind::Unsupported, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of MySQL 9.7 and MariaDB 10.11.
    #[test]
    fn a_server_that_takes_no_files_is_told_from_other_errors() {
        for code in [3948, 4166] {
            let error = refused(error::refused(&Refusal { code, state: "HY000", message: "disabled" }));
            assert!(error.is_unsupported() && error.to_string().contains("`local_infile`"), "{error:?}");
        }
        assert!(!refused(Error::new(ErrorKind::Syntax, "x").with_code(1064)).is_unsupported());
    }
}
