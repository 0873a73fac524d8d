//! Tests of the questions, with scripted answers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may")]

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use orm::Schema;
use orm::dialect::SQLITE;
use orm_migrate::Draft;

use super::ask;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::terminal::Terminal;

mod before {
    #[derive(orm::Model)]
    #[orm(table = "people")]
    pub(super) struct Person {
        #[orm(primary_key, auto)]
        id: u64,
        name: String,
        nick: String,
    }
}

mod after {
    #[derive(orm::Model)]
    #[orm(table = "people")]
    pub(super) struct Person {
        #[orm(primary_key, auto)]
        id: u64,
        full_name: String,
        short_name: String,
    }
}

const NAME_FULL: &str = "Was `people.name` renamed to `people.full_name`?";
const NAME_SHORT: &str = "Was `people.name` renamed to `people.short_name`?";
const NICK_FULL: &str = "Was `people.nick` renamed to `people.full_name`?";
const NICK_SHORT: &str = "Was `people.nick` renamed to `people.short_name`?";

/// Keeps the output for inspection.
#[derive(Clone, Default)]
struct Written(Rc<RefCell<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn draft() -> Draft {
    let (from, to) = (Schema::of::<before::Person>(&SQLITE), Schema::of::<after::Person>(&SQLITE));
    Draft::between(from.unwrap(), to.unwrap(), &SQLITE)
}

/// Returns the result of these answers: the questions that were asked, and the steps.
fn answered(answers: &'static str) -> (Vec<String>, Outcome<Vec<String>>) {
    let written = Written::default();
    let console = Console::at(Some(Terminal::new(written.clone(), answers.as_bytes())), false);
    let steps = ask(draft(), &console).map(|draft| {
        let filled = draft.fill("people.full_name", "''").fill("people.short_name", "''");
        filled.steps(&SQLITE).unwrap().iter().map(ToString::to_string).collect()
    });
    let text = String::from_utf8(written.0.borrow().clone()).unwrap();
    (text.split_terminator(" [y/n] ").map(str::to_owned).collect(), steps)
}

#[test]
fn a_yes_ends_the_questions_about_both_names() {
    let (asked, steps) = answered("y\ny\n");
    assert_eq!(asked, [NAME_FULL, NICK_SHORT]);
    let renamed =
        ["rename the column `people.name` to `full_name`", "rename the column `people.nick` to `short_name`"];
    assert_eq!(steps.unwrap(), renamed);
}

#[test]
fn a_no_leads_to_the_next_name() {
    let (asked, steps) = answered("no\nYES\nn\n");
    assert_eq!(asked, [NAME_FULL, NAME_SHORT, NICK_FULL]);
    let steps = steps.unwrap().join("; ");
    for step in [
        "rename the column `people.name` to `short_name`",
        "add the column `people.full_name`",
        "drop the column `people.nick`",
    ] {
        assert!(steps.contains(step), "{steps}");
    }
}

#[test]
fn what_is_no_answer_is_asked_again() {
    let (asked, steps) = answered("\nmaybe\ny\ny");
    assert_eq!(asked, [NAME_FULL, NAME_FULL, NAME_FULL, NICK_SHORT]);
    assert_eq!(steps.unwrap().len(), 2, "the last line need not end");
}

#[test]
fn the_end_of_the_input_makes_nothing() {
    for (answers, count) in [("", 1), ("what?\n", 2), ("y\n", 2), ("n\n", 2)] {
        let (asked, steps) = answered(answers);
        assert_eq!(asked.len(), count, "{answers:?}: {asked:?}");
        match steps {
            Err(Failure::Usage(text)) => {
                assert_eq!(text, "no migration was made: a question was not answered")
            }
            other => panic!("{answers:?}: {other:?}"),
        }
    }
}

#[test]
fn nobody_there_is_told_how_to_answer_beforehand() {
    match ask(draft(), &Console::at(None, false)) {
        Err(Failure::Unanswered { text, questions }) => {
            assert!(text.contains("--rename people.name=full_name"), "{text}");
            assert_eq!(questions.len(), 2);
        }
        other => panic!("{:?}", other.map(drop)),
    }
}
