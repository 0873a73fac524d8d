//! Descriptions of steps.

use orm::schema::{Difference, IndexSchema, Pair, TablePart};

/// Describes the step that fixes a difference.
pub(super) fn words(difference: &Difference) -> String {
    let table = &difference.table;
    match &difference.part {
        TablePart::Table(pair) => format!("{} the table `{table}`", verb(pair, "create")),
        TablePart::TableColumn(pair) => {
            let (Pair::Absent(column) | Pair::Extra(column) | Pair::Differs { wanted: column, .. }) = pair;
            let of = if let Pair::Differs { wanted, found } = pair
                && wanted.ty != found.ty
            {
                format!(" from {} to {}", found.ty, wanted.ty)
            } else {
                String::new()
            };
            format!("{} the column `{table}.{}`{of}", verb(pair, "add"), column.name)
        }
        TablePart::PrimaryKey(pair) => format!("{} the primary key of `{table}`", verb(pair, "add")),
        TablePart::Index(pair) => {
            let (Pair::Absent(index) | Pair::Extra(index) | Pair::Differs { wanted: index, .. }) = pair;
            let kind = match index.full_text {
                true => "full-text index",
                false if index.unique => "unique index",
                false => "index",
            };
            let fails = match is_stricter(pair) {
                true => " (this fails if rows have the same values)",
                false => "",
            };
            format!("{} the {kind} `{}` of `{table}`{fails}", verb(pair, "add"), index.name)
        }
        TablePart::ForeignKey(pair) => {
            let (Pair::Absent(key) | Pair::Extra(key) | Pair::Differs { wanted: key, .. }) = pair;
            format!("{} the foreign key of `{table}` at `{}`", verb(pair, "add"), key.parent)
        }
        TablePart::Check(pair) => {
            let (Pair::Absent(check) | Pair::Extra(check) | Pair::Differs { wanted: check, .. }) = pair;
            format!("{} the check `{}` of `{table}`", verb(pair, "add"), check.condition)
        }
        TablePart::Engine(_) => format!("change the engine of `{table}`"),
        TablePart::Charset(_) => format!("change the character set of `{table}`"),
        TablePart::Comment(_) => format!("change the comment of `{table}`"),
        other => format!("change `{table}`: {other:?}"),
    }
}

/// Returns whether rows that are there may violate an index.
fn is_stricter(pair: &Pair<IndexSchema>) -> bool {
    match pair {
        Pair::Absent(index) => index.unique,
        Pair::Differs { wanted, found } => wanted.unique && !(found.unique && found.parts == wanted.parts),
        Pair::Extra(_) => false,
    }
}

fn verb<T>(pair: &Pair<T>, add: &'static str) -> &'static str {
    match pair {
        Pair::Absent(_) => add,
        Pair::Extra(_) => "drop",
        Pair::Differs { .. } => "change",
    }
}
