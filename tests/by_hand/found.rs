//! Handwritten tables whose fixes once failed.

use orm::prelude::*;
use orm::schema::ModelSet;
use orm::{Schema, raw};

use crate::verify::{differences, fix};

mod shop {
    use orm::prelude::*;

    #[derive(Model, Debug)]
    #[orm(table = "clients")]
    pub struct Client {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 100, unique)]
        pub mail: String,
        pub name: String,
    }

    #[derive(Model, Debug)]
    #[orm(table = "orders", index(client_id, name = "client_id"))]
    pub struct Order {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(belongs_to = Client, on_delete = cascade)]
        pub client_id: u64,
        #[orm(length = 30)]
        pub note: Option<String>,
    }
}

use shop::{Client, Order};

async fn run(db: &Database, script: &str) -> orm::Result<()> {
    for statement in script.split(";\n") {
        raw::sql_unchecked(statement).execute(db).await?;
    }
    Ok(())
}

/// Applies the fixes of the differences that are not harmless, and returns their descriptions.
async fn fixed<S: ModelSet>(db: &Database) -> orm::Result<Vec<String>> {
    let mut found = Schema::differences(db, S::tables()).await?;
    found.retain(|difference| !difference.harmless);
    fix(db, &found).await?;
    Schema::verify::<S>(db).await?;
    Ok(found.iter().map(ToString::to_string).collect())
}

on_servers! {
    /// Servers refuse to change a column of a foreign key, and to drop an index that a foreign key or AUTO_INCREMENT needs.
    async fn foreign_keys_are_dropped_and_added_back(fresh: Fresh) {
        let db = &fresh.db;
        run(db, "CREATE TABLE clients (code INT NOT NULL PRIMARY KEY, id INT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE, mail VARCHAR(100) NOT NULL UNIQUE, name VARCHAR(50) NOT NULL, KEY (name), KEY both_of (code, mail), FULLTEXT KEY (name)) ENGINE=InnoDB;
CREATE TABLE orders (id SERIAL, client_id INT UNSIGNED NOT NULL, note TEXT, UNIQUE (client_id, id), FOREIGN KEY (client_id) REFERENCES clients (id)) ENGINE=InnoDB;
INSERT INTO clients (id, code, mail, name) VALUES (7, 1, 'ann@example.org', 'Ann'), (8, 2, 'bob@example.org', 'Bob');
INSERT INTO orders (id, client_id, note) VALUES (5, 7, 'urgent'), (6, 8, NULL)").await?;
        let text = fixed::<(Client, Order)>(db).await?;
        assert!(text[0].starts_with("the foreign key of `orders` over (client_id) "), "{text:#?}");
        let rows = Order::query().order_by(|o| o.id.asc()).select(|o| (o.id, o.client().name, o.note)).all(db).await?;
        assert_eq!(rows, [(5, "Ann".to_owned(), Some("urgent".to_owned())), (6, "Bob".to_owned(), None)]);
        Client::delete_by(7).execute(db).await?;
        assert_eq!(Order::query().count(db).await?, 1);
    }

    /// A part that is as it should be is listed as dropped and added back.
    async fn a_key_that_stays_comes_back(fresh: Fresh) {
        let db = &fresh.db;
        run(db, "CREATE TABLE clients (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, mail VARCHAR(100) NOT NULL, name LONGTEXT NOT NULL, CONSTRAINT clients_mail_key UNIQUE (mail)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE orders (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, client_id INT UNSIGNED NOT NULL, note VARCHAR(30), KEY client_id (client_id), CONSTRAINT of_client FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4").await?;
        let text = fixed::<(Client, Order)>(db).await?;
        let [goes, id, client_id, comes] = &text[..] else { panic!("{text:#?}") };
        assert!(goes.starts_with("the foreign key of `orders` over (client_id) has to be dropped while other things change: CONSTRAINT `of_client`"), "{goes}");
        assert!(id.starts_with("the column `clients.id` is ") && client_id.starts_with("the column `orders.client_id` is "), "{text:#?}");
        assert!(comes.starts_with("the foreign key of `orders` over (client_id) is added back: CONSTRAINT `of_client`"), "{comes}");
        assert_eq!(differences::<(Client, Order)>(db).await?, []);
    }

    /// MyISAM ignores foreign keys, has shorter keys, and allows AUTO_INCREMENT within a group.
    async fn the_engine_changes_before_what_needs_it(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "lines", unique(of_year, nr))]
        pub struct Line {
            #[orm(primary_key, auto)]
            pub nr: u64,
            pub of_year: i32,
            #[orm(belongs_to = Client)]
            pub client_id: u64,
            #[orm(length = 400, index)]
            pub text: String,
        }
        let db = &fresh.db;
        db.create_tables::<Client>().await?;
        run(db, "CREATE TABLE `lines` (of_year INT NOT NULL, nr INT NOT NULL AUTO_INCREMENT, client_id INT NOT NULL, text VARCHAR(200) NOT NULL, PRIMARY KEY (of_year, nr), KEY client_id (client_id)) ENGINE=MyISAM DEFAULT CHARSET=latin1;
INSERT INTO clients (id, mail, name) VALUES (1, 'ann@example.org', 'Ann');
INSERT INTO `lines` VALUES (2001, 3, 1, 'ö'), (2002, 4, 1, 'ü')").await?;
        fixed::<(Client, Line)>(db).await?;
        assert_eq!(Line::query().order_by(|l| l.nr.asc()).select(|l| (l.nr, l.text)).all(db).await?, [(3, "ö".to_owned()), (4, "ü".to_owned())]);
        assert!(Line::insert().of_year(2003).client_id(9).text("").execute(db).await.unwrap_err().is_foreign_key_violation());
    }

    /// The index is named like its column, as the one that a server creates for a foreign key is.
    async fn an_index_that_serves_a_foreign_key_is_there(fresh: Fresh) {
        let db = &fresh.db;
        db.create_tables::<Client>().await?;
        run(db, "CREATE TABLE orders (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, client_id BIGINT UNSIGNED NOT NULL, note VARCHAR(30), KEY client_id (client_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4").await?;
        assert_eq!(fixed::<(Client, Order)>(db).await?.len(), 1);
        let reflected = Schema::reflect(db).await?;
        assert_eq!(reflected.table("orders").unwrap().key_indexes[0].name, "client_id");
    }

    /// Both ends of a foreign key must have the same collation, even if a different one is harmless otherwise.
    async fn texts_of_foreign_keys_are_compared_alike(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "stations")]
        pub struct Station {
            #[orm(primary_key, length = 5)]
            pub code: String,
            #[orm(length = 20)]
            pub town: String,
        }
        #[derive(Model, Debug)]
        #[orm(table = "stops")]
        pub struct Stop {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(length = 5, belongs_to = Station, relation = station)]
            pub at: String,
            #[orm(length = 5, belongs_to = Station, relation = following)]
            pub then: Option<String>,
        }
        let db = &fresh.db;
        run(db, "CREATE TABLE stations (code VARCHAR(5) CHARACTER SET latin1 NOT NULL PRIMARY KEY, town VARCHAR(20) CHARACTER SET ascii NOT NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE stops (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, at VARCHAR(5) CHARACTER SET latin1 NOT NULL, FOREIGN KEY (at) REFERENCES stations (code)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO stations VALUES ('Köln', 'Cologne');
INSERT INTO stops (at) VALUES ('Köln')").await?;
        let text = fixed::<(Station, Stop)>(db).await?;
        assert!(!text.iter().any(|text| text.contains("`stations.town`")), "{text:#?}");
        assert_eq!(Stop::query().select(|s| (s.at, s.station().town)).all(db).await?, [("Köln".to_owned(), "Cologne".to_owned())]);
    }

    /// `ON UPDATE CURRENT_TIMESTAMP`, which no model states, is not lost when the column changes.
    async fn what_a_server_sets_at_each_change_stays(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "notes")]
        pub struct Note {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(length = 20)]
            pub text: String,
            pub changed: DateTime<Utc>,
        }
        let db = &fresh.db;
        run(db, "CREATE TABLE notes (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, text VARCHAR(20) NOT NULL, changed TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO notes (text, changed) VALUES ('one', '2001-02-03 04:05:06')").await?;
        let text = Schema::verify::<Note>(db).await.unwrap_err().to_string();
        assert!(text.contains("\n    -- times are converted by the session's time zone: set that of the program first, SET time_zone = '+00:00'"), "{text}");
        fixed::<Note>(db).await?;
        let changed = || Note::query().select(|n| n.changed).one(db);
        assert_eq!(changed().await?.to_string(), "2001-02-03 04:05:06 UTC");
        run(db, "UPDATE notes SET text = 'two'").await?;
        assert!(changed().await?.to_string().as_str() > "2020");
    }

    /// Generated columns are dropped before the columns they are computed from; their indexes and checks are added back.
    async fn what_is_computed_is_no_obstacle(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "prices", check("gross > 0", name = "gross_is_right"))]
        pub struct Price {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub net: i64,
            #[orm(generated = "net * 2", index)]
            pub gross: i64,
        }
        let db = &fresh.db;
        run(db, "CREATE TABLE prices (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, net BIGINT NOT NULL, gross BIGINT AS (net + 1) STORED, old INT NOT NULL, older INT AS (old + 1), KEY prices_gross_idx (gross), KEY (older), CONSTRAINT gross_is_right CHECK (gross > 0)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO prices (net, old) VALUES (5, 1)").await?;
        let text = fixed::<Price>(db).await?;
        assert!(text.iter().any(|text| text.starts_with("the index `prices_gross_idx` of `prices` is added back: ")), "{text:#?}");
        assert_eq!(Price::query().select(|p| p.gross).all(db).await?, [10]);
        assert!(Price::insert().net(-1).execute(db).await.unwrap_err().is_check_violation());
    }
}

on_every_backend! {
    /// Two tables reference each other.
    async fn missing_tables_may_reference_one_another(db: Database) {
        use crate::tables::{Egg, Hen};
        fixed::<(Egg, Hen)>(db).await?;
        assert_eq!(differences::<(Egg, Hen)>(db).await?, []);
    }
}

on_sqlite! {
    async fn names_in_another_letter_case_are_the_same(db: Database) {
        run(db, "CREATE TABLE Clients (ID INTEGER PRIMARY KEY AUTOINCREMENT, Mail VARCHAR(100) NOT NULL UNIQUE CHECK (length(mail) <= 100), Name TEXT NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id INTEGER NOT NULL REFERENCES CLIENTS ON DELETE CASCADE, note VARCHAR(30) CHECK (length(note) <= 30));
CREATE INDEX client_id ON orders (client_id);
INSERT INTO clients VALUES (1, 'ann@example.org', 'Ann')").await?;
        let written = orm_reflect::models(&Schema::reflect(db).await?, db.dialect());
        assert!(written.contains("belongs_to = Client,"), "{written}");
        let text = fixed::<(Client, Order)>(db).await?;
        assert!(text.iter().all(|text| text.starts_with("a check of ") && text.contains("\" >= 0") ), "{text:#?}");
        assert_eq!(Client::query().select(|c| c.name).all(db).await?, ["Ann"]);
    }

    /// Rebuilding a table: the name of the new one, index names that tables share, and triggers that are lost.
    async fn names_of_others_are_not_taken(db: Database) {
        db.create_tables::<(Client, Order)>().await?;
        run(db, "DROP INDEX client_id;
CREATE INDEX client_id ON clients (name);
CREATE TABLE new_clients (id INTEGER PRIMARY KEY AUTOINCREMENT, mail VARCHAR(100) NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TRIGGER one_more AFTER INSERT ON clients BEGIN SELECT 1; END;
ALTER TABLE clients ADD COLUMN old INTEGER NOT NULL DEFAULT 0;
INSERT INTO clients (id, mail, name) VALUES (1, 'ann@example.org', 'Ann');
INSERT INTO new_clients VALUES (2, 'bob@example.org', 'Bob')").await?;
        fixed::<(Client, Order)>(db).await?;
        run(db, "ALTER TABLE clients DROP COLUMN name").await?;
        let text = fixed::<(Client, Order)>(db).await?;
        assert!(text[0].ends_with("; recreate what is dropped with the old table: the trigger `one_more`"), "{text:#?}");
        assert_eq!(Client::query().select(|c| (c.id, c.name)).all(db).await?, [(1, String::new())]);
        assert_eq!(sql!("SELECT name FROM new_clients").scalar::<String>(db).await?, "Bob");
    }

    /// SQLite takes an identifier as a default for a text; the rebuilt table must have the same default.
    async fn a_default_without_quotes_is_a_text(db: Database) {
        #[derive(Model, Debug)]
        #[orm(table = "lamps")]
        pub struct Lamp {
            #[orm(primary_key, auto)]
            pub id: i64,
            #[orm(server_default = "'dark red'")]
            pub colour: String,
            #[orm(server_default = "'on'")]
            pub state: String,
            pub watts: i64,
        }
        run(db, "CREATE TABLE lamps (id INTEGER PRIMARY KEY AUTOINCREMENT, colour TEXT NOT NULL DEFAULT \"dark red\", state TEXT NOT NULL DEFAULT [on], works BOOLEAN NOT NULL DEFAULT TRUE)").await?;
        let written = orm_reflect::models(&Schema::reflect(db).await?, db.dialect());
        assert!(written.contains("server_default = \"'dark red'\"") && written.contains("server_default = \"TRUE\""), "{written}");
        run(db, "INSERT INTO lamps DEFAULT VALUES").await?;
        fixed::<Lamp>(db).await?;
        Lamp::insert().watts(5).execute(db).await?;
        assert_eq!(Lamp::query().select(|l| (l.colour, l.state)).all(db).await?, vec![("dark red".to_owned(), "on".to_owned()); 2]);
    }

    /// A case-insensitive unique index on a case-sensitive column differs from a plain one.
    async fn how_an_index_compares_is_told(db: Database) {
        db.create_tables::<Client>().await?;
        run(db, "CREATE UNIQUE INDEX one_of_each ON clients (name COLLATE nocase);
CREATE INDEX by_mail ON clients (\"mail\" COLLATE BINARY DESC)").await?;
        let reflected = Schema::reflect(db).await?;
        let written = orm_reflect::models(&reflected, db.dialect());
        assert!(written.contains("#[orm(unique(expr = \"name COLLATE nocase\", name = \"one_of_each\"))]"), "{written}");
        assert!(written.contains("#[orm(index(mail desc, name = \"by_mail\"))]"), "{written}");
    }
}
