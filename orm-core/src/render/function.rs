//! Functions of the server, written as the dialect's templates say.

use super::Renderer;
use crate::error::{Error, ErrorKind, Result};
use crate::syntax::{Call, Node};

impl Renderer<'_> {
    pub(super) fn call(&mut self, call: Call) -> Result<()> {
        let template = (self.dialect.function)(call.function);
        if template.is_empty() {
            return Err(self.lacking(&format!("the function `{:?}`", call.function)));
        }
        self.template(template, call.arguments)
    }

    /// A template with the arguments in place of `{0}`, `{1}`, …; `{*}` is all of them, with
    /// commas.
    pub(super) fn template(&mut self, template: &'static str, mut arguments: Vec<Node>) -> Result<()> {
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            self.push(before);
            let (argument, after) = after.split_once('}').unwrap_or((after, ""));
            match argument.parse::<usize>() {
                Ok(index) => self.argument(&mut arguments, index, after)?,
                Err(_) => self.comma_separated(std::mem::take(&mut arguments))?,
            }
            rest = after;
        }
        self.push(rest);
        Ok(())
    }

    /// One argument: moved out where it stands for the last time.
    fn argument(&mut self, arguments: &mut [Node], index: usize, rest: &str) -> Result<()> {
        let Some(argument) = arguments.get_mut(index) else { return Ok(()) };
        let again = rest.contains(&format!("{{{index}}}"));
        let node = if again { argument.clone() } else { std::mem::replace(argument, Node::Default) };
        self.operand(node)
    }

    fn comma_separated(&mut self, nodes: Vec<Node>) -> Result<()> {
        for (position, node) in nodes.into_iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            self.node(node)?;
        }
        Ok(())
    }

    /// The database has no such thing.
    #[cold]
    pub(super) fn lacking(&self, what: &str) -> Error {
        let message = format!("{} {} has nothing like {what}", self.dialect.name, self.dialect.version);
        Error::new(ErrorKind::Unsupported, message)
    }
}
