//! Descriptions of differences.

use super::facets::{Facet, facets};
use super::table::same_actions;
use super::{Pair, TablePart};
use crate::dialect::Dialect;
use crate::schema::ddl::sql;
use crate::schema::{CheckSchema, ColumnSchema, TableName};

/// Describes a difference. A `moved` part is as it should be, but is dropped while other parts change.
pub(super) fn of(table: &TableName, part: &TablePart, moved: bool, dialect: &Dialect) -> String {
    let text = different(table, part, dialect);
    match moved {
        true => text
            .replacen(" belongs to no model: ", " has to be dropped while other things change: ", 1)
            .replacen(" is missing: ", " is added back: ", 1),
        false => text,
    }
}

fn different(table: &TableName, part: &TablePart, dialect: &Dialect) -> String {
    match part {
        TablePart::View(missing) if missing.is_empty() => format!("the view `{table}` is missing"),
        TablePart::View(missing) => format!("the view `{table}` has no column `{}`", missing.join("`, `")),
        TablePart::Table(pair) => match **pair {
            Pair::Extra(_) => format!("the table `{table}` belongs to no model"),
            Pair::Absent(_) | Pair::Differs { .. } => format!("the table `{table}` is missing"),
        },
        TablePart::TableColumn(pair) => column(table, pair, dialect),
        TablePart::PrimaryKey(pair) => {
            pair_text(&format!("the primary key of `{table}`"), pair, |key| format!("({})", key.join(", ")))
        }
        TablePart::Index(Pair::Differs { wanted, found })
            if wanted.parts == found.parts && wanted.name != found.name =>
        {
            format!("the index `{}` of `{table}` is called `{}`", wanted.name, found.name)
        }
        TablePart::Index(pair) => {
            let (Pair::Absent(index) | Pair::Extra(index) | Pair::Differs { wanted: index, .. }) = pair;
            let kind = match index.full_text {
                true => "full-text index",
                false if index.unique => "unique key",
                false => "index",
            };
            let what = format!("the {kind} `{}` of `{table}`", index.name);
            pair_text(&what, pair, |index| {
                format!("({}){}", sql::parts(&index.parts, dialect), sql::parser(index, dialect))
            })
        }
        TablePart::ForeignKey(Pair::Differs { wanted, found })
            if same_actions(wanted, found) && wanted.name != found.name =>
        {
            format!("the foreign key `{}` of `{table}` {}", wanted.name, called(&found.name))
        }
        TablePart::ForeignKey(pair) => {
            let (Pair::Absent(key) | Pair::Extra(key) | Pair::Differs { wanted: key, .. }) = pair;
            let what = format!("the foreign key of `{table}` over ({})", key.columns.join(", "));
            pair_text(&what, pair, |key| sql::foreign_key(key, dialect))
        }
        TablePart::Check(Pair::Differs { wanted, found }) => {
            let name = |check: &CheckSchema| check.name.clone().unwrap_or_default();
            format!("the check `{}` of `{table}` {}", name(wanted), called(&name(found)))
        }
        TablePart::Check(pair) => {
            pair_text(&format!("a check of `{table}`"), pair, |check| check.condition.clone())
        }
        TablePart::Engine(pair) => pair_text(&format!("the engine of `{table}`"), pair, String::clone),
        TablePart::Charset(pair) => {
            pair_text(&format!("the character set of `{table}`"), pair, String::clone)
        }
        TablePart::Comment(pair) => {
            pair_text(&format!("the comment of `{table}`"), pair, |text| format!("'{text}'"))
        }
    }
}

fn called(name: &str) -> String {
    if name.is_empty() { "has no name".to_owned() } else { format!("is called `{name}`") }
}

fn pair_text<T>(what: &str, pair: &Pair<T>, text: impl Fn(&T) -> String) -> String {
    match pair {
        Pair::Absent(wanted) => format!("{what} is missing: {}", text(wanted)),
        Pair::Extra(found) => format!("{what} belongs to no model: {}", text(found)),
        Pair::Differs { wanted, found } => {
            format!("{what} is {}, and should be {}", text(found), text(wanted))
        }
    }
}

fn column(table: &TableName, pair: &Pair<ColumnSchema>, dialect: &Dialect) -> String {
    match pair {
        Pair::Absent(wanted) => format!("the column `{table}.{}` is missing: {}", wanted.name, wanted.ty),
        Pair::Extra(found) => {
            let trouble =
                if found.nullable || found.default.is_some() || found.generated.is_some() || found.auto {
                    ""
                } else {
                    ", and is NOT NULL without a default, so inserts fail"
                };
            format!("the column `{table}.{}` belongs to no model{trouble}: {}", found.name, found.ty)
        }
        Pair::Differs { wanted, found } => {
            let facets = facets(wanted, found, dialect);
            let words: Vec<String> = facets.iter().map(|facet| facet_text(*facet, wanted, found)).collect();
            format!("the column `{table}.{}` {}", wanted.name, words.join("; "))
        }
    }
}

fn facet_text(facet: Facet, wanted: &ColumnSchema, found: &ColumnSchema) -> String {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let computed = |column: &ColumnSchema| match &column.generated {
        Some(generated) => {
            let kept = if generated.stored { "stored" } else { "computed when read" };
            format!("{} ({kept})", generated.expression)
        }
        None => "nothing".to_owned(),
    };
    match facet {
        Facet::Type => format!("is {}, and should be {}", found.ty, wanted.ty),
        Facet::Nullable if found.nullable => "allows NULL, and should not".to_owned(),
        Facet::Nullable => "is NOT NULL, and should allow NULL".to_owned(),
        Facet::Auto if found.auto => "is auto-increment, and should not be".to_owned(),
        Facet::Auto => "is not auto-increment, and should be".to_owned(),
        Facet::Default => {
            format!(
                "has the default {}, and should have {}",
                or_none(&found.default),
                or_none(&wanted.default)
            )
        }
        Facet::Generated => {
            format!("is computed as {}, and should be as {}", computed(found), computed(wanted))
        }
        Facet::Collation => {
            format!(
                "has the collation {}, and should have {}",
                or_none(&found.collation),
                or_none(&wanted.collation)
            )
        }
        Facet::Check => {
            format!("has the check {}, and should have {}", or_none(&found.check), or_none(&wanted.check))
        }
        Facet::Comment => {
            format!(
                "has the comment {}, and should have {}",
                or_none(&found.comment),
                or_none(&wanted.comment)
            )
        }
    }
}
