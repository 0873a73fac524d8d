//! Values that JSON represents exactly.

use super::{Json, JsonData, Value};

/// A type whose values can be collected in a JSON array by [`json_array`](crate::query::Group::json_array): texts, integers,
/// floats, booleans and documents.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::value::InJson;
/// let names: Vec<<String as InJson>::Data> = User::query().aggregate(|g| g.json_array(|u| u.name)).one(db).await?.0;
/// assert_eq!(names.len(), 2);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be collected in a JSON array",
    label = "JSON has no values of this type",
    note = "texts, integers, floats, booleans and documents can; convert others with `.cast::<String>()`"
)]
pub trait InJson: Value {
    /// The type of the elements.
    type Data: Send + 'static;
}

macro_rules! plain {
    ($($ty:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl InJson for $ty {
            type Data = $ty;
        }
    )* };
}
plain!(bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 String serde_json::Value);

#[diagnostic::do_not_recommend]
impl<T: JsonData> InJson for Json<T> {
    type Data = T;
}
