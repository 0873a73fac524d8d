//! Views: read-only models.

use orm::prelude::*;
use orm::rules::NoKey;
use orm::schema::{ModelSet as _, TablePart};
use orm::{Maybe, Schema, raw};
use orm_migrate::{Draft, Migrations};

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "writers", has_many(books: Book), has_one(stats: WriterStats))]
pub struct Writer {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
    #[orm(length = 20)]
    pub favourite: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "books")]
pub struct Book {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Writer)]
    pub writer_id: u64,
    #[orm(length = 20)]
    pub genre: String,
    #[orm(precision = (10, 2))]
    pub price: Decimal,
}

/// A view without a key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "genre_sales")]
pub struct GenreSales {
    pub genre: String,
    #[orm(column = "n")]
    pub books: i64,
    pub dearest: Option<Decimal>,
}

/// A view with a key, and with relations in both directions.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "writer_stats", has_many(notes: Note))]
pub struct WriterStats {
    #[orm(primary_key, belongs_to = Writer)]
    pub writer_id: u64,
    pub books: i64,
    #[orm(belongs_to = Book, relation = newest)]
    pub newest_id: u64,
}

/// A table whose rows belong to rows of a view: a relation without a foreign key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "notes")]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = WriterStats, relation = stats)]
    pub writer_id: u64,
    pub text: String,
}

/// A table without a primary key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "visits")]
pub struct Visit {
    pub page: Option<String>,
}

/// Some columns of a table that also has a model.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "writers")]
pub struct WriterName {
    #[orm(primary_key)]
    pub id: u64,
    pub name: String,
}

/// Describes a table differently from its model.
#[derive(Model, Debug, Clone)]
#[orm(table = "writers")]
pub struct OtherWriter {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub pen_name: String,
}

type All = (GenreSales, WriterStats, Writer, Book, Note);

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

async fn run(db: &Database, sql: &'static str) -> orm::Result<()> {
    raw::sql(sql).execute(db).await.map(drop)
}

async fn views(db: &Database) -> orm::Result<()> {
    run(db, "CREATE VIEW genre_sales AS SELECT genre, COUNT(*) AS n, MAX(price) AS dearest FROM books GROUP BY genre").await?;
    run(db, "CREATE VIEW writer_stats AS SELECT writer_id, COUNT(*) AS books, MAX(id) AS newest_id FROM books GROUP BY writer_id").await
}

async fn shop(db: &Database) -> orm::Result<()> {
    db.create_tables::<All>().await?;
    views(db).await?;
    let writers = [("Ann", "crime"), ("Bob", "poems"), ("Cid", "maths")];
    Writer::insert_all(writers.map(|(name, favourite)| Writer::insert().name(name).favourite(favourite)))
        .execute(db)
        .await?;
    let books = [(1, "crime", "9.50"), (1, "crime", "12"), (1, "poems", "5"), (2, "poems", "7")];
    let books =
        books.map(|(id, genre, price)| Book::insert().writer_id(id).genre(genre).price(decimal(price)));
    Book::insert_all(books).execute(db).await?;
    Note::insert_all([(1, "much"), (2, "little")].map(|(id, text)| Note::insert().writer_id(id).text(text)))
        .execute(db)
        .await?;
    Ok(())
}

fn crime() -> GenreSales {
    GenreSales { genre: "crime".into(), books: 2, dearest: Some(decimal("12")) }
}

fn poems() -> GenreSales {
    GenreSales { genre: "poems".into(), books: 2, dearest: Some(decimal("7")) }
}

on_every_backend! {
    async fn are_queried_as_tables(db: Database) {
        shop(db).await?;
        assert_eq!(GenreSales::query().order_by(|g| g.genre.asc()).all(db).await?, [crime(), poems()]);
        let dear = GenreSales::query().filter(|g| g.dearest.gt(decimal("10")).and(g.books.add(1).eq(3)));
        assert_eq!(dear.clone().one(db).await?, crime());
        assert_eq!((dear.count(db).await?, GenreSales::query().filter(|g| g.genre.eq("maths")).exists(db).await?), (1, false));
        assert_eq!(GenreSales::query().order_by(|g| g.genre.desc()).select(|g| (g.genre, g.books)).first(db).await?, Some(("poems".into(), 2)));
        assert_eq!(GenreSales::query().aggregate(|g| (g.count(), g.max(|g| g.dearest))).one(db).await?, (2, Some(decimal("12"))));
        let by_books = GenreSales::query().group_by(|g| g.books).select(|g| (g.key, g.count()));
        assert_eq!(by_books.all(db).await?, [(2, 2)]);
        assert_eq!(GenreSales::query().order_by(|g| g.genre.asc()).page(2, 1, db).await?.rows, [poems()]);
        let key = GenreSales::column_named("genre").unwrap();
        assert_eq!(GenreSales::query().order_by(|g| key.of(g).desc()).first(db).await?, Some(poems()));
        let mut stream = GenreSales::query().order_by(|g| g.genre.asc()).stream(db);
        assert_eq!(stream.next().await?, Some(crime()));
        drop(stream);
        assert_eq!(sql!("SELECT * FROM {@GenreSales} WHERE {@GenreSales.books} = 2 ORDER BY {@GenreSales.genre}").all::<GenreSales>(db).await?, [crime(), poems()]);
        // In a session, too, where its rows are plain values.
        let mut s = db.session();
        assert_eq!(GenreSales::query().count(&mut s).await?, 2);
        s.rollback().await?;
    }

    async fn stand_in_subqueries_and_joins(db: Database) {
        shop(db).await?;
        let sold = || GenreSales::query().filter(|g| g.dearest.gt(decimal("10"))).select(|g| g.genre);
        assert_eq!(Book::query().filter(|b| b.genre.is_in(sold())).count(db).await?, 2);
        assert_eq!(Writer::query().filter(|w| GenreSales::query().filter(|g| w.favourite.eq(g.genre)).is_present()).count(db).await?, 2);
        let named = GenreSales::query().select(|g| (g.genre, g.books)).named("sold");
        assert_eq!(named.query().filter(|(genre, _)| genre.eq("crime")).all(db).await?, [("crime".to_owned(), 2)]);
        let joined = Book::query().join_on::<GenreSales>(|b, g| b.genre.eq(g.genre)).filter(|(b, g)| g.dearest.eq(b.price));
        let joined: Vec<(Book, GenreSales)> = joined.order_by(|(b, _)| b.id.asc()).all(db).await?;
        assert_eq!(joined.iter().map(|(book, sales)| (book.id, sales.books)).collect::<Vec<_>>(), [(2, 2), (4, 2)]);
        // A row that does not exist is `None`, also without a key.
        let favourites: Query<(Writer, Maybe<GenreSales>)> = Writer::query().left_join_on::<GenreSales>(|w, g| w.favourite.eq(g.genre));
        let favourites: Vec<(Writer, Option<GenreSales>)> = favourites.order_by(|(w, _)| w.id.asc()).all(db).await?;
        assert_eq!(favourites.into_iter().map(|(_, sales)| sales).collect::<Vec<_>>(), [Some(crime()), Some(poems()), None]);
        // Values computed from a view can be inserted into a table.
        let notes = WriterStats::query().filter(|s| s.books.gt(1));
        assert_eq!(Note::insert_from(notes, |s| Note::insert().writer_id(s.writer_id).text(s.books.cast::<String>())).execute(db).await?, 1);
        // And a view can select the rows of a table to change.
        let few = WriterStats::query().filter(|s| s.books.lt(2)).select(|s| s.writer_id);
        assert_eq!(Book::update().set(|b| b.price.to(b.price + Decimal::ONE)).filter(|b| b.writer_id.is_in(few)).execute(db).await?, 1);
    }

    async fn with_a_key_have_relations(db: Database) {
        shop(db).await?;
        let ann = WriterStats { writer_id: 1, books: 3, newest_id: 3 };
        assert_eq!(WriterStats::find(1).one(db).await?, ann);
        assert_eq!(WriterStats::find(9).optional(db).await?, None);
        assert_eq!(ann.key(), 1);
        assert_eq!(ann.writer().one(db).await?.name, "Ann");
        assert_eq!(Writer::query().filter(|w| w.stats().books.gt(2)).select(|w| w.name).all(db).await?, ["Ann"]);
        let with = Writer::query().order_by(|w| w.id.asc()).with(|w| w.stats()).all(db).await?;
        assert_eq!(with.iter().map(|(_, stats)| stats.as_ref().map(|stats| stats.books)).collect::<Vec<_>>(), [Some(3), Some(1), None]);
        let with = WriterStats::query().order_by(|s| s.writer_id.asc()).with(|s| s.writer()).with(|s| s.newest()).with(|s| s.notes()).all(db).await?;
        let (stats, writer, newest, notes) = &with[0];
        assert_eq!((stats, writer.name.as_str(), newest.genre.as_str(), notes[0].text.as_str()), (&ann, "Ann", "poems", "much"));
        assert_eq!(Note::query().filter(|n| n.stats().books.eq(1)).select(|n| (n.text, n.stats().writer().name)).all(db).await?, [("little".to_owned(), "Bob".to_owned())]);
        assert_eq!(Note::query().join(|n| n.stats()).count(db).await?, 2);
        let books = WriterStats::load([&ann], |s| s.writer().books()).all(db).await?;
        assert_eq!(books[0].len(), 3);
        // A table's row that references a view's row can be changed in a session like any other.
        let mut s = db.session();
        let note = s.get::<Note>(1).await?;
        s[note].writer_id = 2;
        s.add(Note::insert().stats(&ann).text("new"));
        s.commit().await?;
        assert_eq!(Note::query().order_by(|n| n.id.asc()).select(|n| n.writer_id).all(db).await?, [2, 2, 1]);
    }

    async fn without_a_key_are_found_by_none(db: Database) {
        shop(db).await?;
        let crime = crime();
        assert_eq!(crime.key(), NoKey);
        assert_eq!(GenreSales::find(crime.key()).all(db).await?, []);
        // A cursor needs an order.
        let first = GenreSales::query().order_by(|g| g.genre.asc()).limit(1).after(None, db).await?;
        assert_eq!(first.rows, [crime]);
        let second = GenreSales::query().order_by(|g| g.genre.asc()).limit(1).after(first.next.as_ref(), db).await?;
        assert_eq!((second.rows, second.next.is_none()), (vec![poems()], true));
        let error = GenreSales::query().limit(1).after(None, db).await.unwrap_err();
        assert!(error.to_string().contains("a cursor needs an order"), "{error}");
    }

    async fn are_neither_created_nor_dropped(db: Database) {
        db.create_tables::<All>().await?;
        assert!(GenreSales::query().count(db).await.unwrap_err().is_no_such_table());
        views(db).await?;
        db.create_tables::<All>().await?;
        let schema = Schema::of::<All>(db.dialect())?;
        assert_eq!(schema.tables.iter().map(|table| table.name.name.as_str()).collect::<Vec<_>>(), ["writers", "books", "notes"]);
        assert_eq!(schema.table("notes").unwrap().foreign_keys, []);
        assert_eq!(schema.table("notes").unwrap().indexes, []);
        db.drop_tables::<All>().await?;
        assert_eq!(Schema::reflect(db).await?.views.len(), 2);
        db.create_tables::<All>().await?;
        assert_eq!(GenreSales::query().count(db).await?, 0);
        db.create_tables::<GenreSales>().await?; // nothing to do
        // Nor by generated migrations.
        let none = Migrations::from_files(Vec::<(String, String)>::new())?;
        let steps = Draft::of::<All>(&none, &[db.dialect()])?.steps(db.dialect())?;
        let sql: Vec<String> = steps.into_iter().flat_map(|step| step.sql).collect();
        assert!(sql.iter().any(|sql| sql.contains("notes")), "{sql:?}");
        assert!(!sql.iter().any(|sql| sql.contains("genre_sales") || sql.contains("writer_stats")), "{sql:?}");
    }

    async fn are_verified(db: Database) {
        db.create_tables::<All>().await?;
        let error = Schema::verify::<All>(db).await.unwrap_err().to_string();
        assert!(error.contains("in 2 places:\n- the view `genre_sales` is missing\n- the view `writer_stats` is missing"), "{error}");
        views(db).await?;
        Schema::verify::<All>(db).await?;
        Schema::verify::<GenreSales>(&mut db.session()).await?;
        // Missing columns.
        run(db, "DROP VIEW genre_sales").await?;
        run(db, "CREATE VIEW genre_sales AS SELECT genre, COUNT(*) AS m, MAX(price) AS dear FROM books GROUP BY genre").await?;
        let found = Schema::differences(db, All::tables()).await?;
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["the view `genre_sales` has no column `n`, `dearest`"]);
        assert_eq!((&found[0].part, found[0].table.name.as_str()), (&TablePart::View(vec!["n".into(), "dearest".into()]), "genre_sales"));
        assert!(!found[0].harmless && found[0].fix.is_empty());
        // A missing underlying table.
        run(db, "DROP TABLE books").await?;
        let found = Schema::differences(db, GenreSales::tables()).await?;
        let text = found.iter().find(|difference| !difference.harmless).unwrap().to_string();
        assert!(text.starts_with("the view `genre_sales` cannot be read: "), "{text}");
    }

    async fn are_tables_that_have_no_key_as_well(db: Database) {
        run(db, "CREATE TABLE visits (page VARCHAR(20))").await?;
        run(db, "INSERT INTO visits VALUES ('/'), ('/'), (NULL)").await?;
        assert_eq!(Visit::query().filter(|v| v.page.eq("/")).count(db).await?, 2);
        assert_eq!(Visit::query().distinct().order_by(|v| v.page.asc()).all(db).await?, [Visit { page: None }, Visit { page: Some("/".into()) }]);
        assert_eq!(Schema::differences(db, Visit::tables()).await?, []);
        db.drop_tables::<Visit>().await?;
        assert_eq!(Visit::query().count(db).await?, 3);
    }

    async fn can_be_of_a_table_that_has_a_model(db: Database) {
        // Regardless of their order.
        db.create_tables::<(WriterName, Writer, Writer)>().await?;
        Writer::insert().name("Ann").favourite("crime").execute(db).await?;
        assert_eq!(WriterName::find(1).one(db).await?, WriterName { id: 1, name: "Ann".into() });
        Schema::verify::<(WriterName, Writer)>(db).await?;
        run(db, "ALTER TABLE writers RENAME COLUMN favourite TO liked").await?;
        let error = Schema::verify::<(Writer, WriterName)>(db).await.unwrap_err();
        assert!(error.to_string().contains("the column `writers.favourite` is missing"), "{error}");
        assert_eq!(Schema::differences(db, WriterName::tables()).await?, []);
    }

    async fn two_models_say_the_same_of_a_table(db: Database) {
        let error = db.create_tables::<(Writer, OtherWriter)>().await.unwrap_err();
        assert!(error.is_unsupported() && error.sql().is_none());
        let text = "`Writer` and `OtherWriter` both describe the table `writers`, but differently: let one \
                    of them describe all of it, and make the other read-only, with `#[orm(view, table = \
                    \"writers\")]`";
        assert_eq!(error.to_string(), text);
        assert_eq!(Schema::verify::<(Writer, OtherWriter)>(db).await.unwrap_err().to_string(), text);
    }

    async fn are_scoped(db: Database) {
        shop(db).await?;
        let scoped = db.scoped::<GenreSales>(|g| g.genre.eq("crime"));
        assert_eq!(GenreSales::query().all(&scoped).await?, [crime()]);
    }
}

/// The writers of each genre: a join model on a view.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "written")]
pub struct Written {
    #[orm(belongs_to = Writer)]
    pub writer_id: u64,
    #[orm(belongs_to = Genre)]
    pub genre_id: u64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "genres", many_to_many(writers: Writer, through = Written))]
pub struct Genre {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 20)]
    pub name: String,
}

on_every_backend! {
    async fn can_be_used_where_tables_can(db: Database) {
        shop(db).await?;
        let full = GenreSales::query().full_join_on::<Writer>(|g, w| w.favourite.eq(g.genre).and(w.id.ne(1)));
        let full: Vec<(Option<GenreSales>, Option<Writer>)> = full.order_by(|(g, w)| (g.genre.asc(), w.id.asc())).all(db).await?;
        let names: Vec<_> = full.iter().map(|(g, w)| (g.as_ref().map(|g| g.genre.as_str()), w.as_ref().map(|w| w.name.as_str()))).collect();
        assert_eq!(names, [(None, Some("Ann")), (None, Some("Cid")), (Some("crime"), None), (Some("poems"), Some("Bob"))]);
        let union = GenreSales::query().select(|g| g.genre).union(Book::query().select(|b| b.genre));
        assert_eq!(union.count(db).await?, 2);
        let derived = GenreSales::query().select(|g| (g.genre, g.dearest)).into_query().filter(|(_, dearest)| dearest.lt(decimal("10")));
        assert_eq!(derived.all(db).await?, [("poems".to_owned(), Some(decimal("7")))]);
        let (sales, stats) = orm::batch((GenreSales::query().order_by(|g| g.genre.asc()), WriterStats::find(2))).run(db).await?;
        assert_eq!((sales?, stats?.len()), (vec![crime(), poems()], 1));
        // Decimals are compared as such, wherever they come from.
        let most = GenreSales::query().filter(|g| g.dearest.eq(GenreSales::query().aggregate(|g| g.max(|g| g.dearest)).scalar()));
        assert_eq!(most.one(db).await?, crime());
        assert_eq!(GenreSales::query().order_by(|g| g.dearest.desc()).first(db).await?, Some(crime()));
        assert_eq!(GenreSales::query().filter(|g| g.dearest.is_in([decimal("7.00")])).one(db).await?, poems());
        assert_eq!(GenreSales::query().order_by(|g| (g.dearest + Decimal::ONE).asc()).select(|g| g.dearest + Decimal::ONE).all(db).await?, [Some(decimal("8")), Some(decimal("13"))]);
        assert!(GenreSales::query().explain(db).await?.to_string().len() > 1);
        // Updates and deletes that join a view.
        let update = Book::update().join_on::<GenreSales>(|b, g| b.genre.eq(g.genre)).set(|(b, g)| b.price.to(g.dearest.coalesce(Decimal::ZERO))).filter(|(b, _)| b.genre.eq("poems"));
        assert_eq!(update.execute(db).await?, 2);
        assert_eq!(Book::query().filter(|b| b.price.eq(decimal("7"))).count(db).await?, 2);
    }

    async fn link_rows(db: Database) {
        shop(db).await?;
        db.create_tables::<(Genre, Written)>().await?;
        Genre::insert_all([(1, "crime"), (2, "poems")].map(|(id, name)| Genre { id, name: name.into() })).execute(db).await?;
        run(db, "CREATE VIEW written AS SELECT DISTINCT b.writer_id, g.id AS genre_id FROM books b JOIN genres g ON g.name = b.genre").await?;
        let genres = Genre::query().order_by(|g| g.id.asc()).with(|g| g.writers().order_by(|w| w.id.asc())).all(db).await?;
        let names: Vec<Vec<&str>> = genres.iter().map(|(_, writers)| writers.iter().map(|w| w.name.as_str()).collect()).collect();
        assert_eq!(names, [vec!["Ann"], vec!["Ann", "Bob"]]);
        assert_eq!(Genre::query().filter(|g| g.writers().any(|w| w.name.eq("Bob"))).select(|g| g.name).all(db).await?, ["poems"]);
    }
}
