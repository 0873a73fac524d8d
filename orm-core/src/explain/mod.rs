//! What a server means to do with a statement: its plan, as a tree.

mod answer;
mod json;
mod steps;
mod table;
mod terminals;

use std::fmt;

/// What a server means to do with a statement, asked for by `.explain(&db)`; the statement itself does not run.
///
/// It prints as a tree, with the details in the alternate form, `{:#}`. What the steps are called is the server's
/// business, and differs from version to version; which tables are read, over which index and whether as a whole, can
/// be asked on every database. MySQL reads a row that a unique key names while it plans; the newest leave it out.
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
    /// The server's own text: a line a step on SQLite, JSON or lines of a table on MySQL and MariaDB.
    pub text: String,
    /// The last step, which gives the result, over the ones that feed it.
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
    /// What the step does, in the server's words.
    pub what: String,
    /// The table that it reads, by its name in the statement.
    pub table: Option<String>,
    /// The index by which it reads; the primary key is `PRIMARY` everywhere.
    pub index: Option<String>,
    /// Whether it reads the whole table.
    pub full_scan: bool,
    /// How many rows it is thought to give. SQLite does not tell.
    pub rows: Option<f64>,
    /// What it is thought to cost, in the server's unit. SQLite does not tell, and MariaDB only since version 11.
    pub cost: Option<f64>,
    /// Whatever else the server says of it, by the server's names.
    pub details: Vec<(String, String)>,
    /// The steps that feed it.
    pub children: Vec<PlanNode>,
}

impl PlanNode {
    /// This step and all below it, each before those that feed it.
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
