//! Raw SQL from text that is kept elsewhere.

use std::borrow::Cow;

use orm_template::{Part, Slot, parse};

use super::Sql;
use crate::error::{Error, ErrorKind};
use crate::syntax::Piece;

/// Makes a statement from text that is kept elsewhere, such as in a file: `sql(include_str!("report.sql"))`.
///
/// The text is written as for `sql!`, but its values are bound with [`Sql::bind`] and [`Sql::bind_list`], and it cannot
/// name models. The text must be part of the program (`&'static str`), so that no user input gets into it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// const ADULTS: &str = "SELECT name FROM users WHERE age >= {age} -- who may vote?";
/// let names: Vec<String> = orm::raw::sql(ADULTS).bind("age", 18).all(db).await?;
/// assert_eq!(names, ["Ann"]);
/// # Ok(()) }) }
/// ```
pub fn sql(text: impl KnownText) -> Sql {
    read(text.text(), Cow::Borrowed)
}

/// Makes a statement from text built at run time. **Nothing checks where it comes from**: user input in the text is SQL
/// injection. Values still belong in braces.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let table = ["users", "posts"][0]; // from a list of your own, never from a request
/// let count = orm::raw::sql_unchecked(format!("SELECT count(*) FROM {table} WHERE id > {{id}}")).bind("id", 1);
/// assert_eq!(count.scalar::<i64>(db).await?, 1);
/// # Ok(()) }) }
/// ```
pub fn sql_unchecked(text: impl AsRef<str>) -> Sql {
    read(text.as_ref(), |text| Cow::Owned(text.to_owned()))
}

/// Like [`sql_unchecked`], but braces in the text are just braces: for statements from scripts not written for this crate.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let script = "SELECT '{name}' /* {not a value} */"; // read from a file
/// assert_eq!(orm::raw::sql_verbatim(script).scalar::<String>(db).await?, "{name}");
/// # Ok(()) }) }
/// ```
pub fn sql_verbatim(text: impl Into<String>) -> Sql {
    Sql::of(vec![Piece::Text(Cow::Owned(text.into()))])
}

/// Text that is part of the program.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::raw;
/// let drafts = raw::sql("SELECT count(*) FROM posts WHERE published = {published}"); // or include_str!("drafts.sql")
/// assert_eq!(drafts.bind("published", false).scalar::<i64>(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is text built at run time, which may contain user input",
    label = "expected text known at compile time: a literal, a constant or `include_str!`",
    note = "write values in braces to bind them; `sql_unchecked` takes any text, if you are sure that it is safe"
)]
pub trait KnownText {
    #[doc(hidden)]
    fn text(self) -> &'static str;
}

#[diagnostic::do_not_recommend]
impl KnownText for &'static str {
    fn text(self) -> &'static str {
        self
    }
}

#[diagnostic::do_not_recommend]
impl KnownText for &&'static str {
    fn text(self) -> &'static str {
        self
    }
}

fn read<'t>(text: &'t str, keep: impl Fn(&'t str) -> Cow<'static, str>) -> Sql {
    let parts = match parse(text) {
        Ok(parts) => parts,
        Err(mistake) => return wrong(mistake.to_string()),
    };
    let mut pieces = Vec::with_capacity(parts.len());
    for part in parts {
        pieces.push(match part {
            Part::Text(text) => Piece::Text(keep(text)),
            Part::Slot(Slot::Value(name)) => Piece::Open { name: name.into(), list: false },
            Part::Slot(Slot::List(name)) => Piece::Open { name: name.into(), list: true },
            Part::Slot(Slot::Table(model) | Slot::Column(model, _)) => {
                return wrong(format!(
                    "`{{@{model}}}` names a model, which only `sql!` knows: write the name of the table or column"
                ));
            }
        });
    }
    Sql { pieces, error: None }
}

fn wrong(message: String) -> Sql {
    Sql { pieces: Vec::new(), error: Some(Error::new(ErrorKind::InvalidQuery, message)) }
}
