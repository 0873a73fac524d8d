//! How errors are printed.

use std::fmt;

use super::Error;

impl fmt::Display for Error {
    /// Prints this error only, on one line: for the causes, use `source` or an error reporter.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(bind) = &self.0.bind {
            write!(f, " (database `{bind}`)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    /// For `main` and `unwrap`: prints the kind, the message, the statement and the whole chain of causes, one per line.
    /// Contains no values unless the database was opened with `show_params`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)?;
        if let Some(sql) = &self.0.sql {
            write!(f, "\n  in: {sql}")?;
        }
        if let Some(params) = &self.0.params {
            write!(f, "\n  with: {params:?}")?;
        }
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(f, "\n  caused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
