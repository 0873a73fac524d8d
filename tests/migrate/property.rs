//! From any schema to any other, and back.

use orm::Schema;
use orm::prelude::*;
use orm::schema::{
    CheckSchema, ColumnSchema, ForeignKeySchema, IndexSchema, KeyPart, ReferentialAction, TableName,
    TableSchema,
};
use orm_migrate::{Draft, Migrations};

use super::{Folder, run_sql};
use crate::support::Random;
use crate::support::models::{Post, User};

/// The types that columns change between; the values are right for all of them.
fn types(dialect: &orm::dialect::Dialect) -> &'static [&'static str] {
    if dialect.ddl.commits {
        &["INT", "BIGINT", "VARCHAR(50)", "VARCHAR(90)", "DOUBLE"]
    } else {
        &["INTEGER", "TEXT", "REAL"]
    }
}

/// Tables whose key and foreign keys are as models have them.
struct Maker<'d> {
    dialect: &'d orm::dialect::Dialect,
    id: ColumnSchema,
    pointer: ColumnSchema,
}

impl<'d> Maker<'d> {
    fn new(dialect: &'d orm::dialect::Dialect) -> orm::Result<Self> {
        let shop = Schema::of::<(User, Post)>(dialect)?;
        let column = |table: &str, column: &str| {
            shop.table(table).and_then(|table| table.column(column)).unwrap().clone()
        };
        Ok(Maker { dialect, id: column("users", "id"), pointer: column("posts", "author_id") })
    }

    fn schema(&self, random: &mut Random) -> Schema {
        let names: Vec<String> = (0..4).map(|n| format!("t{n}")).filter(|_| random.below(5) > 0).collect();
        let tables =
            names.iter().enumerate().map(|(at, name)| self.table(name, &names[..at], random)).collect();
        Schema { tables, ..Schema::default() }
    }

    fn table(&self, name: &str, before: &[String], random: &mut Random) -> TableSchema {
        let mut table = TableSchema {
            name: TableName::new(name),
            columns: vec![self.id.clone()],
            primary_key: vec!["id".into()],
            ..TableSchema::default()
        };
        for number in 0..5 {
            if random.below(3) > 0 {
                table.columns.push(self.column(&format!("c{number}"), random));
            }
        }
        for parent in before.iter().chain([&name.to_owned()]) {
            if random.below(3) == 0 {
                self.point(&mut table, parent, random);
            }
        }
        let plain = table.columns.iter().filter(|column| column.name.starts_with('c')).cloned();
        for ColumnSchema { name: column, ty, .. } in plain.collect::<Vec<_>>() {
            match random.below(6) {
                0 => table.indexes.push(index(name, &[&column], false)),
                1 => table.indexes.push(index(name, &[&column, "id"], true)),
                // A text that comes back is empty, which is not what a check may ask for.
                2 if !is_text(&ty) => table.checks.push(CheckSchema {
                    name: Some(format!("{name}_{column}_check")),
                    condition: format!("{0}{column}{0} >= 0", self.dialect.quote),
                }),
                _ => {}
            }
        }
        table.checks.truncate(1);
        table
    }

    fn column(&self, name: &str, random: &mut Random) -> ColumnSchema {
        let types = types(self.dialect);
        let ty = types[usize::try_from(random.below(types.len() as u64)).unwrap()];
        ColumnSchema {
            name: name.into(),
            ty: ty.into(),
            nullable: random.below(2) == 0,
            default: (random.below(4) == 0).then(|| if is_text(ty) { "'5'".into() } else { "5".into() }),
            ..ColumnSchema::default()
        }
    }

    fn point(&self, table: &mut TableSchema, parent: &str, random: &mut Random) {
        let (name, table_name) = (format!("{parent}_id"), table.name.name.clone());
        table.columns.push(ColumnSchema { name: name.clone(), nullable: true, ..self.pointer.clone() });
        let actions = [ReferentialAction::NoAction, ReferentialAction::Cascade, ReferentialAction::SetNull];
        table.foreign_keys.push(ForeignKeySchema {
            name: format!("{table_name}_{name}_fkey"),
            columns: vec![name.clone()],
            parent: TableName::new(parent),
            parent_columns: vec!["id".into()],
            on_delete: actions[usize::try_from(random.below(3)).unwrap()],
            on_update: ReferentialAction::NoAction,
        });
        if !self.dialect.ddl.indexes_foreign_keys {
            table.indexes.push(index(&table_name, &[&name], false));
        }
    }
}

fn is_text(ty: &str) -> bool {
    ty.starts_with("VARCHAR") || ty == "TEXT"
}

fn index(table: &str, columns: &[&str], unique: bool) -> IndexSchema {
    let kind = if unique { "key" } else { "idx" };
    IndexSchema {
        name: format!("{table}_{}_{kind}", columns.join("_")),
        unique,
        parts: columns.iter().map(|name| KeyPart::Named { name: (*name).to_owned(), prefix: None }).collect(),
        condition: None,
    }
}

/// Three rows in each table, with a NULL wherever there may be one.
async fn fill(db: &Database, schema: &Schema) -> orm::Result<()> {
    for table in &schema.tables {
        for row in 1..=3_u64 {
            let value = |column: &ColumnSchema| match column.name.as_str() {
                "id" => row.to_string(),
                name if name.ends_with("_id") => {
                    if row == 1 {
                        "NULL".into()
                    } else {
                        "1".into()
                    }
                }
                _ if column.nullable && row == 2 => "NULL".into(),
                _ => format!("'{}'", row * 10),
            };
            let names: Vec<String> =
                table.columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
            let values: Vec<String> = table.columns.iter().map(value).collect();
            let sql = format!(
                "INSERT INTO \"{}\" ({}) VALUES ({})",
                table.name,
                names.join(", "),
                values.join(", ")
            );
            run_sql(db, &sql).await?;
        }
    }
    Ok(())
}

/// What is in the columns that both have in the same form.
async fn kept(db: &Database, one: &Schema, other: &Schema) -> orm::Result<Vec<Vec<Option<String>>>> {
    let mut values = Vec::new();
    for table in &one.tables {
        let Some(same) = other.table(&table.name.name) else { continue };
        for column in table.columns.iter().filter(|column| same.columns.contains(column)) {
            let cast = if db.dialect().ddl.commits { "CHAR" } else { "TEXT" };
            let sql =
                format!("SELECT CAST(\"{}\" AS {cast}) FROM \"{}\" ORDER BY id", column.name, table.name);
            let sql = sql.replace('"', &db.dialect().quote.to_string());
            values.push(orm::raw::sql_unchecked(sql).all(db).await?);
        }
    }
    Ok(values)
}

async fn is(db: &Database, schema: &Schema, what: &str) -> orm::Result<()> {
    let mut found = Schema::reflect(db).await?;
    found.tables.retain(|table| table.name.name != "orm_migrations");
    let differences = schema.compare(&found, db.dialect());
    assert!(differences.is_empty(), "{what}: {differences:#?}");
    Ok(())
}

async fn there_and_back(db: &Database, from: &Schema, to: &Schema) -> orm::Result<()> {
    let folder = Folder::new();
    let mut draft = Draft::between(from.clone(), to.clone(), db.dialect()).allow_loss();
    for table in &to.tables {
        for column in &table.columns {
            draft = draft.fill(&format!("{}.{}", table.name, column.name), "7");
        }
    }
    for statement in from.ddl(db.dialect()) {
        run_sql(db, &statement.replace(db.dialect().quote, "\"")).await?;
    }
    is(db, from, "created").await?;
    fill(db, from).await?;
    let before = kept(db, from, to).await?;
    draft.write(&folder.0, "there")?;
    let migrations = Migrations::read(&folder.0)?;
    migrations.up(db).await?;
    is(db, to, "there").await?;
    assert_eq!(kept(db, from, to).await?, before);
    migrations.down(db, 1).await?;
    is(db, from, "back").await?;
    assert_eq!(kept(db, from, to).await?, before);
    Ok(())
}

/// Children first.
async fn drop_all(db: &Database, schema: &Schema) -> orm::Result<()> {
    for table in schema.tables.iter().rev() {
        run_sql(db, &format!("DROP TABLE \"{}\"", table.name)).await?;
    }
    Ok(())
}

on_every_backend! {
    async fn migrations_lead_from_any_schema_to_any_other_and_back(db: Database) {
        let seed = crate::property::seed();
        let mut random = Random::new(seed);
        db.ping().await?;
        let maker = Maker::new(db.dialect())?;
        let cases = crate::property::cases(if db.dialect().ddl.commits { 6 } else { 100 });
        for case in 0..cases {
            let (from, to) = (maker.schema(&mut random), maker.schema(&mut random));
            if let Err(error) = there_and_back(db, &from, &to).await {
                let steps = Draft::between(from.clone(), to.clone(), db.dialect());
                panic!("ORM_PROPERTY_SEED={seed}, case {case}: {error:?}\nfrom {from:#?}\nto {to:#?}\n{steps:#?}");
            }
            drop_all(db, &from).await?;
            run_sql(db, "DELETE FROM orm_migrations").await?;
        }
    }
}
