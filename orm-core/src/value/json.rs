//! JSON documents: `serde_json::Value`, and any type that serde supports.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::error::Category;

use super::{Cell, Cells, Datum, Fault, Kind, Mismatch, Value};
use crate::expression::{Assign, Operand};
use crate::mode::{Nullable, Required};
use crate::syntax::Node;

/// A value that is stored as JSON: the column type of a field with `#[orm(json)]`.
///
/// The field itself keeps its own type; when it is selected alone, or into a struct of your own, it is read as `Json`. SQL
/// NULL is the `None` of an `Option` field; JSON `null` is a document like any other. Whole documents are compared by
/// content on MySQL, and by their text on MariaDB and SQLite: compare parts instead, with
/// [`Column::at`](crate::expression::Column::at).
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::Json;
/// #[derive(Model)]
/// struct Page {
///     #[orm(primary_key)]
///     id: u32,
///     #[orm(json)]
///     tags: Vec<String>,
/// }
/// db.create_tables::<Page>().await?;
/// Page::insert().id(1).tags(vec!["new".to_owned()]).execute(db).await?;
/// assert_eq!(Page::find(1).one(db).await?.tags, ["new"]);
/// let Json(tags) = Page::find(1).select(|p| p.tags).one(db).await?;
/// assert_eq!(tags, ["new"]);
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Json<T>(pub T);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Serialize> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Json)
    }
}

/// A type that serde serializes and deserializes, so that a column can store it as JSON.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
/// struct Settings {
///     theme: String,
/// }
///
/// #[derive(Model, Debug)]
/// #[orm(table = "profiles")]
/// struct Profile {
///     #[orm(primary_key)]
///     user_id: u64,
///     #[orm(json)]
///     settings: Settings,
/// }
/// db.create_tables::<Profile>().await?;
/// Profile::insert().user_id(1).settings(Settings { theme: "dark".into() }).execute(db).await?;
/// assert_eq!(Profile::find(1).one(db).await?.settings.theme, "dark");
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored as JSON",
    label = "serde cannot serialize and deserialize this",
    note = "add `#[derive(serde::Serialize, serde::Deserialize)]` to `{Self}`"
)]
pub trait JsonData: Sized + Send + Sync + 'static {
    // Generated code calls these methods instead of those of `Json`, so that error messages name the user's type.

    #[doc(hidden)]
    fn to_json(&self) -> Datum;

    #[doc(hidden)]
    fn from_json(json: &Cell<'_>) -> Result<Self, Mismatch>;

    #[doc(hidden)]
    fn read(cells: &mut Cells<'_, '_>) -> Result<Self, Fault> {
        cells.value::<Json<Self>>().map(|json| json.0)
    }

    #[doc(hidden)]
    fn read_nullable(cells: &mut Cells<'_, '_>) -> Result<Option<Self>, Fault> {
        Ok(cells.nullable::<Json<Self>>()?.map(|json| json.0))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> JsonData for T {
    /// Serialization can fail, for example for a map whose keys are not strings: that is an error when the statement is
    /// rendered.
    fn to_json(&self) -> Datum {
        match serde_json::to_string(self) {
            Ok(text) => Datum::JsonText(text),
            Err(why) => Datum::Unwritable(format!("it cannot be serialized as JSON: {why}").into_boxed_str()),
        }
    }

    fn from_json(json: &Cell<'_>) -> Result<Self, Mismatch> {
        serde_json::from_slice(json.bytes()?).map_err(|why| mismatch(&why))
    }
}

/// A value that is a JSON document, and so has parts.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::Document;
///
/// /// Takes a column of `serde_json::Value`, or of your own type stored as JSON.
/// fn is_dark<V: Document>(settings: Column<V>) -> Condition {
///     settings.at("theme").text().eq("dark")
/// }
/// #[derive(Model)]
/// #[orm(table = "profiles")]
/// struct Profile {
///     #[orm(primary_key)]
///     user_id: u64,
///     settings: serde_json::Value,
/// }
/// db.create_tables::<Profile>().await?;
/// Profile::insert().user_id(1).settings(serde_json::json!({ "theme": "dark" })).execute(db).await?;
/// assert_eq!(Profile::query().filter(|p| is_dark(p.settings)).count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a JSON document",
    label = "only a JSON column has parts",
    note = "store the field as JSON with `#[orm(json)]`, or give it the type `serde_json::Value`"
)]
pub trait Document: Value {}

#[diagnostic::do_not_recommend]
impl Value for serde_json::Value {
    const KIND: Kind = Kind::JsonDocument;

    fn to_datum(&self) -> Datum {
        Datum::JsonText(self.to_string())
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        serde_json::Value::from_json(cell)
    }
}

#[diagnostic::do_not_recommend]
impl Document for serde_json::Value {}

#[diagnostic::do_not_recommend]
impl<T: JsonData> Value for Json<T> {
    const KIND: Kind = Kind::JsonDocument;

    fn to_datum(&self) -> Datum {
        self.0.to_json()
    }

    fn from_cell(cell: &mut Cell<'_>) -> Result<Self, Mismatch> {
        T::from_json(cell).map(Json)
    }
}

#[diagnostic::do_not_recommend]
impl<T: JsonData> Document for Json<T> {}

/// Omits serde's message about data that differs from the type, which may quote the data, unless it names a missing field.
#[cold]
fn mismatch(why: &serde_json::Error) -> Mismatch {
    let text = why.to_string();
    let (line, column) = (why.line(), why.column());
    match why.classify() {
        Category::Data if text.starts_with("missing field") => {
            Mismatch::invalid(format_args!("JSON with a {text}"))
        }
        Category::Data => {
            Mismatch::invalid(format_args!("JSON that differs from the type at line {line} column {column}"))
        }
        _ => Mismatch::invalid(format_args!("text that is not JSON ({text})")),
    }
}

/// The operands of a JSON column: the data itself or a reference to it, with or without `Json` around it.
macro_rules! data {
    ($($ty:ty, $value:ident => $data:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T: JsonData> Operand<Json<T>> for $ty {
            type Null = Required;

            fn node(self) -> Node {
                let $value = self;
                Node::Value($data.to_json())
            }
        }
        #[diagnostic::do_not_recommend]
        impl<T: JsonData, N> Assign<Json<T>, N> for $ty {
            fn node(self) -> Node {
                let $value = self;
                Node::Value($data.to_json())
            }
        }
    )* };
}
data! {
    T, value => value;
    &T, value => value;
    Json<T>, value => value.0;
    &Json<T>, value => value.0;
}

// For one level of `Option` only: with more, it would be ambiguous which one a `None` belongs to.
#[diagnostic::do_not_recommend]
impl<T: JsonData> Assign<Json<T>, Nullable> for Option<T> {
    fn node(self) -> Node {
        Node::Value(self.as_ref().map_or(Datum::Null, T::to_json))
    }
}

#[diagnostic::do_not_recommend]
impl<T: JsonData> Assign<Json<T>, Nullable> for &Option<T> {
    fn node(self) -> Node {
        Node::Value(self.as_ref().map_or(Datum::Null, T::to_json))
    }
}
