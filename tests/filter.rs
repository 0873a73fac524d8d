//! Conditions.

use orm::prelude::*;

use crate::support::models::*;

async fn names(db: &Database, query: Query<User>) -> orm::Result<Vec<String>> {
    query.order_by(|u| u.id.asc()).select(|u| u.name).all(db).await
}

on_every_backend! {
    async fn compare(db: Database) {
        shop(db).await?;
        let all = User::query;
        assert_eq!(names(db, all().filter(|u| u.name.eq("Bob"))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.name.ne("Bob"))).await?, ["Ann", "Cid"]);
        assert_eq!(names(db, all().filter(|u| u.age.lt(41))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.le(41))).await?, ["Ann", "Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.gt(17))).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|u| u.age.ge(17))).await?, ["Ann", "Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.between(17, 40))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.id.eq(u.id))).await?, ["Ann", "Bob", "Cid"]);
    }

    async fn treat_null_as_sql_does(db: Database) {
        shop(db).await?;
        let all = User::query;
        assert_eq!(names(db, all().filter(|u| u.age.is_null())).await?, ["Cid"]);
        assert_eq!(names(db, all().filter(|u| u.age.is_not_null())).await?, ["Ann", "Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.ne(17))).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|u| u.age.eq(17).not())).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|u| u.age.same_as(None))).await?, ["Cid"]);
        assert_eq!(names(db, all().filter(|u| u.age.same_as(17))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.same_as(17).not())).await?, ["Ann", "Cid"]);
    }

    async fn combine(db: Database) {
        shop(db).await?;
        let all = User::query;
        let both = |u: UserFields| u.age.ge(18).and(u.name.starts_with("A"));
        assert_eq!(names(db, all().filter(both)).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|u| u.name.eq("Cid").or(both(u)))).await?, ["Ann", "Cid"]);
        assert_eq!(names(db, all().filter(|u| (u.name.eq("Ann") | u.name.eq("Bob")) & u.age.lt(18))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| !(u.name.eq("Ann") | u.name.eq("Bob")))).await?, ["Cid"]);
        assert_eq!(names(db, all().filter(|u| any_of([]).or(u.id.eq(1)))).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|_| all_of([]))).await?, ["Ann", "Bob", "Cid"]);
        let wanted = ["Ann", "Cid"];
        assert_eq!(names(db, all().filter(|u| any_of(wanted.map(|name| u.name.eq(name))))).await?, wanted);
        assert_eq!(names(db, all().filter(|u| u.age.ge(18)).filter(|u| u.name.eq("Bob"))).await?, [""; 0]);
    }

    async fn depend_on_what_is_there(db: Database) {
        shop(db).await?;
        let search = |name: Option<&str>, adults: bool| {
            let query = User::query().filter_some(name, |u, name| u.name.contains(name));
            query.filter_if(adults, |u| u.age.ge(18))
        };
        assert_eq!(names(db, search(None, false)).await?, ["Ann", "Bob", "Cid"]);
        assert_eq!(names(db, search(Some("b"), false)).await?, ["Bob"]);
        assert_eq!(names(db, search(Some("n"), true)).await?, ["Ann"]);
    }

    async fn look_into_lists(db: Database) {
        shop(db).await?;
        let all = User::query;
        assert_eq!(names(db, all().filter(|u| u.id.is_in([1, 3, 99]))).await?, ["Ann", "Cid"]);
        assert_eq!(names(db, all().filter(|u| u.id.not_in(vec![1, 3]))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.name.is_in(["Ann", "Bob"]))).await?, ["Ann", "Bob"]);
        assert_eq!(names(db, all().filter(|u| u.id.is_in(&[2]))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.id.is_in(Vec::<u64>::new()))).await?, [""; 0]);
        assert_eq!(names(db, all().filter(|u| u.id.not_in([0u64; 0]))).await?, ["Ann", "Bob", "Cid"]);
        assert_eq!(names(db, all().filter(|u| u.age.not_in([17]))).await?, ["Ann"]);
    }

    async fn take_lists_of_a_hundred_thousand(db: Database) {
        shop(db).await?;
        assert_eq!(names(db, User::query().filter(|u| u.id.is_in(2..=100_000))).await?, ["Bob", "Cid"]);
        assert_eq!(names(db, User::query().filter(|u| u.id.not_in(2..=100_000))).await?, ["Ann"]);
        let words = (0..100_000).map(|number| format!("wörd {number} \"quoted\\")).chain(["Cid".to_owned()]);
        assert_eq!(names(db, User::query().filter(|u| u.name.is_in(words))).await?, ["Cid"]);
    }

    async fn look_into_lists_of_odd_texts(db: Database) {
        db.create_tables::<User>().await?;
        let odd = ["", " ", "a\nb", "\u{1}", "tab\t", "\\", "\\n", "\"", "\"quoted\"", "null", "1", "\u{2028}", "🦀"];
        User::insert_all((0..).zip(odd).map(|(n, name)| User::insert().email(format!("{n}")).name(name))).execute(db).await?;
        let many = (0..10_000).map(|number| format!("x{number}"));
        let found = User::query().filter(|u| u.name.is_in(many.chain(odd.map(str::to_owned)))).count(db).await?;
        assert_eq!(found, 13);
    }

    async fn match_text_literally(db: Database) {
        db.create_tables::<User>().await?;
        for (id, name) in (0..).zip(["100%", "100 per cent", "a_b", "a!b", "axb", "it's", r"back\slash", "ñö🦀"]) {
            User::insert().email(format!("{id}")).name(name).execute(db).await?;
        }
        let all = User::query;
        assert_eq!(names(db, all().filter(|u| u.name.contains("0%"))).await?, ["100%"]);
        assert_eq!(names(db, all().filter(|u| u.name.starts_with("a_"))).await?, ["a_b"]);
        assert_eq!(names(db, all().filter(|u| u.name.contains("!"))).await?, ["a!b"]);
        assert_eq!(names(db, all().filter(|u| u.name.ends_with("'s"))).await?, ["it's"]);
        assert_eq!(names(db, all().filter(|u| u.name.contains("k\\s"))).await?, [r"back\slash"]);
        assert_eq!(names(db, all().filter(|u| u.name.ends_with("🦀"))).await?, ["ñö🦀"]);
        assert_eq!(names(db, all().filter(|u| u.name.like("a_b"))).await?, ["a_b", "a!b", "axb"]);
        assert_eq!(names(db, all().filter(|u| u.name.like("a!_b"))).await?, ["a_b"]);
        assert_eq!(names(db, all().filter(|u| u.name.not_like("%a%"))).await?, ["100%", "100 per cent", "it's", "ñö🦀"]);
    }

    async fn match_columns_literally(db: Database) {
        db.create_tables::<(User, Post)>().await?;
        User::insert_all([
            User::insert().email("1").name("100%"),
            User::insert().email("2").name("a_b"),
            User::insert().email("3").name("a!b"),
            User::insert().email("4").name(""),
        ]).execute(db).await?;
        let posts = [
            (1, "100% sure", None), (1, "100 sure", None), (1, "at 100%", Some("100%")),
            (2, "a_b", Some("A_B")), (2, "axb", None), (2, "a", None),
            (3, "so a!b", Some("a!_b")), (3, "ab", Some("a__")), (3, "a!%b", None),
        ];
        Post::insert_all(posts.map(|(author, title, body)| Post::insert().author_id(author).title(title).body(body.map(str::to_owned)))).execute(db).await?;
        let titles = async |condition: fn(PostFields) -> Condition| {
            Post::query().filter(condition).order_by(|p| p.id.asc()).select(|p| p.title).all(db).await
        };
        assert_eq!(titles(|p| p.title.starts_with(p.author().name)).await?, ["100% sure", "a_b"]);
        assert_eq!(titles(|p| p.title.ends_with(p.author().name)).await?, ["at 100%", "a_b", "so a!b"]);
        assert_eq!(titles(|p| p.title.contains(p.author().name)).await?, ["100% sure", "at 100%", "a_b", "so a!b"]);
        // A comparison with NULL is unknown.
        assert_eq!(titles(|p| p.title.contains(p.body)).await?, ["at 100%", "a_b"]);
        assert_eq!(titles(|p| p.title.contains(p.body).or_null().is_null()).await?.len(), 5);
        assert_eq!(titles(|p| p.body.starts_with(&p.body).not()).await?, [""; 0]);
        assert_eq!(titles(|p| p.title.starts_with(null::<String>()).or_null().is_null()).await?.len(), 9);
        // In a LIKE pattern, all of it is special.
        assert_eq!(titles(|p| p.title.like(p.body)).await?, ["a_b"]);
        assert_eq!(titles(|p| p.title.not_like(p.body)).await?, ["at 100%", "so a!b", "ab"]);
        assert_eq!(titles(|p| p.title.like(p.author().name.concat("%"))).await?, ["100% sure", "100 sure", "a_b", "axb", "ab"]);
        // Ignoring case, on either side, with computed values.
        assert_eq!(titles(|p| p.title.eq_any_case(p.body)).await?, ["a_b"]);
        assert_eq!(titles(|p| p.body.starts_with_any_case(p.title)).await?, ["a_b"]);
        assert_eq!(titles(|p| p.title.upper().ends_with_any_case(p.author().name.lower())).await?, ["at 100%", "a_b", "so a!b"]);
        assert_eq!(titles(|p| p.title.contains_any_case(p.body.left(2))).await?, ["at 100%", "a_b", "so a!b"]);
        assert_eq!(titles(|p| p.title.like_any_case(p.body.upper())).await?, ["a_b"]);
        let longest = Post::query().group_by(|p| p.author_id).having(|g| g.max(|p| p.title).starts_with(g.min(|p| p.title))).select(|g| g.key);
        assert_eq!(longest.all(db).await?, [2]);
        let empty = User::query().filter(|u| value("abc".to_owned()).starts_with(u.name).and(u.id.gt(1)));
        assert_eq!(empty.select(|u| u.id).all(db).await?, [4]);
    }

    async fn take_texts_of_every_form(db: Database) {
        shop(db).await?;
        let (name, word) = ("Ann".to_owned(), "Ann");
        let count = async |condition: &dyn Fn(UserFields) -> Condition| User::query().filter(condition).count(db).await;
        assert_eq!(count(&|u| u.name.like(word)).await?, 1);
        assert_eq!(count(&|u| u.name.like(&word)).await?, 1);
        assert_eq!(count(&|u| u.name.starts_with(&name)).await?, 1);
        assert_eq!(count(&|u| u.name.starts_with(name.clone())).await?, 1);
        assert_eq!(count(&|u| u.name.ends_with(&&name)).await?, 1);
        assert_eq!(count(&|u| u.name.contains(&*name)).await?, 1);
        assert_eq!(count(&|u| u.name.contains(&name[1..])).await?, 1);
        assert_eq!(count(&|u| u.name.contains(format!("{}n", &name[..2]).as_str())).await?, 1);
        assert_eq!(count(&|u| u.name.contains(&format!("A{}", &name[1..]))).await?, 1);
        assert_eq!(count(&|u| u.name.contains(&Box::<str>::from(word))).await?, 1);
        assert_eq!(count(&|u| u.name.contains(&std::sync::Arc::<str>::from(word))).await?, 1);
        assert_eq!(count(&|u| u.name.contains(&std::borrow::Cow::Borrowed(word))).await?, 1);
    }

    async fn compute(db: Database) {
        shop(db).await?;
        let all = User::query;
        assert_eq!(names(db, all().filter(|u| u.age.add(1).eq(18))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.mul(2).sub(2).ge(80))).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|u| u.age.div(2).eq(20))).await?, ["Ann"]);
        assert_eq!(names(db, all().filter(|u| u.age.rem(10).eq(7))).await?, ["Bob"]);
        assert_eq!(names(db, all().filter(|u| u.age.div(0).is_null())).await?, ["Ann", "Bob", "Cid"]);
        let next: Vec<Option<i32>> = all().order_by(|u| u.id.asc()).select(|u| u.age.add(1)).all(db).await?;
        assert_eq!(next, [Some(42), Some(18), None]);
    }

    async fn can_be_functions_over_either_side_of_a_join(db: Database) {
        shop(db).await?;
        fn visible<M: Mode>(p: PostFields<M>) -> Condition {
            p.published.is_true()
        }
        assert_eq!(Post::query().filter(visible).count(db).await?, 3);
        assert_eq!(Post::query().filter(|p| p.published.is_false()).count(db).await?, 1);
        assert_eq!(User::query().left_join(|u| u.posts()).filter(|(_, p)| visible(p)).count(db).await?, 3);
    }
}

/// With another collation than the server's.
#[derive(Model)]
#[orm(table = "towns")]
pub struct Town {
    #[orm(primary_key, sql_type = "VARCHAR(50) COLLATE utf8mb4_polish_ci")]
    pub name: String,
}

on_servers! {
    async fn look_into_long_lists_of_any_letters(fresh: Fresh) {
        let db = &fresh.db;
        sql!("ALTER DATABASE CHARACTER SET latin1").execute(db).await?;
        db.create_tables::<(User, Town)>().await?;
        for name in ["Łódź", "?ód?", "Ærø"] {
            User::insert().email(name).name(name).execute(db).await?;
            Town::insert().name(name).execute(db).await?;
        }
        let many = || (0..5000).map(|number| format!("x{number}")).chain(["łódź".to_owned(), "Ærø".to_owned()]);
        assert_eq!(names(db, User::query().filter(|u| u.name.is_in(many()))).await?, ["Łódź", "Ærø"]);
        let towns = Town::query().filter(|t| t.name.is_in(many())).order_by(|t| t.name.desc()).select(|t| t.name);
        assert_eq!(towns.all(db).await?, ["Łódź", "Ærø"]);
    }
}
