//! Random schemas, which draw on the same few names each time.

use orm::Schema;
use orm::dialect::Dialect;
use orm::schema::{
    CheckSchema, ColumnSchema, ForeignKeySchema, Generated, IndexSchema, KeyPart, ReferentialAction,
    TableName, TableSchema,
};

use crate::support::Random;
use crate::support::models::User;

/// Makes random schemas.
pub struct Maker<'d> {
    dialect: &'d Dialect,
    /// An auto-increment key, as models have it.
    id: ColumnSchema,
}

/// Renames of tables, and of columns under the new name of their table.
pub type Renames = Vec<(String, String)>;

impl<'d> Maker<'d> {
    pub fn new(dialect: &'d Dialect) -> orm::Result<Self> {
        let users = Schema::of::<User>(dialect)?.tables.remove(0);
        Ok(Maker { dialect, id: users.column("id").unwrap().clone() })
    }

    fn is_server(&self) -> bool {
        self.dialect.ddl.commits
    }

    /// Returns a schema of up to four tables.
    pub fn schema(&self, random: &mut Random) -> Schema {
        let mut tables: Vec<TableSchema> = Vec::new();
        for number in 0..4 {
            if random.below(5) > 0 {
                let mut table = self.table(number, random);
                let parents: Vec<TableSchema> = tables.iter().chain([&table]).cloned().collect();
                for parent in parents {
                    if random.below(3) == 0 {
                        self.point(&mut table, &parent, random);
                    }
                }
                tables.push(table);
            }
        }
        Schema { tables, ..Schema::default() }
    }

    fn table(&self, number: u64, random: &mut Random) -> TableSchema {
        let mut table = TableSchema {
            name: TableName::new(format!("t{number}")),
            primary_key: vec!["id".into()],
            ..TableSchema::default()
        };
        let plain_id = ColumnSchema { ty: "BIGINT".into(), auto: false, nullable: false, ..self.id.clone() };
        table.columns.push(if random.below(3) == 0 { plain_id } else { self.id.clone() });
        if random.below(4) == 0 {
            table.columns[0] =
                ColumnSchema { name: "id".into(), ty: "BIGINT".into(), ..ColumnSchema::default() };
            table.columns.push(ColumnSchema {
                name: "k".into(),
                ty: "INT".into(),
                ..ColumnSchema::default()
            });
            table.primary_key.push("k".into());
        }
        for number in 0..5 {
            if random.below(3) > 0 {
                table.columns.push(self.column(&format!("c{number}"), random));
            }
        }
        self.words(&mut table, random);
        self.index_and_check(&mut table, random);
        self.compute(&mut table, random);
        if self.is_server() {
            self.store(&mut table, random);
        }
        table
    }

    fn column(&self, name: &str, random: &mut Random) -> ColumnSchema {
        let types: &[&str] = if self.is_server() {
            &["INT", "BIGINT", "VARCHAR(50)", "VARCHAR(90)", "DOUBLE"]
        } else {
            &["INTEGER", "TEXT", "REAL"]
        };
        let ty = pick(types, random);
        ColumnSchema {
            name: name.into(),
            ty: (*ty).into(),
            nullable: random.below(2) == 0,
            default: (random.below(4) == 0).then(|| if is_text(ty) { "'5'".into() } else { "5".into() }),
            comment: (self.dialect.ddl.comments && random.below(6) == 0).then(|| "it's said".into()),
            ..ColumnSchema::default()
        }
    }

    /// Adds a column that is restricted to some words.
    fn words(&self, table: &mut TableSchema, random: &mut Random) {
        if random.below(2) == 0 {
            return;
        }
        let list = pick(&["'a', 'b'", "'a', 'b', 'c'", "'a', 'c'", "'c', 'a'"], random);
        let ty = if self.is_server() { format!("ENUM({list})") } else { "TEXT".to_owned() };
        table.columns.push(ColumnSchema {
            name: "e".into(),
            ty,
            nullable: random.below(2) == 0,
            ..ColumnSchema::default()
        });
        if !self.is_server() {
            let name = Some("e: one of its values".to_owned());
            table.checks.push(CheckSchema::new(name, format!("\"e\" IN ({list})")));
        }
    }

    fn index_and_check(&self, table: &mut TableSchema, random: &mut Random) {
        let own = table.name.name.clone();
        let plain: Vec<ColumnSchema> =
            table.columns.iter().filter(|column| column.name.starts_with('c')).cloned().collect();
        for ColumnSchema { name, ty, .. } in plain {
            let ddl = &self.dialect.ddl;
            match random.below(9) {
                0 => table.indexes.push(index(&own, &[&name], false)),
                1 => table.indexes.push(index(&own, &[&name, "id"], true)),
                2 if ddl.prefix_indexes && is_text(&ty) => {
                    let mut index = index(&own, &[&name], false);
                    index.parts = vec![KeyPart::Named { name: name.clone(), prefix: Some(3) }];
                    table.indexes.push(index);
                }
                3 if ddl.partial_indexes => {
                    let condition = Some(format!("{name} > '1'"));
                    table.indexes.push(IndexSchema { condition, ..index(&own, &[&name], false) });
                }
                4 if !ddl.indexed_expression.is_empty() && is_number(&ty) => {
                    let parts = vec![KeyPart::Expression(format!("{name} + 1"))];
                    table.indexes.push(IndexSchema { parts, ..index(&own, &[&name], false) });
                }
                // A text column that is restored is empty, which a check may reject.
                5 if !is_text(&ty) => table.checks.push(CheckSchema::new(
                    Some(format!("{own}_{name}_check")),
                    format!("{0}{name}{0} >= 0", self.dialect.quote),
                )),
                _ => continue,
            }
            if let Some(part) = table.indexes.last_mut().and_then(|index| index.parts.first_mut())
                && random.below(3) == 0
                && !part.is_descending()
            {
                *part = KeyPart::Descending(Box::new(part.clone()));
            }
        }
    }

    /// Adds a generated column, perhaps with an index and a check.
    fn compute(&self, table: &mut TableSchema, random: &mut Random) {
        let number =
            table.columns.iter().find(|column| column.name.starts_with('c') && is_number(&column.ty));
        let Some(number) = number.map(|column| column.name.clone()).filter(|_| random.below(2) == 0) else {
            return;
        };
        let generated =
            Generated { expression: format!("{number} + {}", random.below(2)), stored: random.below(2) == 0 };
        table.columns.push(ColumnSchema {
            name: "g".into(),
            ty: pick(if self.is_server() { &["BIGINT", "DOUBLE"] } else { &["BIGINT", "REAL"] }, random)
                .to_string(),
            nullable: true,
            generated: Some(generated),
            ..ColumnSchema::default()
        });
        let own = table.name.name.clone();
        if random.below(2) == 0 {
            table.indexes.push(index(&own, &["g"], false));
        }
        if random.below(3) == 0 {
            let condition = format!("{0}g{0} >= 0", self.dialect.quote);
            table.checks.push(CheckSchema::new(Some(format!("{own}_g_check")), condition));
        }
    }

    fn store(&self, table: &mut TableSchema, random: &mut Random) {
        table.charset = Some((*pick(&["utf8mb4", "utf8mb4", "latin1"], random)).into());
        table.comment = (random.below(4) == 0).then(|| format!("a comment {}", random.below(3)));
        let texts = table.columns.iter_mut().filter(|column| is_text(&column.ty));
        for column in texts {
            if table.charset.as_deref() == Some("utf8mb4") && random.below(6) == 0 {
                column.collation = Some("utf8mb4_bin".into());
            }
        }
        self.find_words(table, random);
    }

    /// Adds a full-text index on one text column, or on two with the same collation.
    fn find_words(&self, table: &mut TableSchema, random: &mut Random) {
        let mut texts = table.columns.iter().filter(|column| is_text(&column.ty));
        let Some(first) = texts.next().filter(|_| random.below(2) == 0) else { return };
        let second = texts.find(|second| second.collation == first.collation && random.below(3) > 0);
        let names: Vec<&str> =
            [Some(first), second].into_iter().flatten().map(|text| text.name.as_str()).collect();
        let own = &table.name.name;
        let name = format!("{own}_{}_fulltext", names.join("_"));
        let index = IndexSchema { name, full_text: true, ..index(own, &names, false) };
        table.indexes.push(index);
    }

    fn point(&self, table: &mut TableSchema, parent: &TableSchema, random: &mut Random) {
        let (number, own) = (&parent.name.name[1..], table.name.name.clone());
        let mut columns = Vec::new();
        for name in &parent.primary_key {
            let key = parent.column(name).unwrap();
            let column = ColumnSchema {
                name: format!("p{number}_{name}"),
                ty: key.ty.clone(),
                nullable: true,
                ..ColumnSchema::default()
            };
            columns.push(column.name.clone());
            table.columns.push(column);
        }
        let names: Vec<&str> = columns.iter().map(String::as_str).collect();
        if !self.dialect.ddl.indexes_foreign_keys {
            table.indexes.push(index(&own, &names, false));
        } else if random.below(4) == 0 {
            table.indexes.push(index(&own, &[&names[..], &["id"]].concat(), false));
        }
        let actions = [ReferentialAction::NoAction, ReferentialAction::Cascade, ReferentialAction::SetNull];
        let is_named = random.below(4) == 0;
        let end = if is_named { *pick(&["fk", "key"], random) } else { "fkey" };
        table.foreign_keys.push(ForeignKeySchema {
            name: format!("{own}_p{number}_{end}"),
            columns,
            parent: parent.name.clone(),
            parent_columns: parent.primary_key.clone(),
            on_delete: *pick(&actions, random),
            on_update: ReferentialAction::NoAction,
            is_named,
        });
    }

    /// Renames some of what both schemas have in the second one.
    pub fn rename(&self, from: &Schema, to: &mut Schema, random: &mut Random) -> Renames {
        let mut renames = Renames::new();
        for number in 0..4 {
            let (before, now) = (format!("t{number}"), format!("r{number}"));
            if from.table(&before).is_none() || to.table(&before).is_none() {
                continue;
            }
            let mut table = before.clone();
            if random.below(4) == 0 {
                *to = replaced(to, &before, &now);
                renames.push((before.clone(), now.clone()));
                table = now;
            }
            for column in ["c0", "c1", "c2", "c3", "c4", "e", "k"] {
                let there =
                    |schema: &Schema, name: &str| schema.table(name).unwrap().column(column).is_some();
                if there(from, &before) && there(to, &table) && random.below(5) == 0 {
                    let now = format!("n{}", &column);
                    let at = to.tables.iter().position(|other| other.name.name == table).unwrap();
                    rename_column(to, at, column, &now);
                    renames.push((format!("{table}.{column}"), format!("{table}.{now}")));
                }
            }
        }
        renames
    }
}

fn rename_column(schema: &mut Schema, at: usize, from: &str, to: &str) {
    let before = schema.tables[at].clone();
    schema.tables[at] = replaced(&before, from, to);
    for (key, old) in schema.tables[at].foreign_keys.iter_mut().zip(&before.foreign_keys) {
        key.parent_columns.clone_from(&old.parent_columns);
    }
    for key in schema.tables.iter_mut().flat_map(|child| &mut child.foreign_keys) {
        if key.parent == before.name {
            key.parent_columns.iter_mut().filter(|name| *name == from).for_each(|name| to.clone_into(name));
        }
    }
}

/// Replaces a word in a value wherever it stands alone.
fn replaced<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T, from: &str, to: &str) -> T {
    let (text, mut new) = (serde_json::to_string(value).unwrap(), String::new());
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|letter| is_word(letter) != is_word(first)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(length);
        new.push_str(if word == from { to } else { word });
        rest = behind;
    }
    serde_json::from_str(&new).unwrap()
}

fn pick<'t, T>(list: &'t [T], random: &mut Random) -> &'t T {
    &list[random.below(list.len())]
}

fn is_text(ty: &str) -> bool {
    ty.starts_with("VARCHAR") || ty == "TEXT"
}

fn is_number(ty: &str) -> bool {
    ["INT", "BIGINT", "INTEGER"].contains(&ty)
}

fn index(table: &str, columns: &[&str], unique: bool) -> IndexSchema {
    let kind = if unique { "key" } else { "idx" };
    IndexSchema {
        name: format!("{table}_{}_{kind}", columns.join("_")),
        unique,
        parts: columns.iter().map(|name| KeyPart::Named { name: (*name).to_owned(), prefix: None }).collect(),
        ..IndexSchema::default()
    }
}
