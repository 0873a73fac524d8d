//! Arrays of the values of a group, as JSON.

use super::aggregates::on_both;
use super::{Filtered, Group};
use crate::expression::{Aggregate, Expr, Expression, Orders};
use crate::mode::Mode;
use crate::scope::Scope;
use crate::syntax::{AggregateFunction, Function, Joined, JsonFunction, Node, OrderBy};
use crate::value::{InJson, Json, JsonData, Kind, Value as _};

/// The values of an expression, read from a JSON array: `Option`s if it can be NULL.
type Items<E> = Vec<<<E as Expression>::Null as Mode>::Of<<<E as Expression>::Value as InJson>::Data>>;

on_both! {
    /// Collects the values in an array, in no particular order. NULL becomes `None`, and so does the JSON `null` of a nullable
    /// document; the array is empty if there are no rows.
    ///
    /// The values are texts, integers, floats, booleans or documents, which JSON represents exactly. Convert others with
    /// `.cast::<String>()`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Json;
    /// let (Json(names), Json(ages)) = User::query().aggregate(|g| (g.json_array(|u| u.name), g.json_array(|u| u.age))).one(db).await?;
    /// assert_eq!((names.len(), ages.len()), (2, 2)); // of the types `Vec<String>` and `Vec<Option<i32>>`
    /// assert!(names.contains(&"Ann".to_owned()) && ages.contains(&Some(41)));
    /// # Ok(()) }) }
    /// ```
    pub fn json_array<E: Expression>(&self, value: impl FnOnce(S::Columns) -> E) -> Aggregate<Json<Items<E>>>
    where
        E::Value: InJson,
        Items<E>: JsonData,
    {
        self.array(value(S::bind(self.base)), Vec::new())
    }

    /// Collects the values in an array, in the given order. See [`json_array`](Self::json_array).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() { run(async |db| {
    /// use orm::Json;
    /// let titles = User::query().left_join(|u| u.posts()).group_by(|(u, _)| u.name).order_by(|g| g.key.asc()).select(|g| {
    ///     let posts = g.filter(|(_, p)| p.id.is_not_null());
    ///     (g.key, posts.json_array_in_order(|(_, p)| p.title, |(_, p)| p.id.desc()))
    /// });
    /// let titles: Vec<(String, Json<Vec<Option<String>>>)> = titles.all(db).await?;
    /// assert_eq!(titles[0].1.0, [Some("Draft".to_owned()), Some("Hello".to_owned())]);
    /// assert_eq!(titles[1].1.0, []);
    /// # Ok(()) }) }
    /// ```
    pub fn json_array_in_order<E: Expression, R: Orders>(
        &self,
        value: impl FnOnce(S::Columns) -> E,
        order: impl FnOnce(S::Columns) -> R,
    ) -> Aggregate<Json<Items<E>>>
    where
        E::Value: InJson,
        Items<E>: JsonData,
    {
        let mut order_by = Vec::new();
        order(S::bind(self.base)).push_orders(&mut order_by);
        self.array(value(S::bind(self.base)), order_by)
    }

    /// Joins the values' texts, since not every server sorts the elements of an array, or leaves out those of other rows.
    fn array<E: Expression, V>(&self, value: E, order_by: Vec<OrderBy>) -> Aggregate<V> {
        let written = Function::Json(JsonFunction::Written);
        let text = Node::call(written, E::Value::KIND, vec![value.into_node()]);
        let joined = Joined { separator: ",".to_owned(), order_by };
        let texts: Aggregate<String> =
            self.call(AggregateFunction::Join, false, Expr::<String>::new(text), Some(joined));
        let array = Function::Json(JsonFunction::Array);
        Aggregate::new(Node::call(array, Kind::JsonDocument, vec![texts.into_node()]))
    }
}
