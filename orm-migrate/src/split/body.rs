//! Compound statements.

/// Tracks the nesting inside the body of a trigger, procedure, function or event.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What the statement creates, once that is known.
    creates: Creates,
    depth: usize,
    /// Whether the last word was END, so that the next one says what it ends.
    ended: bool,
    /// Whether the last token was a dot, so that the next word is a name, as in `NEW.end`.
    dotted: bool,
}

#[derive(Debug, Default, PartialEq)]
enum Creates {
    /// Nothing has been read.
    #[default]
    Start,
    /// CREATE has been read.
    Something,
    /// An object with a body.
    Routine,
    /// An object without a body.
    Other,
}

impl Body {
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
    }

    pub(super) fn word(&mut self, word: &str) {
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        let ended = std::mem::take(&mut self.ended);
        if std::mem::take(&mut self.dotted) {
            return;
        }
        match self.creates {
            Creates::Start if is("CREATE") => self.creates = Creates::Something,
            Creates::Start => self.creates = Creates::Other,
            Creates::Something if ["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"].into_iter().any(is) => {
                self.creates = Creates::Routine;
            }
            // `CREATE TABLE` and the like; other words precede the kind, as in `CREATE OR REPLACE`.
            Creates::Something if ["TABLE", "VIEW", "INDEX", "USER", "ROLE"].into_iter().any(is) => {
                self.creates = Creates::Other;
            }
            Creates::Routine if is("END") => {
                self.depth = self.depth.saturating_sub(1);
                self.ended = true;
            }
            Creates::Routine if is("BEGIN") || (is("CASE") && !ended) => self.depth += 1,
            // `END IF` ends something that was not counted.
            Creates::Routine if ended && ["IF", "LOOP", "WHILE", "REPEAT", "FOR"].into_iter().any(is) => {
                self.depth += 1;
            }
            _ => {}
        }
    }

    /// Handles any token that is not a word.
    pub(super) fn sign(&mut self, sign: &str) {
        (self.ended, self.dotted) = (false, sign == ".");
        if self.creates == Creates::Start {
            self.creates = Creates::Other;
        }
    }
}
