//! Cursors over enums and JSON documents, which some databases sort in another way than they compare them with a text:
//! MySQL and MariaDB sort a column of type ENUM by the position of its values, and MySQL sorts documents by their types.

use crate::dialect::Dialect;
use crate::schema::ColumnDef;
use crate::syntax::{ColumnRef, Function, InList, Node, OrderBy, Origin, Select, Source, Step, path_steps};
use crate::value::{Datum, Kind};

/// Sorts documents as text, and enums unless they are columns of tables: only of those is it known how the database sorts
/// them.
pub(super) fn sort_as_text(select: &mut Select) {
    let mut orders = std::mem::take(&mut select.order_by);
    for order in &mut orders {
        let is_text = match order.kind {
            Kind::JsonDocument => true,
            Kind::Choice(_) => words_of(select, &order.node).is_none(),
            _ => false,
        };
        if is_text {
            order.kind = Kind::Text;
            order.node = Node::call(Function::Cast, Kind::Text, vec![order.node.clone()]);
        }
    }
    select.order_by = orders;
}

/// Returns the condition that a key comes after a value, if it is sorted by the position of its values.
pub(super) fn comes_after(
    select: &Select,
    order: &OrderBy,
    value: &Datum,
    dialect: &Dialect,
) -> Option<Node> {
    // A database that has the type sorts by it.
    let words = words_of(select, &order.node).filter(|_| !dialect.ddl.checks_types)?;
    let Datum::Text(value) = value else { return None };
    let at = words.iter().position(|word| *word == value.as_str())?;
    let after = if order.descending { &words[..at] } else { &words[at + 1..] };
    let values: Vec<Datum> = after.iter().map(|word| Datum::Text((*word).into())).collect();
    let kind = Kind::Choice(words);
    Some(Node::InList(Box::new(InList { needle: order.node.clone(), kind, values, negated: false })))
}

/// Returns the values of a column of a table whose type is an enum.
fn words_of(select: &Select, node: &Node) -> Option<&'static [&'static str]> {
    let Node::Column(column) = node else { return None };
    match column_of(select, *column)? {
        ColumnDef { kind: Kind::Choice(words), sql_type: None, .. } => Some(words),
        _ => None,
    }
}

fn column_of(select: &Select, column: ColumnRef) -> Option<&'static ColumnDef> {
    let source = column.source();
    let table = match path_steps(source.path).last() {
        Some((_, Step::Relation(link))) => link.target(),
        Some(_) => return None,
        None => {
            let mut items = select.from.iter().zip(select.base..);
            let (item, _) = items.find(|(_, number)| Source::table(*number) == source)?;
            match item.origin {
                Origin::Table(table) => table,
                _ => return None,
            }
        }
    };
    // A view may compute the column.
    (!table.view).then(|| table.column(column.index))
}
