//! The twins: each case with the right lines in place of the wrong ones. All of them compile.
//!
//! A program that must fail is only checked; one that must pass would be built, with all that it depends on. So the
//! twins are one program, each a module of it, which has one error: a lint, which is what rustc looks at last.

use std::fs;
use std::path::{Path, PathBuf};

use super::case::Case;

const MAIN: &str = "\
#![allow(warnings)]

#[deny(unused_must_use)]
fn main() {
    Ok::<(), ()>(());
}
";

/// The files of models that cases share.
const SHARED: [&str; 3] = ["models", "links", "views"];

/// Writes the program of all twins, and what rustc must say to it: nothing but the lint.
pub(crate) fn write() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("twins");
    let _ = fs::remove_dir_all(&folder); // what is left of cases that are gone
    let mut main = MAIN.to_owned();
    for case in Case::all() {
        let twin = SHARED.iter().fold(case.twin(), |twin, name| {
            twin.replace(&format!("#[path = \"../{name}.rs\"]\nmod {name};"), &format!("use crate::{name};"))
        });
        fs::create_dir_all(folder.join(&case.folder)).unwrap();
        fs::write(folder.join(case.path() + ".rs"), twin).unwrap();
        main += &format!("#[path = \"{}.rs\"]\nmod {}_{};\n", case.path(), case.folder, case.name);
    }
    let file = folder.join("main.rs");
    for name in SHARED {
        main += &format!("mod {name};\n");
        fs::copy(format!("tests/ui/{name}.rs"), folder.join(format!("{name}.rs"))).unwrap();
    }
    fs::write(file.with_extension("stderr"), message(&file)).unwrap();
    fs::write(&file, main).unwrap();
    file
}

fn message(main: &Path) -> String {
    format!(
        "\
error: unused `Result` that must be used
 --> {}:5:5
  |
5 |     Ok::<(), ()>(());
  |     ^^^^^^^^^^^^^^^^
  |
  = note: this `Result` may be an `Err` variant, which should be handled
note: the lint level is defined here
 --> {}:3:8
  |
3 | #[deny(unused_must_use)]
  |        ^^^^^^^^^^^^^^^
help: use `let _ = ...` to ignore the resulting value
  |
5 |     let _ = Ok::<(), ()>(());
  |     +++++++
",
        main.display(),
        main.display()
    )
}
