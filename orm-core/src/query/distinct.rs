//! What `COUNT(DISTINCT ..)` counts.

use crate::expression::Expression;
use crate::syntax::{Function, Node};
use crate::value::{Kind, Value};

/// The argument of `count_distinct`: a column or expression, or a tuple of them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() { run(async |db| {
/// let query = Post::query().group_by(|p| p.author_id);
/// let counts: Vec<(u64, i64, i64)> = query
///     .select(|g| (g.key, g.count_distinct(|p| p.published), g.count_distinct(|p| (p.published, p.title))))
///     .all(db)
///     .await?;
/// assert_eq!(counts, [(1, 2, 2)]);
/// # Ok(()) }) }
/// ```
#[diagnostic::on_unimplemented(
    message = "the distinct values of `{Self}` cannot be counted",
    label = "expected a column, an expression or a tuple of them"
)]
pub trait Counted {
    #[doc(hidden)]
    fn into_node(self) -> Node;
}

#[diagnostic::do_not_recommend]
impl<E: Expression> Counted for E {
    fn into_node(self) -> Node {
        Expression::into_node(self)
    }
}

/// Returns a part of a combination in a form whose bytes can be compared.
fn comparable<E: Expression>(part: E) -> Node {
    let node = part.into_node();
    match E::Value::KIND {
        Kind::Numeric => Node::call(Function::Normal, Kind::Numeric, vec![node]),
        _ => node,
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: Expression),*> Counted for ($($name,)*) {
            #[allow(non_snake_case, reason = "one variable per type")]
            fn into_node(self) -> Node {
                let ($($name,)*) = self;
                Node::Row(vec![$(comparable($name)),*])
            }
        }
    };
}
crate::macros::for_tuples!(tuples);
