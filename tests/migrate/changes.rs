//! Schema changes that servers cannot make on their own, up and down, with data in the tables.

use orm::Schema;
use orm::prelude::*;
use orm::schema::ModelSet;
use orm_migrate::{Draft, Migrations};

use super::{Folder, run_sql};

/// A query, and the expected values of a column in all rows, as text.
type Column<'a> = (&'a str, &'a [&'a str]);

async fn has(db: &Database, columns: &[Column<'_>]) -> orm::Result<()> {
    for (query, expected) in columns {
        let texts: Vec<Option<String>> = orm::raw::sql_unchecked(*query).all(db).await?;
        let texts: Vec<&str> = texts.iter().map(|text| text.as_deref().unwrap_or("NULL")).collect();
        assert_eq!(texts, *expected, "{query}");
    }
    Ok(())
}

/// Creates tables with a first migration, fills them, and runs a second one up and down.
async fn there_and_back<A: ModelSet, B: ModelSet>(
    db: &Database,
    rows: &[&str],
    edit: impl FnOnce(Draft) -> orm::Result<Draft>,
    there: &[Column<'_>],
    back: &[Column<'_>],
) -> orm::Result<()> {
    db.ping().await?;
    let folder = Folder::new();
    let read = || Migrations::read(&folder.0);
    Draft::of::<A>(&read()?, &[db.dialect()])?.write(&folder.0, "before")?;
    read()?.up(db).await?;
    for row in rows {
        run_sql(db, row).await?;
    }
    edit(Draft::of::<B>(&read()?, &[db.dialect()])?)?.write(&folder.0, "after")?;
    read()?.up(db).await?;
    Schema::verify::<B>(db).await?;
    has(db, there).await?;
    read()?.down(db, 1).await?;
    Schema::verify::<A>(db).await?;
    has(db, back).await
}

mod names {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "items", check = "price >= 0", index(price))]
        pub struct Line {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub price: i64,
            #[orm(generated = "price * 2")]
            pub gross: Option<i64>,
            #[orm(belongs_to = Line)]
            pub line_id: Option<u64>,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "rows_", check = "cost >= 0", index(cost), renamed_from = "items")]
        pub struct Row {
            #[orm(primary_key, auto, renamed_from = "id")]
            pub nr: u64,
            #[orm(renamed_from = "price")]
            pub cost: i64,
            #[orm(generated = "cost * 2")]
            pub gross: Option<i64>,
            #[orm(belongs_to = Row, renamed_from = "line_id", relation = before)]
            pub row_nr: Option<u64>,
        }
    }
}

mod computed {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "sums", index(total))]
        pub struct Sum {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub a: i64,
            pub b: i64,
            #[orm(generated = "a + b")]
            pub total: Option<i64>,
            #[orm(generated = "a * b", virtual)]
            pub product: Option<i64>,
            pub plain: Option<i64>,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "sums", index(total))]
        pub struct Sum {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub a: i64,
            pub b: i64,
            #[orm(generated = "a - b", virtual)]
            pub total: Option<i64>,
            pub product: Option<i64>,
            #[orm(generated = "a + 1")]
            pub plain: Option<i64>,
        }
    }
}

mod keys {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "parents")]
        pub struct Parent {
            #[orm(primary_key, auto)]
            pub id: i32,
            #[orm(unique)]
            pub code: i64,
        }

        #[derive(Model)]
        #[orm(table = "children")]
        pub struct Child {
            #[orm(primary_key, auto)]
            pub id: i32,
            #[orm(belongs_to = Parent, on_delete = cascade)]
            pub parent_id: i32,
        }
    }
    /// Wider keys.
    pub mod wider {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "parents")]
        pub struct Parent {
            #[orm(primary_key, auto)]
            pub id: i64,
            #[orm(unique)]
            pub code: i64,
        }

        #[derive(Model)]
        #[orm(table = "children")]
        pub struct Child {
            #[orm(primary_key, auto)]
            pub id: i64,
            #[orm(belongs_to = Parent, on_delete = cascade)]
            pub parent_id: i64,
        }
    }
    /// A different key, and none with auto-increment.
    pub mod other {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "parents")]
        pub struct Parent {
            #[orm(primary_key)]
            pub code: i64,
            pub id: Option<i32>,
        }

        #[derive(Model)]
        #[orm(table = "children", primary_key(id, parent_id))]
        pub struct Child {
            pub id: i32,
            pub parent_id: i32,
        }
    }
    /// Auto-increment on a different column.
    pub mod moved {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "parents")]
        pub struct Parent {
            #[orm(primary_key, auto)]
            pub nr: i64,
            pub id: i32,
            #[orm(unique)]
            pub code: i64,
        }
    }
}

mod words {
    pub mod before {
        use orm::prelude::*;

        #[derive(Value, Debug, Clone, Copy, PartialEq)]
        #[orm(as = enum)]
        pub enum State {
            Open,
            Shut,
        }

        #[derive(Model)]
        #[orm(table = "doors")]
        pub struct Door {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub state: State,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Value, Debug, Clone, Copy, PartialEq)]
        #[orm(as = enum)]
        pub enum State {
            Ajar,
            Open,
        }

        #[derive(Model)]
        #[orm(table = "doors")]
        pub struct Door {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub state: State,
        }
    }
}

mod texts_and_words {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "doors")]
        pub struct Door {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(length = 10)]
            pub state: String,
            #[orm(length = 10)]
            pub was: Option<String>,
        }
    }
    pub mod after {
        use orm::prelude::*;

        use super::super::words::after::State;

        #[derive(Model)]
        #[orm(table = "doors")]
        pub struct Door {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub state: State,
            pub was: Option<State>,
        }
    }
}

mod split {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "guests")]
        pub struct Guest {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub name: String,
            pub street: Option<String>,
            #[orm(length = 40)]
            pub city: Option<String>,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "guests", has_many(homes: Home))]
        pub struct Guest {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub name: String,
        }

        #[derive(Model)]
        #[orm(table = "homes")]
        pub struct Home {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(belongs_to = Guest, on_delete = cascade)]
            pub guest_id: u64,
            pub street: String,
            #[orm(length = 40)]
            pub city: String,
        }
    }
}

mod stored {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "texts", charset = "latin1", collation = "latin1_bin", comment = "old")]
        pub struct Text {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(sql_type = "TEXT")]
            pub body: String,
            #[orm(length = 20, comment = "short")]
            pub title: String,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "texts", engine = "MyISAM")]
        pub struct Text {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(sql_type = "TEXT", comment = "long")]
            pub body: String,
            #[orm(length = 20, collation = "utf8mb4_bin")]
            pub title: String,
        }
    }
}

const PARENTS: &[&str] = &[
    "INSERT INTO parents (id, code) VALUES (1, 10)",
    "INSERT INTO parents (id, code) VALUES (2, 20)",
    "INSERT INTO children (id, parent_id) VALUES (5, 2)",
];

const AS_IT_WAS: &[Column<'static>] = &[
    ("SELECT CAST(code AS CHAR) FROM parents ORDER BY id", &["10", "20"]),
    ("SELECT CAST(id AS CHAR) FROM parents ORDER BY id", &["1", "2"]),
    ("SELECT CAST(parent_id AS CHAR) FROM children", &["2"]),
];

on_every_backend! {
    async fn of_names_that_stand_in_expressions(db: Database) {
        let rows = ["INSERT INTO items (id, price) VALUES (1, 5)", "INSERT INTO items (id, price, line_id) VALUES (2, 7, 1)"];
        there_and_back::<names::before::Line, names::after::Row>(
            db,
            &rows,
            Ok,
            &[("SELECT CAST(gross AS CHAR) FROM rows_ ORDER BY nr", &["10", "14"]), ("SELECT CAST(row_nr AS CHAR) FROM rows_ ORDER BY nr", &["NULL", "1"])],
            &[("SELECT CAST(gross + price AS CHAR) FROM items ORDER BY id", &["15", "21"]), ("SELECT CAST(line_id AS CHAR) FROM items ORDER BY id", &["NULL", "1"])],
        ).await?;
    }

    async fn of_what_is_computed(db: Database) {
        there_and_back::<computed::before::Sum, computed::after::Sum>(
            db,
            &["INSERT INTO sums (a, b, plain) VALUES (5, 3, 9)"],
            |draft| Ok(draft.allow_data_loss()),
            &[
                ("SELECT CAST(total AS CHAR) FROM sums", &["2"]),
                ("SELECT CAST(product AS CHAR) FROM sums", &["15"]),
                ("SELECT CAST(plain AS CHAR) FROM sums", &["6"]),
            ],
            &[
                ("SELECT CAST(total AS CHAR) FROM sums", &["8"]),
                ("SELECT CAST(product AS CHAR) FROM sums", &["15"]),
                ("SELECT CAST(plain AS CHAR) FROM sums", &["6"]),
            ],
        ).await?;
    }

    async fn of_keys_that_become_wider(db: Database) {
        there_and_back::<(keys::before::Parent, keys::before::Child), (keys::wider::Parent, keys::wider::Child)>(
            db, PARENTS, |draft| Ok(draft.allow_data_loss()), AS_IT_WAS, AS_IT_WAS,
        ).await?;
        run_sql(db, "DELETE FROM parents WHERE id = 2").await?;
        has(db, &[("SELECT CAST(parent_id AS CHAR) FROM children", &[])]).await?;
    }

    async fn of_which_column_is_the_key(db: Database) {
        there_and_back::<(keys::before::Parent, keys::before::Child), (keys::other::Parent, keys::other::Child)>(
            db, PARENTS, |draft| Ok(draft.allow_data_loss()), AS_IT_WAS, AS_IT_WAS,
        ).await?;
        // Auto-increment works again.
        run_sql(db, "INSERT INTO parents (code) VALUES (30)").await?;
        has(db, &[("SELECT CAST(id AS CHAR) FROM parents WHERE code = 30", &["3"])]).await?;
    }

    async fn of_which_column_is_auto_increment(db: Database) {
        there_and_back::<keys::before::Parent, keys::moved::Parent>(
            db,
            &PARENTS[..2],
            |draft| Ok(draft.allow_data_loss()),
            &[("SELECT CAST(code AS CHAR) FROM parents ORDER BY nr", &["10", "20"]), ("SELECT CAST(id AS CHAR) FROM parents ORDER BY nr", &["1", "2"])],
            &AS_IT_WAS[..2],
        ).await?;
    }

    async fn of_the_words_of_an_enum(db: Database) {
        there_and_back::<words::before::Door, words::after::Door>(
            db,
            &["INSERT INTO doors (state) VALUES ('open')", "INSERT INTO doors (state) VALUES ('shut')"],
            |draft| Ok(draft.fill("doors.state", "'ajar'").allow_data_loss()),
            &[("SELECT state FROM doors ORDER BY id", &["open", "ajar"])],
            // That the door was shut is lost: it gets the first variant.
            &[("SELECT state FROM doors ORDER BY id", &["open", "open"])],
        ).await?;
    }

    async fn of_texts_that_become_enums(db: Database) {
        let states = |expected: &'static [&'static str]| ("SELECT state FROM doors ORDER BY id", expected);
        let before = |expected: &'static [&'static str]| ("SELECT was FROM doors ORDER BY id", expected);
        there_and_back::<texts_and_words::before::Door, texts_and_words::after::Door>(
            db,
            &["INSERT INTO doors (state, was) VALUES ('open', NULL)", "INSERT INTO doors (state, was) VALUES ('broken', 'shut')"],
            |draft| Ok(draft.fill("doors.state", "'ajar'").fill("doors.was", "NULL").allow_data_loss()),
            &[states(&["open", "ajar"]), before(&["NULL", "NULL"])],
            &[states(&["open", "ajar"]), before(&["NULL", "NULL"])],
        ).await?;
    }

    /// A table is split: one statement in the script moves the data that would be lost.
    async fn of_columns_that_become_a_table(db: Database) {
        use split::{after, before};
        db.ping().await?;
        let folder = Folder::new();
        let read = || Migrations::read(&folder.0);
        Draft::of::<before::Guest>(&read()?, &[db.dialect()])?.write(&folder.0, "before")?;
        read()?.up(db).await?;
        run_sql(db, "INSERT INTO guests (name, street, city) VALUES ('Ann', 'Elm Street', 'Bern')").await?;
        run_sql(db, "INSERT INTO guests (name) VALUES ('Bob')").await?;
        let draft = Draft::of::<(after::Guest, after::Home)>(&read()?, &[db.dialect()])?.allow_data_loss();
        let steps = draft.steps(db.dialect())?;
        let created = steps.iter().position(|step| step.to_string() == "create the table `homes`").unwrap();
        let lost = steps.iter().position(|step| step.loses_data).unwrap();
        assert!(created < lost, "{steps:?}");
        let sql: String = steps.iter().enumerate().flat_map(|(at, step)| {
            let moved = "INSERT INTO homes (guest_id, street, city) SELECT id, street, city FROM guests WHERE street IS NOT NULL";
            let moved = (at == lost).then(|| moved.to_owned());
            moved.into_iter().chain(step.sql.clone()).map(|sql| sql + ";\n").collect::<Vec<_>>()
        }).collect();
        let name = draft.write(&folder.0, "after")?.unwrap();
        let script = format!("up.{}.sql", db.dialect().name.to_lowercase());
        std::fs::write(folder.0.join(name).join(script), sql).unwrap();
        read()?.up(db).await?;
        Schema::verify::<(after::Guest, after::Home)>(db).await?;
        has(db, &[("SELECT city FROM homes", &["Bern"]), ("SELECT name FROM guests ORDER BY id", &["Ann", "Bob"])]).await?;
    }

    /// The text may contain any word meanwhile.
    async fn of_enums_that_become_texts(db: Database) {
        db.ping().await?;
        let folder = Folder::new();
        let read = || Migrations::read(&folder.0);
        Draft::of::<texts_and_words::after::Door>(&read()?, &[db.dialect()])?.write(&folder.0, "before")?;
        Draft::of::<texts_and_words::before::Door>(&read()?, &[db.dialect()])?.write(&folder.0, "after")?;
        read()?.up(db).await?;
        run_sql(db, "INSERT INTO doors (state, was) VALUES ('broken', 'shut')").await?;
        run_sql(db, "INSERT INTO doors (state, was) VALUES ('open', 'open')").await?;
        read()?.down(db, 1).await?;
        Schema::verify::<texts_and_words::after::Door>(db).await?;
        has(db, &[("SELECT state FROM doors ORDER BY id", &["ajar", "open"]), ("SELECT was FROM doors ORDER BY id", &["NULL", "open"])]).await?;
    }
}

on_servers! {
    async fn of_how_it_is_stored(fresh: Fresh) {
        let db = &fresh.db;
        let bodies = ("SELECT body FROM texts", &["äöü"][..]);
        let collations = "SELECT collation_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'texts' \
                          AND collation_name IS NOT NULL ORDER BY column_name";
        there_and_back::<stored::before::Text, stored::after::Text>(
            db,
            &["INSERT INTO texts (body, title) VALUES ('äöü', 'x')"],
            |draft| Ok(draft.allow_data_loss()),
            &[bodies, ("SELECT title FROM texts", &["x"]), ("SELECT engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'texts'", &["MyISAM"])],
            &[bodies, (collations, &["latin1_bin", "latin1_bin"])],
        ).await?;
    }
}

/// A collation that the model no longer states.
mod collations {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "texts")]
        pub struct Text {
            #[orm(primary_key, length = 20)]
            pub body: String,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "texts", collation = "utf8mb4_bin")]
        pub struct Text {
            #[orm(primary_key, length = 20)]
            pub body: String,
        }
    }
}

on_servers! {
    async fn of_a_collation_that_is_no_longer_declared(fresh: Fresh) {
        there_and_back::<collations::before::Text, collations::after::Text>(
            &fresh.db,
            &["INSERT INTO texts VALUES ('a')"],
            Ok,
            &[("SELECT body FROM texts WHERE body = 'A'", &[])],
            &[("SELECT body FROM texts WHERE body = 'A'", &["a"])],
        ).await?;
    }
}
