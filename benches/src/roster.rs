//! Who takes part.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::args::Options;
use crate::checkout::Checkout;
use crate::project;

/// A contestant: a package in `benches/contestants`.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its folder, which is also how it is asked for. What stands behind a plus is its transport, in the scheme of URLs.
    pub(crate) name: &'static str,
    /// What it is called in tables.
    pub(crate) title: &'static str,
    /// The crates that it is made with, by which its version is told.
    pub(crate) crates: &'static [&'static str],
    /// Whether it does SQLite.
    pub(crate) sqlite: bool,
    /// Whether it does MySQL and MariaDB.
    pub(crate) servers: bool,
    /// Whether it is a driver by hand, which the others are compared with where it takes part.
    pub(crate) by_hand: bool,
    /// How it is used.
    pub(crate) how: &'static str,
}

impl Entry {
    /// The folder of its program.
    pub(crate) fn program(&self) -> &'static str {
        self.name.split('+').next().unwrap_or(self.name)
    }

    /// The URL as it is given to it.
    pub(crate) fn url(&self, url: &str) -> String {
        match self.name.split_once('+') {
            Some((_, transport)) => url.replacen("://", &format!("+{transport}://"), 1),
            None => url.to_owned(),
        }
    }
}

/// All of them, the drivers by hand first.
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

/// A contestant, and where its source is.
#[derive(Debug, Clone)]
pub(crate) struct Entrant {
    pub(crate) entry: &'static Entry,
    pub(crate) title: String,
    root: PathBuf,
}

impl Entrant {
    /// A contestant of a checkout of this project.
    pub(crate) fn of(entry: &'static Entry, root: &Path) -> Self {
        Entrant { entry, title: entry.title.to_owned(), root: root.to_owned() }
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.join("benches/contestants").join(self.entry.program())
    }

    /// What it is built in. Another checkout has a folder of its own: cargo takes packages with the same place in their
    /// workspaces for one, and would not build the second.
    pub(crate) fn target(&self) -> io::Result<PathBuf> {
        let target = project::target()?;
        Ok(if self.root == project::root() { target } else { target.join("checkout-target") })
    }

    /// What it is built from.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.folder().join("Cargo.toml")
    }

    /// Where its versions are: in a lock file of its own, or in that of the workspace.
    pub(crate) fn lock(&self) -> PathBuf {
        let own = self.folder().join("Cargo.lock");
        if own.exists() { own } else { self.root.join("Cargo.lock") }
    }
}

/// This project as it is in a checkout of a revision, and as it is here.
pub(crate) fn both(revision: &str, checkout: &Checkout) -> Vec<Entrant> {
    let ours = ENTRIES.iter().filter(|entry| entry.name == "orm");
    let both = ours.flat_map(|entry| {
        let before = Entrant { title: format!("orm at {revision}"), ..Entrant::of(entry, checkout.path()) };
        [before, Entrant::of(entry, project::root())]
    });
    both.collect()
}

/// Those that were asked for, or else all that are here.
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
