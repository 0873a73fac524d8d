//! A case: a program that must not compile, what rustc says to it, and the lines that would be right.

use std::fs;
use std::path::{Path, PathBuf};

/// What marks the right lines. They stand below the wrong line, and take its place in the twin.
const RIGHT: &str = "// right:";

/// A program that must not compile.
pub(crate) struct Case {
    /// The folder in `tests/ui`: what goes wrong.
    pub(crate) folder: String,
    /// The file without its ending.
    pub(crate) name: String,
    /// The program's first line: why it must not compile.
    pub(crate) why: String,
    /// How many mistakes that line says there are.
    pub(crate) mistakes: usize,
    program: String,
    /// What rustc says.
    pub(crate) message: String,
}

/// A line of a program.
pub(crate) struct Line<'c> {
    pub(crate) text: &'c str,
    /// The lines that take its place if it is wrong; none if it has to go.
    pub(crate) right: Option<Vec<String>>,
}

impl Case {
    /// All cases, ordered by folder and name.
    pub(crate) fn all() -> Vec<Case> {
        let files = folders().into_iter().flat_map(|folder| entries(&Path::new("tests/ui").join(folder)));
        files
            .filter(|file| file.extension().is_some_and(|end| end == "rs"))
            .map(|file| Case::read(&file))
            .collect()
    }

    fn read(file: &Path) -> Case {
        let path = file.display();
        let program = fs::read_to_string(file).unwrap();
        let first = program.lines().next().and_then(|line| line.strip_prefix("// "));
        let first =
            first.unwrap_or_else(|| panic!("{path}: the first line does not say why it must not compile"));
        let (mistakes, why) = match first.split_once(" errors: ") {
            Some((count, why)) => (count.parse().unwrap(), why),
            None => (1, first),
        };
        let message = fs::read_to_string(file.with_extension("stderr"));
        Case {
            folder: name_of(file.parent().unwrap()),
            name: file.file_stem().unwrap().to_string_lossy().into_owned(),
            why: capitalised(why),
            mistakes,
            message: message.unwrap_or_else(|_| panic!("{path}: there is no message beside it")),
            program,
        }
    }

    /// `folder/name`.
    pub(crate) fn path(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    /// The program, line by line.
    pub(crate) fn program(&self) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        for text in self.program.lines() {
            let Some((indent, right)) = text.split_once(RIGHT) else {
                lines.push(Line { text, right: None });
                continue;
            };
            let wrong = lines.last_mut().unwrap_or_else(|| panic!("{}: no wrong line above", self.path()));
            let rights = wrong.right.get_or_insert_default();
            if !right.is_empty() {
                rights.push(format!("{indent}{}", right.strip_prefix(' ').unwrap_or(right)));
            }
        }
        lines
    }

    /// The program with the right lines in place of the wrong ones.
    pub(crate) fn twin(&self) -> String {
        let lines = self
            .program()
            .into_iter()
            .flat_map(|line| line.right.unwrap_or_else(|| vec![line.text.to_owned()]));
        lines.map(|line| line + "\n").collect()
    }

    /// How many errors rustc reports.
    pub(crate) fn errors(&self) -> usize {
        self.text().filter(|line| line.starts_with("error") || line.starts_with("warning")).count()
    }

    /// How many lines rustc writes.
    pub(crate) fn lines(&self) -> usize {
        self.text().count()
    }

    /// How many lines an error has.
    pub(crate) fn lines_per_error(&self) -> usize {
        self.lines().div_ceil(self.errors().max(1))
    }

    /// How many characters the longest line has.
    pub(crate) fn widest(&self) -> usize {
        self.text().map(|line| line.chars().count()).max().unwrap_or(0)
    }

    fn text(&self) -> impl Iterator<Item = &str> {
        self.message.lines().filter(|line| !line.trim().is_empty())
    }
}

/// The folders of the cases.
pub(crate) fn folders() -> Vec<String> {
    let folders = entries(Path::new("tests/ui")).into_iter().filter(|path| path.is_dir());
    folders.map(|path| name_of(&path)).filter(|name| name != "gate").collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn capitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}
