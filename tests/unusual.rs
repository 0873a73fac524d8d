//! Programs that are right, and not as the guide has them: what makes wrong ones fail must not be in their way.

use std::collections::BTreeMap;
use std::pin::Pin;

use orm::Writable;
use orm::prelude::*;
use orm::rules::{Assigned, Filtered};

use crate::support::models::*;

/// Everything in scope.
#[allow(unused_imports, reason = "what is not named is there, too")]
mod everything {
    use orm::prelude::*;
    use orm::*;

    use crate::support::models::*;

    /// Methods of the standard library that some hidden method might hide.
    pub(super) fn collected() -> (Vec<u8>, String, usize) {
        let mut bytes: Vec<u8> = vec![1];
        bytes.push(2);
        bytes.append(&mut vec![3]);
        let mut text = String::new();
        text.push('a');
        let mut any = vec![];
        any.push(text.clone());
        any.extend([text.clone()]);
        (bytes, text, any.into_iter().filter(|text| text.contains('a')).map(|text| text.len()).sum())
    }

    pub(super) fn in_order(by_age: bool) -> Query<User> {
        User::query().order_by(|u| {
            let mut orders = vec![];
            if by_age {
                orders.push(u.age.desc());
            }
            orders.push(u.id.asc());
            orders
        })
    }
}

#[test]
fn what_is_in_scope_hides_no_method_of_the_standard_library() {
    assert_eq!(everything::collected(), (vec![1, 2, 3], "a".to_owned(), 2));
}

type Command = Box<dyn for<'t> Fn(&'t mut Transaction) -> Answer<'t> + Send + Sync>;
type Answer<'t> = Pin<Box<dyn Future<Output = orm::Result<u64>> + Send + 't>>;

fn commands() -> BTreeMap<&'static str, Command> {
    let publish: Command = Box::new(|tx| {
        Box::pin(async move { Post::update().set(|p| p.published.to(true)).all_rows().execute(tx).await })
    });
    let clear: Command = Box::new(|mut tx| {
        Box::pin(async move {
            Comment::delete().all_rows().execute(&mut tx).await?;
            Post::delete().all_rows().execute(&mut tx).await
        })
    });
    BTreeMap::from([("publish", publish), ("clear", clear)])
}

/// A wrapper of one's own around a transaction.
async fn audited<T, E: From<orm::Error>>(
    db: &Database,
    work: impl AsyncFnOnce(&mut Transaction) -> Result<T, E>,
) -> Result<T, E> {
    db.transaction().try_run(work).await
}

async fn twice(
    db: &Database,
    work: impl AsyncFn(&mut Transaction) -> orm::Result<i64> + Clone,
) -> orm::Result<i64> {
    let first = db.transaction().run(work.clone()).await?;
    Ok(first + db.transaction().retry(2).run(&work).await?)
}

async fn count(tx: &mut Transaction) -> orm::Result<i64> {
    User::query().count(tx).await
}

struct Job {
    name: String,
}

impl Job {
    async fn run(&self, mut tx: &mut Transaction) -> orm::Result<i64> {
        User::query().filter(|u| u.name.eq(&self.name)).count(&mut tx).await
    }
}

/// A key that several models have.
trait ByText: Writable {
    fn text(keys: Self::Keys) -> Column<String>;
}

impl ByText for User {
    fn text(keys: Self::Keys) -> Column<String> {
        keys.email
    }
}

async fn add_new<T: ByText>(
    db: &Database,
    rows: impl IntoIterator<Item: orm::IntoRow<T>>,
) -> orm::Result<()> {
    T::insert_all(rows).on_conflict(T::text).ignore().execute(db).await
}

struct Kept {
    adults: Query<User>,
    pairs: Query<(Post, User)>,
    names: Rows<(String, Option<i32>)>,
    publish: orm::Update<Post, Assigned, Filtered>,
    drafts: orm::Delete<Post, Filtered>,
}

on_every_backend! {
    async fn closures_are_passed_along(db: Database) {
        shop(db).await?;
        assert_eq!(audited(db, count).await?, 3);
        assert_eq!(audited(db, async |tx| -> orm::Result<i64> { count(tx).await }).await?, 3);
        assert_eq!(twice(db, count).await?, 6);
        let job = Job { name: "Ann".into() };
        assert_eq!(twice(db, async |tx: &mut Transaction| job.run(tx).await).await?, 2);
        let mut seen = vec![];
        db.transaction().run(async |tx| { seen.push(count(tx).await?); Ok(()) }).await?;
        let nothing: Option<u8> = db.transaction().run(async |_| Ok(None)).await?;
        assert_eq!((seen, nothing), (vec![3], None));
        let refused: Result<(), Box<dyn std::error::Error>> = audited(db, async |_| Err("no".into())).await;
        assert_eq!(refused.unwrap_err().to_string(), "no");
    }

    async fn commands_are_boxed(db: Database) {
        shop(db).await?;
        let commands = commands();
        let publish = &commands["publish"];
        assert_eq!(db.transaction().run(async |tx| publish(tx).await).await?, 4);
        let mut s = db.session();
        assert_eq!(commands["clear"](&mut s).await?, 4);
    }

    async fn conditions_are_kept_in_a_list(db: Database) {
        shop(db).await?;
        type Wanted = Box<dyn Fn(UserFields) -> Condition + Send>;
        let wanted: Vec<Wanted> = vec![Box::new(|u| u.id.gt(1)), Box::new(|u| u.age.is_not_null())];
        let found = wanted.into_iter().fold(User::query(), |query, wanted| query.filter(wanted));
        assert_eq!(found.count(db).await?, 1);
        assert_eq!(everything::in_order(true).first(db).await?.unwrap().name, "Ann");
    }

    async fn queries_are_kept_in_a_struct(db: Database) {
        shop(db).await?;
        let kept = Kept {
            adults: User::query().filter(|u| u.age.ge(18)),
            pairs: Post::query().join(|p| p.author()),
            names: User::query().order_by(|u| u.id.asc()).select(|u| (u.name, u.age)),
            publish: Post::update().set(|p| p.published.to(true)).filter(|p| p.title.eq("Draft")),
            drafts: Post::delete().filter(|p| p.published.is_false()),
        };
        assert_eq!((kept.adults.count(db).await?, kept.pairs.all(db).await?.len()), (1, 4));
        assert_eq!(kept.names.first(db).await?, Some(("Ann".to_owned(), Some(41))));
        assert_eq!((kept.drafts.execute(db).await?, kept.publish.execute(db).await?), (1, 0));
    }

    async fn a_key_is_named_for_any_model(db: Database) {
        shop(db).await?;
        add_new(db, ["ann", "eve"].map(|name| User::insert().email(format!("{name}@example.org")).name(name))).await?;
        assert_eq!(User::query().count(db).await?, 4);
    }

    async fn defaults_of_a_builder_are_set_again(db: Database) {
        let guest = |number: u32| User::insert().email(format!("{number}@example.org")).name("Guest");
        db.create_tables::<User>().await?;
        let mut named = guest(1).name("Bob");
        if named.clone().returning(db).await?.age.is_none() {
            named = named.email("2@example.org").age(7);
        }
        assert_eq!(named.returning(db).await?.age, Some(7));
    }
}
