//! Where texts go, and what scripts get.

use std::process::Stdio;

use crate::support::{End as _, Folder};

const TABLE: &str = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";

#[test]
fn a_file_is_written_whole_and_not_replaced_unasked() {
    let folder = Folder::new();
    folder.sqlite("app.db", TABLE);
    let ended = folder.orm("reflect --url sqlite:app.db --out models.rs --dry-run").end().expect(0);
    assert!(ended.err.contains("would write `models.rs`") && !folder.path("models.rs").exists());

    let ended = folder.orm("reflect --url sqlite:app.db --out models.rs").end().expect(0);
    assert!(ended.err.contains("wrote `models.rs`") && ended.out.is_empty());
    assert!(folder.read("models.rs").contains("pub struct Note"));

    folder.write("models.rs", "// by hand\n");
    let ended = folder.orm("reflect --url sqlite:app.db --out models.rs").end().expect(3);
    assert!(ended.err.contains("`models.rs` already exists: pass `--force` to replace it"), "{}", ended.err);
    assert_eq!(folder.read("models.rs"), "// by hand\n");

    folder.orm("reflect --url sqlite:app.db --out models.rs --force").end().expect(0);
    assert!(folder.read("models.rs").contains("pub struct Note"));
    let ended = folder.orm("reflect --url sqlite:app.db --out no/such/folder.rs").end().expect(3);
    assert!(ended.err.contains("cannot write `no/such/folder.rs`"), "{}", ended.err);
    assert!(!folder.path("models.rs.part").exists());
}

/// A file moved into its place would take the place of the device.
#[cfg(unix)]
#[test]
fn devices_and_pipes_are_written_to() {
    let folder = Folder::new();
    folder.sqlite("app.db", TABLE);
    let ended = folder.orm("reflect --url sqlite:app.db --out /dev/stdout --force").end().expect(0);
    assert!(ended.out.contains("pub struct Note"), "{}", ended.out);
}

#[test]
fn errors_are_json_if_data_is() {
    let ended = Folder::new().orm("reflect --json --url sqlite:no.db").end().expect(3);
    let error: serde_json::Value = serde_json::from_str(&ended.err).unwrap();
    assert!(ended.out.is_empty() && error["error"].is_string() && error["kind"].is_string(), "{}", ended.err);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = Folder::new();
    let mut child =
        folder.shop("ddl --dialect sqlite").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap().contains("error")),
        (Some(0), false)
    );
}
