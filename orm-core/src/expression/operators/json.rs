//! Operators on JSON documents.

use crate::expression::{Condition, Expr, JsonStep};
use crate::mode::Nullable;
use crate::query::{Element, Query, elements};
use crate::shape::Derived;
use crate::syntax::{Case, Function, JsonFunction, Node};
use crate::value::{Document, Kind, Value};

fn call(function: JsonFunction, document: Node) -> Node {
    Node::call(Function::Json(function), Kind::JsonDocument, vec![document])
}

/// A patch replaces anything but an object; servers do so for NULL, too.
fn merge(document: Node, patch: serde_json::Value) -> Node {
    let is_object = patch.is_object();
    let patch = Node::Value(patch.into_datum());
    if is_object {
        let arguments = vec![document, patch];
        return Node::call(Function::Json(JsonFunction::MergePatch), Kind::JsonDocument, arguments);
    }
    let is_there = Node::Not(Box::new(Node::IsNull(Box::new(document))));
    Node::Case(Box::new(Case {
        kind: Kind::JsonDocument,
        branches: vec![(is_there, patch)],
        otherwise: None,
    }))
}

on_values! {
    /// Operators on JSON documents. A part of a document is a document again, NULL if it does not exist.
    ///
    /// Reading a part as text or a number never converts: a part of another type is NULL, and so is JSON `null`.
    impl<V: Value, N> __Ty<V, N> {
        /// Returns the part under a key of an object, or at an index of an array. Chain calls to go deeper.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let document = serde_json::json!({ "sizes": [{ "name": "small" }, { "name": "big" }] });
        /// let second = value(document).at("sizes").at(1).at("name");
        /// assert_eq!(User::find(1).select(|_| second.text()).one(db).await?.as_deref(), Some("big"));
        /// # Ok(()) }) }
        /// ```
        pub fn at(self, step: impl JsonStep) -> Expr<serde_json::Value, Nullable>
        where
            V: Document,
        {
            Expr::new(step.reach(self.into_node()))
        }

        /// Returns the document as text if it is a string. Comparing such text is case-sensitive.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let settings = || value(serde_json::json!({ "theme": "dark", "size": 3 }));
        /// let dark = User::query().filter(|_| settings().at("theme").text().eq("dark"));
        /// assert_eq!(dark.count(db).await?, 2);
        /// assert_eq!(User::find(1).select(|_| settings().at("size").text()).one(db).await?, None);
        /// # Ok(()) }) }
        /// ```
        pub fn text(self) -> Expr<String, Nullable>
        where
            V: Document,
        {
            Expr::new(call(JsonFunction::Text, self.into_node()))
        }

        /// Returns the document as an integer if it is a number of at most 64 bits without a decimal point or an exponent.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let sizes = || value(serde_json::json!([3, 4.5, "5"]));
        /// let found = User::find(1).select(|_| (sizes().at(0).int(), sizes().at(1).int(), sizes().at(2).int()));
        /// assert_eq!(found.one(db).await?, (Some(3), None, None));
        /// # Ok(()) }) }
        /// ```
        pub fn int(self) -> Expr<i64, Nullable>
        where
            V: Document,
        {
            Expr::new(call(JsonFunction::Int, self.into_node()))
        }

        /// Returns the document as a float if it is a number.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let sizes = || value(serde_json::json!([3, 4.5, "5"]));
        /// let found = User::find(1).select(|_| (sizes().at(0).float(), sizes().at(1).float(), sizes().at(2).float()));
        /// assert_eq!(found.one(db).await?, (Some(3.0), Some(4.5), None));
        /// # Ok(()) }) }
        /// ```
        pub fn float(self) -> Expr<f64, Nullable>
        where
            V: Document,
        {
            Expr::new(call(JsonFunction::Float, self.into_node()))
        }

        /// Returns the document as a boolean if it is `true` or `false`.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let flags = || value(serde_json::json!({ "new": true, "old": 0 }));
        /// let found = User::find(1).select(|_| (flags().at("new").bool(), flags().at("old").bool()));
        /// assert_eq!(found.one(db).await?, (Some(true), None));
        /// # Ok(()) }) }
        /// ```
        pub fn bool(self) -> Expr<bool, Nullable>
        where
            V: Document,
        {
            Expr::new(call(JsonFunction::Bool, self.into_node()))
        }

        /// Tests for an object with this key, whatever its value. False where the column is NULL.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let settings = || value(serde_json::json!({ "theme": null }));
        /// assert_eq!(User::query().filter(|_| settings().has_key("theme")).count(db).await?, 2);
        /// assert_eq!(User::query().filter(|_| settings().has_key("size")).count(db).await?, 0);
        /// # Ok(()) }) }
        /// ```
        pub fn has_key(self, key: &str) -> Condition
        where
            V: Document,
        {
            Condition(Node::IsNull(Box::new(key.reach(self.into_node())))).not()
        }

        /// Tests for JSON `null`: the part exists, and is null. Unknown where it is SQL NULL, as a missing part is.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let settings = || value(serde_json::json!({ "theme": null }));
        /// assert_eq!(User::query().filter(|_| settings().at("theme").is_json_null()).count(db).await?, 2);
        /// assert_eq!(User::query().filter(|_| settings().at("theme").is_null()).count(db).await?, 0);
        /// assert_eq!(User::query().filter(|_| settings().at("size").is_null()).count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn is_json_null(self) -> Condition
        where
            V: Document,
        {
            Condition(call(JsonFunction::IsNull, self.into_node()))
        }

        /// Returns the number of elements if it is an array.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let tags = || value(serde_json::json!({ "tags": ["a", "b"] }));
        /// let found = User::find(1).select(|_| (tags().at("tags").array_length(), tags().array_length()));
        /// assert_eq!(found.one(db).await?, (Some(2), None));
        /// # Ok(()) }) }
        /// ```
        pub fn array_length(self) -> Expr<i64, Nullable>
        where
            V: Document,
        {
            Expr::new(call(JsonFunction::Length, self.into_node()))
        }

        /// Returns the elements as rows, if it is an array: each with its position, from 0, and its value, a document again.
        /// Anything else, such as NULL, has none.
        ///
        /// As a subquery, it tests or counts the elements of each row. [`join_lateral`](Query::join_lateral) joins each row
        /// with its elements.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// #[derive(Model)]
        /// #[orm(table = "articles")]
        /// struct Article {
        ///     #[orm(primary_key)]
        ///     id: u64,
        ///     #[orm(json)]
        ///     tags: Vec<String>,
        /// }
        /// db.create_tables::<Article>().await?;
        /// let tags = |tags: [&str; 2]| tags.map(str::to_owned).to_vec();
        /// Article::insert_all([(1, tags(["rust", "sql"])), (2, tags(["rust", "web"]))].map(|(id, tags)| Article { id, tags })).execute(db).await?;
        ///
        /// let with_s = Article::query().filter(|a| a.tags.elements().filter(|e| e.value.text().starts_with("s")).is_present());
        /// assert_eq!(with_s.select(|a| a.id).all(db).await?, [1]);
        ///
        /// let counts = Article::query()
        ///     .join_lateral(|a| a.tags.elements())
        ///     .group_by(|(_, e)| e.value.text())
        ///     .order_by(|g| g.count().desc())
        ///     .select(|g| (g.count(), g.key));
        /// assert_eq!(counts.all(db).await?[0], (2, Some("rust".to_owned())));
        /// # Ok(()) }) }
        /// ```
        pub fn elements(self) -> Query<Derived<Element>>
        where
            V: Document,
        {
            elements(self.into_node())
        }

        /// Tests whether the document contains another one: an array contains its elements and what these contain, and an
        /// array if it contains each of its elements; an object contains an object if it has all its keys and contains their
        /// values. The rules are those of
        /// [MySQL](https://dev.mysql.com/doc/refman/8.4/en/json-search-functions.html#function_json-contains).
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// let tags = || value(serde_json::json!({ "tags": ["a", "b"], "size": 3 }));
        /// let both = User::query().filter(|_| tags().at("tags").json_contains("a").and(tags().json_contains(serde_json::json!({ "size": 3 }))));
        /// assert_eq!(both.count(db).await?, 2);
        /// # Ok(()) }) }
        /// ```
        pub fn json_contains(self, other: impl Into<serde_json::Value>) -> Condition
        where
            V: Document,
        {
            let arguments = vec![self.into_node(), Node::Value(other.into().into_datum())];
            Condition(Node::call(Function::Json(JsonFunction::Contains), Kind::JsonDocument, arguments))
        }

        /// Returns the document with a merge patch applied, by the rules of [RFC
        /// 7396](https://www.rfc-editor.org/rfc/rfc7396): an object sets the values of its keys, at any depth, and `null`
        /// removes a key; any other patch, including an array, replaces the document.
        ///
        /// NULL stays NULL: use `coalesce` to start with an object. The row is not read first, so keys that others set
        /// meanwhile are kept. The result is not checked against the type of the field, and may become unreadable as that
        /// type.
        ///
        /// ```
        /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
        /// # fn main() { run(async |db| {
        /// # use serde_json::json;
        /// #[derive(Model, Debug)]
        /// #[orm(table = "events")]
        /// struct Event {
        ///     #[orm(primary_key, auto)]
        ///     id: u64,
        ///     data: serde_json::Value,
        /// }
        /// db.create_tables::<Event>().await?;
        /// Event::insert().data(json!({ "color": "red", "size": { "width": 1 }, "old": true })).execute(db).await?;
        /// let patch = json!({ "color": "blue", "size": { "height": 2 }, "old": null });
        /// Event::update_by(1).set(|e| e.data.to(e.data.json_merge_patch(patch))).execute(db).await?;
        /// let data = Event::find(1).one(db).await?.data;
        /// assert_eq!(data, json!({ "color": "blue", "size": { "width": 1, "height": 2 } }));
        /// # Ok(()) }) }
        /// ```
        pub fn json_merge_patch(self, patch: impl Into<serde_json::Value>) -> Expr<V, N>
        where
            V: Document,
        {
            Expr::new(merge(self.into_node(), patch.into()))
        }
    }
}
