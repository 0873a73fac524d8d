//! What SQLite drops along with the old version of a rebuilt table, though nobody asked for it.

use orm::prelude::*;
use orm::schema::TableSchema;
use orm::{Error, ErrorKind, Result, Session};

use crate::Migrations;
use crate::plan::Work;

/// A trigger, an index or a column: its kind, its table and its name.
type Thing = (String, String, String);

/// The things that were there before a migration.
pub(super) struct Before {
    things: Vec<Thing>,
    /// The tables of models, in all of their versions: the things that models know are dropped on purpose.
    known: Vec<TableSchema>,
}

impl Before {
    /// Reads all triggers and, for a migration that was made from the state after another one, the indexes and columns of
    /// the models' tables.
    pub(super) async fn read(s: &mut Session, migrations: &Migrations, work: &Work<'_>) -> Result<Self> {
        let mut made = migrations.list.iter().filter(|migration| migration.state.is_some());
        let is_first = made.next().is_none_or(|first| first.name == work.migration.name);
        let rebuilds = work.statements.iter().any(|statement| statement.starts_with("DROP TABLE "));
        let is_concerned = rebuilds && !is_first && work.migration.state.is_some();
        let known = if is_concerned { tables(migrations)? } else { Vec::new() };
        Ok(Before { things: things(s, &known).await?, known })
    }

    /// Checks that everything still exists, except what a statement is about.
    pub(super) async fn check(self, s: &mut Session, work: &Work<'_>) -> Result<()> {
        let after = things(s, &self.known).await?;
        let is_left = |name: &str| after.iter().any(|(_, table, _)| table.eq_ignore_ascii_case(name));
        let mut lost = self.things.iter().filter(|thing| !after.contains(thing));
        let lost = lost.find(|(kind, table, name)| {
            let on_purpose = kind != "trigger" && (!is_left(table) || self.is_known(kind, table, name));
            !on_purpose && !is_meant(work, kind, name)
        });
        lost.map_or(Ok(()), |thing| Err(would_lose(thing, work)))
    }

    fn is_known(&self, kind: &str, table: &str, name: &str) -> bool {
        self.known.iter().filter(|known| known.name.name.eq_ignore_ascii_case(table)).any(|known| {
            let mut indexes = known.indexes.iter();
            match kind {
                "column" => known.column(name).is_some(),
                _ => indexes.any(|index| index.name.eq_ignore_ascii_case(name)),
            }
        })
    }
}

/// Returns whether a statement is about this thing.
fn is_meant(work: &Work<'_>, kind: &str, name: &str) -> bool {
    let mut about = work.statements.iter().filter(|statement| statement.contains(name));
    about.any(|statement| statement.to_lowercase().contains(kind))
}

/// Returns the tables of models after each migration.
fn tables(migrations: &Migrations) -> Result<Vec<TableSchema>> {
    let states = migrations.states()?.into_iter();
    let of_sqlite = states.filter_map(|mut state| state.schemas.remove("sqlite"));
    Ok(of_sqlite.flat_map(|schema| schema.tables).collect())
}

async fn things(s: &mut Session, of: &[TableSchema]) -> Result<Vec<Thing>> {
    let mut names: Vec<&str> = of.iter().map(|table| table.name.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let names = serde_json::Value::from(names).to_string();
    let query = sql!(
        "SELECT type, tbl_name, name FROM sqlite_schema WHERE type = 'trigger' \
         UNION ALL SELECT i.type, i.tbl_name, i.name FROM sqlite_schema AS i JOIN json_each({names}) AS t \
         ON i.tbl_name = t.value COLLATE NOCASE WHERE i.type = 'index' AND i.sql IS NOT NULL \
         UNION ALL SELECT 'column', t.value, c.name FROM json_each({names}) AS t, pragma_table_xinfo(t.value) AS c"
    );
    query.all(s).await
}

#[cold]
fn would_lose((kind, table, name): &Thing, work: &Work<'_>) -> Error {
    let migration = &work.migration.name;
    let message = if kind == "column" {
        format!(
            "the migration `{migration}` rebuilds the table `{table}`, whose column `{name}` belongs to no model and would be \
             lost with its values: write `ALTER TABLE … DROP COLUMN` at the beginning of the script if it is no longer needed, or \
             add it to the new table and to the statement that copies the rows"
        )
    } else {
        format!(
            "the migration `{migration}` rebuilds the table of the {kind} `{name}`, and SQLite drops the {kind} with the old table: \
             create it again at the end of the script, or write `DROP {}` there",
            kind.to_uppercase()
        )
    };
    Error::new(ErrorKind::Configuration, message)
}
