//! Verifies that a database matches the models.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::panic::Location;

use super::models::name_of;
use super::reflect::reflect;
use super::{Difference, ModelSet, Schema, Table, TableName, renamed, views};
use crate::error::{Error, ErrorKind, Result};
use crate::session::tables::{by_home, turn_to};
use crate::session::{Executor, Lease, On, Pending};

impl Schema {
    /// Compares a model or a tuple of models with the database, for use at start-up or in a test. If they differ, the
    /// error lists every difference with the statements that would fix it.
    ///
    /// A view matches its model if the columns can be selected. A column that still has its former name
    /// (`renamed_from`) is fixed by a rename, which keeps its values.
    ///
    /// Extra things that do no harm are not listed, such as tables and columns that belong to no model and are nullable
    /// or have a default: see [`Difference::harmless`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// Schema::verify::<(User, Post)>(db).await?; // as they were created
    /// sql!("DROP TABLE posts").execute(db).await?;
    /// let error = Schema::verify::<(User, Post)>(db).await.unwrap_err();
    /// assert!(error.is_schema_mismatch());
    /// println!("{error}");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// Kind `SchemaMismatch` if they differ.
    #[track_caller]
    pub fn verify<'a, S: ModelSet>(on: impl Executor<'a>) -> Pending<'a, ()> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(verify(on, S::tables(), at))
    }

    /// Returns every difference between a database and the schema that the models of these tables require, as values:
    /// those that [`verify`](Self::verify) lists, and [harmless](Difference::harmless) ones. The tables of a model or a
    /// tuple of models are its [`ModelSet::tables`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Schema;
    /// use orm::schema::ModelSet as _;
    /// sql!("DROP TABLE posts").execute(db).await?;
    /// let differences = Schema::differences(db, <(User, Post)>::tables()).await?;
    /// assert_eq!(differences[0].to_string(), "the table `posts` is missing");
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Errors
    /// If a statement fails, or a model requires something that the database does not have.
    #[track_caller]
    pub fn differences<'a>(
        on: impl Executor<'a>,
        tables: Vec<&'static Table>,
    ) -> Pending<'a, Vec<Difference>> {
        let (on, at) = (on.on(), Location::caller());
        Pending::new(async move {
            let found = differences(on, tables, at).await?;
            Ok(found.into_iter().map(|(_, difference)| difference).collect())
        })
    }
}

async fn verify(on: On<'_>, tables: Vec<&'static Table>, at: &'static Location<'static>) -> Result<()> {
    let mut list = List::default();
    for (bind, difference) in differences(on, tables, at).await? {
        if !difference.harmless {
            list.add(&difference, bind);
        }
    }
    list.finish()
}

/// Returns all differences, each with its database.
async fn differences(
    on: On<'_>,
    tables: Vec<&'static Table>,
    at: &'static Location<'static>,
) -> Result<Vec<(Option<&'static str>, Difference)>> {
    let Some(first) = tables.first() else { return Ok(Vec::new()) };
    let mut lease = on.lease(first.bind, at).await?;
    let mut differences = Vec::new();
    for tables in by_home(tables, &lease)? {
        let bind = tables.first().and_then(|table| table.bind);
        let views: Vec<&'static Table> = tables.iter().copied().filter(|table| table.view).collect();
        let wanted = turn_to(&mut lease, tables.clone()).await?;
        let mut found = found(&mut lease, &tables, at).await?;
        let mut compared = renamed::rename(&tables, &wanted, &mut found, lease.dialect());
        compared.extend(wanted.compare(&found, lease.dialect()));
        // A table may be mapped as a view, and by another model as a table.
        let only_read = |name: &TableName| {
            views.iter().any(|view| name_of(view) == *name)
                && !wanted.tables.iter().any(|table| table.name == *name)
        };
        compared.retain(|difference| !only_read(&difference.table));
        compared.extend(views::differences(&mut lease, &views, &found, at).await?);
        differences.extend(compared.into_iter().map(|difference| (bind, difference)));
    }
    Ok(differences)
}

/// Reads all schemas that contain wanted tables.
async fn found(
    lease: &mut Lease<'_>,
    wanted: &[&'static Table],
    at: &'static Location<'static>,
) -> Result<Schema> {
    let schemas: BTreeSet<Option<&str>> = wanted.iter().map(|table| table.schema).collect();
    let mut found = Schema::default();
    for schema in schemas {
        let Schema { tables, views, .. } = reflect(lease, schema, at).await?;
        found.tables.extend(tables);
        found.views.extend(views);
    }
    Ok(found)
}

/// Differences, as text.
#[derive(Default)]
struct List {
    text: String,
    count: usize,
    /// The statements of the last difference.
    last: Vec<String>,
}

impl List {
    fn add(&mut self, difference: &Difference, bind: Option<&str>) {
        self.count += 1;
        let place = bind.map(|bind| format!(" (database `{bind}`)")).unwrap_or_default();
        // Writing into a string cannot fail.
        let _ = write!(self.text, "\n- {difference}{place}");
        if difference.fix == self.last && !self.last.is_empty() {
            self.text.push_str("\n    fixed by the same statements");
        } else {
            for caution in difference.cautions() {
                let _ = write!(self.text, "\n    -- {caution}");
            }
            for statement in &difference.fix {
                let _ = write!(self.text, "\n    {};", statement.replace('\n', "\n    "));
            }
            self.last.clone_from(&difference.fix);
        }
    }

    fn finish(self) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let places = if self.count == 1 { "one place".to_owned() } else { format!("{} places", self.count) };
        let message = format!("the database does not match the models, in {places}:{}", self.text);
        Err(Error::new(ErrorKind::SchemaMismatch, message))
    }
}
