//! Questions about possible renames.

use orm::Schema;
use orm::dialect::{MYSQL, SQLITE};
use orm_migrate::{Draft, Migrations};

use super::Folder;

mod before {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "people")]
    pub struct Person {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 50)]
        pub name: String,
        pub age: Option<i32>,
        pub note: Option<String>,
    }
}

mod after {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "users")]
    pub struct User {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 80)]
        pub full_name: String,
        #[orm(length = 80)]
        pub nick: String,
        pub age: Option<i32>,
        pub note: Option<String>,
    }
}

fn draft(dialect: &orm::dialect::Dialect) -> Draft {
    let (from, to) = (Schema::of::<before::Person>(dialect), Schema::of::<after::User>(dialect));
    Draft::between(from.unwrap(), to.unwrap(), dialect)
}

fn asked(draft: &Draft) -> Vec<String> {
    draft.possible_renames().unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn is_asked_about_until_it_is_answered() {
    for dialect in [&SQLITE, &MYSQL] {
        let draft = draft(dialect);
        assert_eq!(
            (draft.dropped().unwrap(), draft.added().unwrap()),
            (vec!["people".into()], vec!["users".into()])
        );
        assert_eq!(asked(&draft), ["`people` may have been renamed to `users`"]);
        assert_eq!(asked(&draft.clone().not_renamed("people", "users")), [""; 0]);

        // Columns are asked about once their table is known.
        let draft = draft.rename("people", "users").unwrap();
        assert_eq!(draft.added().unwrap(), ["users.full_name", "users.nick"]);
        assert_eq!(
            asked(&draft),
            ["`users.name` may have been renamed to `users.full_name` or `users.nick`"]
        );
        let draft = draft.not_renamed("users.name", "users.nick");
        assert_eq!(asked(&draft), ["`users.name` may have been renamed to `users.full_name`"]);
        let draft = draft.rename("users.name", "full_name").unwrap().fill("users.nick", "''");
        assert_eq!(asked(&draft), [""; 0]);
        assert!(draft.steps(dialect).unwrap().iter().all(|step| !step.loses_data));
    }
}

/// In a different database than `Person`.
mod elsewhere {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "events", bind = "audit")]
    pub struct Event {
        #[orm(primary_key, auto)]
        pub id: u64,
    }
}

type Both = (before::Person, elsewhere::Event);

#[test]
fn models_of_several_databases_have_a_draft_for_each() {
    let steps = |migrations: &Migrations| {
        let steps = Draft::of::<Both>(migrations, &[&SQLITE]).unwrap().steps(&SQLITE).unwrap();
        steps.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(steps(&Migrations::default()), ["create the table `people`"]);
    assert_eq!(steps(&Migrations::default().bind("audit")), ["create the table `events`"]);
    let error = Draft::of::<Both>(&Migrations::default().bind("log"), &[&SQLITE]).unwrap_err().to_string();
    assert_eq!(
        error,
        "the migrations are for `log`, but the models are in `audit`, the default database: say which \
         database is meant with `Migrations::bind`"
    );
}

#[test]
fn folders_of_other_databases_may_stand_in_one() {
    let folder = Folder::new();
    let audit = folder.0.join("audit");
    for (path, migrations) in
        [(&folder.0, Migrations::default()), (&audit, Migrations::default().bind("audit"))]
    {
        Draft::of::<Both>(&migrations, &[&SQLITE]).unwrap().write(path, "first").unwrap();
    }
    assert_eq!(Migrations::read(&folder.0).unwrap().names().count(), 1);
    let migrations = Migrations::read(&audit).unwrap().bind("audit");
    orm_migrate::check::<Both>(&migrations, &[&SQLITE]).unwrap();
}
