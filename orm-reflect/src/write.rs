//! Writes the formatted text of a module.

use std::fmt::{self, Write as _};

use crate::choice::Choice;
use crate::dates::Dates;
use crate::names::written;
use crate::plan::{Field, Model, Module};

/// The maximum number of models in a tuple.
const TUPLE: usize = 16;

/// Returns the text of a module.
pub(crate) fn module(module: &Module, dates: Dates) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = write_module(&mut text, module, dates);
    text
}

fn write_module(text: &mut String, module: &Module, dates: Dates) -> fmt::Result {
    writeln!(text, "//! Models generated from an existing database.\n")?;
    writeln!(text, "use orm::prelude::*;")?;
    for note in &module.notes {
        writeln!(text, "\n// {note}")?;
    }
    for model in &module.models {
        write_model(text, model, dates)?;
    }
    for choice in &module.choices {
        write_choice(text, choice)?;
    }
    let names: Vec<&str> = module.models.iter().map(|model| model.name.as_str()).collect();
    writeln!(text, "\n/// All models.\npub type Models = {};", tuple(&names, 0))
}

fn write_model(text: &mut String, model: &Model, dates: Dates) -> fmt::Result {
    writeln!(text)?;
    for note in &model.notes {
        writeln!(text, "// {note}")?;
    }
    writeln!(text, "#[derive(Model, Debug, Clone, PartialEq)]")?;
    for attribute in &model.attributes {
        writeln!(text, "#[orm({attribute})]")?;
    }
    writeln!(text, "pub struct {} {{", model.name)?;
    for field in &model.fields {
        write_field(text, field, dates)?;
    }
    writeln!(text, "}}")
}

fn write_field(text: &mut String, field: &Field, dates: Dates) -> fmt::Result {
    if !field.attributes.is_empty() {
        writeln!(text, "    #[orm({})]", field.attributes.join(", "))?;
    }
    let ty = dates.written(&field.ty);
    let ty = if field.nullable { format!("Option<{ty}>") } else { ty.to_owned() };
    writeln!(text, "    pub {}: {ty},", written(&field.name))
}

fn write_choice(text: &mut String, choice: &Choice) -> fmt::Result {
    writeln!(text, "\n/// The values of `{}`.", choice.of)?;
    writeln!(text, "#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]\n#[orm(as = enum)]")?;
    writeln!(text, "pub enum {} {{", choice.name)?;
    for (variant, word) in &choice.variants {
        // The snake-case form of a one-word variant is that word.
        if word.to_lowercase() != *word
            || !word.chars().all(|letter| letter.is_ascii_lowercase())
            || variant.to_lowercase() != *word
        {
            writeln!(text, "    #[orm(rename = {word:?})]")?;
        }
        writeln!(text, "    {variant},")?;
    }
    writeln!(text, "}}")
}

/// Writes a tuple, or a tuple of tuples for more elements than one can have.
fn tuple(names: &[&str], depth: usize) -> String {
    if names.len() <= TUPLE {
        let line = format!("({}{})", names.join(", "), if names.len() == 1 { "," } else { "" });
        let width = depth * 4 + line.len();
        if width <= 80 {
            return line;
        }
        let indent = "    ".repeat(depth + 1);
        let lines: Vec<String> = names.iter().map(|name| format!("{indent}{name},\n")).collect();
        return format!("(\n{}{})", lines.concat(), "    ".repeat(depth));
    }
    let size = names.len().div_ceil(TUPLE).max(TUPLE.min(names.len()));
    let indent = "    ".repeat(depth + 1);
    let parts = names.chunks(size).map(|part| format!("{indent}{},\n", tuple(part, depth + 1)));
    format!("(\n{}{})", parts.collect::<String>(), "    ".repeat(depth))
}
