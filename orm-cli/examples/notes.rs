//! A program whose model has changed: what migrations are for.
//!
//! ```sh
//! cargo run -p orm-cli --example notes -- migrate make "create notes" --dialect sqlite
//! NOTES=2 cargo run -p orm-cli --example notes -- migrate make "add stars" --dialect sqlite
//! NOTES=2 cargo run -p orm-cli --example notes -- migrate up --url sqlite:notes.db
//! ```

#![allow(missing_docs, reason = "the fields of a model speak for themselves")]

use orm::prelude::*;

mod first {
    #[derive(orm::Model)]
    #[orm(table = "notes")]
    pub(crate) struct Note {
        #[orm(primary_key, auto)]
        pub(crate) id: u64,
        pub(crate) text: String,
    }
}

/// The text is called otherwise, and there are stars.
mod second {
    #[derive(orm::Model)]
    #[orm(table = "notes")]
    pub(crate) struct Note {
        #[orm(primary_key, auto)]
        pub(crate) id: u64,
        pub(crate) body: String,
        pub(crate) stars: i32,
    }
}

/// A step of a migration that is written in Rust: a script calls it by the line `-- orm:rust first_note`.
async fn first_note(mut tx: &mut orm::Transaction) -> orm::Result<()> {
    first::Note::insert().text("first").execute(&mut tx).await.map(drop)
}

fn main() -> std::process::ExitCode {
    match std::env::var("NOTES").as_deref() {
        Ok("2") => orm_cli::run::<second::Note>(),
        _ => orm_cli::run_with::<first::Note>(|migrations| migrations.with_step("first_note", first_note)),
    }
}
