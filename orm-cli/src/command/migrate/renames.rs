//! Renames, as confirmed at the terminal.

use orm_migrate::{Draft, PossibleRename};
use serde::Serialize;

use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// A question that no one is there to answer.
#[derive(Debug, Serialize)]
pub(crate) struct Question {
    from: String,
    to: Vec<String>,
}

/// Asks which dropped things were renamed, one question after another; where no one can be asked, the error says how to
/// answer.
pub(crate) fn ask(mut draft: Draft, console: &Console) -> Outcome<Draft> {
    loop {
        let possible = draft.possible_renames()?;
        let Some(PossibleRename { from, to }) = possible.first() else { return Ok(draft) };
        for now in to {
            match console.ask_until_said(&format!("Was `{from}` renamed to `{now}`?"))? {
                Some(true) => {
                    draft = draft.rename(from, now)?;
                    break;
                }
                Some(false) => draft = draft.not_renamed(from, now),
                None => return Err(unanswered(possible)),
            }
        }
    }
}

fn unanswered(possible: Vec<PossibleRename>) -> Failure {
    let mut text = "it is not clear whether something was renamed:".to_owned();
    for one in &possible {
        text += &format!("\n- {one}");
        for now in &one.to {
            let (before, now) = (last(&one.from), last(now));
            text += &format!(
                "\n    `#[orm(renamed_from = \"{before}\")]` on `{now}`, or `--rename {}={now}`",
                one.from
            );
        }
    }
    text += "\nif nothing was renamed: `--no-renames`, which drops the old and creates the new";
    let questions = possible.into_iter().map(|PossibleRename { from, to }| Question { from, to }).collect();
    Failure::Unanswered { text, questions }
}

/// Returns the name of a column without its table, or of a table.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
