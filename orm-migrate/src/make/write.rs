//! Writes a migration to its folder.

use std::fs;
use std::path::Path;

use chrono::{TimeDelta, Utc};
use orm::{Error, ErrorKind, Result};

use super::{Draft, Step};
use crate::folder::key;
use crate::state::State;

impl Draft {
    /// Writes the migration to a new subfolder of `folder`, and returns its name, such as `20261125_194500_add_age`;
    /// `None` if there is no difference.
    ///
    /// ```
    /// # use orm::dialect::SQLITE;
    /// # use orm_migrate::{Draft, Migrations};
    /// # use orm_doc::User;
    /// # let folder = std::env::temp_dir().join(format!("orm_migrate_write_{}", std::process::id()));
    /// let draft = Draft::of::<User>(&Migrations::read(&folder)?, &[&SQLITE])?;
    /// assert!(draft.write(&folder, "Create users")?.unwrap().ends_with("_create_users"));
    /// let draft = Draft::of::<User>(&Migrations::read(&folder)?, &[&SQLITE])?;
    /// assert_eq!(draft.write(&folder, "Nothing new")?, None);
    /// # std::fs::remove_dir_all(folder).unwrap();
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`steps`](Self::steps). Kind `Configuration` if a step loses data, which needs
    /// [`allow_data_loss`](Self::allow_data_loss), or a file cannot be written.
    pub fn write(&self, folder: impl AsRef<Path>, name: &str) -> Result<Option<String>> {
        if self.is_empty()? && self.renames.is_empty() {
            return Ok(None);
        }
        let mut files = Vec::new();
        let mut state = State { after: self.known.clone(), schemas: self.others.clone() };
        for side in &self.sides {
            let (up, down) = (self.up(side)?, self.down(side)?);
            self.consent(&up)?;
            let key = key(&side.dialect);
            files.push((format!("up.{key}.sql"), script(&up, false)));
            files.push((format!("down.{key}.sql"), script(&down, true)));
            state.schemas.insert(key, self.wanted(side)?);
        }
        let state = state.text().map_err(|error| {
            Error::new(ErrorKind::Encode, format!("cannot write the state: {error}")).with_source(error)
        })?;
        files.push(("state.json".to_owned(), state));
        let name = self.full_name(name);
        let folder = folder.as_ref().join(&name);
        let unwritable = |error: std::io::Error| {
            let message = format!("cannot write the migration `{}`: {error}", folder.display());
            Error::new(ErrorKind::Configuration, message).with_source(error)
        };
        fs::create_dir_all(&folder).map_err(unwritable)?;
        for (file, text) in files {
            fs::write(folder.join(file), text).map_err(unwritable)?;
        }
        Ok(Some(name))
    }

    pub(super) fn consent(&self, steps: &[Step]) -> Result<()> {
        let losing: Vec<String> =
            steps.iter().filter(|step| step.loses_data).map(|step| format!("\n- {step}")).collect();
        if losing.is_empty() || self.may_lose {
            return Ok(());
        }
        let message = format!(
            "the migration deletes existing data:{}\nif something was renamed, say so (`rename`); if the \
             loss is intended, allow it (`allow_data_loss`, on the command line `--allow-data-loss`)",
            losing.concat()
        );
        Err(Error::new(ErrorKind::Configuration, message))
    }

    /// Returns the name with a timestamp before it that is later than that of the last migration.
    fn full_name(&self, name: &str) -> String {
        let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("_");
        let mut time = Utc::now();
        loop {
            let full = format!("{}_{slug}", time.format("%Y%m%d_%H%M%S"));
            if self.last.as_ref().is_none_or(|last| *last < full) || time.timestamp() > MAX {
                return full;
            }
            time += TimeDelta::seconds(1);
        }
    }
}

/// The last second of the year 9999.
const MAX: i64 = 253_402_300_799;

/// Formats the steps as a script; a down script says what it does not restore.
fn script(steps: &[Step], back: bool) -> String {
    if steps.is_empty() {
        return "-- nothing to do on this database\n".to_owned();
    }
    let mut text = String::new();
    for step in steps {
        for line in &step.texts {
            let comes_empty = line.starts_with("add the column") || line.starts_with("create the table");
            let note = if back && comes_empty { " (without the data that was in it)" } else { "" };
            text += &format!("-- {line}{note}\n");
        }
        for statement in &step.sql {
            text += &format!("{statement};\n");
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}
