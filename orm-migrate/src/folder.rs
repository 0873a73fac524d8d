//! Migrations as they are on disk.

use std::path::{Path, PathBuf};
use std::{fs, io};

use orm_core::{Error, ErrorKind, Result};

use crate::Migration;

/// The migrations in a folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Migration>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let folders = entries(folder)?.into_iter().filter(|path| path.is_dir());
    folders.map(|path| migration(&path)).collect()
}

fn migration(folder: &Path) -> Result<Migration> {
    let files = entries(folder)?.into_iter().map(|path| {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        Ok((name(&path), text))
    });
    Migration::of(name(folder), files.collect::<Result<Vec<_>>>()?)
}

/// What is in a folder and not hidden.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = read().map_err(|error| unreadable(folder, error))?;
    paths.retain(|path| !name(path).starts_with('.'));
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cold]
fn unreadable(path: &Path, error: io::Error) -> Error {
    let message = format!("cannot read `{}`: {error}", path.display());
    Error::new(ErrorKind::Configuration, message).with_source(error)
}
