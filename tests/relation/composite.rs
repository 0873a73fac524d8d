//! Relations by composite foreign keys.

use orm::assert_statements;
use orm::prelude::*;

use crate::tables::{Book, Shelf};

/// Creates shelves A 1, A 2 and B 1; book "x" is on the first, "y" and "z" are on the last one.
async fn library(db: &Database) -> orm::Result<[Shelf; 3]> {
    db.create_tables::<(Shelf, Book)>().await?;
    let shelves = [("A", 1), ("A", 2), ("B", 1)].map(|(room, number)| Shelf {
        room: room.into(),
        number,
        comment: None,
    });
    Shelf::insert_all(&shelves).execute(db).await?;
    let books = [(0, "x"), (2, "y"), (2, "z")];
    Book::insert_all(books.map(|(at, isbn)| Book::insert().shelf(&shelves[at]).isbn(isbn).copy(1).pages(5)))
        .execute(db)
        .await?;
    Ok(shelves)
}

on_every_backend! {
    async fn reads(db: Database) {
        let shelves = library(db).await?;
        let books = Book::query().order_by(|b| b.id.asc());
        let on_b = books.clone().filter(|b| b.shelf().room.eq("B")).select(|b| (b.isbn, b.shelf().number));
        assert_eq!(on_b.all(db).await?, [("y".to_owned(), 1), ("z".to_owned(), 1)]);
        let loaded: Vec<(Book, Shelf)> = assert_statements!(db, 1, books.clone().with(|b| b.shelf()).all(db).await?);
        assert_eq!(loaded.iter().map(|(_, shelf)| shelf).collect::<Vec<_>>(), [&shelves[0], &shelves[2], &shelves[2]]);
        let of_shelves = Shelf::query().order_by(|s| (s.room.asc(), s.number.asc()));
        let full = of_shelves.clone().filter(|s| s.books().count().ge(1)).select(|s| (s.room, s.number, s.books().max(|b| b.isbn)));
        assert_eq!(full.all(db).await?, [("A".to_owned(), 1, Some("x".to_owned())), ("B".to_owned(), 1, Some("z".to_owned()))]);
        let deep: Vec<(Shelf, Vec<(Book, Shelf)>)> =
            assert_statements!(db, 2, of_shelves.with(|s| s.books().order_by(|b| b.id.asc()).with(|b| b.shelf())).all(db).await?);
        assert_eq!(deep.iter().map(|(_, books)| books.len()).collect::<Vec<_>>(), [1, 0, 2]);
        assert!(deep.iter().all(|(shelf, books)| books.iter().all(|(_, other)| other == shelf)));
        let rows = books.all(db).await?;
        let of_rows: Vec<Shelf> = assert_statements!(db, 1, Book::load(&rows, |b| b.shelf()).all(db).await?);
        assert_eq!(of_rows[2], shelves[2]);
        assert_eq!(rows[0].shelf().one(db).await?, shelves[0]);
        let of_rows: Vec<Vec<Book>> = assert_statements!(db, 1, Shelf::load(&shelves, |s| s.books()).all(db).await?);
        assert_eq!(of_rows.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0, 2]);
    }

    async fn writes(db: Database) {
        library(db).await?;
        let mut s = db.session();
        let shelf = s.add(Shelf { room: "C".into(), number: 7, comment: None });
        let book = s.add(Book::insert().shelf(shelf).isbn("new").copy(1).pages(9));
        assert_statements!(db, 2, s.commit().await?);
        let book = s.saved(book)?;
        assert_eq!((s[book].room.as_str(), s[book].number), ("C", 7));
        let first = s.get::<Shelf>(("A", 1)).await?;
        s.link(book, |b| b.shelf(), first)?;
        assert_statements!(db, 1, s.commit().await?);
        assert_eq!(s[first].books().count(db).await?, 2);
        let nowhere = Book::update().set(|b| b.number.to(99)).filter(|b| b.isbn.eq("new")).execute(db).await;
        assert!(nowhere.unwrap_err().is_foreign_key_violation());
        let tracked: Vec<(Handle<Shelf>, Vec<Handle<Book>>)> = Shelf::query().filter(|s| s.room.eq("A")).order_by(|s| s.number.asc())
            .with(|s| s.books().order_by(|b| b.id.asc())).track(&mut s).await?;
        assert_eq!((tracked[0].0, tracked[0].1[1], tracked[1].1.len()), (first, book, 0));
    }
}
