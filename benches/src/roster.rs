//! The contestants.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::args::Options;
use crate::checkout::Checkout;
use crate::project;

/// A contestant: a package in `benches/contestants`.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its folder, which is also its name on the command line. After a plus sign: its transport, as in the URL scheme.
    pub(crate) name: &'static str,
    /// Its title in tables.
    pub(crate) title: &'static str,
    /// The crates it is built on, which its version is taken from.
    pub(crate) crates: &'static [&'static str],
    /// Whether it supports SQLite.
    pub(crate) sqlite: bool,
    /// Whether it supports MySQL and MariaDB.
    pub(crate) servers: bool,
    /// Whether it is a handwritten contestant on a driver, which the others are compared with where it takes part.
    pub(crate) by_hand: bool,
    /// How it is used.
    pub(crate) how: &'static str,
}

impl Entry {
    /// Returns the folder of its program.
    pub(crate) fn program(&self) -> &'static str {
        self.name.split('+').next().unwrap_or(self.name)
    }

    /// Returns the URL that is passed to it.
    pub(crate) fn url(&self, url: &str) -> String {
        match self.name.split_once('+') {
            Some((_, transport)) => url.replacen("://", &format!("+{transport}://"), 1),
            None => url.to_owned(),
        }
    }
}

/// All contestants, the handwritten ones first.
pub(crate) const ENTRIES: [Entry; 11] = [
    Entry {
        name: "mysql_async",
        title: "mysql_async by hand",
        crates: &["mysql_async"],
        sqlite: false,
        servers: true,
        by_hand: true,
        how: "one connection, statements prepared once and held, `exec_map` into tuples",
    },
    Entry {
        name: "rusqlite",
        title: "rusqlite by hand",
        crates: &["rusqlite", "libsqlite3-sys"],
        sqlite: true,
        servers: false,
        by_hand: true,
        how: "`prepare_cached`, columns by index",
    },
    Entry {
        name: "orm",
        title: "orm",
        crates: &["orm", "mysql_async", "rusqlite", "libsqlite3-sys"],
        sqlite: true,
        servers: true,
        by_hand: false,
        how: "typed queries through the pool, with `&db`",
    },
    Entry {
        name: "orm+direct",
        title: "orm, direct",
        crates: &["orm", "mysql_common"],
        sqlite: false,
        servers: true,
        by_hand: false,
        how: "the same program with `mysql+direct:` in its URL: no crate between the socket and the rows",
    },
    Entry {
        name: "mysql",
        title: "mysql by hand",
        crates: &["mysql"],
        sqlite: false,
        servers: true,
        by_hand: false,
        how: "one blocking connection, statements prepared once and held",
    },
    Entry {
        name: "diesel",
        title: "diesel",
        crates: &["diesel", "libsqlite3-sys"],
        sqlite: true,
        servers: true,
        by_hand: false,
        how: "one blocking connection, its query builder",
    },
    Entry {
        name: "diesel_async",
        title: "diesel-async",
        crates: &["diesel-async", "diesel", "mysql_async", "libsqlite3-sys"],
        sqlite: true,
        servers: true,
        by_hand: false,
        how: "diesel's query builder over `mysql_async`; SQLite by its `SyncConnectionWrapper`",
    },
    Entry {
        name: "sqlx",
        title: "sqlx",
        crates: &["sqlx", "libsqlite3-sys"],
        sqlite: true,
        servers: true,
        by_hand: false,
        how: "`query_as` with SQL by hand, its cache of statements",
    },
    Entry {
        name: "sea_orm",
        title: "sea-orm",
        crates: &["sea-orm", "sqlx", "libsqlite3-sys"],
        sqlite: true,
        servers: true,
        by_hand: false,
        how: "entities and its query builder",
    },
    Entry {
        name: "toasty",
        title: "toasty",
        crates: &["toasty", "libsqlite3-sys"],
        sqlite: true,
        servers: true,
        by_hand: false,
        how: "models and their methods",
    },
    Entry {
        name: "wire",
        title: "no driver",
        crates: &["tokio"],
        sqlite: false,
        servers: true,
        by_hand: false,
        how: "no client to use: packets of a socket read into structs, to show what the protocol allows",
    },
];

/// A contestant, and the location of its source.
#[derive(Debug, Clone)]
pub(crate) struct Entrant {
    pub(crate) entry: &'static Entry,
    pub(crate) title: String,
    root: PathBuf,
}

impl Entrant {
    /// Returns a contestant in a checkout of this project.
    pub(crate) fn of(entry: &'static Entry, root: &Path) -> Self {
        Entrant { entry, title: entry.title.to_owned(), root: root.to_owned() }
    }

    /// Returns its folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.join("benches/contestants").join(self.entry.program())
    }

    /// Returns its target directory. Another checkout has its own: cargo treats packages at the same place in their
    /// workspaces as one, and would not build the second.
    pub(crate) fn target(&self) -> io::Result<PathBuf> {
        let target = project::target()?;
        Ok(if self.root == project::root() { target } else { target.join("checkout-target") })
    }

    /// Returns the path of its manifest.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.folder().join("Cargo.toml")
    }

    /// Returns the path of its lock file: its own, or that of the workspace.
    pub(crate) fn lock(&self) -> PathBuf {
        let own = self.folder().join("Cargo.lock");
        if own.exists() { own } else { self.root.join("Cargo.lock") }
    }
}

/// Returns this project twice: as in a checkout of a revision, and as in the working tree.
pub(crate) fn both(revision: &str, checkout: &Checkout) -> Vec<Entrant> {
    let ours = ENTRIES.iter().filter(|entry| entry.name == "orm");
    let both = ours.flat_map(|entry| {
        let before = Entrant { title: format!("orm at {revision}"), ..Entrant::of(entry, checkout.path()) };
        [before, Entrant::of(entry, project::root())]
    });
    both.collect()
}

/// Returns the contestants that were requested, or else all of the working tree.
pub(crate) fn entrants(options: &Options) -> Result<Vec<Entrant>> {
    let mut entrants = Vec::new();
    for entry in ENTRIES.iter().filter(|entry| options.wants(entry)) {
        let entrant = Entrant::of(entry, project::root());
        if entrant.manifest().exists() {
            entrants.push(entrant);
        } else if options.names_contestants() {
            bail!("there is no {}", entrant.manifest().display());
        }
    }
    Ok(entrants)
}
