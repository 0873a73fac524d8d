//! `cargo xtask editor`: tests what editors show for a program that uses `orm`, by querying rust-analyzer.

mod client;
mod program;
mod toolchain;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::project;
use crate::scratch::Scratch;
use client::Client;
use program::{TEXT, line, place};
use toolchain::Toolchain;

/// The page with the results.
const PAGE: &str = "docs/editor.md";
/// The maximum number of other names that may be offered before the expected one.
const AMONG: usize = 4;

/// A query, what the editor shows, and whether that is right.
struct Answer {
    question: &'static str,
    shown: String,
    right: bool,
}

/// Runs all queries, writes the page, and fails if a result is wrong.
pub(crate) fn run() -> Result<ExitCode> {
    let toolchain = Toolchain::fetched()?;
    let scratch = Scratch::new(&std::env::temp_dir(), "editor")?;
    write_package(scratch.path())?;
    eprintln!("rust-analyzer reads the program …");
    let mut editor = Editor::open(&toolchain, scratch.path())?;
    let answers = [
        editor.completes(
            "completion after `filter(|u| u.`",
            "User::query().filter(|u| u.",
            &["id", "name", "age"],
        )?,
        editor.completes("completion after `join(|p| p.`", "Post::query().join(|p| p.", &["author"])?,
        editor.completes(
            "completion in a joined table, after `filter(|(p, a)| a.`",
            "Post::query().join(|p| p.author()).filter(|(p, a)| a.",
            &["id", "name", "age"],
        )?,
        editor.completes(
            "completion after `User::insert().`",
            "User::insert().",
            &["name", "age", "execute"],
        )?,
        editor.hovers(
            "documentation of a column, `u.name`",
            "|u| u.",
            "name.eq",
            "What people call them.",
        )?,
        editor.hovers(
            "documentation of a setter, `User::insert().name`",
            "insert().",
            "name",
            "What people call them.",
        )?,
        editor.hovers(
            "documentation of a relation, `p.author()`",
            "|p| p.",
            "author",
            "that this row belongs to.",
        )?,
        editor.leads("go to definition of a column, `u.name`", "|u| u.", "name.eq", "pub name")?,
        editor.leads(
            "go to definition of a setter, `User::insert().name`",
            "insert().",
            "name",
            "pub name",
        )?,
        editor.leads("go to definition of a relation, `p.author()`", "|p| p.", "author", "pub author_id")?,
        editor.renames("renaming the field `name`", "pub ", "name")?,
        editor.accepts("errors in the whole program")?,
    ];
    let page = page(&answers);
    print!("{page}");
    fs::write(project::root().join(PAGE), page).with_context(|| format!("cannot write {PAGE}"))?;
    Ok(if answers.iter().all(|answer| answer.right) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn write_package(folder: &Path) -> Result<()> {
    let root = project::root().display().to_string();
    let manifest = format!(
        "[package]\nname = \"editor\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
        [dependencies]\norm = {{ path = {root:?}, default-features = false }}\n\n[workspace]\n"
    );
    fs::create_dir(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), TEXT)?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(project::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

fn page(answers: &[Answer]) -> String {
    let mut page = String::from(
        "# Editor support\n\nWhat rust-analyzer shows for a program with two models. `cargo xtask editor` queries it over the language\n\
        server protocol, and writes this page.\n\n| request | shown | as expected |\n|---|---|---|\n",
    );
    for Answer { question, shown, right } in answers {
        let verdict = if *right { "yes" } else { "**no**" };
        page += &format!("| {} | {} | {verdict} |\n", cell(question), cell(shown));
    }
    page
}

/// Escapes a text for a table, where `|` would begin the next cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The editor, with the program open.
struct Editor {
    client: Client,
    file: String,
    version: u32,
}

impl Editor {
    fn open(toolchain: &Toolchain, folder: &Path) -> Result<Self> {
        let root = format!("file://{}", folder.display());
        let greeting = json!({
            "processId": std::process::id(),
            "rootUri": root,
            "capabilities": {
                "experimental": {"serverStatusNotification": true},
                "textDocument": {"rename": {"prepareSupport": true}, "hover": {"contentFormat": ["markdown"]}},
            },
            "initializationOptions": {"checkOnSave": false, "cachePriming": {"enable": false}},
        });
        let mut server = toolchain.server();
        server.current_dir(folder).env("CARGO_TARGET_DIR", project::cache()?.join("editor"));
        let mut client = Client::start(&mut server, &greeting)?;
        let file = format!("{root}/src/lib.rs");
        let document = json!({"uri": file, "languageId": "rust", "version": 0, "text": TEXT});
        client.notify("textDocument/didOpen", &json!({"textDocument": document}))?;
        client.wait_until_ready()?;
        Ok(Editor { client, file, version: 0 })
    }

    fn type_text(&mut self, text: &str) -> Result<()> {
        self.version += 1;
        let document = json!({"uri": self.file, "version": self.version});
        let changes = json!([{"text": text}]);
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.client.notify("textDocument/didChange", &params)
    }

    fn ask(&mut self, method: &str, position: &Value, more: &Value) -> Result<Value> {
        let mut params = json!({"textDocument": {"uri": self.file}, "position": position});
        if let (Some(params), Some(more)) = (params.as_object_mut(), more.as_object()) {
            params.extend(more.clone());
        }
        self.client.request(method, &params)
    }

    /// Checks that all of `wanted` are offered where `typed` ends, among the first.
    fn completes(&mut self, place_named: &'static str, typed: &str, wanted: &[&str]) -> Result<Answer> {
        let text = format!("{TEXT}\npub fn unfinished() {{\n    {typed}\n}}\n");
        self.type_text(&text)?;
        let at = place(&text, typed, "")?;
        let list = self.ask("textDocument/completion", &at, &json!({}))?;
        self.type_text(TEXT)?;
        let items = if list.is_array() { &list } else { &list["items"] };
        let mut items: Vec<&Value> = items.as_array().into_iter().flatten().collect();
        items.sort_by_key(|item| (item["sortText"].as_str(), item["label"].as_str()));
        let names = items.iter().filter_map(|item| item["label"].as_str());
        let names = names.map(|label| label.split(['(', ' ', '…']).next().unwrap_or(label));
        let first: Vec<&str> =
            names.take(wanted.len() + AMONG).filter(|name| wanted.contains(name)).collect();
        let right = first.len() == wanted.len();
        Ok(Answer { question: place_named, shown: format!("{} among the first", listed(&first)), right })
    }

    fn hovers(&mut self, question: &'static str, before: &str, word: &str, wanted: &str) -> Result<Answer> {
        let hover = self.ask("textDocument/hover", &place(TEXT, before, word)?, &json!({}))?;
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        let right = text.contains(wanted);
        Ok(Answer {
            question,
            shown: if right { format!("“{wanted}”") } else { "none of them".to_owned() },
            right,
        })
    }

    fn leads(&mut self, question: &'static str, before: &str, word: &str, wanted: &str) -> Result<Answer> {
        let found = self.ask("textDocument/definition", &place(TEXT, before, word)?, &json!({}))?;
        let lines: Vec<u64> = found
            .as_array()
            .into_iter()
            .flatten()
            .filter(|place| place["uri"] == self.file.as_str())
            .filter_map(|place| place["range"]["start"]["line"].as_u64())
            .collect();
        let shown: Vec<&str> = lines
            .iter()
            .filter_map(|&line| TEXT.lines().nth(usize::try_from(line).ok()?))
            .map(str::trim)
            .collect();
        Ok(Answer { question, shown: listed(&shown), right: lines.contains(&line(TEXT, wanted)?) })
    }

    /// Checks that a field is renamed wherever it is used.
    fn renames(&mut self, question: &'static str, before: &str, word: &str) -> Result<Answer> {
        let at = place(TEXT, before, word)?;
        let edit = self.ask("textDocument/rename", &at, &json!({"newName": "full_name"}))?;
        let edits = edit["documentChanges"][0]["edits"].as_array().cloned().unwrap_or_default();
        let places = TEXT.matches(&format!(".{word}")).count() + 1;
        let right = edits.len() == places;
        Ok(Answer { question, shown: format!("{} of {places} places", edits.len()), right })
    }

    /// Checks that a program that compiles has no diagnostics.
    fn accepts(&mut self, question: &'static str) -> Result<Answer> {
        let params = json!({"textDocument": {"uri": self.file}});
        let report = self.client.request("textDocument/diagnostic", &params)?;
        let found: Vec<&str> = report["items"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|item| item["message"].as_str())
            .collect();
        let shown = if found.is_empty() { "none".to_owned() } else { listed(&found) };
        Ok(Answer { question, shown, right: found.is_empty() })
    }
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        words => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
    }
}
