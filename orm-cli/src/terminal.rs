//! Questions at the terminal.

use std::io::{BufRead, IsTerminal as _, Write};

use crate::failure::{Failure, Outcome};

/// A person who reads questions and types answers.
pub(crate) struct Terminal {
    questions: Box<dyn Write>,
    answers: Box<dyn BufRead>,
}

impl Terminal {
    /// Returns the terminal where the command was typed, if there is one; questions go to standard error.
    pub(crate) fn here() -> Option<Self> {
        let (questions, answers) = (std::io::stderr(), std::io::stdin());
        let is_there = questions.is_terminal() && answers.is_terminal();
        is_there.then(|| Terminal::new(questions, answers.lock()))
    }

    pub(crate) fn new(questions: impl Write + 'static, answers: impl BufRead + 'static) -> Self {
        Terminal { questions: Box::new(questions), answers: Box::new(answers) }
    }

    /// Asks a yes/no question. Any answer but yes means no.
    pub(crate) fn ask(&mut self, question: &str) -> Outcome<bool> {
        Ok(said(&self.answer(question, "y/N")?).unwrap_or(false))
    }

    /// Like [`ask`](Self::ask), but repeats the question until the answer is yes or no.
    pub(crate) fn ask_until_said(&mut self, question: &str) -> Outcome<bool> {
        loop {
            let answer = self.answer(question, "y/n")?;
            if answer.is_empty() {
                return Err(Failure::Usage("no migration was made: a question was not answered".to_owned()));
            }
            if let Some(said) = said(&answer) {
                return Ok(said);
            }
        }
    }

    /// Reads the line that is typed; empty if the terminal was closed.
    fn answer(&mut self, question: &str, choices: &str) -> Outcome<String> {
        let mut answer = String::new();
        let asked = write!(self.questions, "{question} [{choices}] ").and_then(|()| self.questions.flush());
        asked
            .and_then(|()| self.answers.read_line(&mut answer))
            .map_err(|error| Failure::File(format!("cannot ask at the terminal: {error}")))?;
        Ok(answer)
    }
}

fn said(answer: &str) -> Option<bool> {
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    }
}
