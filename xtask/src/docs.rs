//! `cargo xtask docs`: checks that the documentation has no warnings and shows an example of every public item. It
//! checks rustdoc's pages, in which macros are expanded, and items are where users find them.
//!
//! An example is in the documentation of the item itself, or it names the item in the documentation of its parent: a
//! method in that of its type, an item in that of its module.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::{process, project};

/// The crates that users name. Items of other crates are shown where these re-export them.
const CRATES: [&str; 4] = ["orm", "orm_migrate", "orm_reflect", "orm_cli"];

/// The kinds of items that need an example, as the names of their pages begin. Constants, type aliases and modules need
/// none.
const KINDS: [&str; 7] = ["attr", "derive", "enum", "fn", "macro", "struct", "trait"];

/// Modules whose items need no examples: the prelude repeats items, along with those of other crates; rules only appear
/// in messages.
const ASIDE: [&str; 2] = ["prelude/", "rules/"];

/// The beginning of the documentation of misplaced clauses, which only exist for the compiler's message.
const MISPLACED: &str = "<p>Not available here:";

/// The beginnings of the parts of a page that other pages explain.
const ELSEWHERE: [&str; 6] = [
    r#"id="deref-methods"#,
    r#"id="foreign-impls"#,
    r#"id="implementors"#,
    r#"id="trait-implementations"#,
    r#"id="synthetic-implementations"#,
    r#"id="blanket-implementations"#,
];

/// Builds the documentation, and lists the items without an example.
pub(crate) fn run() -> Result<ExitCode> {
    let mut cargo = project::cargo();
    cargo.args(["doc", "--workspace", "--all-features", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    if !process::run(&mut cargo)?.success() {
        return Ok(ExitCode::FAILURE);
    }
    let mut without = Vec::new();
    for name in CRATES {
        let folder = project::target()?.join("doc").join(name);
        for page in pages(&read(&folder.join("all.html"))?) {
            for item in unshown(&folder, page)? {
                without.push(format!("{name}/{page}: {item}"));
            }
        }
    }
    if !without.is_empty() {
        bail!("public items without an example:\n  {}", without.join("\n  "));
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns the pages of items that need an example, from the list of all items.
fn pages(list: &str) -> impl Iterator<Item = &str> {
    let links = list.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| !ASIDE.iter().any(|module| link.starts_with(module))).filter(|link| {
        let file = link.rsplit('/').next().unwrap_or(link);
        KINDS.iter().any(|kind| file.strip_prefix(kind).is_some_and(|name| name.starts_with('.')))
    })
}

/// Returns the item and its methods that no example shows.
fn unshown(folder: &Path, page: &str) -> Result<Vec<String>> {
    let module = match page.rsplit_once('/') {
        Some((module, _)) => read(&folder.join(module).join("index.html"))?,
        None => String::new(), // a crate's front page shows the crate
    };
    let name = page.rsplit('.').nth(1).unwrap_or(page);
    Ok(without_example(name, &read(&folder.join(page))?, &examples(&module)))
}

/// Returns the same, given the text of the page and the examples of its module.
fn without_example(name: &str, page: &str, module: &str) -> Vec<String> {
    let end = ELSEWHERE.iter().filter_map(|mark| page.find(mark)).min().unwrap_or(page.len());
    let sections: Vec<&str> = page[..end].split("<section id=\"").collect();
    let method = |section: &&str| section.starts_with("method.") || section.starts_with("tymethod.");
    let own: String =
        sections.iter().filter(|section| !method(section)).map(|section| examples(section)).collect();

    let mut without = Vec::new();
    if own.is_empty() && !names(module, name) {
        without.push(name.to_owned());
    }
    for section in sections.iter().filter(|section| method(section)) {
        let id = section.split(['.', '-', '"']).nth(1).unwrap_or(section);
        let is_shown = !examples(section).is_empty() || names(&own, id) || names(module, id);
        if !is_shown && !section.contains(MISPLACED) {
            without.push(format!("{name}::{id}"));
        }
    }
    without
}

/// Returns the examples of a page or a part of one, without markup.
fn examples(page: &str) -> String {
    let blocks =
        page.split("<div class=\"example-wrap").skip(1).filter_map(|rest| rest.split("</pre>").next());
    let mut text = String::new();
    for part in blocks.flat_map(|block| block.split('<').skip(1)) {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    text
}

/// Returns whether a text contains a word.
fn names(text: &str, name: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == name)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::{pages, without_example};

    const EXAMPLE: &str =
        r#"<div class="example-wrap"><pre class="rust"><code>a.<span>shown</span>()</code></pre></div>"#;

    #[test]
    fn only_some_kinds_need_an_example() {
        let list = r#"<a href="struct.A.html"><a href="b/fn.c.html"><a href="constant.D.html"><a href="rules/trait.E.html">"#;
        assert_eq!(pages(list).collect::<Vec<_>>(), ["struct.A.html", "b/fn.c.html"]);
    }

    #[test]
    fn what_no_example_shows_is_listed() {
        let method = |name: &str, docs: &str| {
            format!(r#"<section id="method.{name}" class="method"></section>{docs}"#)
        };
        let methods = [
            method("shown", ""),
            method("hidden-1", "<p>What it is.</p>"),
            method("own", EXAMPLE),
            method("late", "<p>Not available here: earlier.</p>"),
            method("elsewhere", "").replace("<section ", r#"<h2 id="trait-implementations"><section "#),
        ];
        let page = format!("{EXAMPLE}{}", methods.concat());
        assert_eq!(without_example("A", &page, ""), ["A::hidden"]);
        assert_eq!(without_example("A", &methods.concat(), "A"), ["A::shown", "A::hidden"]);
        assert_eq!(without_example("A", "", ""), ["A"]);
    }
}
