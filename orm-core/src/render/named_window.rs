//! Named windows: each is written once, in the WINDOW clause of the current select.

use super::Renderer;
use super::implied::Mark;
use super::text::Text;
use crate::error::Result;
use crate::syntax::{Window, WindowName};
use crate::value::Datum;

/// The WINDOW clause of a select.
#[derive(Default)]
pub(super) struct NamedWindows {
    /// The windows that are written: their numbers and names.
    known: Vec<(u64, String)>,
    /// `name AS (…)` for each, separated by commas.
    text: Text,
    params: Vec<Datum>,
}

impl Renderer<'_> {
    /// Returns the name of a window, writing it if the select has not used it yet.
    pub(super) fn named_window(&mut self, name: &WindowName, window: Window) -> Result<String> {
        if let Some((_, known)) = self.windows.known.iter().find(|(id, _)| *id == name.id) {
            return Ok(known.clone());
        }
        let mut unique = name.name.to_string();
        let mut number = 2;
        while self.windows.known.iter().any(|(_, known)| known.eq_ignore_ascii_case(&unique)) {
            unique = format!("{}_{number}", name.name);
            number += 1;
        }
        self.windows.known.push((name.id, unique.clone()));
        let sql = std::mem::take(&mut self.sql);
        let params = std::mem::take(&mut self.params);
        self.identifier(&unique);
        self.push(" AS ");
        // Some function over it may require an order.
        self.window(window, true)?;
        let written = std::mem::replace(&mut self.sql, sql);
        let values = std::mem::replace(&mut self.params, params);
        self.windows.text.push_str(if self.windows.text.is_empty() { " WINDOW " } else { ", " });
        self.windows.text.extend(&written);
        self.windows.params.extend(values);
        Ok(unique)
    }

    /// Inserts the WINDOW clause of the current select, and its values.
    pub(super) fn put_windows(&mut self, at: Mark) {
        if self.windows.text.is_empty() {
            return;
        }
        let windows = std::mem::take(&mut self.windows);
        self.sql.insert(at.text, &windows.text);
        self.params.splice(at.params..at.params, windows.params);
    }
}
