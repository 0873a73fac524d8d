//! Rows that hooks add, and link to others: both are stored once, however often the flush is retried.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "papers", many_to_many(marks: Mark, through = Marking))]
struct Paper {
    #[orm(primary_key, auto)]
    id: u64,
    title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "marks")]
struct Mark {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(unique)]
    number: i32,
}

/// Not deleted with either of them.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "markings", primary_key(paper_id, mark_id))]
struct Marking {
    #[orm(belongs_to = Paper)]
    paper_id: u64,
    #[orm(belongs_to = Mark)]
    mark_id: u64,
}

/// Deleted with its paper.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "notes")]
struct Note {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(belongs_to = Paper, on_delete = cascade)]
    paper_id: Option<u64>,
}

/// Returns a session with a hook that adds a mark with the next number to a paper when it changes.
async fn marking(db: &Database) -> orm::Result<(Session, Handle<Paper>)> {
    db.create_tables::<(Paper, Mark, Marking)>().await?;
    Paper::insert().title("Draft").execute(db).await?;
    let mut s = db.session();
    let paper = s.get::<Paper>(1).await?;
    s.before_flush(move |tx| {
        if tx.changes().updated.is_empty() {
            return Ok(());
        }
        let number = if tx[paper].title == "First" { 1 } else { 2 };
        let mark = tx.add(Mark::insert().number(number));
        tx.attach(paper, |p| p.marks(), mark)
    });
    Ok((s, paper))
}

on_every_backend! {
    async fn are_linked_once_after_a_flush_that_failed(db: Database) {
        let (mut s, paper) = marking(db).await?;
        s[paper].title = "First".into();
        let taken = s.add(Mark::insert().number(1));
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        s.delete(taken)?;
        s.commit().await?;
        assert_eq!(s[paper].marks().select(|m| m.number).all(db).await?, [1]);
    }

    async fn are_linked_once_after_a_rollback(db: Database) {
        let (mut s, paper) = marking(db).await?;
        s[paper].title = "First".into();
        s.flush().await?;
        s.rollback().await?;
        s.commit().await?;
        // Committed links stay, whatever is rolled back later, and so do links to the same rows.
        let other = s.add(Paper::insert().title("Other"));
        let mark = Mark::query().track(&mut s).await?[0];
        s.attach(other, |p| p.marks(), mark)?;
        s[paper].title = "Second".into();
        s.flush().await?;
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(s[paper].marks().order_by(|m| m.number.asc()).select(|m| m.number).all(db).await?, [1, 2]);
        let other = s.saved(other)?;
        assert_eq!(s[other].marks().select(|m| m.number).all(db).await?, [1]);
    }
    async fn take_no_new_row_of_the_program_with_them(db: Database) {
        db.create_tables::<(Paper, Note, Mark)>().await?;
        Mark::insert().number(1).execute(db).await?;
        for fails in [true, false] {
            let mut s = db.session();
            let note = s.add(Note::insert());
            s.before_flush(move |tx| {
                if tx.changes().inserted.is_empty() {
                    return Ok(());
                }
                let paper = tx.add(Paper::insert().title("for a note"));
                tx.link(note, |n| n.paper(), paper)
            });
            if fails {
                let taken = s.add(Mark::insert().number(1));
                assert!(s.commit().await.unwrap_err().is_unique_violation());
                s.delete(taken)?;
            } else {
                s.flush().await?;
            }
            s.rollback().await?;
            assert_eq!(s.changes().to_string(), "insert notes");
            s.commit().await?;
            let note = s.saved(note)?;
            assert!(s[note].paper_id.is_some());
        }
        assert_eq!((Paper::query().count(db).await?, Note::query().count(db).await?), (2, 2));
    }
}
