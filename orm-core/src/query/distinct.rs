//! What different values are counted of.

use crate::expression::Expression;
use crate::syntax::{Function, Node};
use crate::value::{Kind, Value};

/// What `count_distinct` takes: a column or expression, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no different values to count",
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

/// A part of a combination, of which only the bytes may be compared.
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
