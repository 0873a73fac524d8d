//! The gate: messages stay short, and are about the user's program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod case;
mod page;
mod twins;

use std::fs;

use case::Case;
pub(crate) use case::folders;
pub(crate) use twins::write as write_twins;

/// At most, on average over all errors.
const MEAN: f64 = 10.0;
/// At most, for any error.
const LINES: usize = 24;
/// At most, for any line.
const WIDTH: usize = 200;
/// What is no business of the user's.
const MACHINERY: [&str; 6] = ["__private", "__orm", "PhantomData", "dyn ", "Pin<", "std::string::"];

#[test]
fn messages_are_short_and_about_the_users_program() {
    let mut cases = Case::all();
    assert!(cases.len() >= 150, "only {} cases were found", cases.len());
    cases.sort_by_key(|case| std::cmp::Reverse(case.lines_per_error()));
    for case in cases.iter().take(12) {
        println!("{:3} lines an error, {:3} wide: {}", case.lines_per_error(), case.widest(), case.path());
    }
    let errors: usize = cases.iter().map(Case::errors).sum();
    let lines: usize = cases.iter().map(Case::lines).sum();
    let mean = lines as f64 / errors as f64;
    println!("{} cases, {errors} errors, {mean:.1} lines an error", cases.len());
    for case in &cases {
        let name = case.path();
        assert_eq!(case.errors(), case.mistakes, "{name}: so many errors for so many mistakes");
        assert!(case.lines_per_error() <= LINES, "{name}: {} lines", case.lines_per_error());
        assert!(case.widest() <= WIDTH, "{name}: a line of {} characters", case.widest());
        let machinery = MACHINERY.iter().find(|word| case.message.contains(**word));
        assert!(machinery.is_none(), "{name} names `{}`", machinery.unwrap_or(&""));
    }
    assert!(mean <= MEAN, "{mean:.1} lines an error");
}

#[test]
fn every_case_has_its_right_lines() {
    for case in Case::all() {
        let name = case.path();
        assert!(
            case.program().iter().any(|line| line.right.is_some()),
            "{name}: say what is right: `// right: …` below the wrong line"
        );
        assert!(
            !case.message.contains("// right:"),
            "{name}: the message shows a right line; write the statement in one line"
        );
    }
}

#[test]
fn rules_name_cases() {
    let rules = fs::read_to_string("tests/ui/README.md").unwrap();
    let cases: Vec<String> = Case::all().iter().map(Case::path).collect();
    let folders = folders();
    let words = rules.split('`').filter(|word| {
        word.split_once('/').is_some_and(|(folder, _)| folders.iter().any(|name| name == folder))
    });
    for word in words {
        assert!(cases.iter().any(|case| case == word), "tests/ui/README.md names `{word}`, which is no case");
    }
}
