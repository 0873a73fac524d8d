//! Rows that are linked to others.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;
use crate::support::models::*;

/// The two columns of its foreign key include a part of its own key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "staff",
    primary_key(company, number),
    belongs_to(boss: Staff, by = (company, boss_number)),
    has_many(team: Staff)
)]
struct Staff {
    company: i32,
    number: i32,
    boss_number: Option<i32>,
}

on_every_backend! {
    async fn lead_to_handles_to_new_rows_and_to_nothing(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let [hello, draft] = [s.get::<Post>(1).await?, s.get::<Post>(2).await?];
        let cid = s.get::<User>(3).await?;
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.link(hello, |p| p.author(), cid)?;
        assert_eq!(s[hello].author_id, 3);
        s.link(hello, |p| p.reviewer(), None)?;
        s.link(draft, |p| p.author(), dee)?;
        s.link(draft, |p| p.reviewer(), Some(cid))?;
        let columns = |changes: &orm::Changes, at: usize| {
            changes.updated[at].columns.iter().map(|column| column.name).collect::<Vec<_>>()
        };
        let changes = s.changes();
        assert_eq!(columns(&changes, 0), ["author_id", "reviewer_id"]);
        assert_eq!(columns(&changes, 1), ["author_id", "reviewer_id"]);
        s.commit().await?;
        let dee = s.saved(dee)?;
        let posts = Post::query().filter(|p| p.id.le(2)).order_by(|p| p.id.asc()).all(db).await?;
        assert_eq!((posts[0].author_id, posts[0].reviewer_id), (3, None));
        assert_eq!((posts[1].author_id, posts[1].reviewer_id), (s[dee].id, Some(3)));
        assert_eq!(posts[1], s[draft]);
    }

    async fn override_the_column_and_earlier_links(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let hello = s.get::<Post>(1).await?;
        let (bob, cid) = (s.get::<User>(2).await?, s.get::<User>(3).await?);
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        s.link(hello, |p| p.author(), dee)?;
        s[hello].author_id = 2;
        s.flush().await?;
        assert_eq!(s[hello].author_id, s[s.saved(dee)?].id);
        let eve = s.add(User::insert().email("eve@example.org").name("Eve"));
        s.link(hello, |p| p.author(), eve)?;
        s.link(hello, |p| p.author(), bob)?;
        s.link(hello, |p| p.reviewer(), eve)?;
        s.link(hello, |p| p.reviewer(), None)?;
        let _ = cid;
        s.commit().await?;
        assert_eq!((s[hello].author_id, s[hello].reviewer_id), (2, None));
        assert_eq!(Post::find(1).one(db).await?, s[hello]);
    }

    async fn of_new_rows_are_set_in_their_insert(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let post = s.add(Post::insert().author_id(3).title("x"));
        s.link(post, |p| p.author(), ann)?;
        assert_statements!(db, 1, s.commit().await?);
        assert_eq!(s[s.saved(post)?].author_id, 1);
    }

    async fn need_rows_that_are_there(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let hello = s.get::<Post>(1).await?;
        let cid = s.get::<User>(3).await?;
        s.delete(cid)?;
        assert!(s.link(hello, |p| p.author(), cid).unwrap_err().is_not_tracked());
        let error = s.link(cid, |u| u.profile(), None).unwrap_err();
        assert!(error.to_string().contains("link that row, by its `user`"), "{error}");
        assert!(s.changes().updated.is_empty());
    }

    async fn over_several_columns(db: Database) {
        db.create_tables::<(Seat, SeatOrder)>().await?;
        let mut s = db.session();
        let [first, second] = [1, 2].map(|number| s.add(Seat::insert().hall("A").number(number)));
        let order = s.add(SeatOrder::insert().seat(first).drink("tea"));
        s.commit().await?;
        let (second, order) = (s.saved(second)?, s.saved(order)?);
        s.link(order, |o| o.seat(), second)?;
        s.commit().await?;
        assert_eq!(SeatOrder::query().one(db).await?.number, 2);
    }

    async fn to_nothing_keep_what_a_row_needs_itself(db: Database) {
        db.create_tables::<Staff>().await?;
        let mut s = db.session();
        let [boss, one, two] = [1, 2, 3].map(|number| s.add(Staff { company: 7, number, boss_number: Some(1) }));
        for unlinked in [boss, one] {
            s.link(unlinked, |p| p.boss(), None)?;
        }
        s.link(two, |p| p.boss(), boss)?;
        s.detach(boss, |p| p.team(), two)?;
        s.commit().await?;
        let staff = || Staff::query().order_by(|p| p.number.asc()).select(|p| (p.company, p.boss_number));
        assert_eq!(staff().all(db).await?, [(7, None), (7, None), (7, None)]);
        let (boss, one) = (s.saved(boss)?, s.saved(one)?);
        s.link(one, |p| p.boss(), boss)?;
        s.commit().await?;
        s.link(one, |p| p.boss(), None)?;
        s.commit().await?;
        assert_eq!(staff().all(db).await?, [(7, None), (7, None), (7, None)]);
    }
}
