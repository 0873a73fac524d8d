//! Structs for client input: new rows and patches.

use orm::prelude::*;

use crate::support::isolates_snapshots;
use crate::support::models::*;

#[derive(Insert, serde::Deserialize)]
#[orm(model = User)]
pub struct NewUser {
    email: String,
    name: String,
    age: Option<i32>,
    #[orm(skip)]
    captcha: String,
}

#[derive(Insert, Patch, Clone)]
#[orm(model = User)]
struct Import {
    email: String,
    name: String,
    #[orm(default)]
    created_at: Option<DateTime<Utc>>,
    #[orm(default)]
    age: Option<Option<i32>>,
}

#[derive(Insert)]
#[orm(model = Post)]
struct NewPost<'a> {
    author_id: u64,
    title: &'a str,
}

#[derive(Patch, Default, serde::Deserialize)]
#[serde(default)]
#[orm(model = User)]
pub struct UserPatch {
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    age: Option<Option<i32>>,
}

#[derive(Patch)]
#[orm(model = Post)]
struct Publication {
    published: bool,
    body: Option<String>,
}

/// A field that is present is `Some`, even if it is NULL.
fn given<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<i32>>, D::Error> {
    serde::Deserialize::deserialize(value).map(Some)
}

fn user(json: &str) -> NewUser {
    serde_json::from_str(json).unwrap()
}

fn patch(json: &str) -> UserPatch {
    serde_json::from_str(json).unwrap()
}

on_every_backend! {
    async fn become_rows(db: Database) {
        db.create_tables::<(User, Post)>().await?;
        let form = user(r#"{"email": "ann@example.org", "name": "Ann", "age": 41, "captcha": "x"}"#);
        assert_eq!(form.captcha, "x");
        let ann = form.into_insert().returning(db).await?;
        assert_eq!((ann.name.as_str(), ann.age, ann.version), ("Ann", Some(41), 1));
        let forms = ["bob", "cid"].map(|name| NewUser { email: format!("{name}@example.org"), name: name.into(), age: None, captcha: String::new() });
        assert_eq!(User::insert_all(forms).execute(db).await?, 2);
        let post = NewPost { author_id: ann.id, title: "Hello" };
        assert_eq!(post.into_insert().execute(db).await?, 1);
        assert_eq!(Post::query().one(db).await?.title, "Hello");
        let again = user(r#"{"email": "ann@example.org", "name": "Anna", "captcha": ""}"#);
        User::insert_all([again]).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.age.to(new.age))).execute(db).await?;
        let ann = User::find(ann.id).one(db).await?;
        assert_eq!((ann.name.as_str(), ann.age), ("Anna", None));
    }

    async fn are_added_to_a_session(db: Database) {
        db.create_tables::<User>().await?;
        let mut s = db.session();
        let ann = s.add(user(r#"{"email": "ann@example.org", "name": "Ann", "captcha": ""}"#));
        s.commit().await?;
        let ann = s.saved(ann)?;
        assert_eq!((s[ann].id, s[ann].name.as_str()), (1, "Ann"));
        let bob = s.add(user(r#"{"email": "bob@example.org", "name": "Bob", "captcha": ""}"#).into_insert());
        s.commit().await?;
        assert_eq!(s[s.saved(bob)?].name, "Bob");
    }

    async fn leave_out_what_gets_its_default(db: Database) {
        db.create_tables::<User>().await?;
        let at = DateTime::from_timestamp(1_000_000_000, 0).unwrap();
        let ann = Import { email: "a".into(), name: "Ann".into(), created_at: Some(at), age: Some(Some(41)) };
        let bob = Import { email: "b".into(), name: "Bob".into(), created_at: None, age: None };
        let row = ann.clone().into_insert().returning(db).await?;
        assert_eq!((row.created_at, row.age), (at, Some(41)));
        let row = bob.clone().into_insert().returning(db).await?;
        assert!(row.created_at > at && row.age.is_none());
        User::delete().all_rows().execute(db).await?;
        User::insert_all([ann, bob.clone()]).execute(db).await?;
        assert_eq!(User::query().filter(|u| u.created_at.eq(at)).one(db).await?.name, "Ann");
        // In a patch, `None` leaves the column unchanged, whatever its default.
        User::update().apply(Import { email: "c".into(), ..bob }).filter(|u| u.email.eq("a")).execute(db).await?;
        assert_eq!(User::query().filter(|u| u.email.eq("c")).one(db).await?.created_at, at);
    }

    async fn change_what_they_have(db: Database) {
        shop(db).await?;
        let update = |json| User::update_by(1).apply(patch(json));
        assert_eq!(update(r#"{"name": "Anna"}"#).execute(db).await?, 1);
        assert_eq!(update(r#"{"age": null}"#).execute(db).await?, 1);
        let ann = User::find(1).one(db).await?;
        assert_eq!((ann.name.as_str(), ann.age, ann.version), ("Anna", None, 3));
        let rows = update(r#"{"age": 7, "name": "A"}"#).version(3).returning(db).await?;
        assert_eq!((rows[0].name.as_str(), rows[0].age), ("A", Some(7)));
        assert!(User::update_by(1).version(3).apply(patch(r#"{"age": 8}"#)).execute(db).await.unwrap_err().is_stale());
        let publication = Publication { published: false, body: None };
        assert_eq!(Post::update().apply(publication).filter(|p| p.author().name.eq("A")).execute(db).await?, 3);
        assert_eq!(Post::query().filter(|p| p.published.is_true()).count(db).await?, 1);
    }

    async fn of_nothing_find_the_rows_and_change_nothing(db: Database) {
        shop(db).await?;
        let nothing = |id| User::update_by(id).apply(patch("{}"));
        assert_eq!((nothing(1).execute(db).await?, nothing(99).execute(db).await?), (1, 0));
        let ann = User::find(1).one(db).await?;
        assert_eq!(ann.version, 1);
        assert_eq!(nothing(1).version(1).returning(db).await?, [ann]);
        assert_eq!(nothing(99).returning(db).await?, []);
        assert!(nothing(1).version(7).execute(db).await.unwrap_err().is_stale());
        assert!(nothing(1).version(7).returning(db).await.unwrap_err().is_stale());
        let error = nothing(1).to_sql(db.dialect()).unwrap_err();
        assert!(error.is_invalid_query() && error.to_string().contains("sets no column"), "{error}");

        let none = || Post::update().set(|_| Vec::<orm::Assignment>::new());
        assert_eq!(none().filter(|p| p.author().name.eq("Ann")).execute(db).await?, 3);
        assert_eq!(none().all_rows().order_by(|p| p.id.desc()).limit(2).execute(db).await?, 2);
        // Three posts of one author are one row of the users.
        let joined = User::update().join(|u| u.posts()).set(|_| Vec::<orm::Assignment>::new());
        let joined = joined.filter(|(u, _)| u.name.eq("Ann"));
        assert_eq!((joined.clone().execute(db).await?, joined.returning(db).await?.len()), (1, 1));
    }

    async fn of_nothing_see_the_row_as_it_is_now(db: Database) {
        shop(db).await?;
        let mut s = db.session();
        User::query().count(&mut s).await?; // from here on, servers show this snapshot to queries
        if db.dialect().name != "SQLite" {
            User::update_by(1).set(|u| u.name.to("Anna")).execute(db).await?;
            let nothing = User::update_by(1).apply(patch("{}")).version(1);
            let error = nothing.execute(&mut s).await.unwrap_err();
            let is_expected = if isolates_snapshots(db).await? { error.is_serialization() } else { error.is_stale() };
            assert!(is_expected, "{error:?}");
        }
        s.rollback().await?;
        let of_bob = db.scoped::<User>(|u| u.name.eq("Bob"));
        assert_eq!(User::update_by(1).apply(patch("{}")).execute(&of_bob).await?, 0);
    }

    async fn beside_other_assignments(db: Database) {
        shop(db).await?;
        let update = User::update_by(2).apply(patch(r#"{"name": "Robert"}"#)).set(|u| u.age.to(u.age.add(1)));
        assert_eq!(update.execute(db).await?, 1);
        let bob = User::find(2).one(db).await?;
        assert_eq!((bob.name.as_str(), bob.age, bob.version), ("Robert", Some(18), 2));
    }
}
