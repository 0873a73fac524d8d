//! Cascades: what the database does to rows that reference deleted rows, or rows whose keys change.

use orm::assert_statements;
use orm::prelude::*;

use super::attach::{Entry, List, Song};
use crate::many_to_many;
use crate::support::models::*;

/// With a changeable key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "countries")]
pub struct Country {
    #[orm(primary_key, length = 2)]
    pub code: String,
}

/// Its key contains that of its country.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "towns", primary_key(country_code, number))]
pub struct Town {
    #[orm(belongs_to = Country, relation = country, on_delete = cascade, on_update = cascade, length = 2)]
    pub country_code: String,
    pub number: i32,
    pub name: String,
    #[orm(version)]
    pub version: u32,
}

/// It may have a town and a country, and has a parent or is one.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "clubs_of_towns",
    belongs_to(town: Town, by = (country_code, town_number), on_delete = cascade, on_update = cascade)
)]
pub struct TownClub {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 2)]
    pub country_code: Option<String>,
    pub town_number: Option<i32>,
    #[orm(belongs_to = Country, relation = home, on_delete = set_null, on_update = set_null, length = 2)]
    pub home_code: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "folders")]
pub struct Folder {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Folder, on_delete = cascade)]
    pub parent_id: Option<u32>,
}

/// Soft-deleted rows, and their children.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "drafts", soft_delete = deleted_at)]
pub struct Draft {
    #[orm(primary_key)]
    pub id: u32,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "remarks")]
pub struct Remark {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Draft, on_delete = cascade)]
    pub draft_id: u32,
}

/// Prevents its folder from being deleted.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "locks")]
pub struct Lock {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Folder, on_delete = restrict)]
    pub folder_id: u32,
}

/// Creates countries "DE" and "FR", with a town each, and clubs: 1 in the town of "DE" and at home in "FR", 2 vice
/// versa.
async fn countries(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Country, Town, TownClub)>().await?;
    Country::insert_all(["DE", "FR"].map(|code| Country { code: code.into() })).execute(db).await?;
    let towns = [("DE", "Ulm"), ("FR", "Lyon")];
    let towns = towns.map(|(country, name)| Town::insert().country_code(country).number(1).name(name));
    Town::insert_all(towns).execute(db).await?;
    let clubs = [(1, "DE", "FR"), (2, "FR", "DE")];
    let clubs = clubs.map(|(id, town, home)| TownClub {
        id,
        country_code: Some(town.into()),
        town_number: Some(1),
        home_code: Some(home.into()),
    });
    TownClub::insert_all(clubs).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn children_go_with_their_parents(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let users = User::query().order_by(|u| u.id.asc()).track(&mut s).await?;
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        let comments = Comment::query().order_by(|c| c.id.asc()).track(&mut s).await?;
        // Ann's posts are deleted with her, and their comments; Bob's post loses its reviewer.
        s.delete(users[0])?;
        assert_statements!(db, 1, s.flush().await?);
        let here: Vec<bool> = posts.iter().map(|&post| s.try_ref(post).is_ok()).collect();
        assert_eq!(here, [false, false, true, false]);
        let here: Vec<bool> = comments.iter().map(|&comment| s.try_ref(comment).is_ok()).collect();
        assert_eq!(here, [false, false, true]);
        assert!(s.try_mut(posts[0]).unwrap_err().to_string().contains("was deleted"));
        assert_eq!(s[posts[2]].reviewer_id, None);
        assert_eq!(s.find::<Post>(1).await?, None);
        assert!(s.changes().is_empty());
        // The remaining rows are as in the database, and can be changed.
        s[posts[2]].title = "Bob's own".into();
        assert_eq!(s.changes().to_string(), "update posts (title)");
        s.commit().await?;
        assert_eq!(Post::query().one(db).await?, s[posts[2]]);
        assert_eq!(Comment::query().select(|c| c.text).all(db).await?, ["three"]);
        assert!(s.delete(posts[0]).unwrap_err().is_not_tracked());
    }

    async fn what_is_undone_brings_them_back(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        let ann = s.get::<User>(1).await?;
        let posts = Post::query().order_by(|p| p.id.asc()).track(&mut s).await?;
        let before: Vec<Post> = posts.iter().map(|&post| s[post].clone()).collect();
        let is_as_before = |s: &Session| posts.iter().zip(&before).all(|(&post, before)| s[post] == *before);
        s.delete(ann)?;
        s.flush().await?;
        s[posts[2]].body = Some("kept".into());
        s.rollback().await?;
        // The rows are back, and the change is pending again.
        assert_eq!(s.changes().to_string(), "update posts (body)");
        s.discard_changes();
        assert!(is_as_before(&s));
        let undone = s.savepoint(async |tx| {
            tx.delete(ann)?;
            tx.flush().await?;
            tx.get::<User>(99).await
        });
        assert!(undone.await.is_err());
        assert!(is_as_before(&s) && s.changes().is_empty());
        // And in a flush that fails.
        s.delete(ann)?;
        let cid = s.get::<User>(3).await?;
        s[cid].email = "bob@example.org".into();
        assert!(s.flush().await.unwrap_err().is_unique_violation());
        s.rollback().await?;
        assert!(is_as_before(&s));
        s.discard_changes();
        assert_statements!(db, 0, s.commit().await?);
        assert_eq!(Post::query().order_by(|p| p.id.asc()).all(db).await?, before);
    }

    async fn changes_of_children_come_first(db: Database) {
        countries(db).await?;
        let mut s = db.session();
        let country = s.get::<Country>("DE").await?;
        let ulm = s.get::<Town>(("DE", 1)).await?;
        let club = s.get::<TownClub>(2).await?;
        s.delete(country)?;
        s[ulm].name = "New Ulm".into(); // it has a version, which is checked
        s[club].town_number = None;
        s.add(Town::insert().country(country).number(2).name("gone at once"));
        s.commit().await?;
        assert_eq!(Town::query().select(|t| t.name).all(db).await?, ["Lyon"]);
        assert_eq!((s[club].home_code.as_deref(), s.try_ref(ulm).is_ok()), (None, false));
        assert_eq!(TownClub::query().one(db).await?, s[club]);
    }

    async fn keys_that_change_are_followed(db: Database) {
        countries(db).await?;
        let mut s = db.session();
        let country = s.get::<Country>("DE").await?;
        let ulm = s.get::<Town>(("DE", 1)).await?;
        let clubs = TownClub::query().order_by(|c| c.id.asc()).track(&mut s).await?;
        s[country].code = "XX".into();
        assert_statements!(db, 1, s.flush().await?);
        let expect = |s: &Session, code: &str, home: Option<&str>| {
            assert_eq!(s[ulm].country_code, code);
            assert_eq!((s[clubs[0]].country_code.as_deref(), s[clubs[1]].home_code.as_deref()), (Some(code), home));
        };
        expect(&s, "XX", None);
        assert!(s.changes().is_empty());
        // The town has its new key in the session, and in the database.
        assert_eq!(s.get::<Town>(("XX", 1)).await?, ulm);
        s[ulm].name = "Neu-Ulm".into();
        s.flush().await?;
        s.rollback().await?;
        expect(&s, "DE", Some("DE"));
        assert_eq!((s[country].code.as_str(), s.changes().to_string().as_str()), ("DE", "update towns (name)"));
        assert_eq!(s.get::<Town>(("DE", 1)).await?, ulm); // flushes
        s[country].code = "XX".into();
        s.commit().await?;
        expect(&s, "XX", None);
        assert_eq!(Town::query().filter(|t| t.country_code.eq("XX")).one(db).await?, s[ulm]);
        assert_eq!(TownClub::query().order_by(|c| c.id.asc()).all(db).await?, [s[clubs[0]].clone(), s[clubs[1]].clone()]);
        // The delete cascades from the top.
        s.delete(country)?;
        s.commit().await?;
        assert!(s.try_ref(ulm).is_err() && s.try_ref(clubs[0]).is_err());
        assert_eq!(TownClub::query().one(db).await?, s[clubs[1]]);
    }

    async fn keys_that_change_by_links_are_pointed_at(db: Database) {
        countries(db).await?;
        let mut s = db.session();
        let [ulm, lyon] = [s.get::<Town>(("DE", 1)).await?, s.get::<Town>(("FR", 1)).await?];
        let (german, clubs) = (s.get::<Country>("DE").await?, TownClub::query().order_by(|c| c.id.asc()).track(&mut s).await?);
        // Lyon is to get the key that Ulm has.
        let new = s.add(Country { code: "XX".into() });
        s.link(clubs[1], |c| c.town(), ulm)?;
        s.link(ulm, |t| t.country(), new)?;
        s.link(lyon, |t| t.country(), german)?;
        s.link(clubs[1], |c| c.town(), ulm)?;
        s.commit().await?;
        assert_eq!((s[ulm].country_code.as_str(), s[lyon].country_code.as_str()), ("XX", "DE"));
        assert_eq!(s[clubs[1]].country_code.as_deref(), Some("XX"));
        // The club leaves Ulm by the number alone, and Ulm moves elsewhere.
        let bonn = s.add(Town::insert().country(new).number(2).name("Bonn"));
        s.flush().await?;
        let bonn = s.saved(bonn)?;
        s.link(clubs[1], |c| c.town(), bonn)?;
        s.link(ulm, |t| t.country(), german)?;
        s[ulm].number = 5;
        s.commit().await?;
        let club = TownClub::find(2).one(db).await?;
        assert_eq!((club.country_code.as_deref(), club.town_number), (Some("XX"), Some(2)));
        assert_eq!(s[clubs[1]], club);
    }

    async fn rows_that_are_taken_along_hand_over_their_keys(db: Database) {
        countries(db).await?;
        let mut s = db.session();
        let (country, ulm) = (s.get::<Country>("DE").await?, s.get::<Town>(("DE", 1)).await?);
        let lyon = s.get::<Town>(("FR", 1)).await?;
        let club = s.get::<TownClub>(2).await?;
        s.link(club, |c| c.town(), None)?;
        s.flush().await?;
        s.delete(ulm)?;
        s[country].code = "XX".into();
        s.add(Town::insert().country(country).number(1).name("Bonn"));
        s.commit().await?;
        assert_eq!(Town::find(("XX", 1)).one(db).await?.name, "Bonn");
        // A club moves to a town before its country's code changes.
        s.link(club, |c| c.town(), lyon)?;
        let french = s.get::<Country>("FR").await?;
        s[french].code = "YY".into();
        s.commit().await?;
        assert_eq!((TownClub::find(2).one(db).await?, s[club].country_code.as_deref()), (s[club].clone(), Some("YY")));
    }

    async fn a_tree_goes_with_its_root(db: Database) {
        db.create_tables::<Folder>().await?;
        let tree = [(1, None), (2, Some(1)), (3, Some(2)), (4, None)];
        Folder::insert_all(tree.map(|(id, parent_id)| Folder { id, parent_id })).execute(db).await?;
        let mut s = db.session();
        let folders = Folder::query().order_by(|f| f.id.asc()).track(&mut s).await?;
        s.delete(folders[0])?;
        s.delete(folders[1])?; // in vain
        s.commit().await?;
        assert_eq!(folders.iter().map(|&folder| s.try_ref(folder).is_ok()).collect::<Vec<_>>(), [false, false, false, true]);
        assert_eq!(Folder::query().count(db).await?, 1);
    }

    async fn links_go_with_either_end(db: Database) {
        db.create_tables::<(Song, List, Entry)>().await?;
        let mut s = db.session();
        let songs = ["a", "b"].map(|title| s.add(Song::insert().title(title)));
        let list = s.add(List::insert().name("x"));
        s.replace(list, |l| l.songs(), songs)?;
        s.commit().await?;
        let entry = assert_statements!(db, 0, s.get::<Entry>((1, 1)).await?);
        s.delete(songs[0])?;
        s.commit().await?;
        assert!(s.try_ref(entry).is_err());
        // A row with the same key is a different one.
        let again = s.add(Song { id: 1, title: "again".into() });
        s.attach(list, |l| l.songs(), again)?;
        s.commit().await?;
        assert_eq!(Entry::query().count(db).await?, 2);
        assert!(s.get::<Entry>((1, 1)).await? != entry);
    }

    async fn a_key_may_keep_its_row(db: Database) {
        db.create_tables::<(Folder, Lock)>().await?;
        let mut s = db.session();
        let root = s.add(Folder { id: 1, parent_id: None });
        let inner = s.add(Folder::insert().id(2).parent(root));
        let lock = s.add(Lock::insert().id(1).folder(inner));
        s.commit().await?;
        // Not even together with its root.
        s.delete(root)?;
        assert!(s.flush().await.unwrap_err().is_foreign_key_violation());
        s.rollback().await?;
        let lock = s.saved(lock)?;
        assert_eq!((s[lock].folder_id, s.saved(inner).is_ok()), (2, true));
        s.delete(lock)?; // the root is still to be deleted
        s.commit().await?;
        assert!(s.saved(inner).is_err());
        assert!(!Folder::query().exists(db).await?);
        // A foreign key without a referential action prevents it, too.
        many_to_many::people(db).await?;
        let ann = s.get::<many_to_many::Person>(1).await?;
        s.delete(ann)?;
        assert!(s.commit().await.unwrap_err().is_foreign_key_violation());
    }

    async fn marked_rows_keep_their_children(db: Database) {
        db.create_tables::<(Draft, Remark)>().await?;
        let mut s = db.session();
        let draft = s.add(Draft { id: 1, deleted_at: None });
        let remark = s.add(Remark::insert().id(1).draft(draft));
        s.commit().await?;
        s.delete(draft)?;
        s.commit().await?;
        let remark = s.saved(remark)?;
        assert_eq!(Remark::query().one(db).await?, s[remark]);
    }
}

/// Follows the key of its country, and declares that. Servers do not accept such a column.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "signs")]
struct Sign {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Country, relation = country, on_delete = set_null, on_update = cascade, length = 2)]
    country_code: Option<String>,
    #[orm(generated = "coalesce(country_code, 'none')")]
    text: String,
}

on_sqlite! {
    async fn what_is_computed_of_the_key_is_read_again(db: Database) {
        db.create_tables::<(Country, Sign)>().await?;
        let code = |code: &str| Country { code: code.into() };
        Country::insert_all(["de", "fr"].map(code)).execute(db).await?;
        let sign = |id, code: &str| Sign::insert().id(id).country_code(code.to_owned());
        Sign::insert_all([sign(1, "de"), sign(2, "fr")]).execute(db).await?;
        let mut s = db.session();
        let (de, fr) = (s.get::<Country>("de").await?, s.get::<Country>("fr").await?);
        let signs = Sign::query().order_by(|s| s.id.asc()).track(&mut s).await?;
        let texts = |s: &Session| signs.iter().map(|&sign| s[sign].text.clone()).collect::<Vec<_>>();
        s[de].code = "at".into();
        s.delete(fr)?;
        s.flush().await?;
        assert_eq!(texts(&s), ["at", "none"]);
        assert_eq!(Sign::query().order_by(|s| s.id.asc()).select(|s| s.text).all(&mut s).await?, texts(&s));
        s.rollback().await?;
        assert_eq!(texts(&s), ["de", "fr"]);
    }
}
