//! One column of a table.

use super::Quoted;
use crate::value::{Datum, Kind};

/// One column of a table, as its model declares it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |_| {
/// let email = User::table().columns[1];
/// assert_eq!((email.field, email.length, email.unique, email.nullable), ("email", Some(190), true, false));
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ColumnDef {
    /// The field of the model.
    pub field: &'static str,
    /// The name in the database.
    pub name: &'static str,
    /// The name in quotes.
    pub(crate) quoted: Quoted,
    /// What it was called before.
    pub renamed_from: Option<&'static str>,
    /// How its values are stored.
    pub kind: Kind,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Whether the server counts it up.
    pub auto: bool,
    /// Whether its values are unique by themselves.
    pub unique: bool,
    /// Whether it has an index of its own.
    pub index: bool,
    /// Whether it counts the changes of its row.
    pub version: bool,
    /// The greatest length: characters of text, bytes otherwise.
    pub length: Option<u32>,
    /// Digits in all, and digits after the point.
    pub precision: Option<(u8, u8)>,
    /// The exact SQL type, instead of the one that follows from `kind`.
    pub sql_type: Option<&'static str>,
    /// The value that the client gives a new row if none is set.
    pub default: Option<fn() -> Datum>,
    /// The value that the client gives at each update.
    pub on_update: Option<fn() -> Datum>,
    /// The SQL expression by which the server fills a new row.
    pub server_default: Option<&'static str>,
    /// The SQL expression by which the server computes the column.
    pub generated: Option<&'static str>,
    /// Whether what is computed is not stored, but computed whenever it is read.
    pub computed_when_read: bool,
    /// Whether a scope of the database fills it in, so that inserts may leave it out.
    pub scoped: bool,
    /// How its texts are compared, if not as those of its table.
    pub collation: Option<&'static str>,
    /// Whether its values stay out of logs.
    pub sensitive: bool,
    /// What the database says about it.
    pub comment: Option<&'static str>,
    /// For a column of an embedded enum: how many columns of the enum come before it, and how many it has.
    pub(crate) of_enum: Option<[u16; 2]>,
}

impl ColumnDef {
    /// A column without any attribute.
    ///
    /// ```
    /// use orm::schema::ColumnDef;
    /// use orm::value::Kind;
    /// let title = ColumnDef::new("title", "TITLE", Kind::Text);
    /// assert_eq!((title.field, title.name, title.nullable), ("title", "TITLE", false));
    /// ```
    #[must_use]
    pub const fn new(field: &'static str, name: &'static str, kind: Kind) -> Self {
        ColumnDef {
            field,
            name,
            quoted: Quoted::new(name),
            renamed_from: None,
            kind,
            nullable: false,
            auto: false,
            unique: false,
            index: false,
            version: false,
            length: None,
            precision: None,
            sql_type: None,
            default: None,
            on_update: None,
            server_default: None,
            generated: None,
            computed_when_read: false,
            scoped: false,
            collation: None,
            sensitive: false,
            comment: None,
            of_enum: None,
        }
    }

    /// The same column under another name, which is that of its field, too.
    pub(crate) const fn renamed(mut self, name: &'static str) -> Self {
        self.field = name;
        self.name = name;
        self.quoted = Quoted::new(name);
        self
    }

    /// Digits in all and after the point of an exact number: 28 and 10 if the model does not say.
    ///
    /// ```
    /// use orm::schema::ColumnDef;
    /// use orm::value::Kind;
    /// let mut price = ColumnDef::new("price", "price", Kind::Numeric);
    /// assert_eq!(price.digits(), (28, 10));
    /// price.precision = Some((12, 2));
    /// assert_eq!(price.digits(), (12, 2));
    /// ```
    #[must_use]
    pub const fn digits(&self) -> (u8, u8) {
        match self.precision {
            Some(digits) => digits,
            // Eighteen digits before the point hold every 64-bit count of cents; a `Decimal` holds 28 in all.
            None => (28, 10),
        }
    }

    /// Whether only the server knows the value that a row will have if none is given.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |_| {
    /// let [id, email, ..] = User::table().columns else { unreachable!() };
    /// assert!(id.filled_by_server()); // it is `auto`
    /// assert!(!email.filled_by_server());
    /// # Ok(()) }) }
    /// ```
    #[must_use]
    pub const fn filled_by_server(&self) -> bool {
        self.auto || self.server_default.is_some() || self.generated.is_some()
    }
}
