//! The owner of an instruction.

use std::collections::HashMap;
use std::path::Path;

use addr2line::Loader;
use anyhow::{Result, anyhow};

use crate::project;

/// The owners that instructions are attributed to. All other crates, the standard library and libc count as their
/// caller's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Owner {
    /// The program of the contestant.
    Program,
    /// This project.
    Orm,
    /// The driver.
    Driver,
}

impl Owner {
    pub(crate) const ALL: [Owner; 3] = [Owner::Driver, Owner::Orm, Owner::Program];

    /// Returns the owner of a source file.
    fn of(file: &str) -> Option<Self> {
        if ["/mysql_async-", "/mysql_common-"].iter().any(|driver| file.contains(driver)) {
            return Some(Owner::Driver);
        }
        let file = Path::new(file).strip_prefix(project::root()).ok()?;
        Some(if file.starts_with("benches") { Owner::Program } else { Owner::Orm })
    }
}

/// A program's debug information: the source of each instruction.
pub(super) struct Sources {
    loader: Loader,
    known: HashMap<u64, Option<Owner>>,
}

impl Sources {
    /// Reads the debug information of a program.
    pub(super) fn of(program: &Path) -> Result<Self> {
        let loader = Loader::new(program).map_err(|error| anyhow!("{}: {error}", program.display()))?;
        Ok(Sources { loader, known: HashMap::new() })
    }

    /// Returns the owner of an instruction: that of the innermost function inlined there that has one.
    pub(super) fn owner(&mut self, address: u64) -> Result<Option<Owner>> {
        if let Some(owner) = self.known.get(&address) {
            return Ok(*owner);
        }
        let failed = |error| anyhow!("what the program says of its sources cannot be read: {error}");
        let mut frames = self.loader.find_frames(address).map_err(|error| anyhow!("{error}"))?;
        let mut owner = None;
        while owner.is_none()
            && let Some(frame) = frames.next().map_err(failed)?
        {
            owner = frame.location.and_then(|location| location.file).and_then(Owner::of);
        }
        self.known.insert(address, owner);
        Ok(owner)
    }
}

#[cfg(test)]
mod tests {
    use super::Owner;
    use crate::project;

    #[test]
    fn a_file_is_of_the_crate_whose_folder_it_is_in() {
        let ours = |file: &str| Owner::of(&project::root().join(file).to_string_lossy());
        assert_eq!(ours("benches/contestants/orm/src/main.rs"), Some(Owner::Program));
        assert_eq!(ours("orm-core/src/lib.rs"), Some(Owner::Orm));
        let others = ["mysql_async-0.37.1/src/conn/mod.rs", "tokio-1.54.1/src/lib.rs"];
        let owners = others.map(|file| Owner::of(&format!("/registry/src/index/{file}")));
        assert_eq!(owners, [Some(Owner::Driver), None]);
        assert_eq!(Owner::of("/rustc/1/library/alloc/src/vec/mod.rs"), None);
    }
}
