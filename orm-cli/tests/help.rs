//! What the command says of itself.

use crate::support::{End as _, Folder};

#[test]
fn teaches_with_examples_and_exit_codes() {
    let folder = Folder::new();
    let help = folder.shop("--help").end().expect(0);
    assert!(help.err.is_empty());
    for part in ["reflect", "ddl", "verify", "diagram", "Exit codes:", "Examples:", "DATABASE_URL"] {
        assert!(help.out.contains(part), "{part}: {}", help.out);
    }
    for command in ["create-database", "reflect", "ddl", "verify", "diagram"] {
        let help = folder.shop(&format!("{command} --help")).end().expect(0);
        assert!(help.out.contains("Examples:\n  orm "), "{}", help.out);
    }
}

#[test]
fn without_models_what_needs_some_is_not_offered() {
    let folder = Folder::new();
    let help = folder.orm("--help").end().expect(0);
    assert!(
        help.out.contains("  create-database ")
            && help.out.contains("  reflect ")
            && help.out.contains("  diagram "),
        "{}",
        help.out
    );
    assert!(!help.out.contains("  ddl ") && !help.out.contains("  verify "), "{}", help.out);
    for command in ["ddl --dialect sqlite", "verify --url sqlite:app.db", "diagram --dialect sqlite"] {
        let ended = folder.orm(command).end().expect(2);
        assert!(ended.out.is_empty());
        assert!(ended.err.contains("needs models") && ended.err.contains("orm_cli::run::<"), "{}", ended.err);
    }
}

#[test]
fn what_is_not_understood_ends_with_2() {
    let folder = Folder::new();
    let ended = folder.orm("reflct").end().expect(2);
    assert!(ended.err.contains("a similar subcommand exists: 'reflect'"), "{}", ended.err);
    let ended = folder.orm("reflect --json --nothing").end().expect(2);
    let error: serde_json::Value = serde_json::from_str(&ended.err).unwrap();
    assert_eq!(error["kind"], "Usage");
    folder.orm("").end().expect(2);
}
