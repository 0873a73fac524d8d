//! Schema reflection: reading the schema of a database.

mod assemble;
mod rows;

use std::panic::Location;

use super::Schema;
use crate::dialect::{Dialect, Template};
use crate::error::Result;
use crate::session::{Executor, Fetch, Label, Lease, On, Pending};
use crate::syntax::Statement;
use crate::value::{Cells, Fault};

impl Schema {
    /// Reads the schema of a database (introspection): the connection's own schema, with one statement per kind of
    /// object, plus one for each table with a full-text index.
    ///
    /// Types, defaults and conditions are in the server's notation. Whatever no model can express is described as text
    /// in [`beside`](super::TableSchema::beside) of its table: triggers, partitions, spatial indexes. Events are not
    /// included.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// let schema = Schema::reflect(db).await?;
    /// let posts = schema.table("posts").unwrap();
    /// assert_eq!(posts.column("title").unwrap().ty, "TEXT");
    /// assert_eq!(posts.foreign_keys[0].parent.name, "users");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If a statement fails, for example because a privilege is missing.
    #[track_caller]
    pub fn reflect<'a>(on: impl Executor<'a>) -> Pending<'a, Schema> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(reflect_on(on, None, at))
    }

    /// Reads another schema, as [`reflect`](Self::reflect) reads the connection's own: another database of the same
    /// server or, on SQLite, one that is attached to the connection. The names of its tables include the schema.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// sql!("ATTACH ':memory:' AS archive").execute(db).await?;
    /// sql!("CREATE TABLE archive.letters (id INTEGER PRIMARY KEY, text TEXT NOT NULL)").execute(db).await?;
    /// let archive = Schema::reflect_in("archive", db).await?;
    /// assert_eq!(archive.tables[0].name.to_string(), "archive.letters");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// As for [`reflect`](Self::reflect). On MySQL and MariaDB, a schema that does not exist is empty, not an error.
    #[track_caller]
    pub fn reflect_in<'a>(schema: &str, on: impl Executor<'a>) -> Pending<'a, Schema> {
        let (on, schema, at) = (on.on(), schema.to_owned(), Location::caller());
        Pending::new(reflect_on(on, Some(schema), at))
    }
}

async fn reflect_on(on: On<'_>, schema: Option<String>, at: &'static Location<'static>) -> Result<Schema> {
    let mut lease = on.lease(None, at).await?;
    reflect(&mut lease, schema.as_deref(), at).await
}

/// Reads a schema: the connection's own if no name is given.
pub(crate) async fn reflect(
    lease: &mut Lease<'_>,
    schema: Option<&str>,
    at: &'static Location<'static>,
) -> Result<Schema> {
    let queries = lease.dialect().reflection;
    let mut asked = Asked { lease, schema, at };
    let mut tables = asked.rows(queries.tables, rows::table).await?;
    for table in tables.iter_mut().filter(|table| table.is_read_whole) {
        table.definition = asked.definition(queries.definition, &table.name).await?;
    }
    let read = assemble::Read {
        tables,
        columns: asked.rows(queries.columns, rows::column).await?,
        indexes: asked.rows(queries.indexes, rows::index).await?,
        foreign_keys: asked.rows(queries.foreign_keys, rows::foreign_key).await?,
        checks: asked.rows(queries.checks, rows::check).await?,
        beside: asked.rows(queries.beside, rows::beside).await?,
        routines: asked.rows(queries.routines, |cells| cells.value()).await?,
    };
    Ok(assemble::assemble(read, schema, &queries))
}

/// A connection that answers queries about a schema.
struct Asked<'l, 'a> {
    lease: &'l mut Lease<'a>,
    schema: Option<&'l str>,
    at: &'static Location<'static>,
}

impl Asked<'_, '_> {
    async fn rows<O: Send>(
        &mut self,
        query: Template,
        read: fn(&mut Cells<'_, '_>) -> Result<O, Fault>,
    ) -> Result<Vec<O>> {
        if query.is_empty() {
            return Ok(Vec::new());
        }
        self.filled(fill(query, self.schema, self.lease.dialect()), read).await
    }

    async fn definition(&mut self, query: Template, table: &str) -> Result<Option<String>> {
        let name = self.lease.dialect().identifier(table);
        let sql = fill(query, self.schema, self.lease.dialect()).replace("{table}", &name);
        let definitions =
            self.filled(sql, |cells| cells.value::<String>().and_then(|_| cells.value())).await?;
        Ok(definitions.into_iter().next())
    }

    async fn filled<O: Send>(
        &mut self,
        sql: String,
        read: fn(&mut Cells<'_, '_>) -> Result<O, Fault>,
    ) -> Result<Vec<O>> {
        let mut rows = Fetch::new(read);
        self.lease.run_by_hand(Statement::new(sql, vec![]), &mut rows, self.at).await?;
        rows.finish(Label::Computed)
    }
}

fn fill(query: Template, schema: Option<&str>, dialect: &Dialect) -> String {
    let text = schema.map_or_else(|| "NULL".to_owned(), |schema| dialect.string_literal(schema));
    let place = schema.map_or_else(String::new, |schema| format!("{}.", dialect.identifier(schema)));
    query.replace("{schema}", &text).replace("{in}", &place)
}
