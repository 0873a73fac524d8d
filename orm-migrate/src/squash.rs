//! Squashes several migrations into one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use orm::{Error, ErrorKind, Result};

use crate::Migrations;
use crate::folder::{Migration, Scripts};
use crate::script::ended;

impl Migrations {
    /// Replaces the migrations from one to another (all, if none are named) with a single one, and returns its name:
    /// that of the last one followed by `_squashed`. It concatenates their scripts, including all edits made by hand;
    /// the down scripts in reverse order. Their folders are deleted.
    ///
    /// The new migration lists those that it replaces in `replaces.txt`. A database that has applied all of them counts
    /// as having applied it, without running anything; one that has applied none runs it; one that has applied only
    /// some of them is refused until it has applied all. Once every database has it, `replaces.txt` may be deleted.
    ///
    /// ```
    /// # use orm_migrate::Migrations;
    /// # let folder = std::env::temp_dir().join(format!("orm_migrate_squash_{}", std::process::id()));
    /// # for (name, up) in [("1_users", "CREATE TABLE users (id INTEGER)"), ("2_posts", "CREATE TABLE posts (id INTEGER)")] {
    /// #     std::fs::create_dir_all(folder.join(name)).unwrap();
    /// #     std::fs::write(folder.join(name).join("up.sql"), up).unwrap();
    /// # }
    /// let migrations = Migrations::read(&folder)?;
    /// assert_eq!(migrations.names().collect::<Vec<_>>(), ["1_users", "2_posts"]);
    /// assert_eq!(migrations.squash(&folder, None, None)?, "2_posts_squashed");
    /// assert_eq!(Migrations::read(&folder)?.names().collect::<Vec<_>>(), ["2_posts_squashed"]);
    /// # std::fs::remove_dir_all(folder).unwrap();
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Kind `Configuration`, before anything is written, if there are fewer than two migrations, one of them was
    /// squashed itself, there is no database for which all have a script, or the new name would not sort before the
    /// next one. The same kind if a file cannot be written or deleted: the error, and [`read`](Self::read), tell what
    /// exists then.
    pub fn squash(&self, folder: impl AsRef<Path>, from: Option<&str>, to: Option<&str>) -> Result<String> {
        self.are_somewhere()?;
        let first = from.map_or(Ok(0), |name| self.position(name))?;
        let behind = to.map_or(Ok(self.list.len()), |name| self.position(name).map(|at| at + 1))?;
        let old = self.list.get(first..behind).unwrap_or_default();
        let [_, .., last] = old else {
            return Err(wrong("there are fewer than two migrations to squash".to_owned()));
        };
        if let Some(squashed) = old.iter().find(|migration| !migration.replaces.is_empty()) {
            return Err(wrong(format!(
                "the migration `{}` was squashed itself: once every database has it, delete its `replaces.txt`",
                squashed.name
            )));
        }
        let name = format!("{}_squashed", last.name);
        if let Some(next) = self.list.get(behind).filter(|next| next.name < name) {
            return Err(wrong(format!(
                "`{name}` would be sorted after `{}`, which needs it: squash that migration as well",
                next.name
            )));
        }
        let files = files(old)?;
        replace(folder.as_ref(), &name, &files, old)?;
        Ok(name)
    }
}

/// Returns the files of a migration that does what these do.
fn files(old: &[Migration]) -> Result<Vec<(String, String)>> {
    let ups = joined(old.iter(), |migration| &migration.up);
    if ups.is_empty() {
        return Err(wrong("there is no database for which each of these migrations has a script".to_owned()));
    }
    let downs = joined(old.iter().rev(), |migration| &migration.down);
    let mut files: Vec<_> = ups.into_iter().map(|(key, text)| (file("up", &key), text)).collect();
    files.extend(downs.into_iter().map(|(key, text)| (file("down", &key), text)));
    if let Some(state) = old.iter().rev().find_map(|migration| migration.state.clone()) {
        files.push(("state.json".to_owned(), state));
    }
    let names: String = old.iter().map(|migration| format!("{}\n", migration.name)).collect();
    files.push(("replaces.txt".to_owned(), names));
    Ok(files)
}

fn file(way: &str, key: &str) -> String {
    if key.is_empty() { format!("{way}.sql") } else { format!("{way}.{key}.sql") }
}

/// Concatenates the scripts, for each database for which all migrations have one.
fn joined<'m>(
    old: impl Iterator<Item = &'m Migration> + Clone,
    scripts: impl Fn(&'m Migration) -> &'m Scripts,
) -> Vec<(String, String)> {
    let keys: BTreeSet<&str> = old.clone().flat_map(|migration| scripts(migration).keys()).collect();
    let join = |key: &str| {
        let part = |migration: &'m Migration| {
            let text = scripts(migration).get(key)?;
            Some(format!("-- {}\n{}\n", migration.name, ended(text)))
        };
        let parts: Option<Vec<String>> = old.clone().map(part).collect();
        parts.map(|parts| (key.to_owned(), parts.join("\n")))
    };
    keys.into_iter().filter_map(join).collect()
}

/// Writes the new migration before the old ones are deleted, so that nothing is lost if writing fails.
fn replace(folder: &Path, name: &str, files: &[(String, String)], old: &[Migration]) -> Result<()> {
    let new = folder.join(name);
    let failed = |what: &Path, error: std::io::Error| {
        wrong(format!("cannot write or delete `{}`: {error}", what.display())).with_source(error)
    };
    fs::create_dir_all(&new).map_err(|error| failed(&new, error))?;
    for (file, text) in files {
        let path = new.join(file);
        fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    for migration in old {
        let path = folder.join(&migration.name);
        fs::remove_dir_all(&path).map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

#[cold]
fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
