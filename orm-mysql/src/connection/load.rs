//! Files of rows on their way to the server.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use mysql_async::prelude::Queryable as _;
use orm_core::driver::Summary;
use orm_core::syntax::RowFile;
use orm_core::{Error, ErrorKind, Result};

use super::MysqlConnection;
use crate::error::classify;

/// A value that was cut: of an insert, the server says that it is too long.
const CUT: u16 = 1265;
const TOO_LONG: u16 = 1406;

/// How much of a file goes in one packet: less than any server takes.
const PACKET: usize = 64 << 10;

/// What the server says if it was not told to take files: MySQL, MariaDB, and older ones of both.
const DISABLED: [u32; 3] = [3948, 4166, 1148];

/// Warnings that are not about what is stored: statements that a replica may run differently, and old syntax.
const HARMLESS: [u16; 3] = [1592, 1287, 1681];

impl MysqlConnection {
    /// Sends rows as the file that `sql` loads. All of them are stored as they are, or it is an error.
    pub(super) async fn load(&mut self, sql: &str, file: RowFile) -> Result<Summary> {
        if !self.settings.local_infile {
            let message = "a bulk load needs the option `local_infile=true` of the database's URL, and the variable \
                           `local_infile` of the server ON; without `bulk()`, the same rows go as inserts";
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let RowFile { bytes, rows } = file;
        let packets = Packets(bytes.into());
        self.connection.set_infile_handler(async move { Ok(Box::pin(packets) as _) });
        if let Err(error) = self.text(sql).await {
            // Not asked for, the file is not kept for whoever asks next.
            self.connection.set_infile_handler(async { Err(nothing()) });
            return Err(refused(error));
        }
        let affected = self.connection.affected_rows();
        if self.connection.get_warnings() > 0
            && let Some(error) = self.first_warning().await?
        {
            return Err(error);
        }
        if affected != rows {
            let message = format!("the server has stored {affected} of {rows} rows, and does not say why");
            return Err(Error::new(ErrorKind::Server, message));
        }
        Ok(Summary { affected, last_insert_id: None })
    }

    /// Where an insert would have failed, a load leaves rows out or cuts values, and warns.
    async fn first_warning(&mut self) -> Result<Option<Error>> {
        let warnings: Vec<(String, u16, String)> =
            self.connection.query("SHOW WARNINGS").await.map_err(classify)?;
        let found = warnings.into_iter().find(|(_, code, _)| !HARMLESS.contains(code));
        Ok(found.map(|(_, code, message)| {
            let code = if code == CUT { TOO_LONG } else { code };
            let state = "HY000".to_owned();
            classify(mysql_async::Error::Server(mysql_async::ServerError { code, message, state }))
        }))
    }
}

fn refused(error: Error) -> Error {
    if !error.code().is_some_and(|code| DISABLED.contains(&code)) {
        return error;
    }
    let message = "the server takes no files for bulk loads: its variable `local_infile` is OFF (`SET GLOBAL \
                   local_infile = 1` turns it on); without `bulk()`, the same rows go as inserts";
    error.into_kind(ErrorKind::Unsupported, message)
}

fn nothing() -> mysql_async::Error {
    mysql_async::Error::Other("the server asks for a file, and none is being loaded".into())
}

/// A file in packets.
struct Packets(Bytes);

impl Stream for Packets {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.len().min(PACKET);
        Poll::Ready((next > 0).then(|| Ok(self.0.split_to(next))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As MySQL 9.7 and MariaDB 10.11 say it.
    #[test]
    fn a_server_that_takes_no_files_is_told_from_other_errors() {
        for code in [3948, 4166] {
            let (message, state) = ("disabled".to_owned(), "HY000".to_owned());
            let error = mysql_async::Error::Server(mysql_async::ServerError { code, message, state });
            let error = refused(classify(error));
            assert!(error.is_unsupported() && error.to_string().contains("`local_infile`"), "{error:?}");
        }
        assert!(!refused(Error::new(ErrorKind::Syntax, "x").with_code(1064)).is_unsupported());
    }
}
