//! The gate: messages stay short, and are about the user's program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};

/// At most, on average over all errors.
const MEAN: f64 = 13.0;
/// At most, for any error.
const LINES: usize = 24;
/// At most, for any line.
const WIDTH: usize = 200;

/// The folders of the programs that must not compile.
pub(crate) fn folders() -> Vec<String> {
    let mut names: Vec<String> = entries("tests/ui")
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| name != "gate")
        .collect();
    names.sort();
    names
}

fn entries(folder: impl AsRef<Path>) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())
}

/// A program and what rustc says to it.
struct Case {
    name: String,
    /// How many mistakes its first line says it has.
    mistakes: usize,
    errors: usize,
    lines: usize,
    widest: usize,
    message: String,
}

impl Case {
    fn read(path: &Path) -> Case {
        let name = path.strip_prefix("tests/ui").unwrap().display().to_string();
        let program = fs::read_to_string(path).unwrap();
        let why = program.lines().next().and_then(|line| line.strip_prefix("// "));
        let why =
            why.unwrap_or_else(|| panic!("{name}: the first line does not say why it must not compile"));
        let mistakes = why.split_once(" errors: ").map_or(1, |(count, _)| count.parse().unwrap());
        let message = fs::read_to_string(path.with_extension("stderr"));
        let message = message.unwrap_or_else(|_| panic!("{name}: there is no message beside it"));
        let text = || message.lines().filter(|line| !line.trim().is_empty());
        Case {
            mistakes,
            errors: text().filter(|line| line.starts_with("error") || line.starts_with("warning")).count(),
            lines: text().count(),
            widest: text().map(|line| line.chars().count()).max().unwrap_or(0),
            name,
            message,
        }
    }

    fn lines_per_error(&self) -> usize {
        self.lines.div_ceil(self.errors.max(1))
    }
}

#[test]
fn messages_are_short_and_about_the_users_program() {
    let programs = folders().into_iter().flat_map(|folder| entries(Path::new("tests/ui").join(folder)));
    let programs = programs.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let mut cases: Vec<Case> = programs.map(|path| Case::read(&path)).collect();
    assert!(cases.len() >= 150, "only {} cases were found", cases.len());
    cases.sort_by_key(|case| std::cmp::Reverse(case.lines_per_error()));
    for case in cases.iter().take(12) {
        println!("{:3} lines an error, {:3} wide: {}", case.lines_per_error(), case.widest, case.name);
    }
    let errors: usize = cases.iter().map(|case| case.errors).sum();
    let lines: usize = cases.iter().map(|case| case.lines).sum();
    let mean = lines as f64 / errors as f64;
    println!("{} cases, {errors} errors, {mean:.1} lines an error", cases.len());
    for case in &cases {
        let name = &case.name;
        assert_eq!(case.errors, case.mistakes, "{name}: so many errors for so many mistakes");
        assert!(case.lines_per_error() <= LINES, "{name}: {} lines", case.lines_per_error());
        assert!(case.widest <= WIDTH, "{name}: a line of {} characters", case.widest);
        assert!(!case.message.contains("__private"), "{name} names what is private");
    }
    assert!(mean <= MEAN, "{mean:.1} lines an error");
}
