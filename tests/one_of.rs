//! Polymorphic relations, to one row of one of several models.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

/// A note on a person, a post or a room.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "notes",
    belongs_to(room: Room, by = (house, number), on_delete = cascade),
    one_of(subject: Subject, by = (user, post, room)),
    has_many(replies: Note)
)]
pub struct Note {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = User, on_delete = cascade)]
    pub user_id: Option<u64>,
    #[orm(belongs_to = Post, on_delete = restrict)]
    pub post_id: Option<u64>,
    #[orm(length = 20)]
    pub house: Option<String>,
    pub number: Option<i32>,
    #[orm(belongs_to = Note)]
    pub note_id: Option<u64>,
    pub text: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "rooms", primary_key(house, number), soft_delete = deleted_at, has_many(notes: Note))]
pub struct Room {
    #[orm(length = 20)]
    pub house: String,
    pub number: i32,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A variant may hold related rows loaded with the row.
#[derive(Debug)]
pub enum Subject {
    User(User),
    Post(PostPage),
    Room(Room),
}

#[derive(orm::Graph, Debug)]
pub struct PostPage {
    #[orm(root)]
    post: Post,
    author: User,
    comments: Vec<Comment>,
}

#[derive(orm::Graph, Debug)]
struct NotePage {
    #[orm(root)]
    note: Note,
    subject: Option<Subject>,
    replies: Vec<Note>,
}

impl Subject {
    fn name(&self) -> String {
        match self {
            Subject::User(user) => format!("user {}", user.name),
            Subject::Post(page) => {
                format!("post {} by {}, {} comments", page.post.title, page.author.name, page.comments.len())
            }
            Subject::Room(room) => format!("room {} {}", room.house, room.number),
        }
    }
}

/// Creates notes on Bob, on "Hello" and on the room A 1, and a reply to the second one, on Ann.
async fn notes(db: &Database) -> orm::Result<()> {
    let users = shop(db).await?;
    db.create_tables::<(Room, Note)>().await?;
    let room = Room::insert().house("A").number(1).returning(db).await?;
    let hello = Post::find(1).one(db).await?;
    let note = |text: &str| Note::insert().text(text);
    let notes =
        [note("on Bob").user(&users[1]), note("on Hello").post_id(hello.id), note("on A 1").room(&room)];
    Note::insert_all(notes).execute(db).await?;
    Note::insert().text("reply").user_id(1).note_id(2).execute(db).await?;
    Ok(())
}

const NAMES: [&str; 4] = ["user Bob", "post Hello by Ann, 2 comments", "room A 1", "user Ann"];

on_every_backend! {
    async fn are_loaded_as_an_enum(db: Database) {
        notes(db).await?;
        let query = Note::query().order_by(|n| n.id.asc());
        // The subjects in the statement of the notes, and the comments of the posts.
        let loaded: Vec<(Note, Option<Subject>)> =
            assert_statements!(db, 2, query.clone().with(|n| n.subject()).all(db).await?);
        assert_eq!(loaded.iter().map(|(_, subject)| subject.as_ref().unwrap().name()).collect::<Vec<_>>(), NAMES);
        // In a struct, nested in other relations, and for loaded rows.
        // With the replies.
        let pages: Vec<NotePage> = assert_statements!(db, 3, query.clone().graph().all(db).await?);
        assert_eq!(pages.iter().map(|page| page.subject.as_ref().unwrap().name()).collect::<Vec<_>>(), NAMES);
        assert_eq!((pages[1].note.text.as_str(), pages[1].replies.len()), ("on Hello", 1));
        // No reply is on a post.
        let nested = assert_statements!(db, 2, query.clone().with(|n| n.replies().with(|r| r.subject())).all(db).await?);
        assert_eq!(nested[1].1[0].1.as_ref().unwrap().name(), "user Ann");
        let of_parents = Note::query().filter(|n| n.note_id.is_not_null()).with(|n| n.note().with(|p| p.subject()));
        let of_parents = assert_statements!(db, 2, of_parents.all(db).await?);
        assert_eq!(of_parents[0].1.as_ref().unwrap().1.as_ref().unwrap().name(), NAMES[1]);
        let rows = query.all(db).await?;
        let subjects: Vec<Option<Subject>> =
            assert_statements!(db, 2, Note::load(rows.iter().rev(), |n| n.subject()).all(db).await?);
        assert_eq!(subjects.iter().rev().map(|subject| subject.as_ref().unwrap().name()).collect::<Vec<_>>(), NAMES);
    }

    async fn are_relations_like_others(db: Database) {
        notes(db).await?;
        let texts = Note::query().filter(|n| n.post().author().name.eq("Ann").or(n.user().name.eq("Bob")));
        assert_eq!(texts.order_by(|n| n.id.asc()).select(|n| n.text).all(db).await?, ["on Bob", "on Hello"]);
        let rooms: Vec<(Room, Vec<Note>)> = assert_statements!(db, 2, Room::query().with(|r| r.notes()).all(db).await?);
        assert_eq!(rooms[0].1[0].text, "on A 1");
        let note = Note::find(2).one(db).await?;
        assert_eq!(note.post().one(db).await?.title, "Hello");
        assert!(note.user().optional(db).await?.is_none());
    }

    async fn are_none_where_the_row_is_hidden(db: Database) {
        notes(db).await?;
        Room::delete().all_rows().execute(db).await?;
        let loaded = Note::query().order_by(|n| n.id.asc()).with(|n| n.subject());
        let loaded = assert_statements!(db, 2, loaded.all(db).await?);
        assert_eq!(loaded.iter().map(|(_, subject)| subject.is_some()).collect::<Vec<_>>(), [true, true, false, true]);
    }

    async fn are_exactly_one(db: Database) {
        notes(db).await?;
        let both = Note::insert().text("both").user_id(1).post_id(2).execute(db).await.unwrap_err();
        assert!(both.is_check_violation(), "{both:?}");
        assert_eq!(both.constraint(), Some("notes_subject_check"));
        let none = Note::insert().text("none").user_id(None).execute(db).await.unwrap_err();
        assert!(none.is_check_violation());
        // An incomplete key does not count as one.
        let half = Note::insert().text("half").house("A").execute(db).await.unwrap_err();
        assert!(half.is_check_violation());
        let taken = Note::update().set(|n| n.user_id.to(None)).filter(|n| n.id.eq(1)).execute(db).await.unwrap_err();
        assert!(taken.is_check_violation());
        let moved = Note::update().set(|n| (n.user_id.to(None), n.post_id.to(3))).filter(|n| n.id.eq(1));
        assert_eq!(moved.execute(db).await?, 1);
    }

    async fn in_sessions(db: Database) {
        notes(db).await?;
        let mut s = db.session();
        let dee = s.add(User::insert().email("dee@example.org").name("Dee"));
        let new = s.add(Note::insert().user(dee).text("on Dee"));
        let first = s.get::<Note>(1).await?;
        let post = s.get::<Post>(3).await?;
        s.link(first, |n| n.user(), None)?;
        s.link(first, |n| n.post(), Some(post))?;
        s.commit().await?;
        let dee = s.saved(dee)?;
        assert_eq!((s[first].user_id, s[first].post_id), (None, Some(3)));
        let handles: Vec<(Handle<Note>, Option<Handle<User>>, Option<Handle<Post>>)> =
            assert_statements!(db, 1, Note::query().order_by(|n| n.id.desc()).with(|n| n.user()).with(|n| n.post()).track(&mut s).await?);
        assert_eq!(handles[0], (s.saved(new)?, Some(dee), None));
        // Each foreign key has its own referential action.
        s.delete(dee)?;
        s.commit().await?;
        assert!(s.saved(new).is_err());
        s.delete(post)?;
        assert!(s.commit().await.unwrap_err().is_foreign_key_violation());
    }
}
