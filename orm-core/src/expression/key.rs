//! Primary keys as values.

use crate::syntax::Node;

/// A value for a primary key of type `K`: the key itself, a reference to it, or a tuple of these for a composite key.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let id = 1;
/// assert_eq!(User::find(id).one(db).await?, User::find(&id).one(db).await?);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of type `{K}`",
    label = "the primary key is a `{K}`",
    note = "a value of another type has to be converted first, as by `u64::try_from(id)?` or `text.parse()?`; a type of your own needs `#[derive(Value)]`"
)]
pub trait KeyValue<K> {
    /// Appends the columns of the key, in order.
    #[doc(hidden)]
    fn push_key(self, nodes: &mut Vec<Node>);
}

#[diagnostic::do_not_recommend]
impl KeyValue<String> for &str {
    fn push_key(self, nodes: &mut Vec<Node>) {
        nodes.push(crate::expression::Operand::<String>::node(self));
    }
}

/// The key type of a view without a key. No value has it, so no row can be found by key.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// use orm::rules::NoKey;
///
/// #[derive(Model)]
/// #[orm(view)]
/// struct Title {
///     title: String,
/// }
/// fn has_no_key<T: Model<Key = NoKey>>() {}
/// has_no_key::<Title>();
/// # let _ = db; Ok(()) }) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKey;

#[diagnostic::do_not_recommend]
impl KeyValue<NoKey> for NoKey {
    fn push_key(self, _: &mut Vec<Node>) {}
}

macro_rules! keys {
    ($($key:ident $value:ident $index:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($key, $value: KeyValue<$key>),*> KeyValue<($($key,)*)> for ($($value,)*) {
            fn push_key(self, nodes: &mut Vec<Node>) {
                $(self.$index.push_key(nodes);)*
            }
        }
    };
}
keys!(A X 0, B Y 1);
keys!(A X 0, B Y 1, C Z 2);
keys!(A X 0, B Y 1, C Z 2, D W 3);
keys!(A X 0, B Y 1, C Z 2, D W 3, E V 4);
keys!(A X 0, B Y 1, C Z 2, D W 3, E V 4, F U 5);
keys!(A X 0, B Y 1, C Z 2, D W 3, E V 4, F U 5, G T 6);
keys!(A X 0, B Y 1, C Z 2, D W 3, E V 4, F U 5, G T 6, H S 7);
