//! Possible renames.

use std::collections::BTreeMap;

use orm::dialect::Dialect;
use orm::schema::{ColumnSchema, TableSchema};
use orm::{Result, Schema};

use super::loss::holds;
use super::{Draft, Side};

/// A dropped table or column, with the new ones that could be the same thing under another name.
///
/// ```
/// # use orm_migrate::PossibleRename;
/// let possible = PossibleRename { from: "users.name".to_owned(), to: vec!["users.full_name".to_owned()] };
/// assert_eq!(possible.to_string(), "`users.name` may have been renamed to `users.full_name`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PossibleRename {
    /// The old name, as [`Draft::rename`] takes it: `users`, or `users.name`.
    pub from: String,
    /// The new names.
    pub to: Vec<String>,
}

impl std::fmt::Display for PossibleRename {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let to: Vec<String> = self.to.iter().map(|name| format!("`{name}`")).collect();
        write!(f, "`{}` may have been renamed to {}", self.from, to.join(" or "))
    }
}

impl Draft {
    /// Returns what may have been renamed: a dropped and a new column of the same type, or tables that share most
    /// columns. A difference does not tell a rename from a drop and an addition; [`rename`](Self::rename) and
    /// [`not_renamed`](Self::not_renamed) decide it, and a decided pair is not returned again. The columns of a renamed
    /// table are returned under its new name.
    ///
    /// ```
    /// use orm::{Schema, dialect::SQLITE, prelude::*};
    /// use orm_migrate::Draft;
    /// # use orm_doc::User;
    /// #[derive(Model)]
    /// #[orm(table = "users")]
    /// # #[orm(fields = NewUserFields)]
    /// pub struct NewUser {
    ///     #[orm(primary_key, auto)]
    ///     pub id: u64,
    ///     #[orm(unique, length = 190)]
    ///     pub email: String,
    ///     pub full_name: String, // formerly `name`
    ///     pub age: Option<i32>,
    /// }
    /// let draft = Draft::between(Schema::of::<User>(&SQLITE)?, Schema::of::<NewUser>(&SQLITE)?, &SQLITE);
    /// assert_eq!(draft.dropped()?, ["users.name"]);
    /// assert_eq!(draft.added()?, ["users.full_name"]);
    /// let possible = draft.possible_renames()?;
    /// assert_eq!((possible[0].from.as_str(), possible[0].to[0].as_str()), ("users.name", "users.full_name"));
    /// let draft = draft.rename("users.name", "full_name")?;
    /// assert!(draft.possible_renames()?.is_empty());
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a name declared as renamed does not exist.
    pub fn possible_renames(&self) -> Result<Vec<PossibleRename>> {
        let mut possible: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for side in &self.sides {
            for (from, to) in self.pairs(side)? {
                let is_new = !self.distinct.contains(&(from.clone(), to.clone()));
                let known = possible.entry(from).or_default();
                if is_new && !known.contains(&to) {
                    known.push(to);
                }
            }
        }
        possible.retain(|_, to| !to.is_empty());
        Ok(possible.into_iter().map(|(from, to)| PossibleRename { from, to }).collect())
    }

    /// Declares that two names returned by [`possible_renames`](Self::possible_renames) are different things: one is
    /// dropped, and the other created.
    ///
    /// ```
    /// # use orm::{Schema, dialect::SQLITE, schema::ColumnSchema};
    /// # use orm_migrate::Draft;
    /// # use orm_doc::User;
    /// let before = Schema::of::<User>(&SQLITE)?;
    /// let mut after = before.clone();
    /// after.tables[0].columns[2].name = "nickname".to_owned(); // formerly `name`
    /// let draft = Draft::between(before, after, &SQLITE);
    /// assert_eq!(draft.possible_renames()?.len(), 1);
    ///
    /// let draft = draft.not_renamed("users.name", "users.nickname");
    /// assert!(draft.possible_renames()?.is_empty());
    /// assert_eq!(draft.dropped()?, ["users.name"]);
    /// # Ok::<(), orm::Error>(())
    /// ```
    #[must_use]
    pub fn not_renamed(mut self, from: &str, to: &str) -> Self {
        self.distinct.insert((from.to_owned(), to.to_owned()));
        self
    }

    /// Returns the tables (`users`) and columns (`users.name`) that are dropped, without the columns of those tables.
    ///
    /// ```
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// # use orm_doc::{Post, User};
    /// let (users, all) = (Schema::of::<User>(&SQLITE)?, Schema::of::<(User, Post)>(&SQLITE)?);
    /// assert_eq!(Draft::between(all, users, &SQLITE).dropped()?, ["posts"]);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`possible_renames`](Self::possible_renames).
    pub fn dropped(&self) -> Result<Vec<String>> {
        self.names(only)
    }

    /// Returns the tables and columns that are added, without the columns of those tables.
    ///
    /// ```
    /// # use orm::{Schema, dialect::SQLITE};
    /// # use orm_migrate::Draft;
    /// # use orm_doc::{Post, User};
    /// let (users, all) = (Schema::of::<User>(&SQLITE)?, Schema::of::<(User, Post)>(&SQLITE)?);
    /// assert_eq!(Draft::between(users, all, &SQLITE).added()?, ["posts"]);
    /// # Ok::<(), orm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`possible_renames`](Self::possible_renames).
    pub fn added(&self) -> Result<Vec<String>> {
        self.names(|renamed, wanted| only(wanted, renamed))
    }

    /// Collects the names for all databases, each once.
    fn names(&self, of: impl Fn(&Schema, &Schema) -> Vec<String>) -> Result<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for side in &self.sides {
            for name in of(&self.renamed(side)?, &side.to) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Ok(names)
    }

    /// Pairs what is dropped with what is added of the same kind.
    fn pairs(&self, side: &Side) -> Result<Vec<(String, String)>> {
        let (at, to) = (self.renamed(side)?, &side.to);
        let mut pairs = Vec::new();
        for new in to.tables.iter().filter(|table| table.name.schema.is_none()) {
            match at.table(&new.name.name) {
                Some(old) => pairs.extend(columns(old, new, &side.dialect)),
                None => {
                    let gone =
                        at.tables.iter().filter(|old| to.tables.iter().all(|table| table.name != old.name));
                    let alike = gone.filter(|old| old.name.schema.is_none() && are_alike(old, new));
                    pairs.extend(alike.map(|old| (old.name.to_string(), new.name.to_string())));
                }
            }
        }
        Ok(pairs)
    }
}

/// Returns what one schema has and another lacks.
fn only(one: &Schema, other: &Schema) -> Vec<String> {
    let mut names = Vec::new();
    for table in &one.tables {
        match other.tables.iter().find(|other| other.name == table.name) {
            None => names.push(table.name.to_string()),
            Some(other) => {
                let columns = table.columns.iter().filter(|column| other.column(&column.name).is_none());
                names.extend(columns.map(|column| format!("{}.{}", table.name, column.name)));
            }
        }
    }
    names
}

/// Returns whether two tables share most columns.
fn are_alike(one: &TableSchema, other: &TableSchema) -> bool {
    let common = one.columns.iter().filter(|column| other.column(&column.name).is_some()).count();
    common * 2 > one.columns.len().max(other.columns.len())
}

fn columns(old: &TableSchema, new: &TableSchema, dialect: &Dialect) -> Vec<(String, String)> {
    let ty = dialect.ddl.normal_type;
    let fits = |from: &ColumnSchema, to: &ColumnSchema| ty(&from.ty) == ty(&to.ty) || holds(&to.ty, &from.ty);
    let plain = |column: &&ColumnSchema| column.generated.is_none();
    let mut pairs = Vec::new();
    for gone in old.columns.iter().filter(plain).filter(|column| new.column(&column.name).is_none()) {
        for comes in new.columns.iter().filter(plain).filter(|column| old.column(&column.name).is_none()) {
            if fits(gone, comes) {
                pairs.push((format!("{}.{}", new.name, gone.name), format!("{}.{}", new.name, comes.name)));
            }
        }
    }
    pairs
}
