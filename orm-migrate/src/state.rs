//! The `state.json` of a migration: the schemas after it, and which migrations it was made after.

use std::collections::BTreeMap;
use std::fmt;

use orm::{Error, ErrorKind, Result, Schema};
use serde_json::Value;

use crate::folder::Migration;
use crate::{Draft, Migrations};

/// The content of a `state.json`.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The names of the migrations that had a state when this one was made, if it says.
    pub(crate) after: Option<Vec<String>>,
    /// The schemas, by the names of the databases.
    pub(crate) schemas: BTreeMap<String, Schema>,
}

/// The key next to those of the databases.
const AFTER: &str = "after";

impl State {
    fn read(text: &str) -> serde_json::Result<Self> {
        let mut parts: BTreeMap<String, Value> = serde_json::from_str(text)?;
        let after = parts.remove(AFTER).map(serde_json::from_value).transpose()?;
        let schema = |(key, value)| Ok((key, serde_json::from_value(value)?));
        Ok(State { after, schemas: parts.into_iter().map(schema).collect::<serde_json::Result<_>>()? })
    }

    pub(crate) fn text(&self) -> serde_json::Result<String> {
        let mut parts = BTreeMap::new();
        if let Some(after) = &self.after {
            parts.insert(AFTER, serde_json::to_value(after)?);
        }
        for (key, schema) in &self.schemas {
            parts.insert(key, serde_json::to_value(schema)?);
        }
        Ok(serde_json::to_string_pretty(&parts)? + "\n")
    }
}

impl Migration {
    fn read_state(&self) -> Option<Result<State>> {
        let state = State::read(self.state.as_ref()?);
        Some(state.map_err(|error| {
            let message =
                format!("the `state.json` of the migration `{}` cannot be read: {error}", self.name);
            Error::new(ErrorKind::Configuration, message).with_source(error)
        }))
    }
}

impl Migrations {
    /// Returns the last migration that has a state, with it.
    pub(crate) fn last_state(&self) -> Result<Option<(&Migration, State)>> {
        let last = self.list.iter().rev().find_map(|migration| Some((migration, migration.read_state()?)));
        last.map(|(migration, state)| Ok((migration, state?))).transpose()
    }

    /// Returns all states, in order.
    pub(crate) fn states(&self) -> Result<Vec<State>> {
        self.list.iter().filter_map(Migration::read_state).collect()
    }

    /// Returns the names of the migrations that have a state, in order.
    pub(crate) fn with_state(&self) -> Vec<String> {
        self.list.iter().filter(|migration| migration.state.is_some()).map(|m| m.name.clone()).collect()
    }

    /// Returns what the last state does not know.
    pub(crate) fn unmerged(&self, last: &Migration, state: &State) -> Option<Unmerged> {
        let after = state.after.as_ref()?;
        let is_known = |name: &String| {
            let before = name.strip_suffix("_squashed").unwrap_or(name);
            *name == last.name || after.iter().any(|known| known == name || known == before)
        };
        let without: Vec<String> = self.with_state().into_iter().filter(|name| !is_known(name)).collect();
        (!without.is_empty()).then(|| Unmerged { last: last.name.clone(), without })
    }
}

/// A last migration that was made without earlier ones, on another branch.
///
/// ```
/// # use orm_migrate::Unmerged;
/// let unmerged = Unmerged { last: "2_ages".to_owned(), without: vec!["1_names".to_owned()] };
/// assert!(unmerged.to_string().starts_with("the migration `2_ages` was made on a branch without `1_names`"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmerged {
    /// The name of the last migration.
    pub last: String,
    /// The names of the migrations whose changes are missing in its `state.json`.
    pub without: Vec<String>,
}

impl fmt::Display for Unmerged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unmerged { last, without } = self;
        let names = without.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        write!(
            f,
            "the migration `{last}` was made on a branch without {names}, so what these changed seems to be missing: if `{last}` \
             has been run nowhere that matters, delete its folder and make it again; otherwise make the next migration as \
             usual, and delete from its scripts what {names} did"
        )
    }
}

impl Draft {
    /// Returns the earlier migrations that the last one was made without, on another branch, before both branches were
    /// merged. The draft repeats their changes, because its `state.json` does not have them.
    ///
    /// ```
    /// use orm::dialect::SQLITE;
    /// use orm_migrate::{Draft, Migrations};
    /// # use orm_doc::{Post, User};
    /// let migrations = Migrations::from_files([
    ///     ("1_begin/state.json", r#"{ "after": [] }"#),
    ///     ("2_users/state.json", r#"{ "after": ["1_begin"] }"#),
    ///     ("3_posts/state.json", r#"{ "after": ["1_begin"] }"#), // from another branch
    /// ])?;
    /// let unmerged = Draft::of::<(User, Post)>(&migrations, &[&SQLITE])?.unmerged().unwrap();
    /// assert_eq!((unmerged.last.as_str(), unmerged.without), ("3_posts", vec!["2_users".to_owned()]));
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn unmerged(&self) -> Option<Unmerged> {
        self.unmerged.clone()
    }
}
