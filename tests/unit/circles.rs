//! Rows that reference one another, in cycles.

use orm::assert_statements;
use orm::prelude::*;

use super::models::*;

/// A row whose delete marks it.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "persons", soft_delete = gone)]
struct Person {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Person)]
    partner_id: Option<u32>,
    gone: Option<DateTime<Utc>>,
}

on_every_backend! {
    async fn of_soft_deleted_rows_stay(db: Database) {
        db.create_tables::<Person>().await?;
        let mut s = db.session();
        let [one, two, alone] = [1, 2, 3].map(|id| s.add(Person::insert().id(id)));
        for (person, partner) in [(one, two), (two, one), (alone, alone)] {
            s.link(person, |p| p.partner(), partner)?;
        }
        s.commit().await?;
        for person in [one, two, alone] {
            let person = s.saved(person)?;
            s.delete(person)?;
        }
        assert_statements!(db, 1, s.flush().await?);
        s.commit().await?;
        let marked = Person::query().with_deleted().order_by(|p| p.id.asc()).select(|p| (p.gone.is_not_null().known(), p.partner_id));
        assert_eq!(marked.all(db).await?, [(true, Some(2)), (true, Some(1)), (true, Some(3))]);
    }

    async fn are_inserted_with_null_and_updated(db: Database) {
        db.create_tables::<Node>().await?;
        let mut s = db.session();
        let [a, b] = ["a", "b"].map(|name| s.add(Node::insert().name(name)));
        let own = s.add(Node::insert().name("own"));
        s.link(a, |n| n.parent(), b)?;
        s.link(b, |n| n.parent(), a)?;
        s.link(own, |n| n.parent(), own)?;
        s.commit().await?;
        let [a, b, own] = [s.saved(a)?, s.saved(b)?, s.saved(own)?];
        assert_eq!((s[a].parent_id, s[b].parent_id, s[own].parent_id), (Some(s[b].id), Some(s[a].id), Some(s[own].id)));
        for handle in [a, b, own] {
            assert_eq!(Node::find(s[handle].id).one(db).await?, s[handle]);
        }
        // And deletes them again.
        [a, b, own].into_iter().try_for_each(|node| s.delete(node))?;
        s.commit().await?;
        assert_eq!(Node::query().count(db).await?, 0);
    }

    async fn of_two_tables_come_in_the_order_that_the_keys_allow(db: Database) {
        db.create_tables::<(TeamTable, PlayerTable)>().await?;
        let mut s = db.session();
        let team = s.add(Team::insert().name("Reds"));
        let captain = s.add(Player::insert().team(team));
        s.add(Player::insert().team(team));
        s.link(team, |t| t.captain(), captain)?;
        assert_statements!(db, 3, s.commit().await?);
        let (team, captain) = (s.saved(team)?, s.saved(captain)?);
        assert_eq!((s[team].captain_id, s[captain].team_id), (Some(s[captain].id), s[team].id));
        assert_eq!(Team::find(s[team].id).one(db).await?, s[team]);
    }

    async fn by_keys_that_cannot_be_null_are_refused(db: Database) {
        /// A row that must have a twin.
        #[derive(Model)]
        struct Twin {
            #[orm(primary_key)]
            id: u32,
            #[orm(belongs_to = Twin)]
            twin_id: u32,
        }
        db.create_tables::<Twin>().await?;
        let mut s = db.session();
        s.add(Twin { id: 1, twin_id: 2 });
        s.add(Twin { id: 2, twin_id: 1 });
        let flushed = assert_statements!(db, 0, s.flush().await);
        let error = flushed.unwrap_err();
        assert!(error.is_invalid_query(), "{error:?}");
        assert!(error.to_string().starts_with("rows of `Twin` reference one another in a cycle"), "{error}");
    }
}
