//! Query plans: EXPLAIN, as a tree.

mod answer;
mod json;
mod steps;
mod table;
mod terminals;

use std::fmt;

/// A query plan: how the server intends to run a statement. Made by `.explain(&db)`, which does not run the statement
/// itself.
///
/// `Display` prints it as a tree, the alternate form `{:#}` with details. The names of the steps are up to the server, and
/// differ between versions. The tables that are read, the index used, and whether a table is scanned in full are available
/// on every database. MySQL reads a row that a unique key identifies while planning; its newest versions omit that step from
/// the plan.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let plan = User::query().filter(|u| u.email.eq("ann@example.org")).explain(db).await?;
/// assert!(plan.root.walk().all(|node| !node.full_scan), "{plan}");
/// let plan = User::query().filter(|u| u.age.gt(18)).explain(db).await?;
/// assert_eq!(plan.to_string(), "query\n└─ SCAN users\n");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// The server's own text: one line per step on SQLite, JSON or the lines of a table on MySQL and MariaDB.
    pub text: String,
    /// The last step, which produces the result; the steps that feed it are below it.
    pub root: PlanNode,
}

/// One step of a [`Plan`].
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let plan = User::find(1).explain(db).await?;
/// let step = &plan.root.children[0];
/// assert_eq!((step.table.as_deref(), step.index.as_deref(), step.full_scan), (Some("users"), Some("PRIMARY"), false));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct PlanNode {
    /// The server's description of the step.
    pub what: String,
    /// The table that it reads, by its name or alias in the statement.
    pub table: Option<String>,
    /// The index that it uses; the primary key is `PRIMARY` on every database.
    pub index: Option<String>,
    /// Whether it reads the whole table (full scan).
    pub full_scan: bool,
    /// The estimated number of rows. SQLite has none.
    pub rows: Option<f64>,
    /// The estimated cost, in the server's unit. SQLite has none, and MariaDB only since version 11.
    pub cost: Option<f64>,
    /// Everything else that the server reports, under the server's names.
    pub details: Vec<(String, String)>,
    /// The steps that feed it.
    pub children: Vec<PlanNode>,
}

impl PlanNode {
    /// Iterates over this step and all below it, each before the steps that feed it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// let plan = Post::query().join(|p| p.author()).explain(db).await?;
    /// let tables: Vec<&str> = plan.root.walk().filter_map(|node| node.table.as_deref()).collect();
    /// assert_eq!(tables, ["posts", "users"]);
    /// # Ok(()) }) }
    /// ```
    pub fn walk(&self) -> impl Iterator<Item = &PlanNode> {
        let mut left = vec![self];
        std::iter::from_fn(move || {
            let node = left.pop()?;
            left.extend(node.children.iter().rev());
            Some(node)
        })
    }

    fn print(&self, f: &mut fmt::Formatter<'_>, before: &str) -> fmt::Result {
        f.write_str(&self.what)?;
        let measures = [("rows", self.rows), ("cost", self.cost)];
        for (name, measure) in measures.into_iter().filter_map(|(name, measure)| Some((name, measure?))) {
            write!(f, ", {name} {}", (measure * 100.0).round() / 100.0)?;
        }
        f.write_str("\n")?;
        if f.alternate() {
            let bar = if self.children.is_empty() { "  " } else { "│ " };
            for (name, value) in &self.details {
                writeln!(f, "{before}{bar} {name}: {value}")?;
            }
        }
        for (position, child) in self.children.iter().enumerate() {
            let last = position + 1 == self.children.len();
            f.write_str(before)?;
            f.write_str(if last { "└─ " } else { "├─ " })?;
            child.print(f, &format!("{before}{}", if last { "   " } else { "│  " }))?;
        }
        Ok(())
    }
}

impl fmt::Display for PlanNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, "")
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}
