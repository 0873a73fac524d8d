//! The commands, one file each.

pub(crate) mod create_database;
pub(crate) mod ddl;
pub(crate) mod diagram;
pub(crate) mod migrate;
pub(crate) mod reflect;
pub(crate) mod verify;

use orm::dialect::Dialect;

use crate::arguments::{Connection, DialectName};
use crate::failure::{Failure, Outcome};
use crate::target::Target;

/// Returns the requested dialect, or that of the named database. Does not connect.
fn dialect(asked: Option<DialectName>, connection: &Connection) -> Outcome<Dialect> {
    if let Some(name) = asked {
        return Ok(name.dialect().clone());
    }
    match Target::look(connection)? {
        Some(target) => Ok(target.db.dialect().clone()),
        None => Err(Failure::Usage(
            "no dialect is given: use `--dialect`, or name a database with `--url` or the variable \
             `DATABASE_URL`"
                .to_owned(),
        )),
    }
}
