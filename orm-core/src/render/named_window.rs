//! Windows with a name: each is written once, in the WINDOW clause of the select at hand.

use super::Renderer;
use super::implied::Mark;
use super::text::Text;
use crate::error::Result;
use crate::syntax::{Window, WindowName};
use crate::value::Datum;

/// The WINDOW clause of a select.
#[derive(Default)]
pub(super) struct NamedWindows {
    /// Those that are written: their numbers, and the names they got.
    known: Vec<(u64, String)>,
    /// `name AS (…)` for each, with commas.
    text: Text,
    params: Vec<Datum>,
}

impl Renderer<'_> {
    /// The name of a window, which is written if this is the first time that the select names it.
    pub(super) fn named_window(&mut self, name: &WindowName, window: Window) -> Result<String> {
        if let Some((_, known)) = self.windows.known.iter().find(|(id, _)| *id == name.id) {
            return Ok(known.clone());
        }
        let mut unique = name.name.to_string();
        let mut number = 2;
        while self.windows.known.iter().any(|(_, known)| *known == unique) {
            unique = format!("{}_{number}", name.name);
            number += 1;
        }
        self.windows.known.push((name.id, unique.clone()));
        let sql = std::mem::take(&mut self.sql);
        let params = std::mem::take(&mut self.params);
        self.identifier(&unique);
        self.push(" AS ");
        // Some function over it may need an order.
        self.window(window, true)?;
        let written = std::mem::replace(&mut self.sql, sql);
        let values = std::mem::replace(&mut self.params, params);
        self.windows.text.push_str(if self.windows.text.is_empty() { " WINDOW " } else { ", " });
        self.windows.text.extend(&written);
        self.windows.params.extend(values);
        Ok(unique)
    }

    /// Puts the WINDOW clause of the select at hand in its place in the text, and among the values.
    pub(super) fn put_windows(&mut self, at: Mark) {
        if self.windows.text.is_empty() {
            return;
        }
        let windows = std::mem::take(&mut self.windows);
        self.sql.insert(at.text, &windows.text);
        self.params.splice(at.params..at.params, windows.params);
    }
}
