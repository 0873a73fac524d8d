//! Values of tens of megabytes, in both directions.

use orm::prelude::*;
use orm::{ErrorKind, sql};

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "files")]
struct File {
    #[orm(primary_key)]
    id: u32,
    name: String,
    bytes: Vec<u8>,
}

const MEGABYTE: usize = 1024 * 1024;

/// Returns the size of the largest value that a server takes: the size of its packets, but no more than the tests need.
async fn greatest(db: &Database) -> orm::Result<usize> {
    if db.dialect().name == "SQLite" {
        return Ok(40 * MEGABYTE);
    }
    let packet: u64 = sql!("SELECT @@max_allowed_packet").scalar(db).await?;
    Ok(usize::try_from(packet).unwrap().min(41 * MEGABYTE) - MEGABYTE)
}

/// Returns pseudo-random bytes, without repetition.
fn bytes(length: usize) -> Vec<u8> {
    let mut state = 1u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Returns text with multi-byte characters, of this length in bytes.
fn text(length: usize) -> String {
    let mut text = "Ünï'\\\"⊕🦀".repeat(length / 18);
    text.extend(std::iter::repeat_n('x', length - text.len()));
    text
}

on_every_backend! {
    async fn are_read_back_unchanged(db: Database) {
        db.create_tables::<File>().await?;
        sql!("SELECT 1").scalar::<i64>(db).await?;
        let most = greatest(db).await?;
        for (id, size) in [(1, 0), (2, 70_000), (3, 10 * MEGABYTE), (4, most)] {
            let file = File { id, name: "bytes".to_owned(), bytes: bytes(size) };
            File::insert_all([file.clone()]).execute(db).await?;
            assert!(File::find(id).one(db).await? == file, "{size} bytes");
            let name = text(size);
            assert_eq!(sql!("UPDATE {@File} SET name = {name}, bytes = '' WHERE id = {id}").execute(db).await?, 1);
            let read: String = sql!("SELECT name FROM {@File} WHERE id = {id}").scalar(db).await?;
            assert!(read == name, "{size} bytes of text");
        }
        assert_eq!(sql!("SELECT count(*) FROM {@File} WHERE length(name) > 70000").scalar::<i64>(db).await?, 2);
    }

    async fn stand_side_by_side(db: Database) {
        db.create_tables::<File>().await?;
        // More in total than fits in a packet of MariaDB.
        let files: Vec<File> =
            (0..6).map(|id| File { id, name: text(3 * MEGABYTE), bytes: bytes(3 * MEGABYTE) }).collect();
        assert_eq!(File::insert_all(files.clone()).execute(db).await?, 6);
        let mut rows = File::query().order_by(|f| f.id.asc()).stream(db);
        for file in files {
            assert!(rows.next().await? == Some(file));
        }
        assert!(rows.next().await?.is_none());
    }
}

on_servers! {
    async fn that_no_packet_holds_are_refused(fresh: Fresh) {
        let db = &fresh.db;
        shop(db).await?;
        let packet: u64 = sql!("SELECT @@max_allowed_packet").scalar(db).await?;
        let length = usize::try_from(packet).unwrap();
        let mut s = db.session();
        User::update().set(|u| u.age.to(1)).all_rows().execute(&mut s).await?;
        let name = "x".repeat(length);
        let error = sql!("UPDATE {@User} SET name = {name}").execute(&mut s).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLong);
        assert!(error.to_string().contains("`max_allowed_packet`"), "{error}");
        assert!(!error.to_string().contains("xxx"));
        // Nothing was sent: the transaction is intact.
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(&mut s).await?, 3);
        // SQL text that is too large on its own.
        let text = format!("SELECT length('{name}')");
        let error = orm::raw::sql_unchecked(&text).execute(&mut s).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLong);
        assert!(error.to_string().contains("the statement of") && !error.to_string().contains("xxx"), "{error}");
        assert_eq!(User::query().filter(|u| u.age.eq(1)).count(&mut s).await?, 3);
        s.commit().await?;
        // Several values that are too large only together.
        let half = "x".repeat(length / 2 + 1);
        let mut s = db.session();
        User::update().set(|u| u.age.to(2)).all_rows().execute(&mut s).await?;
        let both = sql!("SELECT length({half}) + length({half})").scalar::<i64>(&mut s).await;
        match both {
            Ok(sum) => assert_eq!(usize::try_from(sum).unwrap(), 2 * half.len()),
            Err(error) => assert_eq!(error.kind(), ErrorKind::TooLong, "{error:?}"),
        }
        assert_eq!(User::query().filter(|u| u.age.eq(2)).count(&mut s).await?, 3);
        s.commit().await?;
    }
}
