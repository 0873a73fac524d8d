//! Pictures of tables.

#[path = "../examples/chinook/models.rs"]
mod chinook;

use orm::prelude::*;
use orm::schema::Diagram;

use crate::support::models::*;
use crate::tables::{Book, Shelf};

/// Leads to itself, and to a table that leads back.
#[derive(Model)]
#[orm(table = "parts", comment = "a <part> & \"more\"")]
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

#[test]
fn in_mermaid() {
    insta::assert_snapshot!(Diagram::of::<(User, Profile, Post, Comment, Employee)>().mermaid());
    insta::assert_snapshot!(Diagram::of::<(Part, Maker, Shelf, Book)>().mermaid());
}

#[test]
fn as_svg() {
    insta::assert_snapshot!(Diagram::of::<(User, Profile, Post, Comment, Employee)>().svg());
    insta::assert_snapshot!(Diagram::of::<(Part, Maker, Shelf, Book)>().svg());
}

#[test]
fn keys_to_other_tables_are_columns() {
    let diagram = Diagram::of::<Comment>();
    assert!(diagram.mermaid().contains("u64 post_id FK\n"));
    assert!(!diagram.mermaid().contains("--"));
    assert!(!diagram.svg().contains("class=\"key\""));
}

#[test]
fn that_of_the_chinook_example_is_up_to_date() {
    let diagram = Diagram::of::<chinook::Store>();
    let run = "run `cargo run --example chinook -- --diagram`";
    assert!(diagram.svg() == include_str!("../examples/chinook/schema.svg"), "{run}");
}
