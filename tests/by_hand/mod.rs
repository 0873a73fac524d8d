//! Databases that were not created from models: the fixes that `verify` lists work in their order, and rows keep their values.
//! Random tables, written the way people and other tools write them, have to become what random schemas describe.

mod found;
mod kinds;
mod tables;

use orm::Schema;
use orm::prelude::*;
use orm::raw;
use orm::schema::{Difference, TableSchema};

use self::tables::{Hand, HandTable, Writer};
use crate::migrate::random::Maker;
use crate::support::Random;

/// Adds what models state and random schemas do not: the engine, and texts without a length.
fn as_models_say(wanted: &mut Schema, random: &mut Random) {
    for table in &mut wanted.tables {
        table.engine = Some("InnoDB".to_owned());
        let named = |table: &TableSchema, name: &str| {
            let text = serde_json::to_string(&(&table.indexes, &table.checks)).unwrap();
            text.contains(&format!("\"{name}\"")) || text.contains(&format!("`{name}`"))
        };
        let free: Vec<usize> = (0..table.columns.len())
            .filter(|&at| {
                let column = &table.columns[at];
                column.ty.starts_with("VARCHAR") && column.default.is_none() && !named(table, &column.name)
            })
            .collect();
        for at in free {
            if random.once_in(3) {
                table.columns[at].ty = "LONGTEXT".to_owned();
            }
        }
    }
}

/// Three rows in each table, with a NULL where there may be one before and afterwards.
fn rows(hand: &HandTable, wanted: Option<&TableSchema>) -> Vec<String> {
    let may_be_null = |name: &str| {
        let wanted = wanted.and_then(|table| table.column(name));
        wanted.is_none_or(|column| column.nullable)
    };
    let columns = || hand.columns.iter().filter_map(|column| Some((column, column.value?)));
    let names: Vec<&str> = columns().map(|(column, _)| column.name.as_str()).collect();
    let row = |row: usize| {
        let values = columns().map(|(column, value)| {
            let null_in = if column.name.starts_with('p') { 1 } else { 2 };
            match value {
                "id" => row.to_string(),
                _ if column.nullable && row == null_in && may_be_null(&column.name) => "NULL".to_owned(),
                value => value.replace("{}", &(row * 10).to_string()),
            }
        });
        let values: Vec<String> = values.collect();
        format!("INSERT INTO {} ({}) VALUES ({})", hand.name, names.join(", "), values.join(", "))
    };
    (1..=3).map(row).collect()
}

async fn run(db: &Database, sql: &str) -> orm::Result<()> {
    raw::sql_unchecked(sql).execute(db).await.map(drop)
}

/// Reads columns as texts, with numbers without trailing zeros.
async fn values(db: &Database, of: &[(String, String)]) -> orm::Result<Vec<Vec<Option<String>>>> {
    let cast = match db.dialect().ddl.commits {
        true => "CAST(? AS CHAR)",
        false => "CASE typeof(?) WHEN 'blob' THEN hex(?) ELSE CAST(? AS TEXT) END",
    };
    let mut values = Vec::new();
    for (table, column) in of {
        let sql = format!("SELECT {} FROM {table} ORDER BY id + 0", cast.replace('?', column));
        let found: Vec<Option<String>> = raw::sql_unchecked(sql).all(db).await?;
        values.push(found.into_iter().map(|value| value.map(|text| plain(&text))).collect());
    }
    Ok(values)
}

fn plain(text: &str) -> String {
    if let Ok(number) = text.parse::<f64>() {
        return number.to_string();
    }
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

fn columns(schema: &Schema) -> Vec<(String, String)> {
    let tables = schema.tables.iter();
    let columns = tables.flat_map(|table| {
        let plain = table.columns.iter().filter(|column| column.generated.is_none());
        plain.map(|column| (table.name.name.clone(), column.name.clone()))
    });
    columns.collect()
}

/// Returns the differences that are not harmless.
async fn differences(db: &Database, wanted: &Schema) -> orm::Result<(Schema, Vec<Difference>)> {
    let found = Schema::reflect(db).await?;
    let mut differences = wanted.compare(&found, db.dialect());
    differences.retain(|difference| !difference.harmless);
    Ok((found, differences))
}

/// Why a case failed.
pub enum Wrong {
    /// The server refuses the handwritten table: a bug of this test.
    Made(String),
    Mend(String),
}

async fn fixes(db: &Database, hand: &Hand, wanted: &Schema) -> Result<(), Wrong> {
    let made = |error: orm::Error| Wrong::Made(error.to_string());
    for statement in &hand.statements {
        run(db, statement).await.map_err(made)?;
    }
    for table in &hand.tables {
        for row in rows(table, wanted.table(&table.name)) {
            run(db, &row).await.map_err(made)?;
        }
    }
    let (found, differences) = differences(db, wanted).await.map_err(made)?;
    let before = columns(&found);
    let kept = |name: &(String, String)| -> bool {
        let table = wanted.table(&name.0);
        table.is_none_or(|table| table.column(&name.1).is_none_or(|column| column.generated.is_none()))
    };
    let text = |differences: &[Difference]| {
        let each = differences
            .iter()
            .map(|difference| format!("- {difference}\n    {}", difference.fix.join(";\n    ")));
        each.collect::<Vec<_>>().join("\n")
    };
    let list = text(&differences);
    let wrong = |what: String| Wrong::Mend(format!("{what}\n{list}"));
    let values_before = values(db, &before).await.map_err(made)?;
    crate::verify::fix(db, &differences).await.map_err(|error| wrong(error.to_string()))?;
    let (now, left) = self::differences(db, wanted).await.map_err(|error| wrong(error.to_string()))?;
    if !left.is_empty() {
        return Err(wrong(format!("left over:\n{}\n\nof:", text(&left))));
    }
    let there = columns(&now);
    let (mut old, mut same) = (Vec::new(), Vec::new());
    for (name, values) in before.iter().zip(values_before) {
        if there.contains(name) && kept(name) {
            same.push(name.clone());
            old.push(values);
        }
    }
    for (table, column) in
        wanted.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)))
    {
        let name = (table.name.name.clone(), column.name.clone());
        if before.contains(&name) && column.generated.is_none() && !same.contains(&name) {
            return Err(wrong(format!("the values of {name:?} are lost")));
        }
    }
    let new = values(db, &same).await.map_err(|error| wrong(error.to_string()))?;
    match same.iter().zip(old.iter().zip(&new)).find(|(_, (old, new))| old != new) {
        Some((name, (old, new))) => Err(wrong(format!("{name:?} was {old:?} and is {new:?}"))),
        None => Ok(()),
    }
}

async fn drop_all(db: &Database) -> orm::Result<()> {
    let tables = Schema::reflect(db).await?.tables;
    let mut connection = db.connection().await?;
    let is_server = db.dialect().ddl.commits;
    let [off, on] = if is_server {
        ["SET foreign_key_checks = 0", "SET foreign_key_checks = 1"]
    } else {
        ["PRAGMA foreign_keys = off", "PRAGMA foreign_keys = on"]
    };
    connection.execute(raw::sql_unchecked(off)).await?;
    for table in tables {
        connection.execute(raw::sql_unchecked(format!("DROP TABLE {}", table.name))).await?;
    }
    connection.execute(raw::sql_unchecked(on)).await.map(drop)
}

/// One case.
pub async fn case(db: &Database, seed: u64, number: u64) -> orm::Result<Result<(), (Wrong, String)>> {
    let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number));
    let mut wanted = Maker::new(db.dialect())?.schema(&mut random);
    if db.dialect().ddl.commits {
        as_models_say(&mut wanted, &mut random);
    }
    let hand = Writer::new(db.dialect(), &mut wanted).tables(&mut random);
    let outcome = fixes(db, &hand, &wanted).await;
    let script =
        format!("{};\n-- WANTED\n{};", hand.statements.join(";\n"), wanted.ddl(db.dialect()).join(";\n"));
    drop_all(db).await?;
    Ok(outcome.map_err(|wrong| (wrong, script)))
}

on_every_backend! {
    async fn fixing_any_database_leaves_no_difference(db: Database) {
        let seed = crate::property::seed();
        db.ping().await?;
        for number in 0..crate::property::cases(if db.dialect().ddl.commits { 8 } else { 100 }) {
            if let Err((Wrong::Made(what) | Wrong::Mend(what), script)) = case(db, seed, number).await? {
                panic!("ORM_PROPERTY_SEED={seed}, case {number}: {what}\n{script}");
            }
        }
    }
}
