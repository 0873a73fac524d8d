//! The pages "What does not compile", generated from the cases: the mistake, the message, the fix.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::case::Case;

const FOLDER: &str = "docs/what-does-not-compile";

/// The folders of the cases, and what goes wrong in them.
const CHAPTERS: [(&str, &str); 18] = [
    ("derive", "Models and their attributes"),
    ("query", "Conditions, ordering and results"),
    ("select", "Selections"),
    ("join", "Joins"),
    ("group", "Groups and aggregates"),
    ("relation", "Relations and eager loading"),
    ("insert", "Inserts"),
    ("change", "Updates, deletes and upserts"),
    ("view", "Views"),
    ("session", "Sessions and transactions"),
    ("unit", "The unit of work"),
    ("raw", "Raw SQL"),
    ("procedure", "Stored procedures"),
    ("scoped", "Scopes"),
    ("soft_delete", "Soft deletion"),
    ("migrate", "Migrations"),
    ("error", "Errors"),
    ("test_kit", "Database tests"),
];

#[test]
fn pages_are_up_to_date() {
    let mut chapters = String::new();
    for folder in super::folders() {
        assert!(
            CHAPTERS.iter().any(|(name, _)| *name == folder),
            "the folder `{folder}` needs a title in CHAPTERS"
        );
    }
    let cases = Case::all();
    for (folder, title) in CHAPTERS {
        let cases: Vec<&Case> = cases.iter().filter(|case| case.folder == folder).collect();
        let _ = writeln!(chapters, "| [{title}]({folder}.md) | {} | {} |", cases.len(), numbers(&cases));
        check(&format!("{folder}.md"), &chapter(title, &cases));
    }
    check("README.md", &contents(&chapters, &cases.iter().collect::<Vec<_>>()));
}

/// How many errors there are, and how many lines an error has on average and at most.
fn numbers(cases: &[&Case]) -> String {
    let errors: usize = cases.iter().map(|case| case.errors()).sum();
    let lines: usize = cases.iter().map(|case| case.lines()).sum();
    let most = cases.iter().map(|case| case.lines_per_error()).max().unwrap_or(0);
    format!("{errors} | {:.1} | {most}", lines as f64 / errors.max(1) as f64)
}

fn contents(chapters: &str, cases: &[&Case]) -> String {
    format!(
        "\
# What does not compile

Programs with a mistake, each with the compiler's message and the fix. All of them are test cases in
[`tests/ui`](../../tests/ui): the tests compare the messages with those shown here, and compile each program with its fix.
[What the compiler rejects](../../tests/ui/README.md) lists the rules, with the cases of each.

| | cases | errors | lines per error | maximum |
|---|---|---|---|---|
{chapters}| total | {} | {} |

These pages are generated from the cases: `TRYBUILD=overwrite cargo test --all-features --test ui -- --test-threads=1`.
",
        cases.len(),
        numbers(cases)
    )
}

fn chapter(title: &str, cases: &[&Case]) -> String {
    let mut page = format!("# {title}: what does not compile\n\n| case | lines |\n|---|---|\n");
    for case in cases {
        let _ = writeln!(page, "| [{}](#{}) | {} |", case.why, case.name, case.lines());
    }
    for case in cases {
        let _ = write!(page, "\n{}", section(case));
    }
    page
}

fn section(case: &Case) -> String {
    let mut lines = String::new();
    for line in case.program() {
        if let Some(right) = line.right {
            let _ = writeln!(lines, "-{}", line.text);
            right.iter().for_each(|right| lines += &format!("+{right}\n"));
        }
    }
    let Case { name, why, message, .. } = case;
    let message = message.trim_end();
    let file = format!("../../tests/ui/{}.rs", case.path());
    format!("## {name}\n\n{why} ([the program]({file}))\n\n```text\n{message}\n```\n\n```diff\n{lines}```\n")
}

/// Compares a page with its file, or writes it.
fn check(name: &str, page: &str) {
    let file = Path::new(FOLDER).join(name);
    if std::env::var("TRYBUILD").is_ok_and(|mode| mode == "overwrite") {
        fs::create_dir_all(FOLDER).unwrap();
        fs::write(&file, page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    let file = file.display();
    assert!(
        written == page,
        "{file} is not up to date: TRYBUILD=overwrite cargo test --all-features --test ui gate"
    );
}
