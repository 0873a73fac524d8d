//! From any schema to any other, and back.

use orm::Schema;
use orm::prelude::*;
use orm::schema::{ColumnSchema, TableSchema};
use orm_migrate::{Draft, Migrations};

use super::random::{Maker, Renames};
use super::{Folder, run_sql};
use crate::support::Random;

/// Inserts three rows into each table, with a NULL wherever possible.
async fn fill(db: &Database, schema: &Schema) -> orm::Result<()> {
    for table in &schema.tables {
        for row in 1..=3_u64 {
            let value = |column: &ColumnSchema| match column.name.as_str() {
                "id" => row.to_string(),
                name if name.starts_with('p') && row == 1 => "NULL".into(),
                name if name.starts_with('p') => {
                    if name.ends_with("_id") {
                        "1".into()
                    } else {
                        "10".into()
                    }
                }
                _ if column.nullable && row == 2 => "NULL".into(),
                "e" => (if row == 1 { "'a'" } else { last_word(table) }).into(),
                _ => format!("'{}'", row * 10),
            };
            let columns = || table.columns.iter().filter(|column| column.generated.is_none());
            let names: Vec<String> = columns().map(|column| format!("\"{}\"", column.name)).collect();
            let values: Vec<String> = columns().map(value).collect();
            let (names, values) = (names.join(", "), values.join(", "));
            run_sql(db, &format!("INSERT INTO \"{}\" ({names}) VALUES ({values})", table.name)).await?;
        }
    }
    Ok(())
}

/// Returns one of the words allowed in the column `e`.
fn last_word(table: &TableSchema) -> &'static str {
    if words(table).contains("'c'") { "'c'" } else { "'b'" }
}

/// Returns the type and the checks of the column `e`, which list its words.
fn words(table: &TableSchema) -> String {
    let checks =
        table.checks.iter().map(|check| check.condition.as_str()).filter(|text| text.contains(" IN ("));
    table.column("e").into_iter().map(|column| column.ty.as_str()).chain(checks).collect()
}

/// Returns the columns that both schemas have in the same form: the names of the table and of the column, before and
/// after.
fn same_columns(from: &Schema, to: &Schema, renames: &Renames) -> Vec<[(String, String); 2]> {
    let now = |name: &str| {
        renames.iter().find(|(from, _)| from == name).map_or(name.to_owned(), |(_, to)| to.clone())
    };
    let mut same = Vec::new();
    for table in &from.tables {
        let Some(new) = to.table(&now(&table.name.name)) else { continue };
        for column in table.columns.iter().filter(|column| column.generated.is_none()) {
            let place = now(&format!("{}.{}", new.name, column.name));
            let name = place.rsplit('.').next().unwrap();
            let renamed = ColumnSchema { name: name.to_owned(), ..column.clone() };
            let is_same =
                new.columns.contains(&renamed) && (column.name != "e" || words(table) == words(new));
            if is_same {
                same.push([
                    (table.name.name.clone(), column.name.clone()),
                    (new.name.name.clone(), name.to_owned()),
                ]);
            }
        }
    }
    same
}

async fn values(
    db: &Database,
    columns: impl Iterator<Item = &(String, String)>,
) -> orm::Result<Vec<Vec<Option<String>>>> {
    let cast = if db.dialect().ddl.commits { "CHAR" } else { "TEXT" };
    let mut values = Vec::new();
    for (table, column) in columns {
        let sql = format!("SELECT CAST(\"{column}\" AS {cast}) FROM \"{table}\" ORDER BY id");
        values
            .push(orm::raw::sql_unchecked(sql.replace('"', &db.dialect().quote.to_string())).all(db).await?);
    }
    Ok(values)
}

async fn is(db: &Database, schema: &Schema, what: &str) -> orm::Result<()> {
    let mut found = Schema::reflect(db).await?;
    found.tables.retain(|table| table.name.name != "orm_migrations");
    let differences = schema.compare(&found, db.dialect());
    let differences: Vec<String> = differences.iter().map(ToString::to_string).collect();
    if differences.is_empty() {
        return Ok(());
    }
    Err(orm::Error::new(orm::ErrorKind::SchemaMismatch, format!("{what}: {}", differences.join("\n"))))
}

fn draft(from: &Schema, to: &Schema, renames: &Renames, db: &Database) -> orm::Result<Draft> {
    let mut draft = Draft::between(from.clone(), to.clone(), db.dialect()).allow_data_loss();
    for (from, to) in renames {
        draft = draft.rename(from, to)?;
    }
    for table in &to.tables {
        for column in &table.columns {
            let value = if column.name.ends_with('e') { "'a'" } else { "7" };
            draft = draft.fill(&format!("{}.{}", table.name, column.name), value);
        }
    }
    Ok(draft)
}

async fn there_and_back(db: &Database, from: &Schema, to: &Schema, renames: &Renames) -> orm::Result<()> {
    let folder = Folder::new();
    for statement in from.ddl(db.dialect()) {
        run_sql(db, &statement.replace(db.dialect().quote, "\"")).await?;
    }
    is(db, from, "created").await?;
    fill(db, from).await?;
    let same = same_columns(from, to, renames);
    let (old, new) = (|| same.iter().map(|[old, _]| old), || same.iter().map(|[_, new]| new));
    let before = values(db, old()).await?;
    draft(from, to, renames, db)?.write(&folder.0, "there")?;
    let migrations = Migrations::read(&folder.0)?;
    migrations.up(db).await?;
    is(db, to, "there").await?;
    assert_eq!(values(db, new()).await?, before);
    migrations.down(db, 1).await?;
    is(db, from, "back").await?;
    assert_eq!(values(db, old()).await?, before);
    Ok(())
}

/// Children first.
async fn drop_all(db: &Database, schema: &Schema) -> orm::Result<()> {
    for table in schema.tables.iter().rev() {
        run_sql(db, &format!("DROP TABLE \"{}\"", table.name)).await?;
    }
    Ok(())
}

/// Returns the script of a migration, for debugging.
fn script(from: &Schema, to: &Schema, renames: &Renames, db: &Database) -> String {
    let folder = Folder::new();
    let written = draft(from, to, renames, db).and_then(|draft| draft.write(&folder.0, "there"));
    let Ok(Some(name)) = written else { return format!("{written:?}") };
    let file = |way| folder.0.join(&name).join(format!("{way}.{}.sql", db.dialect().name.to_lowercase()));
    let text = |way| std::fs::read_to_string(file(way)).unwrap();
    format!(
        "{}\n{renames:?}\n-- UP\n{}\n-- DOWN\n{}",
        from.ddl(db.dialect()).join(";\n"),
        text("up"),
        text("down")
    )
}

on_every_backend! {
    async fn migrations_lead_from_any_schema_to_any_other_and_back(db: Database) {
        let seed = crate::property::seed();
        db.ping().await?;
        let maker = Maker::new(db.dialect())?;
        let cases = crate::property::cases(if db.dialect().ddl.commits { 6 } else { 100 });
        for case in 0..cases {
            let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(case));
            let (from, mut to) = (maker.schema(&mut random), maker.schema(&mut random));
            let renames = maker.rename(&from, &mut to, &mut random);
            if let Err(error) = there_and_back(db, &from, &to, &renames).await {
                let script = script(&from, &to, &renames, db);
                panic!("ORM_PROPERTY_SEED={seed}, case {case}: {error:?}\n{script}");
            }
            drop_all(db, &from).await?;
            run_sql(db, "DELETE FROM orm_migrations").await?;
        }
    }
}
