//! How a command fails.

use std::error::Error as _;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::command::migrate::Question;

/// The result of a command.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There are differences, which have already been printed.
    Differs,
    /// An argument is missing or invalid.
    Usage(String),
    /// A question is open that no one is there to answer.
    Unanswered { text: String, questions: Vec<Question> },
    /// An error of the database.
    Database(Box<orm::Error>),
    /// A file cannot be read or written.
    File(String),
    /// The output is closed.
    Unread,
}

/// An error in a form for scripts.
#[derive(Serialize)]
pub(crate) struct Report<'f> {
    error: String,
    kind: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<String>,
    /// Possible renames.
    #[serde(skip_serializing_if = "<[Question]>::is_empty")]
    questions: &'f [Question],
}

impl Failure {
    pub(crate) fn file(what: &str, path: &Path, error: &std::io::Error) -> Self {
        Failure::File(format!("cannot {what} `{}`: {error}", path.display()))
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Unread => 0,
            Failure::Differs => 1,
            Failure::Usage(_) | Failure::Unanswered { .. } => 2,
            Failure::Database(error) if error.is_configuration() => 2,
            Failure::Database(_) | Failure::File(_) => 3,
        })
    }

    /// Returns what to report; `None` if everything has been printed.
    pub(crate) fn report(&self) -> Option<Report<'_>> {
        let plain = |kind: &str, text: &String| Report {
            error: text.clone(),
            kind: kind.to_owned(),
            causes: Vec::new(),
            sql: None,
            questions: &[],
        };
        match self {
            Failure::Differs | Failure::Unread => None,
            Failure::Usage(text) => Some(plain("Usage", text)),
            Failure::Unanswered { text, questions } => Some(Report { questions, ..plain("Usage", text) }),
            Failure::File(text) => Some(plain("File", text)),
            Failure::Database(error) => Some(Report {
                error: error.to_string(),
                kind: format!("{:?}", error.kind()),
                causes: causes(error),
                sql: error.sql().map(str::to_owned),
                questions: &[],
            }),
        }
    }
}

/// Returns the sources of an error, without repeating what the error itself says.
fn causes(error: &orm::Error) -> Vec<String> {
    let mut said = vec![error.to_string()];
    for cause in std::iter::successors(error.source(), |error| (*error).source()) {
        let text = cause.to_string();
        if !said.iter().any(|above| above.contains(&text)) {
            said.push(text);
        }
    }
    said.split_off(1)
}

impl std::fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error)?;
        if let Some(sql) = &self.sql {
            write!(f, "\n  in: {sql}")?;
        }
        self.causes.iter().try_for_each(|cause| write!(f, "\n  caused by: {cause}"))
    }
}

impl From<orm::Error> for Failure {
    fn from(error: orm::Error) -> Self {
        Failure::Database(Box::new(error))
    }
}
