//! Runs the statements of the snapshots on the databases themselves: the server accepts each of them, and each query
//! returns the same rows everywhere.

use orm::dialect::{Dialect, MARIADB, MYSQL, SQLITE};
use orm::driver::Connection;
use orm::prelude::*;
use orm::{Result, Statement};

use super::{Entry, FILES};
use crate::arithmetic::Limit;
use crate::find::Order;
use crate::group::Line;
use crate::insert::Ticket;
use crate::insert_all::Reading;
use crate::json::{Account, Settings};
use crate::many_to_many;
use crate::soft_delete::{Folder, Note};
use crate::support::models::*;
use crate::update::Page;
use crate::upsert::Stock;

/// Queries whose rows differ between databases, and the reason.
const DIFFERENT: &[(&str, &str)] =
    &[("frames", "two below the key 1 is an error for the servers, whose keys are unsigned")];

type Tables = (
    User,
    Profile,
    Post,
    Comment,
    Employee,
    Order,
    Line,
    Reading,
    Page,
    Stock,
    Limit,
    Account,
    Folder,
    Note,
    Ticket,
);

/// Inserts a few rows into every table, with times and keys that are the same everywhere.
async fn fill(db: &Database) -> Result<()> {
    db.create_tables::<Tables>().await?;
    many_to_many::articles(db).await?;
    many_to_many::people(db).await?;
    many_to_many::rooms(db).await?;
    let at = |day| {
        NaiveDate::from_ymd_opt(2024, 2, day).unwrap().and_hms_micro_opt(13, 5, 7, 123).unwrap().and_utc()
    };
    let people = [("Ann", Some(41)), ("Bob", Some(17)), ("Cid", None), ("Dee", Some(41)), ("Eve", Some(19))];
    User::insert_all((1..).zip(people).map(|(id, (name, age))| User {
        id,
        email: format!("{}@example.org", name.to_lowercase()),
        name: name.to_owned(),
        age,
        created_at: at(u32::try_from(id).unwrap() * 5),
        version: 1,
    }))
    .execute(db)
    .await?;
    Profile::insert_all([(1, "Hello"), (3, "x")].map(|(user_id, bio)| Profile { user_id, bio: bio.into() }))
        .execute(db)
        .await?;
    let posts = [
        (1, Some(2), "Hello", None, true),
        (1, None, "Draft", Some("text"), false),
        (2, Some(1), "Bob's", None, true),
        (1, Some(1), "More", Some("x"), true),
        (4, None, "Hello", None, false),
    ];
    Post::insert_all((1..).zip(posts).map(|(id, (author_id, reviewer_id, title, body, published))| Post {
        id,
        author_id,
        reviewer_id,
        title: title.into(),
        body: body.map(Into::into),
        published,
    }))
    .execute(db)
    .await?;
    let comments = [(1, "one"), (1, "two"), (3, "three"), (4, "Ann")];
    Comment::insert_all((1..).zip(comments).map(|(id, (post_id, text))| Comment {
        id,
        post_id,
        text: text.into(),
    }))
    .execute(db)
    .await?;
    let employees = [("Ada", None), ("Ben", Some(1)), ("Cy", Some(2)), ("Dee", Some(1))];
    Employee::insert_all((1..).zip(employees).map(|(id, (name, manager_id))| Employee {
        id,
        name: name.into(),
        manager_id,
    }))
    .execute(db)
    .await?;
    Order::insert_all([Order { region: "eu".into(), number: 7, total: Decimal::new(1995, 2) }])
        .execute(db)
        .await?;
    let lines = [("a", 150), ("a", 900), ("b", 1_000), ("b", 1_025)];
    Line::insert_all((1..).zip(lines).map(|(id, (shop, cents))| Line {
        id,
        shop: shop.into(),
        price: Decimal::new(cents, 2),
    }))
    .execute(db)
    .await?;
    Limit::insert_all([(1, -7, 5, 0.5), (2, 6, 12, 2.25)].map(|(id, small, unsigned, double)| Limit {
        id,
        small,
        big: 1 << 40,
        unsigned,
        single: 0.5,
        double,
        exact: Decimal::new(25_375 * i64::from(small), 4),
        day: at(29).date_naive(),
        at: at(29),
    }))
    .execute(db)
    .await?;
    let settings = |theme: &str| Settings { theme: theme.into(), sizes: vec![1, 6] };
    Account::insert_all([
        Account {
            id: 1,
            settings: settings("dark"),
            tags: Some(vec!["new".into(), "x".into()]),
            extra: Some(serde_json::json!({ "a\"b": "x", "a": 1, "n": 1.25 })),
        },
        Account {
            id: 2,
            settings: settings("light"),
            tags: None,
            extra: Some(serde_json::json!([{ "a": true }])),
        },
        Account {
            id: 3,
            settings: Settings { theme: "dark".into(), sizes: vec![] },
            tags: Some(vec![]),
            extra: Some(serde_json::json!(1)),
        },
    ])
    .execute(db)
    .await?;
    Folder::insert_all([(1, None), (2, Some(at(1)))].map(|(id, deleted_at)| Folder {
        id,
        name: format!("folder {id}"),
        deleted_at,
    }))
    .execute(db)
    .await?;
    Note::insert_all(
        [(1, None, None), (2, Some(1), Some(at(2).naive_utc())), (3, Some(2), None)].map(
            |(id, answers, gone)| Note { id, folder_id: 1, answers, text: "x".into(), gone, version: 1 },
        ),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Returns the dialect of the snapshots.
fn constant(live: &Dialect) -> &'static Dialect {
    [&SQLITE, &MYSQL, &MARIADB].into_iter().find(|dialect| dialect.name == live.name).unwrap()
}

/// Returns the server's response to EXPLAIN of a statement, which parses the statement and changes nothing.
async fn planned(connection: &mut dyn Connection, statement: Statement) -> Result<()> {
    let Statement { sql, params, .. } = statement;
    connection.run(&mut Statement::new(format!("EXPLAIN {sql}"), params), &mut ()).await.map(drop)
}

/// Rounds numbers to six decimal places, outside of strings: the number of zeros of a decimal depends on the database,
/// and so does the rounding of the last digits of floats.
fn rounded(row: &str) -> String {
    let outside = |(number, part): (usize, &str)| {
        if number % 2 == 1 {
            return format!("\"{part}\"");
        }
        let is_of_number = |letter: char| letter.is_ascii_digit() || letter == '.';
        let words = part.split_inclusive(|letter| !is_of_number(letter));
        let words = words.map(|word| {
            let end = word.find(|letter| !is_of_number(letter)).unwrap_or(word.len());
            match word[..end].parse::<f64>() {
                Ok(number) if word[..end].contains('.') => {
                    let digits = format!("{number:.6}");
                    format!("{}{}", digits.trim_end_matches('0').trim_end_matches('.'), &word[end..])
                }
                _ => word.to_owned(),
            }
        });
        words.collect()
    };
    row.split('"').enumerate().map(outside).collect()
}

/// Returns whether the rows are ordered: by an ORDER BY outside of parentheses.
fn is_ordered(sql: &str) -> bool {
    let outside = |at: usize| sql[..at].matches('(').count() == sql[..at].matches(')').count();
    sql.match_indices(" ORDER BY ").any(|(at, _)| outside(at))
}

async fn rows(entry: &Entry, db: &Database) -> Result<Vec<String>> {
    let query = entry.rows.unwrap();
    let mut session = db.session();
    let mut rows: Vec<String> = query(&mut session).await?.iter().map(|row| rounded(row)).collect();
    session.rollback().await?;
    if !is_ordered(&(entry.build)(db.dialect())?.sql) {
        rows.sort();
    }
    Ok(rows)
}

on_every_backend! {
    async fn every_statement_is_one_that_the_server_takes(db: Database) {
        fill(db).await?;
        let mut connection = db.driver().connect().await?;
        let live = connection.dialect().clone();
        let mut refused = Vec::new();
        for dialect in [constant(&live), &live] {
            for (file, entry) in FILES.iter().flat_map(|(file, entries)| entries.iter().map(move |entry| (file, entry))) {
                // What the dialect does not support is in the snapshots, as a message.
                let Ok(statement) = (entry.build)(dialect) else { continue };
                if let Err(error) = planned(&mut *connection, statement).await {
                    refused.push(format!("{file}: {}: {error:?}", entry.name));
                }
            }
        }
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    }
}

on_servers! {
    async fn every_query_has_the_rows_that_it_has_on_sqlite(fresh: Fresh) {
        let sqlite = crate::support::sqlite().await;
        fill(&fresh.db).await?;
        fill(&sqlite.db).await?;
        let mut different = Vec::new();
        for entry in FILES.iter().flat_map(|(_, entries)| entries.iter()).filter(|entry| entry.rows.is_some()) {
            let builds = |dialect| (entry.build)(dialect).is_ok();
            if !builds(sqlite.db.dialect()) || !builds(fresh.db.dialect()) || DIFFERENT.iter().any(|(name, _)| *name == entry.name) {
                continue;
            }
            let (here, there) = (rows(entry, &fresh.db).await, rows(entry, &sqlite.db).await);
            match (here, there) {
                (Ok(here), Ok(there)) if here == there => {}
                (here, there) => different.push(format!("{}\n{here:?}\n{there:?}", entry.name)),
            }
        }
        sqlite.end().await;
        assert!(different.is_empty(), "{}", different.join("\n\n"));
    }
}
