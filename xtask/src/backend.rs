//! The databases that the tests run on.

/// A database that the tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Backend {
    /// Compiled in, so always available.
    Sqlite,
    /// A server, installed from the system's packages.
    MariaDb,
    /// A server, installed or unpacked under the target directory.
    MySql,
}

impl Backend {
    /// Every backend, in the order of the summary.
    pub(crate) const ALL: [Self; 3] = [Self::Sqlite, Self::MariaDb, Self::MySql];

    /// Returns its name in arguments and at the end of a test's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::MariaDb => "mariadb",
            Self::MySql => "mysql",
        }
    }

    /// Returns the variable that gives the tests the server's URL; SQLite has none.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::Sqlite => None,
            Self::MariaDb => Some("ORM_TEST_MARIADB"),
            Self::MySql => Some("ORM_TEST_MYSQL"),
        }
    }

    /// Parses `all` or names separated by commas, such as `sqlite,mysql`.
    pub(crate) fn parse_list(list: &str) -> Result<Vec<Self>, String> {
        if list == "all" {
            return Ok(Self::ALL.to_vec());
        }
        let mut backends = Vec::new();
        for name in list.split(',') {
            let backend = Self::ALL.into_iter().find(|backend| backend.name() == name).ok_or_else(|| {
                format!("there is no backend `{name}`: write sqlite, mariadb, mysql or all")
            })?;
            if !backends.contains(&backend) {
                backends.push(backend);
            }
        }
        backends.sort();
        Ok(backends)
    }
}

#[cfg(test)]
mod tests {
    use super::Backend;

    #[test]
    fn a_list_is_sorted_and_has_no_doubles() {
        assert_eq!(Backend::parse_list("mysql,sqlite,mysql"), Ok(vec![Backend::Sqlite, Backend::MySql]));
        assert_eq!(Backend::parse_list("all"), Ok(Backend::ALL.to_vec()));
        assert!(Backend::parse_list("oracle").is_err_and(|mistake| mistake.contains("`oracle`")));
    }
}
