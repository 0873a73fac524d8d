//! Models compared with a database.

use orm::prelude::*;
use orm::schema::{ModelSet, Pair, TablePart};
use orm::{Schema, raw};

use crate::ddl::{Draft, Everywhere, Member};
use crate::support::models::*;

/// A large set of models.
type Models = (
    Everywhere,
    Employee,
    crate::arithmetic::Limit,
    crate::find::Order,
    crate::group::Line,
    crate::insert::Ticket,
    crate::insert_all::Reading,
    crate::json::Account,
    crate::soft_delete::Folder,
    crate::soft_delete::Note,
    crate::update::Page,
    crate::upsert::Stock,
);

async fn run(db: &Database, sql: &str) -> orm::Result<()> {
    raw::sql_unchecked(sql.replace('"', &db.dialect().quote.to_string())).execute(db).await.map(drop)
}

/// Returns all differences, harmless or not.
pub async fn differences<S: ModelSet>(db: &Database) -> orm::Result<Vec<orm::schema::Difference>> {
    Ok(Schema::of::<S>(db.dialect())?.compare(&Schema::reflect(db).await?, db.dialect()))
}

/// Runs the statements that fix the differences, on one connection, each list of statements once.
pub async fn fix(db: &Database, differences: &[orm::schema::Difference]) -> orm::Result<()> {
    let mut connection = db.connection().await?;
    let mut last = &Vec::new();
    for difference in differences {
        if difference.fix != *last {
            for sql in &difference.fix {
                connection.execute(raw::sql_unchecked(sql)).await?;
            }
        }
        last = &difference.fix;
    }
    Ok(())
}

mod renamed {
    pub mod before {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "folks", check = "mail <> ''")]
        pub struct Folk {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(unique, length = 100)]
            pub mail: String,
            #[orm(belongs_to = Folk, to = mail, length = 100)]
            pub friend_mail: Option<String>,
            pub note: Option<String>,
        }
    }
    pub mod fuller {
        use orm::prelude::*;

        #[derive(Value, Debug, Clone, Copy, PartialEq)]
        #[orm(as = enum)]
        pub enum Size {
            Large,
            Small,
        }

        #[derive(Model)]
        #[orm(table = "folks", check = "mail <> ''")]
        pub struct Folk {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(unique, length = 100)]
            pub mail: String,
            #[orm(belongs_to = Folk, to = mail, length = 100)]
            pub friend_mail: Option<String>,
            pub note: Option<String>,
            pub age: i32,
            pub size: Size,
            #[orm(length = 20)]
            pub nick: String,
        }
    }
    pub mod after {
        use orm::prelude::*;

        #[derive(Model)]
        #[orm(table = "folks", check = "email <> ''", index(remark(10)))]
        pub struct Folk {
            #[orm(primary_key, auto)]
            pub id: u64,
            #[orm(unique, length = 100, renamed_from = "mail")]
            pub email: String,
            #[orm(belongs_to = Folk, to = email, length = 100, renamed_from = "friend_mail")]
            pub friend_email: Option<String>,
            #[orm(renamed_from = "note")]
            pub remark: Option<String>,
        }
    }
}

on_every_backend! {
    /// On SQLite, where the table is rebuilt, the rows once failed to be copied, and the old table was dropped anyway
    /// by those who continued.
    async fn rows_get_empty_values_where_they_must_have_some(db: Database) {
        use renamed::{before, fuller};
        db.create_tables::<before::Folk>().await?;
        before::Folk::insert().mail("ann@example.org").execute(db).await?;
        let text = Schema::verify::<fuller::Folk>(db).await.unwrap_err().to_string();
        assert_eq!(text.contains("-- the old table is dropped"), db.dialect().name == "SQLite", "{text}");
        fix(db, &Schema::differences(db, <fuller::Folk>::tables()).await?).await?;
        Schema::verify::<fuller::Folk>(db).await?;
        let folk = fuller::Folk::query().one(db).await?;
        assert_eq!((folk.mail.as_str(), folk.age, folk.size, folk.nick.as_str()), ("ann@example.org", 0, fuller::Size::Large, ""));
    }

    async fn renamed_columns_keep_their_data(db: Database) {
        use renamed::{after, before};
        db.create_tables::<before::Folk>().await?;
        let ann = before::Folk::insert().mail("ann@example.org").note("tall");
        ann.execute(db).await?;
        before::Folk::insert().mail("bob@example.org").friend_mail("ann@example.org").execute(db).await?;
        let differences = Schema::differences(db, <after::Folk>::tables()).await?;
        assert_eq!(differences[0].to_string(), "the column `folks.email` is still called `mail`");
        let fixes = &differences[0].fix;
        assert!(!differences[0].harmless && fixes.last().is_some_and(|sql| sql.contains(" RENAME COLUMN ")), "{fixes:?}");
        fix(db, &differences).await?;
        Schema::verify::<after::Folk>(db).await?;
        let rows = after::Folk::query().order_by(|f| f.id.asc()).select(|f| (f.email, f.friend_email, f.remark));
        let (ann, bob) = ("ann@example.org".to_owned(), "bob@example.org".to_owned());
        assert_eq!(rows.all(db).await?, [(ann.clone(), None, Some("tall".to_owned())), (bob, Some(ann), None)]);
        // Renamed objects are not reported.
        assert_eq!(Schema::differences(db, <after::Folk>::tables()).await?.iter().filter(|d| !d.harmless).count(), 0);
    }

    /// A handwritten table: its check belongs to the column, and has no name of its own on MariaDB. On SQLite, its name is
    /// case-insensitive.
    async fn renamed_columns_take_what_names_them_along(db: Database) {
        use renamed::after;
        let (name, key, utf8) = match db.dialect().name {
            "SQLite" => ("Folks", "INTEGER PRIMARY KEY AUTOINCREMENT", ""),
            _ => ("folks", "BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY", " DEFAULT CHARSET utf8mb4"),
        };
        let create = format!("CREATE TABLE {name} (id {key}, mail VARCHAR(100) NOT NULL UNIQUE CHECK (mail <> ''), friend_mail VARCHAR(100), note TEXT){utf8}");
        let mut connection = db.connection().await?;
        connection.execute(raw::sql_unchecked(&create)).await?;
        connection.execute(raw::sql_unchecked("INSERT INTO folks (mail, note) VALUES ('ann@example.org', 'tall')")).await?;
        drop(connection);
        fix(db, &Schema::differences(db, <after::Folk>::tables()).await?).await?;
        Schema::verify::<after::Folk>(db).await?;
        assert_eq!(after::Folk::query().select(|f| (f.email, f.remark)).all(db).await?, [("ann@example.org".to_owned(), Some("tall".to_owned()))]);
        let refused = after::Folk::insert().email("").execute(db).await.unwrap_err();
        assert!(refused.is_check_violation(), "{refused}");
    }

    async fn what_is_created_is_what_is_asked_for(db: Database) {
        db.create_tables::<Models>().await?;
        assert_eq!(differences::<Models>(db).await?, []);
        Schema::verify::<Models>(db).await?;
        Schema::verify::<Models>(&mut db.session()).await?;
        if db.dialect().name != "MariaDB" {
            db.create_tables::<Member>().await?;
            Schema::verify::<Member>(db).await?;
        }
        if db.dialect().name == "SQLite" {
            db.create_tables::<Draft>().await?;
            Schema::verify::<Draft>(db).await?;
        }
    }

    async fn every_difference_is_listed_and_can_be_fixed(db: Database) {
        raw::sql("SELECT 1").execute(db).await?;
        run(db, r#"CREATE TABLE people (id BIGINT NOT NULL, PRIMARY KEY (id))"#).await?;
        run(db, r#"CREATE TABLE users (id BIGINT NOT NULL PRIMARY KEY, email VARCHAR(100), name INT NOT NULL, age BIGINT, created_at VARCHAR(30) NOT NULL, extra VARCHAR(9) NOT NULL)"#).await?;
        run(db, r#"CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id BIGINT NOT NULL, title VARCHAR(10), body VARCHAR(10), published BOOLEAN NOT NULL)"#).await?;
        let error = Schema::verify::<(User, Post, Comment)>(db).await.unwrap_err();
        assert!(error.is_schema_mismatch());
        let text = error.to_string();
        for expected in [
            "- the column `users.email` ",
            "- the column `users.name` is ",
            "- the column `users.version` is missing: ",
            "- the column `users.extra` belongs to no model, and is NOT NULL without a default, so inserts \
             fail: VARCHAR(9)",
            "- the unique key `users_email_key` of `users` is missing: (",
            "- the column `posts.reviewer_id` is missing: ",
            "allows NULL, and should not",
            "- the foreign key of `posts` over (author_id) is missing: CONSTRAINT ",
            "- the index `posts_author_id_published_idx` of `posts` is missing: (",
            "- the table `comments` is missing\n    CREATE TABLE ",
        ] {
            assert!(text.to_lowercase().contains(&expected.to_lowercase()), "{expected} is not in:\n{text}");
        }
        assert!(!text.contains("people"), "{text}");
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("verify.{}", db.dialect().name.to_lowercase()), text);
        });
        // An integer name cannot become a unique text, but there are no rows here.
        let found = differences::<(User, Post, Comment)>(db).await?;
        let extra = |part: &TablePart| matches!(part, TablePart::Table(pair) if matches!(&**pair, Pair::Extra(table) if table.name.name == "people"));
        assert!(found.iter().any(|difference| extra(&difference.part) && difference.harmless));
        fix(db, &found).await?;
        assert_eq!(differences::<(User, Post, Comment)>(db).await?, []);
    }

    async fn fixes_keep_the_rows(db: Database) {
        shop(db).await?;
        run(db, r#"ALTER TABLE users ADD COLUMN extra VARCHAR(9) NOT NULL DEFAULT 'x'"#).await?;
        run(db, r#"CREATE INDEX users_extra ON users (extra)"#).await?;
        run(db, r#"ALTER TABLE comments DROP COLUMN text"#).await?;
        let found = differences::<(User, Profile, Post, Comment)>(db).await?;
        let harmless: Vec<bool> = found.iter().map(|difference| difference.harmless).collect();
        assert_eq!(harmless, [true, true, false], "{found:#?}");
        let error = Schema::verify::<(User, Profile, Post, Comment)>(db).await.unwrap_err();
        assert!(error.to_string().starts_with("the database does not match the models, in one place:\n- the \
                                               column `comments.text` is missing: "), "{error}");
        let extra: Vec<_> = found.into_iter().filter(|difference| difference.harmless).collect();
        fix(db, &extra).await?;
        assert_eq!((User::query().count(db).await?, Post::query().count(db).await?), (3, 4));
        assert_eq!(differences::<(User, Profile, Post)>(db).await?.len(), 1);
    }

    /// Rebuilding a table drops columns that no model has: nobody must lose one without having been told.
    async fn a_column_that_would_go_with_the_rest_is_listed(db: Database) {
        shop(db).await?;
        run(db, r#"ALTER TABLE comments ADD COLUMN extra VARCHAR(9)"#).await?;
        Schema::verify::<Comment>(db).await?;
        run(db, r#"ALTER TABLE comments DROP COLUMN text"#).await?;
        let text = Schema::verify::<Comment>(db).await.unwrap_err().to_string();
        let goes = text.contains("- the column `comments.extra` belongs to no model");
        assert_eq!(goes, db.dialect().ddl.rebuild.is_some(), "{text}");
    }
}

on_servers! {
    /// On MariaDB, a column check is part of its column: it is lost when the column is changed without it, and cannot
    /// be dropped in any other way.
    async fn conditions_of_columns_stay_if_they_are_asked_for(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "jars", check = "plums >= 0")]
        pub struct Jar {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub plums: i64,
            pub pears: i64,
        }
        let db = &fresh.db;
        let columns = "plums INT NOT NULL CHECK (plums >= 0), pears INT NOT NULL CHECK (pears > 5)";
        run(db, &format!("CREATE TABLE jars (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, {columns})")).await?;
        let found = differences::<Jar>(db).await?;
        fix(db, &found).await?;
        assert_eq!(differences::<Jar>(db).await?, [], "{found:#?}");
        Jar::insert().plums(0).pears(0).execute(db).await?;
        let refused = Jar::insert().plums(-1).pears(0).execute(db).await.unwrap_err();
        assert!(refused.is_check_violation(), "{refused}");
    }

    /// `utf8` is now called `utf8mb3`.
    async fn a_collation_may_have_its_old_name(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "words")]
        pub struct Word {
            #[orm(primary_key, length = 20, collation = "utf8_bin")]
            pub word: String,
            #[orm(length = 20, collation = "utf8mb3_general_ci")]
            pub other: String,
        }
        let db = &fresh.db;
        db.create_tables::<Word>().await?;
        assert_eq!(differences::<Word>(db).await?, []);
        run(db, "ALTER TABLE words MODIFY word VARCHAR(20) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci NOT NULL").await?;
        assert_eq!(differences::<Word>(db).await?.len(), 1);
    }

    /// Converting the character set, a server gives every column that of the table, and text types that hold as many
    /// characters as before.
    async fn columns_stay_what_they_are_in_another_character_set(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "pages")]
        pub struct Page {
            #[orm(primary_key, length = 20, collation = "utf8mb4_BIN")]
            pub path: String,
            #[orm(sql_type = "TEXT")]
            pub body: String,
            #[orm(length = 30, generated = "CONCAT(path, '.html')", index)]
            pub file: String,
        }
        let db = &fresh.db;
        run(db, "CREATE TABLE pages (path VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY, body TEXT NOT NULL, file VARCHAR(30) AS (CONCAT(path, '.html'))) DEFAULT CHARSET latin1").await?;
        run(db, "INSERT INTO pages (path, body) VALUES ('A', 'äö'), ('a', '')").await?;
        fix(db, &differences::<Page>(db).await?).await?;
        assert_eq!(differences::<Page>(db).await?, []);
        assert_eq!(Page::query().filter(|p| p.path.eq("A")).select(|p| p.body).all(db).await?, ["äö"]);
    }
}

#[tokio::test]
async fn models_with_another_database_are_looked_for_there() {
    let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open().unwrap();
    let text = Schema::verify::<(User, Entry)>(&db).await.unwrap_err().to_string();
    assert!(text.contains("- the table `users` is missing\n"), "{text}");
    assert!(text.contains("- the table `entries` is missing (database `audit`)\n"), "{text}");
    db.create_tables::<(User, Entry)>().await.unwrap();
    Schema::verify::<(User, Entry)>(&db).await.unwrap();
}

on_servers! {
    /// MariaDB lists the check of a column, which JSON has too, under the name that the column had first.
    async fn checks_of_renamed_columns_stay_with_them(fresh: Fresh) {
        #[derive(Model, Debug)]
        #[orm(table = "things", check = "c > 1", check = "a > 2")]
        pub struct Thing {
            #[orm(primary_key, auto)]
            pub id: u64,
            pub data: orm::Json<Vec<i32>>,
            pub c: i32,
            pub a: i32,
        }
        let db = &fresh.db;
        db.ping().await?;
        // MySQL renames no column that a check names.
        let (first, second, renames) = match db.dialect().name {
            "MariaDB" => ("a", "b", ", RENAME COLUMN a TO c, RENAME COLUMN b TO a"),
            _ => ("c", "a", ""),
        };
        run(db, &format!("CREATE TABLE things (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, doc JSON NOT NULL, \
                          {first} INT NOT NULL CHECK ({first} > 1), {second} INT NOT NULL CHECK ({second} > 2)) \
                          DEFAULT CHARSET utf8mb4")).await?;
        run(db, &format!("ALTER TABLE things RENAME COLUMN doc TO data{renames}")).await?;
        Schema::verify::<Thing>(db).await?;
        let models = orm_reflect::models(&Schema::reflect(db).await?, db.dialect());
        assert!(models.contains("pub data: serde_json::Value"), "{models}");
    }
}

#[derive(Model, Debug)]
#[orm(table = "entries", bind = "audit")]
pub struct Entry {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub text: String,
}

/// A view references the table that is rebuilt, and its unique constraint is part of it.
#[tokio::test]
async fn fixes_keep_the_views_of_sqlite() {
    #[derive(Model, Debug)]
    #[orm(table = "users")]
    pub struct Name {
        #[orm(primary_key, auto)]
        pub id: u64,
        pub name: String,
        #[orm(server_default = "CURRENT_TIMESTAMP")]
        pub since: String,
    }
    let db = Database::open("sqlite::memory:").unwrap();
    run(&db, "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, CONSTRAINT one UNIQUE (name))").await.unwrap();
    run(&db, "INSERT INTO users (name) VALUES ('Ann')").await.unwrap();
    run(&db, "CREATE VIEW names AS SELECT name FROM users").await.unwrap();
    fix(&db, &differences::<Name>(&db).await.unwrap()).await.unwrap();
    assert_eq!(differences::<Name>(&db).await.unwrap(), []);
    assert_eq!(raw::sql("SELECT name FROM names").scalar::<String>(&db).await.unwrap(), "Ann");
    run(&db, "INSERT INTO users (name) VALUES ('Ann')").await.unwrap();
}
