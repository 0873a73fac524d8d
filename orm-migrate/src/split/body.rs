//! Statements with statements inside.

/// How deep a statement is in the body of a trigger, procedure, function or event.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What it is, once that is known.
    creates: Creates,
    depth: usize,
    /// Whether the last word was END, so that the next one says of what.
    ended: bool,
}

#[derive(Debug, Default, PartialEq)]
enum Creates {
    /// Nothing was read so far.
    #[default]
    Start,
    /// CREATE was.
    Something,
    /// What has a body.
    Routine,
    /// What has none.
    Other,
}

impl Body {
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
    }

    pub(super) fn word(&mut self, word: &str) {
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        let ended = std::mem::take(&mut self.ended);
        match self.creates {
            Creates::Start if is("CREATE") => self.creates = Creates::Something,
            Creates::Start => self.creates = Creates::Other,
            Creates::Something if ["TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"].into_iter().any(is) => {
                self.creates = Creates::Routine;
            }
            // `CREATE TABLE` and the like; others are words before what is created, as in `CREATE OR REPLACE`.
            Creates::Something if ["TABLE", "VIEW", "INDEX", "USER", "ROLE"].into_iter().any(is) => {
                self.creates = Creates::Other;
            }
            Creates::Routine if is("END") => {
                self.depth = self.depth.saturating_sub(1);
                self.ended = true;
            }
            Creates::Routine if is("BEGIN") || (is("CASE") && !ended) => self.depth += 1,
            // `END IF` ends what did not count.
            Creates::Routine if ended && ["IF", "LOOP", "WHILE", "REPEAT", "FOR"].into_iter().any(is) => {
                self.depth += 1;
            }
            _ => {}
        }
    }

    /// Anything that is no word.
    pub(super) fn sign(&mut self) {
        self.ended = false;
        if self.creates == Creates::Start {
            self.creates = Creates::Other;
        }
    }
}
