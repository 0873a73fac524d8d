//! `orm diagram`.

use crate::support::{End as _, Folder};

#[test]
fn of_models() {
    let folder = Folder::new();
    let ended = folder.shop("diagram --dialect mysql").end().expect(0);
    assert!(ended.out.starts_with("erDiagram\n"), "{}", ended.out);
    assert!(ended.out.contains("\"customers\" ||--o{ \"orders\" : \"customer_id\""), "{}", ended.out);
    assert!(!ended.out.contains("events"));
    let json = folder.shop("diagram --dialect mysql --json").end().expect(0).json();
    assert_eq!((json["format"].as_str(), json["diagram"].as_str()), (Some("mermaid"), Some(&*ended.out)));
}

#[test]
fn of_a_database() {
    let folder = Folder::new();
    folder.sqlite("app.db", "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    for ended in [
        folder.orm("diagram --database --url sqlite:app.db").end(),
        folder.shop("diagram --database --url sqlite:app.db").end(),
    ] {
        let ended = ended.expect(0);
        assert!(ended.out.contains("\"notes\"") && ended.err.contains("(from --url)"), "{}", ended.out);
    }
    folder.orm("diagram --database --url sqlite:app.db --format svg --out notes.svg").end().expect(0);
    assert!(folder.read("notes.svg").starts_with("<svg "));
    folder.shop("diagram --database --dialect mysql").end().expect(2);
}
