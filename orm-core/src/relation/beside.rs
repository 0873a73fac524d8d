//! Loading values that are computed along with a row.

use std::sync::Arc;

use super::gather::InRow;
use super::{Gather, Load, Loaded, Plan};
use crate::expression::{Column, Expr};
use crate::mode::{Far, Mode, Nullable, Required};
use crate::query::Read;
use crate::syntax::{Item, Node, Source};
use crate::value::Value;

/// A value that is selected along with a row.
struct Beside<O> {
    /// The row, as the value refers to it.
    row: Source,
    node: Node,
    read: Read<O>,
}

impl<O: Send + 'static> Plan<O> for Beside<O> {
    fn items(&self, source: Source, items: &mut Vec<Item>) {
        items.push(Item::Node(self.node.clone().moved(self.row, source)));
    }

    fn gather(&self) -> Box<dyn Gather<O>> {
        Box::new(InRow::new(self.read))
    }
}

fn beside<V: Value, N: Mode>(row: Source, node: Node) -> Arc<dyn Plan<N::Of<V>>> {
    Arc::new(Beside { row, node, read: N::read_value::<V> })
}

#[diagnostic::do_not_recommend]
impl<V: Value, N: Mode> Load for Expr<V, N> {
    type Output = N::Of<V>;

    fn plan(self, row: Source) -> Arc<dyn Plan<N::Of<V>>> {
        beside::<V, N>(row, self.into_node())
    }
}

/// A column of a related row; the columns of the row itself are part of it.
#[diagnostic::do_not_recommend]
impl<V: Value, N: Mode> Load for Column<V, Far<N>> {
    type Output = N::Of<V>;

    fn plan(self, row: Source) -> Arc<dyn Plan<N::Of<V>>> {
        beside::<V, N>(row, self.into_node())
    }
}

/// Loading the value in fields of graphs.
macro_rules! loaded {
    ($($what:ident<$mode:ty> => |$value:ident| $output:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$value: Value> Loaded<$what<$value, $mode>> for $output {
            fn plan(computed: $what<$value, $mode>) -> Arc<dyn Plan<Self>> {
                beside::<$value, $mode>(Source::nowhere(), computed.into_node())
            }
        }
    )* };
}
loaded! {
    Expr<Required> => |V| V;
    Expr<Nullable> => |V| Option<V>;
    Expr<Far<Required>> => |V| V;
    Expr<Far<Nullable>> => |V| Option<V>;
    Column<Required> => |V| V;
    Column<Nullable> => |V| Option<V>;
    Column<Far<Required>> => |V| V;
    Column<Far<Nullable>> => |V| Option<V>;
}
