//! Server functions, by the templates of the dialect.

use super::Renderer;
use crate::dialect::BY_NAME;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Call, Case, Function, JsonFunction, NamedCall, Node, is_name};
use crate::value::{Datum, Kind};

impl Renderer<'_> {
    pub(super) fn call(&mut self, mut call: Call) -> Result<()> {
        let template = (self.dialect.function)(call.function, call.kind);
        if template.is_empty() {
            let what = match call.function {
                Function::MatchWords | Function::MatchBoolean => {
                    "full-text indexes; search with `contains`".to_owned()
                }
                function => format!(
                    "the function `{function:?}`; select its arguments, and compute it in the program"
                ),
            };
            return Err(self.lacking(&what));
        }
        if !self.dialect.json_dashed_keys && has_dashed_key(&call) {
            return Err(
                self.lacking("a path to a JSON key that begins with `-`; select the whole document instead")
            );
        }
        if template == BY_NAME {
            self.push(&format!("{:?}(", call.function));
            self.comma_separated(call.arguments)?;
            self.push(")");
            return Ok(());
        }
        self.leave_undefined(&mut call);
        let result = match call.function {
            Function::Round | Function::Cut | Function::Remainder => call.kind,
            // For 32-bit floats, all other functions return a 32-bit float, too, or another type altogether.
            _ => Kind::Text,
        };
        self.rounded(result, |this| this.template(template, call.arguments))
    }

    /// Writes a function by the name that the user gave.
    pub(super) fn named_call(&mut self, call: NamedCall) -> Result<()> {
        check_name(call.name)?;
        self.push(call.name);
        self.push("(");
        self.comma_separated(call.arguments)?;
        self.push(")");
        Ok(())
    }

    pub(super) fn case(&mut self, case: Case) -> Result<()> {
        if case.branches.is_empty() {
            return Err(Error::new(ErrorKind::InvalidQuery, "a `case` needs at least one `.when(..)`"));
        }
        self.push("CASE");
        for (condition, value) in case.branches {
            self.push(" WHEN ");
            self.case_condition(condition)?;
            self.push(" THEN ");
            self.operand(value)?;
        }
        if let Some(otherwise) = case.otherwise {
            self.push(" ELSE ");
            self.operand(otherwise)?;
        }
        self.push(" END");
        Ok(())
    }

    /// Writes a condition so that a collation in it does not become that of the values.
    fn case_condition(&mut self, mut condition: Node) -> Result<()> {
        let start = self.sql.len();
        // In a subquery of its own, a window would have one row.
        let over_window = self.dialect.collations_spread && condition.has_window();
        self.node(condition)?;
        if self.dialect.collations_spread && self.sql.has(start, " COLLATE ") {
            self.sql.insert_str(start, if over_window { "((" } else { "(SELECT " });
            self.push(if over_window { ") COLLATE BINARY)" } else { ")" });
        }
        Ok(())
    }

    pub(super) fn collate(&mut self, node: Node, collation: &str) -> Result<()> {
        check_name(collation)?;
        self.push("(");
        self.operand(node)?;
        self.push(" COLLATE ");
        self.push(collation);
        self.push(")");
        Ok(())
    }

    /// Writes a template with the arguments in place of `{0}`, `{1}`, …; `{*}` is all of them, `{+}` all but the first,
    /// separated by commas; `{digits}` is the second one as a literal.
    pub(super) fn template(&mut self, template: &'static str, mut arguments: Vec<Node>) -> Result<()> {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            self.push(before);
            let (argument, after) = after.split_once('}').unwrap_or((after, ""));
            match argument.parse::<usize>() {
                Ok(index) => self.argument(&mut arguments, index, after)?,
                Err(_) if argument == "digits" => self.digits(arguments.get(1)),
                Err(_) if argument == "+" => self.comma_separated(arguments.split_off(1))?,
                Err(_) => self.comma_separated(std::mem::take(&mut arguments))?,
            }
            rest = after;
        }
        self.push(rest);
        Ok(())
    }

    /// Writes one argument, moving it if it is used for the last time.
    fn argument(&mut self, arguments: &mut [Node], index: usize, rest: &str) -> Result<()> {
        let Some(argument) = arguments.get_mut(index) else { return Ok(()) };
        let again = rest.contains(&format!("{{{index}}}"));
        let node = if again { argument.clone() } else { std::mem::replace(argument, Node::Default) };
        self.operand(node)
    }

    /// Writes a number of digits into the statement: of a placeholder, servers do not know how many digits the result has.
    fn digits(&mut self, argument: Option<&Node>) {
        if let Some(Node::Value(Datum::Int(digits))) = argument {
            self.push(&format!("{digits}"));
        }
    }

    fn comma_separated(&mut self, nodes: Vec<Node>) -> Result<()> {
        for (position, node) in nodes.into_iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            self.operand(node)?;
        }
        Ok(())
    }

    /// Returns the error for a feature that the database does not support.
    #[cold]
    pub(super) fn lacking(&self, what: &str) -> Error {
        let message = format!("{} {} does not support {what}", self.dialect.name, self.dialect.version);
        Error::new(ErrorKind::Unsupported, message)
    }
}

/// Returns whether a step of a path is a key that starts with a dash. Quotes within a key are escaped with a backslash.
fn has_dashed_key(call: &Call) -> bool {
    matches!(call.arguments.as_slice(), [_, Node::Value(Datum::Text(path))]
        if call.function == Function::Json(JsonFunction::Part) && path.contains(".\"-"))
}

/// Rejects invalid names of functions and collations, since they are written without quoting.
fn check_name(name: &str) -> Result<()> {
    if is_name(name) {
        return Ok(());
    }
    let message = format!("`{name}` is not a valid name: use letters, digits, `_` and `.` only");
    Err(Error::new(ErrorKind::InvalidQuery, message))
}
