//! Columns, as models declare them.

use super::Quoted;
use crate::value::{Datum, Kind};

/// A column of a table, as its model declares it.
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
    /// The name of the model's field.
    pub field: &'static str,
    /// The name in the database.
    pub name: &'static str,
    /// The quoted name.
    pub(crate) quoted: Quoted,
    /// The former name, from `renamed_from`.
    pub renamed_from: Option<&'static str>,
    /// The kind of its values.
    pub kind: Kind,
    /// Whether it is nullable.
    pub nullable: bool,
    /// Whether it is auto-increment.
    pub auto: bool,
    /// Whether it has a unique constraint of its own.
    pub unique: bool,
    /// Whether it has an index of its own.
    pub index: bool,
    /// Whether it is the version column, which counts the changes of its row.
    pub version: bool,
    /// The maximum length: in characters for text, in bytes otherwise.
    pub length: Option<u32>,
    /// The total number of digits, and the number after the decimal point.
    pub precision: Option<(u8, u8)>,
    /// The exact SQL type, instead of the one derived from `kind`.
    pub sql_type: Option<&'static str>,
    /// The client-side default of a new row.
    pub default: Option<fn() -> Datum>,
    /// The value that the client sets in each update.
    pub on_update: Option<fn() -> Datum>,
    /// The SQL expression of the server's default.
    pub server_default: Option<&'static str>,
    /// The SQL expression of a generated column.
    pub generated: Option<&'static str>,
    /// Whether the generated column is virtual: computed when it is read, not stored.
    pub computed_when_read: bool,
    /// Whether a scope of the database fills it in, so that inserts may leave it out.
    pub scoped: bool,
    /// The collation, if not that of the table.
    pub collation: Option<&'static str>,
    /// Whether its values are kept out of logs.
    pub sensitive: bool,
    /// The comment in the database.
    pub comment: Option<&'static str>,
    /// For a column of an embedded enum: how many columns of the enum come before it, and how many it has.
    pub(crate) of_enum: Option<[u16; 2]>,
}

impl ColumnDef {
    /// Creates a column without attributes.
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

    /// Renames the column and its field.
    pub(crate) const fn renamed(mut self, name: &'static str) -> Self {
        self.field = name;
        self.name = name;
        self.quoted = Quoted::new(name);
        self
    }

    /// Returns the total number of digits, and the number after the decimal point: 28 and 10 if the model does not
    /// specify them.
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
            // Eighteen digits before the point hold every 64-bit count of cents; a `Decimal` holds 28 in total.
            None => (28, 10),
        }
    }

    /// Whether only the server knows the value of a new row if none is given.
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
