//! Checks a contestant's results, and the contents of the tables afterwards, so that nobody is fast by doing nothing.

use anyhow::{Result, ensure};
use serde::Serialize;
use serde_json::{Value, json};

use crate::perform::{Performer, count};
use crate::work::Scenario;
use crate::{Contestant, SEARCH, tables};

impl<C: Contestant> Performer<C> {
    /// Does the work, and checks the result.
    pub(crate) async fn look(&mut self) -> Result<()> {
        let rows = self.work.rows;
        let (posts, comments) = self.work.below();
        match self.work.scenario {
            Scenario::Load => same(self.contestant.load().await?, tables::users(rows)),
            Scenario::Pairs => {
                let posts = tables::posts(rows, posts);
                let pairs: Vec<_> = tables::users(rows).into_iter().zip(posts).skip(1).collect();
                same(self.contestant.pairs(1).await?, pairs)
            }
            Scenario::Graph => {
                let expected = branches(rows, posts, comments);
                same(self.contestant.graph().await?, expected)
            }
            Scenario::Find => same(self.contestant.find(2).await?, &tables::users(2)[1]),
            Scenario::Raw => same(self.contestant.raw(2).await?, &tables::users(2)[1]),
            Scenario::Listed => {
                let mut users: Vec<Value> =
                    self.contestant.listed(&[3, 1]).await?.iter().map(|user| json!(user)).collect();
                users.sort_by_key(|user| user["id"].as_u64());
                let expected = tables::users(3);
                same(users, [&expected[0], &expected[2]])
            }
            Scenario::Stream => {
                // Checked one by one: work whose memory is measured keeps no users.
                let (mut users, mut seen) = (0, Ok(()));
                let give = |user| {
                    if seen.is_ok() {
                        seen = same(user, tables::user(users));
                    }
                    users += 1;
                };
                self.contestant.stream(give).await?;
                seen?;
                count(users, rows)
            }
            Scenario::Rename => {
                self.contestant.rename(1, "Zoe").await?;
                self.named("Zoe").await
            }
            Scenario::Update => {
                self.contestant.update(1, "Zoe").await?;
                self.named("Zoe").await
            }
            Scenario::Insert => {
                self.contestant.insert(&self.people).await?;
                same(self.contestant.load().await?, tables::users(rows))
            }
            Scenario::Flush => {
                self.contestant.flush(&self.people).await?;
                same(self.contestant.load().await?, tables::users(rows))
            }
            Scenario::Bulk => {
                self.contestant.bulk(&self.people).await?;
                same(without_keys(self.contestant.load().await?), without_keys(tables::users(rows)))
            }
            Scenario::Upsert => {
                self.work(1).await?;
                let there = self.work.accounts();
                // Some contestants increment the version as well.
                self.accounts(|id| if id <= there { 107 } else { 7 }, None).await
            }
            Scenario::Change => {
                self.work(1).await?;
                self.accounts(|_| 101, Some(2)).await
            }
            Scenario::Crowd => {
                let tasks = self.tasks();
                self.contestant.crowd(&tasks).await?;
                let mut users = tables::users(rows);
                for user in users.iter_mut().filter(|user| tasks.iter().flatten().any(|id| *id == user.id)) {
                    user.name = "Eve".to_owned();
                }
                same(self.contestant.load().await?, users)
            }
            Scenario::ColdStart => {
                let mut fresh = C::open(&self.url).await?;
                if self.is_in_memory() {
                    fresh.run(&tables::statements(&self.url, &self.work)?).await?;
                }
                same(fresh.find(1).await?, tables::user(0))
            }
            Scenario::Build => {
                let (sql, values) = self.contestant.build(&SEARCH)?;
                let joins = sql.to_uppercase().matches(" JOIN ").count();
                ensure!(joins == 3 && (5..=7).contains(&values), "{joins} joins, {values} values: {sql}");
                Ok(())
            }
            // Its result is checked each time, or there is none.
            Scenario::Held | Scenario::Compose => self.work(1).await,
        }
    }

    /// Checks that the first user has this name.
    async fn named(&mut self, name: &str) -> Result<()> {
        let user = json!(self.contestant.find(1).await?);
        ensure!(user["name"] == name, "the user is {user} instead of {name}");
        Ok(())
    }

    /// Checks that the accounts have these balances, by key, and this version, if given.
    async fn accounts(&mut self, balance: impl Fn(usize) -> i64, version: Option<u32>) -> Result<()> {
        let column = if version.is_some() { "version" } else { "NULL" };
        self.contestant.run(&tables::show_accounts(column)).await?;
        let accounts = (1..=self.work.rows).map(|id| tables::account(id, balance(id), version));
        same(self.contestant.load().await?, accounts.collect::<Vec<_>>())
    }
}

/// Compares a contestant's result with the expected one.
fn same(given: impl Serialize, expected: impl Serialize) -> Result<()> {
    let (given, expected) = (json!(given), json!(expected));
    let first = |value: &Value| value.get(0).unwrap_or(value).to_string();
    ensure!(given == expected, "{} and so on instead of {}", first(&given), first(&expected));
    Ok(())
}

/// Removes the keys of users: after a bulk load they have gaps between the files, since the server reserves more than
/// it needs.
fn without_keys(users: impl Serialize) -> Value {
    let mut users = json!(users);
    for user in users.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        user.remove("id");
    }
    users
}

/// Returns the expected result of S4.
fn branches(users: usize, posts: usize, comments: usize) -> Value {
    let (posts, comments) = (tables::posts(users, posts), tables::comments(users * posts, comments));
    let of_post = |id: u64| comments.iter().filter(move |it| it.post_id == id).collect::<Vec<_>>();
    let of_user = |id: u64| {
        let own = posts.iter().filter(move |it| it.user_id == id);
        own.map(|post| json!([post, of_post(post.id)])).collect::<Vec<_>>()
    };
    tables::users(users).iter().map(|user| json!([user, of_user(user.id)])).collect()
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use crate::perform::Performer;
    use crate::tables::users;
    use crate::{Contestant, Person, Scenario, Search, Unsupported, User, Work};

    /// Reports success without doing anything. It knows how many users the table was filled with.
    struct Idle(usize);

    impl Contestant for Idle {
        type User = User;
        type Pair = ();
        type Branch = ();

        async fn open(_: &str) -> Result<Self> {
            Ok(Idle(0))
        }

        async fn run(&mut self, statements: &[String]) -> Result<()> {
            self.0 = statements.iter().map(|statement| statement.matches("'User number").count()).sum();
            Ok(())
        }

        async fn load(&mut self) -> Result<Vec<User>> {
            Ok(users(self.0))
        }

        async fn pairs(&mut self, _: u64) -> Result<Vec<()>> {
            Ok(vec![(); 10_000])
        }

        async fn insert(&mut self, _: &[Person]) -> Result<()> {
            Ok(())
        }

        async fn graph(&mut self) -> Result<Vec<()>> {
            Ok(vec![(); 100])
        }

        async fn find(&mut self, id: u64) -> Result<User> {
            Ok(User { id, name: String::new(), hair_color: None })
        }

        fn build(&mut self, _: &Search<'_>) -> Result<(String, usize)> {
            Ok((String::new(), 6))
        }

        fn compose(&mut self, _: &Search<'_>) -> Result<()> {
            Ok(())
        }

        async fn rename(&mut self, _: u64, _: &str) -> Result<()> {
            Ok(())
        }

        async fn update(&mut self, _: u64, _: &str) -> Result<()> {
            Ok(())
        }

        async fn upsert(&mut self, _: &[(u64, i64)]) -> Result<()> {
            Ok(())
        }

        async fn listed(&mut self, ids: &[u64]) -> Result<Vec<User>> {
            Ok(users(ids.len()))
        }

        async fn crowd(&mut self, _: &[Vec<u64>]) -> Result<()> {
            Ok(())
        }

        async fn flush(&mut self, _: &[Person]) -> Result<()> {
            Ok(())
        }

        async fn change(&mut self, _: u64) -> Result<()> {
            Ok(())
        }

        async fn stream(&mut self, mut give: impl FnMut(User)) -> Result<()> {
            (0..10_000).for_each(|id| give(User { id, name: String::new(), hair_color: None }));
            Ok(())
        }

        async fn bulk(&mut self, _: &[Person]) -> Result<()> {
            Ok(())
        }

        async fn raw(&mut self, id: u64) -> Result<User> {
            self.find(id).await
        }

        async fn hold(&mut self) -> Result<()> {
            Ok(())
        }

        async fn held(&mut self, _: u64) -> Result<u64> {
            Ok(1)
        }
    }

    #[test]
    fn who_does_nothing_is_found_out() -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        for work in Work::ALL.iter().map(|work| work.quick()) {
            let prepared = runtime.block_on(async {
                let mut performer = Performer::<Idle>::open("sqlite::memory:").await?;
                performer.prepare(work).await
            });
            let found_out = prepared.is_err_and(|error| !error.is::<Unsupported>());
            // It knows enough to fake the first; a query that is built but not rendered leaves nothing to check.
            let overlooked = matches!(work.scenario, Scenario::Load | Scenario::Compose);
            assert_eq!(found_out, !overlooked, "{}", work.title());
        }
        Ok(())
    }
}
