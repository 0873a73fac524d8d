//! Diagrams of tables.

use orm::Schema;
use orm::dialect::MYSQL;
use orm::prelude::*;
use orm::schema::{Diagram, ModelSet};

use crate::examples::chinook::models as chinook;
use crate::support::models::*;
use crate::tables::{Book, Shelf};

/// References itself, and a table that references it back.
#[derive(Model)]
#[orm(table = "parts", schema = "trade", comment = "a <part> & \"more\"")]
pub struct Part {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Part)]
    pub whole_id: Option<u64>,
    #[orm(belongs_to = Maker)]
    pub maker_id: u64,
    #[orm(belongs_to = Maker)]
    pub designer_id: Option<u64>,
    #[orm(column = "unit price", precision = (10, 2), comment = "in \"€\"")]
    pub price: Decimal,
}

#[derive(Model)]
#[orm(table = "makers", schema = "trade")]
pub struct Maker {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Part, unique)]
    pub best_id: Option<u64>,
}

fn diagram<S: ModelSet>() -> Diagram {
    Schema::of::<S>(&MYSQL).unwrap().diagram()
}

#[test]
fn in_mermaid() {
    insta::assert_snapshot!(diagram::<(User, Profile, Post, Comment, Employee)>().mermaid());
    insta::assert_snapshot!(diagram::<(Part, Maker, Shelf, Book)>().mermaid());
}

#[test]
fn as_svg() {
    insta::assert_snapshot!(diagram::<(User, Profile, Post, Comment, Employee)>().svg());
    insta::assert_snapshot!(diagram::<(Part, Maker, Shelf, Book)>().svg());
}

on_every_backend! {
    async fn of_what_is_in_a_database(db: Database) {
        db.create_tables::<(User, Profile, Post, Comment)>().await?;
        let mermaid = Schema::reflect(db).await?.diagram().mermaid();
        assert!(mermaid.contains("\"users\" ||--o{ \"posts\" : \"author_id\"\n"), "{mermaid}");
        assert!(mermaid.contains("\"users\" |o--o{ \"posts\" : \"reviewer_id\"\n"), "{mermaid}");
        assert!(mermaid.contains("\"users\" ||--o| \"profiles\" : \"user_id\"\n"), "{mermaid}");
        assert!(mermaid.contains(" email UK\n") && mermaid.contains(" user_id PK, FK\n"), "{mermaid}");
    }
}

#[test]
fn keys_to_other_tables_are_columns() {
    let diagram = diagram::<Comment>();
    assert!(diagram.mermaid().contains("BIGINT_UNSIGNED post_id FK\n"));
    assert!(!diagram.mermaid().contains("--"));
    assert!(!diagram.svg().contains("class=\"key\""));
}

#[test]
fn a_model_that_is_named_twice_is_there_once() {
    assert_eq!(diagram::<(User, (Profile, User))>(), diagram::<(User, Profile)>());
}

#[test]
fn that_of_the_chinook_example_is_up_to_date() {
    let diagram = diagram::<chinook::Store>();
    let run = "run `cargo run --example chinook -- --diagram`";
    assert!(diagram.svg() == include_str!("../examples/chinook/schema.svg"), "{run}");
}
