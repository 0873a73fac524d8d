//! Many-to-many relations through a join model.

use orm::assert_statements;
use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "articles",
    has_many(links: ArticleTag),
    many_to_many(tags: Tag, through = ArticleTag)
)]
pub struct Article {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tags", many_to_many(articles: Article, through = ArticleTag))]
pub struct Tag {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 40)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "article_tags", primary_key(article_id, tag_id))]
pub struct ArticleTag {
    #[orm(belongs_to = Article, on_delete = cascade)]
    pub article_id: u64,
    #[orm(belongs_to = Tag, on_delete = cascade)]
    pub tag_id: u64,
    pub weight: i32,
}

/// A self-referencing many-to-many relation: both ends are people.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "people",
    many_to_many(followers: Person, through = Follow, from = followed, to = follower),
    many_to_many(following: Person, through = Follow, from = follower, to = followed)
)]
pub struct Person {
    #[orm(primary_key)]
    pub id: u32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "follows", primary_key(follower_id, followed_id))]
pub struct Follow {
    #[orm(belongs_to = Person)]
    pub follower_id: u32,
    #[orm(belongs_to = Person)]
    pub followed_id: u32,
}

/// Both ends have composite keys.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "rooms", primary_key(house, number), many_to_many(guests: Guest, through = Stay))]
pub struct Room {
    #[orm(length = 20)]
    pub house: String,
    pub number: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "guests", many_to_many(rooms: Room, through = Stay))]
pub struct Guest {
    #[orm(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stays", belongs_to(room: Room, by = (house, number)))]
pub struct Stay {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(length = 20)]
    pub house: String,
    pub number: i32,
    #[orm(belongs_to = Guest)]
    pub guest_id: i32,
}

/// Creates three articles and three tags: "One" has rust and sql, "Two" has sql, "Three" none; "idle" is unused.
pub async fn articles(db: &Database) -> orm::Result<Vec<Article>> {
    db.create_tables::<(Article, Tag, ArticleTag)>().await?;
    let articles = ["One", "Two", "Three"].map(|title| Article::insert().title(title));
    let articles = Article::insert_all(articles).returning(db).await?;
    let tags =
        Tag::insert_all(["rust", "sql", "idle"].map(|word| Tag::insert().word(word))).returning(db).await?;
    let links = [(0, 0, 5), (0, 1, 7), (1, 1, 9)];
    let links = links.map(|(article, tag, weight)| {
        ArticleTag::insert().article(&articles[article]).tag(&tags[tag]).weight(weight)
    });
    ArticleTag::insert_all(links).execute(db).await?;
    Ok(articles)
}

/// Creates people: Bob and Cid follow Ann, who follows Cid.
pub async fn people(db: &Database) -> orm::Result<Vec<Person>> {
    db.create_tables::<(Person, Follow)>().await?;
    let people =
        ["Ann", "Bob", "Cid"].into_iter().zip(1..).map(|(name, id)| Person { id, name: name.into() });
    let people: Vec<Person> = people.collect();
    Person::insert_all(&people).execute(db).await?;
    let follows =
        [(2, 1), (3, 1), (1, 3)].map(|(follower_id, followed_id)| Follow { follower_id, followed_id });
    Follow::insert_all(follows).execute(db).await?;
    Ok(people)
}

/// Creates rooms and guests: guest 7 stays in A 1 and B 1, guest 8 in B 1.
pub async fn rooms(db: &Database) -> orm::Result<([Room; 3], [Guest; 2])> {
    db.create_tables::<(Room, Guest, Stay)>().await?;
    let rooms = [("A", 1), ("A", 2), ("B", 1)].map(|(house, number)| Room { house: house.into(), number });
    Room::insert_all(&rooms).execute(db).await?;
    let guests = [7, 8].map(|id| Guest { id });
    Guest::insert_all(&guests).execute(db).await?;
    let stays = [(1, 0, 0), (2, 2, 0), (3, 2, 1)];
    let stays = stays.map(|(id, room, guest)| Stay::insert().id(id).room(&rooms[room]).guest(&guests[guest]));
    Stay::insert_all(stays).execute(db).await?;
    Ok((rooms, guests))
}

fn words(tags: &[Tag]) -> Vec<&str> {
    tags.iter().map(|tag| tag.word.as_str()).collect()
}

on_every_backend! {
    async fn joins(db: Database) {
        articles(db).await?;
        let pairs = Article::query().join(|a| a.tags()).order_by(|(a, t)| (a.id.asc(), t.word.asc()));
        let pairs = pairs.select(|(a, t)| (a.title, t.word)).all(db).await?;
        assert_eq!(pairs, [("One", "rust"), ("One", "sql"), ("Two", "sql")].map(|(a, t)| (a.to_owned(), t.to_owned())));
        let outer: Vec<(Article, Option<Tag>)> =
            Article::query().left_join(|a| a.tags()).order_by(|(a, t)| (a.id.asc(), t.id.asc())).all(db).await?;
        assert_eq!(outer.len(), 4);
        assert_eq!((outer[3].0.title.as_str(), &outer[3].1), ("Three", &None));
        let full = Article::query().full_join(|a| a.tags()).select(|(a, t)| (a.title, t.word));
        let full = full.all(db).await?;
        assert_eq!(full.len(), 5);
        assert!(full.contains(&(None, Some("idle".to_owned()))) && full.contains(&(Some("Three".to_owned()), None)));
        let there_and_back = Article::query().join(|a| a.tags()).join(|(_, t)| t.articles()).count(db).await?;
        assert_eq!(there_and_back, 1 + 2 + 2);
        // From whole rows of a derived table, too.
        let numbered = || Article::query().select(|a| (a.id, a)).into_query();
        let joined = numbered().join(|(_, a)| a.tags()).order_by(|((id, _), t)| (id.asc(), t.word.asc()));
        assert_eq!(joined.select(|((_, a), t)| (a.title, t.word)).all(db).await?, pairs);
        let rust = numbered().filter(|(_, a)| a.tags().any(|t| t.word.eq("rust"))).select(|(_, a)| (a.title, a.tags().count()));
        assert_eq!(rust.all(db).await?, [("One".to_owned(), 2)]);
    }

    async fn loads_in_one_statement(db: Database) {
        let all = articles(db).await?;
        let loaded: Vec<(Article, Vec<Tag>)> = assert_statements!(db, 2, Article::query().order_by(|a| a.id.asc()).with(|a| a.tags().order_by(|t| t.word.desc())).all(db).await?);
        let loaded: Vec<(&Article, Vec<&str>)> = loaded.iter().map(|(article, tags)| (article, words(tags))).collect();
        assert_eq!(loaded, [(&all[0], vec!["sql", "rust"]), (&all[1], vec!["sql"]), (&all[2], vec![])]);
        // The columns of the join model are available through it.
        let weighted: Vec<(Article, Vec<(ArticleTag, Tag)>)> = assert_statements!(db, 2, Article::find(all[0].id).with(|a| a.links().order_by(|l| l.weight.desc()).with(|l| l.tag())).all(db).await?);
        assert_eq!(weighted[0].1.iter().map(|(link, tag)| (link.weight, tag.word.as_str())).collect::<Vec<_>>(), [(7, "sql"), (5, "rust")]);
        let heavy: Vec<(Article, Vec<(i32, String)>)> = assert_statements!(db, 2, Article::find(all[0].id).with(|a| a.links().order_by(|l| l.weight.desc()).select(|l| (l.weight, l.tag().word))).all(db).await?);
        assert_eq!(heavy[0].1, [(7, "sql".to_owned()), (5, "rust".to_owned())]);
        let found: Vec<(Article, Vec<String>)> = assert_statements!(db, 2, Article::query().order_by(|a| a.id.asc()).with(|a| a.tags().order_by(|t| t.word.desc()).select(|t| t.word)).all(db).await?);
        assert_eq!(found.iter().map(|(_, words)| words.len()).collect::<Vec<_>>(), [2, 1, 0]);
        assert_eq!(found[0].1, ["sql", "rust"]);
        let nested: Vec<(Tag, Vec<(Article, Vec<Tag>)>)> = assert_statements!(db, 3, Tag::query()
            .filter(|t| t.word.eq("sql"))
            .with(|t| t.articles().order_by(|a| a.id.asc()).with(|a| a.tags().order_by(|t| t.id.asc())))
            .all(db)
            .await?);
        assert_eq!(nested[0].1.iter().map(|(_, tags)| words(tags)).collect::<Vec<_>>(), [vec!["rust", "sql"], vec!["sql"]]);
        let first = Article::query().order_by(|a| a.id.asc()).with(|a| a.tags().order_by(|t| t.word.asc()).limit(1));
        let first = assert_statements!(db, 2, first.all(db).await?);
        assert_eq!(first.iter().map(|(_, tags)| words(tags)).collect::<Vec<_>>(), [vec!["rust"], vec!["sql"], vec![]]);
    }

    async fn questions(db: Database) {
        articles(db).await?;
        let titles = async |query: Query<Article>| query.order_by(|a| a.id.asc()).select(|a| a.title).all(db).await;
        assert_eq!(titles(Article::query().filter(|a| a.tags().any(|t| t.word.eq("sql")))).await?, ["One", "Two"]);
        assert_eq!(titles(Article::query().filter(|a| a.tags().none(|t| t.word.eq("rust")))).await?, ["Two", "Three"]);
        assert_eq!(titles(Article::query().filter(|a| a.tags().every(|t| t.word.eq("sql")))).await?, ["Two", "Three"]);
        assert_eq!(titles(Article::query().filter(|a| a.tags().count().ge(2))).await?, ["One"]);
        let last = Article::query().order_by(|a| a.id.asc()).select(|a| a.tags().max(|t| t.word));
        assert_eq!(last.all(db).await?, [Some("sql".to_owned()), Some("sql".to_owned()), None]);
    }

    async fn of_a_row_at_hand(db: Database) {
        let all = articles(db).await?;
        assert_eq!(words(&all[0].tags().order_by(|t| t.word.asc()).all(db).await?), ["rust", "sql"]);
        assert!(!all[2].tags().exists(db).await?);
        let tag = all[1].tags().one(db).await?;
        assert_eq!(tag.articles().filter(|a| a.title.ne("Two")).one(db).await?, all[0]);
        let link = all[1].links().one(db).await?;
        assert_eq!((link.article().one(db).await?, link.tag().one(db).await?), (all[1].clone(), tag));
    }

    async fn both_ends_of_one_model(db: Database) {
        let people = people(db).await?;
        let names = |people: &[Person]| people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
        let loaded = assert_statements!(db, 3, Person::query()
            .order_by(|p| p.id.asc())
            .with(|p| p.followers().order_by(|f| f.id.asc()))
            .with(|p| p.following())
            .all(db)
            .await?);
        assert_eq!(loaded.iter().map(|(_, followers, _)| names(followers)).collect::<Vec<_>>(), [vec!["Bob", "Cid"], vec![], vec!["Ann"]]);
        assert_eq!(loaded.iter().map(|(_, _, following)| names(following)).collect::<Vec<_>>(), [vec!["Cid"], vec!["Ann"], vec!["Ann"]]);
        assert_eq!(names(&people[0].followers().filter(|f| f.name.eq("Cid")).all(db).await?), ["Cid"]);
        let pairs = Person::query().join(|p| p.followers()).filter(|(p, _)| p.name.eq("Ann")).count(db).await?;
        assert_eq!(pairs, 2);
    }

    async fn keys_of_several_columns(db: Database) {
        let (rooms, guests) = rooms(db).await?;
        let loaded = assert_statements!(db, 2, Room::query()
            .order_by(|r| (r.house.asc(), r.number.asc()))
            .with(|r| r.guests().order_by(|g| g.id.asc()))
            .all(db)
            .await?);
        let ids: Vec<Vec<i32>> = loaded.iter().map(|(_, guests)| guests.iter().map(|guest| guest.id).collect()).collect();
        assert_eq!(ids, [vec![7], vec![], vec![7, 8]]);
        assert_eq!(rooms[2].guests().count(db).await?, 2);
        let of_first = guests[0].rooms().order_by(|r| r.house.asc()).all(db).await?;
        assert_eq!(of_first, [rooms[0].clone(), rooms[2].clone()]);
        let guests = assert_statements!(db, 2, Guest::query().with(|g| g.rooms()).order_by(|g| g.id.asc()).all(db).await?);
        assert_eq!(guests[0].1.len(), 2);
    }

    /// A scope on the join model hides the links, and rows reached only through them.
    async fn links_outside_of_the_scope(db: Database) {
        articles(db).await?;
        let db = &db.scoped::<ArticleTag>(|l| l.weight.gt(5));
        let sorted = Article::query().order_by(|a| a.id.asc());
        let loaded = assert_statements!(db, 2, sorted.clone().with(|a| a.tags()).all(db).await?);
        assert_eq!(loaded.iter().map(|(_, tags)| words(tags)).collect::<Vec<_>>(), [vec!["sql"], vec!["sql"], vec![]]);
        assert_eq!(sorted.clone().select(|a| a.tags().count()).all(db).await?, [1, 1, 0]);
        assert_eq!(sorted.clone().join(|a| a.tags()).count(db).await?, 2);
        let outer = sorted.left_join(|a| a.tags()).filter(|(_, t)| t.word.is_null());
        assert_eq!(outer.select(|(a, _)| a.title).all(db).await?, ["Three"]);
        assert_eq!(words(&loaded[0].0.tags().all(db).await?), ["sql"]);
    }
}
