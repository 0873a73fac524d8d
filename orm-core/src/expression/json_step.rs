//! Steps into JSON documents.

use crate::syntax::{Function, JsonFunction, Node};
use crate::value::{Datum, Kind};

/// A step from a JSON document to one of its parts: the key of an object, or the index of an array, from 0.
///
/// It is passed as a value: no character in it is special, even if it comes from a client.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// #[derive(Model, Debug)]
/// #[orm(table = "events")]
/// struct Event {
///     #[orm(primary_key, auto)]
///     id: u64,
///     data: serde_json::Value,
/// }
/// db.create_tables::<Event>().await?;
/// Event::insert().data(serde_json::json!({ "tags": ["red", "blue"] })).execute(db).await?;
/// let second = Event::query().filter(|e| e.data.at("tags").at(1).text().eq("blue"));
/// assert_eq!(second.count(db).await?, 1);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a step into a JSON document",
    label = "expected a key or an index",
    note = "a key is a string, an index is a `usize`"
)]
pub trait JsonStep {
    #[doc(hidden)]
    fn reach(self, document: Node) -> Node;
}

#[diagnostic::do_not_recommend]
impl JsonStep for &str {
    fn reach(self, document: Node) -> Node {
        // JSON's quoting rules apply on every database.
        extend(document, &format!(".{}", serde_json::Value::from(self)))
    }
}

#[diagnostic::do_not_recommend]
impl JsonStep for String {
    fn reach(self, document: Node) -> Node {
        JsonStep::reach(self.as_str(), document)
    }
}

#[diagnostic::do_not_recommend]
impl JsonStep for &String {
    fn reach(self, document: Node) -> Node {
        JsonStep::reach(self.as_str(), document)
    }
}

#[diagnostic::do_not_recommend]
impl JsonStep for usize {
    fn reach(self, document: Node) -> Node {
        match self {
            0 => Node::call(Function::Json(JsonFunction::First), Kind::JsonDocument, vec![document]),
            // No array has more elements, and servers misread or refuse larger numbers.
            index => extend(document, &format!("[{}]", index.min(i32::MAX as usize))),
        }
    }
}

#[diagnostic::do_not_recommend]
impl JsonStep for &usize {
    fn reach(self, document: Node) -> Node {
        JsonStep::reach(*self, document)
    }
}

/// Extends the path: consecutive steps become one path.
fn extend(document: Node, step: &str) -> Node {
    let part = Function::Json(JsonFunction::Part);
    if let Node::Call(mut call) = document {
        if call.function == part
            && let [_, Node::Value(Datum::Text(path))] = call.arguments.as_mut_slice()
        {
            path.push_str(step);
            return Node::Call(call);
        }
        return Node::call(part, Kind::JsonDocument, vec![Node::Call(call), path(step)]);
    }
    Node::call(part, Kind::JsonDocument, vec![document, path(step)])
}

fn path(step: &str) -> Node {
    Node::Value(Datum::Text(format!("${step}").into()))
}
