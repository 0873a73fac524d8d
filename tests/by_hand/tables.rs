//! Random tables in SQL, written the way people and other tools write them.

use orm::Schema;
use orm::dialect::Dialect;

use super::kinds::*;
use crate::support::Random;

/// A database that was not created from models.
pub struct Hand {
    /// The statements that create the tables, in order.
    pub statements: Vec<String>,
    pub tables: Vec<HandTable>,
}

pub struct HandTable {
    pub name: String,
    pub columns: Vec<HandColumn>,
    /// The type of `id`, for foreign keys to it; `None` if there can be none.
    id: Option<&'static str>,
    has_k: bool,
    is_single: bool,
    transactional: bool,
    /// A column of numbers.
    number: Option<String>,
}

pub struct HandColumn {
    pub name: String,
    pub nullable: bool,
    /// The value to insert, with `{}` for ten times the row number; `None` if it has a default or is generated.
    pub value: Option<&'static str>,
}

/// Writes random tables for a dialect.
pub struct Writer<'d> {
    dialect: &'d Dialect,
    wanted: &'d mut Schema,
}

impl<'d> Writer<'d> {
    /// Makes a writer, which sometimes adds what it writes to the wanted schema.
    pub fn new(dialect: &'d Dialect, wanted: &'d mut Schema) -> Self {
        Writer { dialect, wanted }
    }

    fn is_server(&self) -> bool {
        self.dialect.ddl.commits
    }

    pub fn tables(&mut self, random: &mut Random) -> Hand {
        let mut hand = Hand { statements: Vec::new(), tables: Vec::new() };
        for number in 0..4_u64 {
            if !random.once_in(5) {
                self.table(number, &mut hand, random);
            }
        }
        hand
    }

    fn table(&mut self, number: u64, hand: &mut Hand, random: &mut Random) {
        let name = format!("t{number}");
        let my_isam = self.is_server() && random.once_in(5);
        let keys = if self.is_server() { SERVER_KEYS } else { SQLITE_KEYS };
        let per_group = my_isam && random.once_in(4);
        let (columns, clauses, id, is_single) = if per_group { COUNTED_PER_GROUP } else { random.pick(keys) };
        let mut table = HandTable {
            name: name.clone(),
            columns: Vec::new(),
            id,
            has_k: columns.len() > 1,
            is_single,
            transactional: !my_isam,
            number: None,
        };
        let mut lines: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
        let mut late: Vec<String> = clauses.iter().map(|clause| (*clause).to_owned()).collect();
        let mut after = Vec::new();
        for name in if table.has_k { &["id", "k"][..] } else { &["id"] } {
            table.columns.push(HandColumn {
                name: (*name).to_owned(),
                nullable: false,
                value: Some(if *name == "id" { "id" } else { "{}" }),
            });
        }
        for at in 0..5 {
            if random.below(3) > 0 {
                self.column(&mut table, &format!("c{at}"), (&mut lines, &mut late, &mut after), random);
            }
        }
        self.words(&mut table, &mut lines, random);
        self.compute(&mut table, &mut lines, &mut late, random);
        self.others(&mut table, &mut lines, &mut late, random);
        let parents: Vec<&HandTable> = hand.tables.iter().collect();
        for parent in parents {
            if random.below(3) == 0 {
                self.point(&mut table, parent, (&mut lines, &mut late, &mut after), random);
            }
        }
        lines.extend(late);
        let is_without = !self.is_server()
            && clauses
                .iter()
                .chain(columns)
                .any(|text| text.contains("PRIMARY KEY (id, k)") || text.starts_with("id TEXT"));
        let options = match (self.is_server(), my_isam) {
            (false, _) if is_without && random.once_in(2) => " WITHOUT ROWID".to_owned(),
            (false, _) => String::new(),
            (true, my_isam) => format!(
                "{}{}{}",
                if my_isam {
                    random.pick(&[" ENGINE=MyISAM", " ENGINE = MyISAM ROW_FORMAT=DYNAMIC"])
                } else {
                    random.pick(&["", " ENGINE=InnoDB"])
                },
                random.pick(&[
                    "",
                    " DEFAULT CHARSET=latin1",
                    " CHARSET=utf8",
                    " DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci",
                    " CHARACTER SET utf8mb4",
                    " COLLATE utf8mb4_bin",
                    " DEFAULT CHARSET=ascii"
                ]),
                random.pick(&["", "", " COMMENT='it''s old'", " AUTO_INCREMENT=100"])
            ),
        };
        hand.statements.push(format!(
            "CREATE TABLE {} (\n  {}\n){options}",
            self.quoted(&name, random),
            lines.join(",\n  ")
        ));
        hand.statements.extend(after);
        hand.tables.push(table);
    }

    /// Writes a name, with or without quotes.
    fn quoted(&self, name: &str, random: &mut Random) -> String {
        match (random.below(3), self.is_server()) {
            (0, _) => name.to_owned(),
            (1, false) => format!("\"{name}\""),
            _ => format!("`{name}`"),
        }
    }

    fn column(
        &mut self,
        table: &mut HandTable,
        name: &str,
        (lines, late, after): (&mut Vec<String>, &mut Vec<String>, &mut Vec<String>),
        random: &mut Random,
    ) {
        let (ty, holds) = random.pick(if self.is_server() { SERVER_TYPES } else { SQLITE_TYPES });
        let nullable = random.once_in(2);
        let mut line = format!("{} {ty}", self.quoted(name, random));
        if nullable {
            line += random.pick(&["", " NULL", " DEFAULT NULL"]);
        } else {
            line += " NOT NULL";
            let may = !self.is_server() || matches!(holds, Holds::Number | Holds::Word);
            if may && random.once_in(3) {
                line += random.pick(&[" DEFAULT 5", " DEFAULT '5'", " DEFAULT (5 + 1)"]);
            }
        }
        let is_word = matches!(holds, Holds::Number | Holds::Word);
        let is_unique = is_word && random.once_in(6);
        if is_unique {
            line += " UNIQUE";
        }
        if self.is_server() && random.once_in(6) {
            line += " COMMENT 'it''s old'";
        }
        if random.once_in(6) {
            let named = if random.once_in(3) {
                format!(" CONSTRAINT {}_{name}_is_right", table.name)
            } else {
                String::new()
            };
            let named = if self.dialect.name == "MariaDB" { String::new() } else { named };
            line += &match holds {
                Holds::Number => format!("{named} CHECK ({name} {})", random.pick(&["> 0", ">= 0", "<> 7"])),
                _ => format!("{named} CHECK ({name} <> '')"),
            };
        }
        lines.push(line);
        if holds == Holds::Number {
            table.number = Some(name.to_owned());
        }
        table.columns.push(HandColumn {
            name: name.to_owned(),
            nullable,
            value: Some(if random.once_in(2) { "'{}'" } else { "{}" }),
        });
        if random.once_in(8) {
            late.push(match holds {
                Holds::Number => format!("CHECK ({name} < 100)"),
                _ => format!("CONSTRAINT {}_{name}_filled CHECK ({name} <> '')", table.name),
            });
        }
        if !is_unique || random.once_in(2) {
            self.index(table, (name, holds, is_unique), (late, after), random);
        }
    }

    fn index(
        &self,
        table: &HandTable,
        (name, holds, is_unique): (&str, Holds, bool),
        (late, after): (&mut Vec<String>, &mut Vec<String>),
        random: &mut Random,
    ) {
        let (table, plain) = (&table.name, self.is_plain(table));
        let is_word = matches!(holds, Holds::Number | Holds::Word);
        if !self.is_server() {
            match random.below(10) {
                0 => late.push(format!("UNIQUE ({name}, id)")),
                1 => late.push(format!("CONSTRAINT one_{name} UNIQUE ({name})")),
                2 => after.push(format!("CREATE INDEX index_{table}_on_{name} ON {table} ({name})")),
                3 => after.push(format!("CREATE UNIQUE INDEX {table}_{name}_id_key ON {table} ({name})")),
                4 => after.push(format!("CREATE INDEX {table}_{name}_idx ON {table} ({name} DESC, id)")),
                5 => after.push(format!(
                    "CREATE INDEX some_{table}_{name} ON {table} ({name}) WHERE {name} IS NOT NULL"
                )),
                6 => after.push(format!("CREATE INDEX sum_{table}_{name} ON {table} ({name} + 1)")),
                _ => {}
            }
            return;
        }
        match random.below(12) {
            0 if is_word && !is_unique => late.push(format!("KEY `{name}` (`{name}`)")),
            1 if is_word => late.push(format!("INDEX ({name})")),
            2 if is_word => late.push(format!("KEY {table}_{name}_idx ({name}, id)")),
            3 if is_word => late.push(format!("UNIQUE KEY {table}_{name}_id_key ({name})")),
            4 if is_word => late.push(format!("UNIQUE (id, {name})")),
            5 if is_word => {
                after.push(format!("CREATE UNIQUE INDEX index_{table}_on_{name} ON {table} ({name})"))
            }
            6 if is_word && !plain => {
                after.push(format!("ALTER TABLE {table} ADD INDEX idx_{name} ({name} DESC)"))
            }
            7 if !plain && !self.dialect.ddl.indexed_expression.is_empty() && holds == Holds::Number => {
                after.push(format!("CREATE INDEX sum_{name} ON {table} (({name} + 1))"));
            }
            0..=4 if holds != Holds::Number && !is_unique => {
                late.push(format!("KEY {} ({name}(5))", random.pick(&[name, &format!("{table}_{name}_idx")])))
            }
            8 | 9 if holds == Holds::Text => late.push(format!("FULLTEXT KEY ({name})")),
            _ => {}
        }
    }

    /// Returns whether the engine of the table does not support generated columns.
    fn is_plain(&self, table: &HandTable) -> bool {
        !table.transactional && self.dialect.name == "MySQL"
    }

    fn words(&mut self, table: &mut HandTable, lines: &mut Vec<String>, random: &mut Random) {
        if random.once_in(2) {
            return;
        }
        let nullable = random.once_in(2);
        let ty = if self.is_server() {
            random.pick(&[
                "ENUM('a','b','c')",
                "enum('a')",
                "SET('a','b')",
                "VARCHAR(20)",
                "CHAR(1)",
                "text",
                "ENUM('b','a') CHARACTER SET latin1",
            ])
        } else {
            random.pick(&["TEXT", "VARCHAR(1) CHECK (e IN ('a', 'b'))", "CHAR(1) CHECK (length(e) = 1)"])
        };
        lines.push(format!("e {ty}{}", if nullable { "" } else { " NOT NULL" }));
        table.columns.push(HandColumn { name: "e".into(), nullable, value: Some("'a'") });
    }

    /// Adds a generated column, or a plain one where the model generates it.
    fn compute(
        &mut self,
        table: &mut HandTable,
        lines: &mut Vec<String>,
        late: &mut Vec<String>,
        random: &mut Random,
    ) {
        let Some(base) = table.number.clone().filter(|_| random.once_in(2)) else { return };
        if random.once_in(4) || self.is_plain(table) {
            lines.push("g INT".to_owned());
            table.columns.push(HandColumn { name: "g".into(), nullable: true, value: Some("{}") });
        } else {
            let name = random.pick(&["g", "g", "x9"]);
            let kept = if self.dialect.name == "MariaDB" {
                random.pick(&["", " PERSISTENT", " VIRTUAL"])
            } else {
                random.pick(&["", " STORED", " VIRTUAL"])
            };
            lines.push(format!(
                "{name} {} {}AS ({base} + 1){kept}",
                random.pick(&["INT", "BIGINT", "DOUBLE"]),
                random.pick(&["", "GENERATED ALWAYS "])
            ));
            table.columns.push(HandColumn { name: name.into(), nullable: true, value: None });
            if random.once_in(2) {
                late.push(if self.is_server() {
                    format!("KEY ({name}, id)")
                } else {
                    format!("UNIQUE ({name}, id)")
                });
            }
        }
    }

    fn others(
        &mut self,
        table: &mut HandTable,
        lines: &mut Vec<String>,
        late: &mut Vec<String>,
        random: &mut Random,
    ) {
        let mut at = 0;
        while at < 3 && random.once_in(2) {
            let name = format!("x{at}");
            let (declared, value, model) = random.pick(if self.is_server() { OTHERS } else { SQLITE_OTHERS });
            // MariaDB 10.11 cannot read a table of MyISAM with bits behind something computed.
            if declared.starts_with("BIT") && !table.transactional {
                break;
            }
            lines.push(format!("{name} {}", declared.replace("x0", &name)));
            let nullable = !declared.contains("NOT NULL");
            table.columns.push(HandColumn { name: name.clone(), nullable, value });
            if random.once_in(4)
                && self.is_server()
                && !declared.contains("BLOB")
                && !declared.contains("JSON")
            {
                late.push(format!("KEY ({name}, id)"));
            }
            let own = self.wanted.tables.iter_mut().find(|wanted| wanted.name.name == table.name);
            if let (Some(own), Some(model)) = (own.filter(|_| random.once_in(2)), model) {
                own.columns.push(orm::schema::ColumnSchema {
                    name,
                    ty: model.into(),
                    nullable,
                    ..Default::default()
                });
            }
            at += 1;
        }
    }

    fn point(
        &mut self,
        table: &mut HandTable,
        parent: &HandTable,
        (lines, late, after): (&mut Vec<String>, &mut Vec<String>, &mut Vec<String>),
        random: &mut Random,
    ) {
        let Some(ty) = parent.id else { return };
        let number = &parent.name[1..];
        let nullable = random.once_in(2);
        let end = if nullable { "" } else { " NOT NULL" };
        let (own, to) = (&table.name, &parent.name);
        let on = random.pick(&[
            "",
            " ON DELETE CASCADE",
            " ON UPDATE CASCADE",
            " ON DELETE RESTRICT ON UPDATE CASCADE",
            " ON DELETE NO ACTION",
        ]);
        let mut columns = vec![format!("p{number}_id")];
        if parent.has_k && !parent.is_single {
            columns.push(format!("p{number}_k"));
        }
        let list = columns.join(", ");
        let at = if columns.len() > 1 { "id, k" } else { "id" };
        let inline = columns.len() == 1 && !self.is_server() && random.once_in(2);
        if inline {
            let at = if random.once_in(2) && parent.is_single { "(id)" } else { "( id )" };
            lines.push(format!("p{number}_id {ty}{end} REFERENCES {to} {at}{on}"));
        } else {
            lines.push(format!("p{number}_id {ty}{end}"));
        }
        if columns.len() > 1 {
            lines.push(format!("p{number}_k INT{end}"));
        }
        // What only a model of the other table could change as well is in the way for good.
        let is_stranger = self.wanted.table(own).is_none() && self.wanted.table(to).is_some();
        let has_key = table.transactional && parent.transactional && !random.once_in(5) && !is_stranger;
        if self.is_server() && random.once_in(3) {
            late.push(
                random
                    .pick(&[
                        format!("KEY p{number}_id ({list})").as_str(),
                        &format!("KEY fk_{own}_{to} ({list})"),
                        &format!("UNIQUE KEY own_{number} ({list}, id)"),
                        &format!("KEY ({list}, id)"),
                    ])
                    .to_owned(),
            );
        }
        if has_key && !inline {
            let key = format!("FOREIGN KEY ({list}) REFERENCES {to} ({at}){on}");
            match random.below(if self.is_server() { 4 } else { 2 }) {
                0 => late.push(key),
                1 => late.push(format!(
                    "CONSTRAINT {own}_p{number}_{} {key}",
                    random.pick(&["fkey", "fk", "foreign"])
                )),
                2 => after.push(format!("ALTER TABLE {own} ADD CONSTRAINT fk_{own}_{to} {key}")),
                _ => after.push(format!("ALTER TABLE {own} ADD {key}")),
            }
        }
        for name in columns {
            let value = if name.ends_with("_k") { "10" } else { "1" };
            table.columns.push(HandColumn { name, nullable, value: Some(value) });
        }
    }
}
