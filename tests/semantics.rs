//! Checks that the list of a session's edge cases names tests that exist.

use std::path::Path;

#[test]
fn each_line_has_a_test_or_a_reason() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let list = std::fs::read_to_string(tests.join("semantics.md")).unwrap();
    let lines: Vec<&str> =
        list.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |")).collect();
    assert_eq!(lines.len(), 47 + 10);
    for line in lines {
        let named: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty() || line.contains("*not so here*"), "{line}");
        for name in named {
            let (file, test) = name.split_once("::").unwrap_or((name, "main"));
            let text =
                std::fs::read_to_string(tests.join(file)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(text.contains(&format!("fn {test}(")), "there is no `{name}`");
        }
    }
}
