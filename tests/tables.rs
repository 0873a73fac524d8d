//! Creating and dropping tables.

use orm::prelude::*;
use orm::sql;
use orm::{Result, Schema};

use crate::support::models::*;

on_every_backend! {
    async fn creating_twice_changes_nothing(db: Database) {
        // In the wrong order: foreign keys determine which comes first.
        db.create_tables::<(Comment, Post, Profile, User)>().await?;
        db.create_tables::<(User, Post)>().await?;
        User::insert().email("a").name("A").execute(db).await?;
        db.create_tables::<(User, Post, Comment, Profile)>().await?;
        assert_eq!(User::query().count(db).await?, 1);
        db.drop_tables::<(User, Post, Comment, Profile)>().await?;
        db.drop_tables::<(User, Post, Comment, Profile)>().await?;
        assert!(User::query().count(db).await.unwrap_err().is_no_such_table());
    }

    async fn have_every_kind_of_key(db: Database) {
        db.create_tables::<(Shelf, Book)>().await?;
        db.create_tables::<(Shelf, Book)>().await?;
        let shelf = Shelf { room: "A".into(), number: 1, comment: None };
        Shelf::insert_all([&shelf]).execute(db).await?;
        let book = |isbn: &str, copy| Book::insert().shelf(&shelf).isbn(isbn).copy(copy).pages(10);
        book("x", 1).execute(db).await?;
        book("x", 2).execute(db).await?;
        assert!(book("x", 2).execute(db).await.unwrap_err().is_unique_violation());
        assert!(book("y", 1).pages(0).execute(db).await.unwrap_err().is_check_violation());
        let nowhere = Book::insert().room("B").number(9).isbn("z").copy(1).pages(1).execute(db).await;
        assert!(nowhere.unwrap_err().is_foreign_key_violation());
        let stored: Vec<(Book, Shelf)> = Book::query().join(|b| b.shelf()).order_by(|(b, _)| b.id.asc()).all(db).await?;
        assert_eq!(stored.len(), 2);
        assert_eq!(stored[0].1, shelf);
        assert_eq!(Shelf::query().join(|s| s.books()).count(db).await?, 2);
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "shelves", primary_key(room, number), has_many(books: Book), comment = "where books stand")]
pub struct Shelf {
    #[orm(length = 10)]
    pub room: String,
    pub number: u16,
    #[orm(comment = "it's free")]
    pub comment: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "books", unique(isbn, copy), index(room, pages), check = "page_count > 0", belongs_to(shelf: Shelf, by = (room, number)))]
pub struct Book {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 10)]
    pub room: String,
    pub number: u16,
    #[orm(length = 20)]
    pub isbn: String,
    pub copy: u8,
    #[orm(index, column = "page_count")]
    pub pages: u32,
}

fn ddl<S: orm::schema::ModelSet>(dialect: &orm::dialect::Dialect) -> Result<Vec<String>> {
    Ok(Schema::of::<S>(dialect)?.ddl(dialect))
}

#[test]
fn are_printed_without_a_database() {
    let sql = ddl::<Post>(&orm::dialect::SQLITE).unwrap();
    assert_eq!(
        sql,
        [
            "CREATE TABLE IF NOT EXISTS \"posts\" (\n  \"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,\n  \
             \"author_id\" BIGINT UNSIGNED NOT NULL,\n  \"reviewer_id\" BIGINT UNSIGNED,\n  \"title\" TEXT NOT NULL,\n  \
             \"body\" TEXT,\n  \"published\" BOOLEAN NOT NULL,\n  \
             CONSTRAINT \"posts_reviewer_fkey\" FOREIGN KEY (\"reviewer_id\") REFERENCES \"users\" (\"id\") ON DELETE SET NULL,\n  \
             CONSTRAINT \"posts_author_fkey\" FOREIGN KEY (\"author_id\") REFERENCES \"users\" (\"id\") ON DELETE CASCADE,\n  \
             CONSTRAINT \"author_id: range\" CHECK (\"author_id\" >= 0),\n  \
             CONSTRAINT \"reviewer_id: range\" CHECK (\"reviewer_id\" >= 0)\n)",
            "CREATE INDEX IF NOT EXISTS \"posts_author_id_published_idx\" ON \"posts\" (\"author_id\", \"published\")",
            // As MySQL creates one for each foreign key; the one for `author_id` exists already.
            "CREATE INDEX IF NOT EXISTS \"posts_reviewer_id_idx\" ON \"posts\" (\"reviewer_id\")",
        ]
    );
    let sql = ddl::<(Post, User)>(&orm::dialect::MYSQL).unwrap();
    assert!(
        sql[0].starts_with(
            "CREATE TABLE IF NOT EXISTS `users` (\n  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,"
        ),
        "{sql:#?}"
    );
    assert!(sql[1].contains("INDEX `posts_author_id_published_idx` (`author_id`, `published`)"), "{sql:#?}");
    assert!(sql[1].ends_with(") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"), "{sql:#?}");
}

#[derive(Model)]
#[orm(table = "eggs")]
pub struct Egg {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(belongs_to = Hen)]
    pub hen_id: i32,
}

#[derive(Model)]
#[orm(table = "hens")]
pub struct Hen {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(belongs_to = Egg)]
    pub egg_id: Option<i32>,
}

on_every_backend! {
    async fn that_reference_one_another_are_created_and_dropped(db: Database) {
        type Yard = (Egg, Hen);
        db.create_tables::<Yard>().await?;
        db.create_tables::<Yard>().await?;
        Hen::insert_all([Hen { id: 1, egg_id: None }]).execute(db).await?;
        Egg::insert_all([Egg { id: 2, hen_id: 1 }]).execute(db).await?;
        Hen::update().set(|h| h.egg_id.to(2)).all_rows().execute(db).await?;
        let nowhere = Hen::update().set(|h| h.egg_id.to(3)).all_rows().execute(db).await;
        assert!(nowhere.unwrap_err().is_foreign_key_violation());
        db.drop_tables::<Yard>().await?;
        db.drop_tables::<Yard>().await?;
        assert!(Hen::query().count(db).await.unwrap_err().is_no_such_table());
        db.create_tables::<Yard>().await?;
        assert_eq!(Egg::query().count(db).await?, 0);
    }
}

#[test]
fn in_a_cycle_get_their_last_key_afterwards() {
    let sql = ddl::<(Egg, Hen)>(&orm::dialect::MYSQL).unwrap();
    assert!(
        sql[0].starts_with("CREATE TABLE IF NOT EXISTS `hens`") && !sql[0].contains("FOREIGN"),
        "{sql:#?}"
    );
    assert!(sql[1].contains("FOREIGN KEY (`hen_id`) REFERENCES `hens` (`id`)"), "{sql:#?}");
    assert_eq!(
        sql[2..],
        ["ALTER TABLE `hens` ADD CONSTRAINT `hens_egg_fkey` FOREIGN KEY (`egg_id`) REFERENCES `eggs` (`id`)"]
    );
    // SQLite's foreign keys may reference tables that do not exist yet.
    assert_eq!(ddl::<(Egg, Hen)>(&orm::dialect::SQLITE).unwrap().len(), 4);
}

on_every_backend! {
    async fn belong_to_a_transaction_or_are_refused_in_one(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        User::update().set(|u| u.name.to("x")).all_rows().execute(&mut s).await?;
        let created = s.create_tables::<Employee>().await;
        if db.dialect().name == "SQLite" {
            created?;
            assert_eq!(Employee::query().count(&mut s).await?, 0);
        } else {
            let error = created.unwrap_err();
            assert!(error.is_unsupported(), "{error:?}");
            let name = db.dialect().name;
            assert_eq!(
                error.to_string(),
                format!(
                    "a CREATE statement commits the open transaction on {name}, which could then not be \
                     rolled back: run it on the database itself, before or after"
                )
            );
            assert!(s.drop_tables::<User>().await.unwrap_err().is_unsupported());
            if name == "MariaDB" {
                let hidden = sql!("SET STATEMENT lock_wait_timeout = 1 FOR DROP TABLE {@Post}").execute(&mut s).await;
                assert!(hidden.unwrap_err().to_string().starts_with("a DROP statement commits the open transaction"));
            }
            // The transaction goes on.
            assert!(s.is_active());
        }
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(&mut s).await?, 3);
        s.rollback().await?;
        assert_eq!(User::query().filter(|u| u.name.eq("x")).count(db).await?, 0);
        assert!(Employee::query().count(db).await.unwrap_err().is_no_such_table());
    }
}
