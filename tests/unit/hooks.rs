//! Hooks around a flush.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use orm::assert_statements;
use orm::prelude::*;
use orm::{Draft, Hooks};

use crate::support::models::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "pages", hooks)]
struct Page {
    #[orm(primary_key, auto)]
    id: u64,
    title: String,
    #[orm(default = "")]
    slug: String,
    #[orm(default = 0)]
    edits: i32,
}

/// Belongs to a page, optionally.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "remarks", hooks)]
struct Remark {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(belongs_to = Page)]
    page_id: u64,
    #[orm(default = 0)]
    edits: i32,
}

impl Hooks for Remark {
    fn before_update(&mut self) -> orm::Result<()> {
        self.edits += 1;
        if self.edits > 1 { Err(refused("second edit")) } else { Ok(()) }
    }
}

/// Stores what it knew of its page before it was inserted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "mentions", hooks)]
struct Mention {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(belongs_to = Page)]
    page_id: u64,
    #[orm(default = "")]
    seen: String,
}

impl Hooks for Mention {
    fn before_insert(mention: &mut Draft<'_, Self>) -> orm::Result<()> {
        let page = mention.get(|m| m.page_id);
        mention.set(|m| m.seen.to(format!("{page:?}")));
        Ok(())
    }
}

thread_local! {
    static LOG: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn log(line: String) {
    LOG.with_borrow_mut(|log| log.push(line));
}

fn refused(what: &str) -> orm::Error {
    orm::Error::new(ErrorKind::CheckViolation, format!("no {what}"))
}

impl Hooks for Page {
    fn before_insert(page: &mut Draft<'_, Self>) -> orm::Result<()> {
        let title = page.get(|p| p.title).ok_or_else(|| refused("title"))?;
        assert_eq!(page.get(|p| p.id), None);
        if title == "refused" {
            return Err(refused("such title"));
        }
        page.set(|p| p.slug.to(title.to_lowercase().replace(' ', "-")));
        Ok(())
    }

    fn after_insert(&self) {
        log(format!("inserted {}", self.id));
    }

    fn before_update(&mut self) -> orm::Result<()> {
        self.edits += 1;
        Ok(())
    }

    fn after_update(&self) {
        log(format!("updated {}", self.title));
    }

    fn before_delete(&self) -> orm::Result<()> {
        if self.title == "kept" { Err(refused("delete")) } else { Ok(()) }
    }

    fn after_delete(&self) {
        log(format!("deleted {}", self.title));
    }
}

on_every_backend! {
    async fn see_the_keys_of_rows_that_are_there(db: Database) {
        db.create_tables::<(Page, Mention)>().await?;
        Page::insert_all([Page { id: 0, title: "a".into(), slug: String::new(), edits: 0 }]).execute(db).await?;
        let mut s = db.session();
        let page = s.get::<Page>(1).await?;
        let new = s.add(Page::insert().title("b"));
        s.add(Mention::insert().page(page));
        let linked = s.add(Mention::insert().page(new));
        s.link(linked, |m| m.page(), page)?;
        s.add(Mention::insert().page_id(1));
        s.add(Mention::insert().page(new));
        s.commit().await?;
        let seen = Mention::query().order_by(|m| m.id.asc()).select(|m| m.seen).all(db).await?;
        assert_eq!(seen, ["Some(1)", "Some(1)", "Some(1)", "None"]);
    }

    async fn know_nothing_of_rows_of_another_session(db: Database) {
        db.create_tables::<(Page, Mention)>().await?;
        let mut other = db.session();
        other.add(User::insert().email("dan@example.org").name("Dan"));
        let page = other.add(Page::insert().title("a"));
        let mut s = db.session();
        s.add(Mention::insert().page(page));
        assert!(s.flush().await.unwrap_err().is_not_tracked());
    }

    async fn of_a_model_see_and_change_its_rows(db: Database) {
        LOG.take();
        db.create_tables::<Page>().await?;
        let mut s = db.session();
        let page = s.add(Page::insert().title("Hello World"));
        let kept = s.add(Page::insert().title("kept"));
        s.commit().await?;
        let (page, kept) = (s.saved(page)?, s.saved(kept)?);
        assert_eq!(s[page].slug, "hello-world");
        s[page].title = "Bye".into();
        s[kept].title.push('!');
        s[kept].title.pop();
        s.commit().await?;
        assert_eq!((s[page].edits, s[kept].edits), (1, 0));
        assert_eq!(Page::find(1).one(db).await?, s[page]);
        s.delete(page)?;
        s.commit().await?;
        assert_eq!(LOG.take(), ["inserted 1", "inserted 2", "updated Bye", "deleted Bye"]);
        s.delete(kept)?;
        s.add(Page::insert().title("refused"));
        let flushed = assert_statements!(db, 0, s.flush().await);
        assert!(flushed.unwrap_err().is_check_violation());
        s.discard_changes();
        s.delete(kept)?;
        assert_eq!(s.flush().await.unwrap_err().to_string(), "no delete");
        assert_eq!(Page::query().count(db).await?, 1);
    }

    async fn of_a_model_see_rows_that_are_to_point_at_new_ones(db: Database) {
        db.create_tables::<(Page, Remark)>().await?;
        let page = Page::insert().title("One").returning(db).await?;
        Remark::insert().page(&page).execute(db).await?;
        let mut s = db.session();
        let remark = s.get::<Remark>(1).await?;
        let two = s.add(Page::insert().title("Two"));
        s.link(remark, |r| r.page(), two)?;
        s.commit().await?;
        assert_eq!(Remark::find(1).one(db).await?, Remark { id: 1, page_id: 2, edits: 1 });
        let three = s.add(Page::insert().title("Three"));
        s.link(remark, |r| r.page(), three)?;
        let flushed = assert_statements!(db, 0, s.commit().await);
        assert_eq!(flushed.unwrap_err().to_string(), "no second edit");
    }

    async fn of_a_session_run_before_a_flush_and_at_the_end(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let count = Arc::new(AtomicU32::new(0));
        let add = |by: u32| {
            let count = count.clone();
            move || _ = count.fetch_add(by, Ordering::Relaxed)
        };
        let (flush, commit, rollback) = (add(1), add(100), add(10_000));
        let bob = s.get::<User>(2).await?;
        s.before_flush(move |tx| {
            flush();
            // A hook's changes are part of the flush.
            tx[bob].age = tx[bob].age.map(|age| age + 1);
            tx.add(Comment::insert().post_id(1).text("from a hook"));
            Ok(())
        });
        s.after_commit(move |_| commit());
        s.after_rollback(move |_| rollback());
        s.commit().await?;
        assert_eq!(count.swap(0, Ordering::Relaxed), 100);
        let ann = s.get::<User>(1).await?;
        s[ann].name = "X".into();
        User::query().count(&mut s).await?;
        User::query().count(&mut s).await?;
        s.commit().await?;
        assert_eq!(count.swap(0, Ordering::Relaxed), 101);
        assert_eq!(User::find(2).one(db).await?.age, Some(18));
        assert_eq!(Comment::query().filter(|c| c.text.eq("from a hook")).count(db).await?, 1);
        s[ann].name = "Y".into();
        s.rollback().await?;
        assert_eq!(count.swap(0, Ordering::Relaxed), 10_000);
    }

    async fn of_commits_go_with_the_savepoint_that_they_were_set_in(db: Database) {
        shop(db).await?;
        let ran = Arc::new(AtomicU32::new(0));
        let add = |by: u32| {
            let ran = ran.clone();
            move |_: &mut Transaction| _ = ran.fetch_add(by, Ordering::Relaxed)
        };
        let mut s = db.session();
        s.after_commit(add(1));
        let undone: orm::Result<()> = s.savepoint(async |tx| {
            tx.after_commit(add(10));
            let kept = tx.savepoint(async |tx| {
                tx.after_commit(add(100));
                Ok(())
            });
            kept.await?;
            tx.clear();
            Err(refused("more"))
        }).await;
        assert!(undone.is_err());
        let kept = s.savepoint(async |tx| {
            tx.after_commit(add(1_000));
            Ok(())
        });
        kept.await?;
        {
            let mut dropped = s.begin_savepoint().await?;
            dropped.after_commit(add(10_000));
        }
        s.after_commit(add(100_000));
        s.commit().await?;
        assert_eq!(ran.load(Ordering::Relaxed), 101_001);
    }

    async fn of_one_commit_run_once_and_go_with_a_rollback(db: Database) {
        shop(db).await?;
        let ran = Arc::new(AtomicU32::new(0));
        let add = |by: u32| {
            let ran = ran.clone();
            move |_: &mut Transaction| _ = ran.fetch_add(by, Ordering::Relaxed)
        };
        let mut s = db.session();
        s.on_commit(add(1));
        s.after_commit(add(10));
        s.commit().await?;
        assert_eq!(ran.swap(0, Ordering::Relaxed), 11);
        s.commit().await?;
        assert_eq!(ran.swap(0, Ordering::Relaxed), 10);
        s.on_commit(add(100));
        s.rollback().await?;
        s.commit().await?;
        assert_eq!(ran.swap(0, Ordering::Relaxed), 10);

        let undone: orm::Result<()> = s.savepoint(async |tx| {
            tx.on_commit(add(1_000));
            Err(refused("more"))
        }).await;
        assert!(undone.is_err());
        let again = add(10_000);
        s.on_commit(move |tx| tx.on_commit(again)); // for the next commit
        s.commit().await?;
        assert_eq!(ran.swap(0, Ordering::Relaxed), 10);
        s.commit().await?;
        assert_eq!(ran.swap(0, Ordering::Relaxed), 10_010);

        // Code that continues after a rollback registers its callbacks again.
        let ann = s.get::<User>(1).await?;
        s.on_commit(add(1));
        s[ann].email = "bob@example.org".into();
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        s[ann].email = "anna@example.org".into();
        s.on_commit(add(2));
        s.commit().await?;
        assert_eq!(ran.swap(0, Ordering::Relaxed), 12);
    }

    async fn can_refuse_a_flush_and_cannot_flush(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.before_flush(|tx| {
            if tx.changes().deleted.is_empty() { Ok(()) } else { Err(refused("deletes")) }
        });
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        let flushed = assert_statements!(db, 0, s.flush().await);
        assert_eq!(flushed.unwrap_err().to_string(), "no deletes");
        s.discard_changes();
        s.before_flush(|tx| {
            let mut flush = std::pin::pin!(tx.flush());
            let waker = std::task::Waker::noop();
            match flush.as_mut().poll(&mut std::task::Context::from_waker(waker)) {
                std::task::Poll::Ready(result) => result,
                std::task::Poll::Pending => Ok(()),
            }
        });
        s[cid].name = "X".into();
        let error = s.flush().await.unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("cannot flush"), "{error:?}");
        assert_eq!(User::find(3).one(db).await?.name, "Cid");
    }

    async fn that_add_rows_add_them_once(db: Database) {
        shop(db).await?;
        let noted = Comment::query().filter(|c| c.text.starts_with("changed"));
        let mut s = db.session();
        s.before_flush(|tx| {
            for row in tx.changes().updated {
                tx.add(Comment::insert().post_id(1).text(format!("changed {}", row.table.name)));
            }
            Ok(())
        });
        let [ann, bob] = [s.get::<User>(1).await?, s.get::<User>(2).await?];
        // Flushed, and rolled back: it is flushed again.
        s[ann].name = "Anna".into();
        s.flush().await?;
        s.rollback().await?;
        // A flush that fails, and is corrected.
        s[bob].email = "ann@example.org".into();
        assert!(s.commit().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        s[bob].email = "bob@example.com".into();
        s.commit().await?;
        assert_eq!(noted.clone().count(db).await?, 2);
        // A flush that another hook rejects.
        let mut allowed = false;
        s.before_flush(move |_| if std::mem::replace(&mut allowed, true) { Ok(()) } else { Err(refused("luck")) });
        s[ann].name = "Ann".into();
        assert_eq!(s.commit().await.unwrap_err().to_string(), "no luck");
        s.commit().await?;
        assert_eq!(noted.count(db).await?, 3);
    }

    async fn that_add_what_others_point_at_let_them_point_at_the_next(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        s.before_flush(|tx| {
            let post = tx.add(Post::insert().author_id(1).title("for new ones"));
            let new = tx.changes().inserted.iter().filter(|row| row.table.name == "comments").count();
            if new > 0 { tx.add(Comment::insert().post(post).text("a hook's")); }
            Ok(())
        });
        s.add(Comment::insert().post_id(99).text("nowhere"));
        let error = s.commit().await.unwrap_err();
        assert!(error.is_foreign_key_violation(), "{error:?}");
        s.rollback().await?;
        assert_eq!(s.changes().to_string(), "insert comments");
        s.discard_changes();
        s.add(Comment::insert().post_id(1).text("somewhere"));
        s.commit().await?;
        assert_eq!(Comment::query().filter(|c| c.post().title.eq("for new ones")).count(db).await?, 1);
    }

    async fn that_panic_stay(db: Database) {
        shop(db).await?;
        let calls = Arc::new(AtomicU32::new(0));
        let counted = calls.clone();
        let mut s = db.session();
        s.before_flush(move |_| {
            assert!(counted.fetch_add(1, Ordering::Relaxed) > 0, "the first time, it panics");
            Ok(())
        });
        let ann = s.get::<User>(1).await?;
        s[ann].name = "Anna".into();
        let flushed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            std::pin::pin!(s.flush()).poll(&mut context).is_ready()
        }));
        assert!(flushed.is_err());
        s.commit().await?;
        assert_eq!(calls.load(Ordering::Relaxed), 2);
        assert_eq!(User::find(1).one(db).await?.name, "Anna");
    }
}
