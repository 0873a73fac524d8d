//! Fields of columns.

use orm_core::dialect::Dialect;
use orm_core::schema::{CheckSchema, ColumnSchema, KeyPart, TableSchema};
use orm_core::value::Kind;

use crate::choice::{Choice, choice, words};
use crate::names::Taken;
use crate::plan::{Field, Model};
use crate::types;

/// Returns the field of a column, without its foreign keys.
pub(crate) fn field(
    model: &mut Model,
    table: &TableSchema,
    column: &ColumnSchema,
    checks: &mut Vec<CheckSchema>,
    (types, choices): (&mut Taken, &mut Vec<Choice>),
    dialect: &Dialect,
) -> Field {
    let name = model.taken.free_field(&column.name);
    let mut attributes = Vec::new();
    if table.primary_key == [column.name.as_str()] {
        attributes.push("primary_key".to_owned());
    }
    let references = table.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    if column.auto && !references && table.primary_key == [column.name.as_str()] {
        attributes.push("auto".to_owned());
    } else if column.auto && !table.primary_key.is_empty() && dialect.ddl.storage.is_some() {
        model.notes.push(format!(
            "`{}` is AUTO_INCREMENT, which a model can declare only for a primary key of one column that references no other table. Each insert has to set it.",
            column.name
        ));
    }
    if is_key(table, &column.name, true) {
        attributes.push("unique".to_owned());
    } else if is_key(table, &column.name, false) {
        attributes.push("index".to_owned());
    }
    if name != column.name {
        attributes.push(format!("column = {:?}", column.name));
    }
    let (ty, is_text) = match words(column, checks, dialect) {
        Some(words) => {
            let of = format!("{}.{}", table.name, column.name);
            let made = choice(&model.name, &column.name, of, words, types);
            let name = made.name.clone();
            choices.push(made);
            (name, true)
        }
        None => {
            let ty = types::of(column, in_key(table, &column.name), dialect);
            attributes.extend(ty.attributes);
            (ty.name, ty.kind == Kind::Text)
        }
    };
    if let Some(collation) = column.collation.as_ref().filter(|_| is_text) {
        attributes.push(format!("collation = {collation:?}"));
    }
    if let Some(generated) = &column.generated {
        attributes.push(format!("generated = {:?}", bare(&generated.expression)));
        if !generated.stored {
            attributes.push("virtual".to_owned());
        }
    }
    if let Some(default) = &column.default {
        attributes.push(format!("server_default = {default:?}"));
        if default.starts_with("'0000-00-00") {
            model.notes.push(format!(
                "`{name}` has the default 0000-00-00, which chrono cannot represent: reading a row with that value is an error, unless the field has a type of your own."
            ));
        }
    }
    if column.on_update.is_some() {
        attributes.push("on_update = now".to_owned());
    }
    if let Some(comment) = &column.comment {
        attributes.push(format!("comment = {comment:?}"));
    }
    Field { name, column: column.name.clone(), ty, nullable: column.nullable, attributes }
}

/// Returns whether the column alone has a unique constraint, or an index, with the default name.
pub(crate) fn is_key(table: &TableSchema, column: &str, unique: bool) -> bool {
    let end = if unique { "key" } else { "idx" };
    let made = format!("{}_{column}_{end}", table.name.name);
    let mut indexes = table.indexes.iter();
    indexes.any(|index| {
        index.unique == unique
            && index.columns() == Some(vec![column])
            && !index.parts.iter().any(KeyPart::is_descending)
            && (index.name.is_empty() || index.name == made)
    })
}

/// Returns whether the whole column is part of a key or of an index other than a full-text one.
fn in_key(table: &TableSchema, column: &str) -> bool {
    let whole =
        |part: &KeyPart| matches!(part.over(), KeyPart::Named { name, prefix: None } if name == column);
    let named = |columns: &[String]| columns.iter().any(|name| name == column);
    named(&table.primary_key)
        || table.foreign_keys.iter().any(|key| named(&key.columns))
        || table.indexes.iter().any(|index| !index.full_text && index.parts.iter().any(whole))
}

/// Removes parentheses around a whole expression.
pub(crate) fn bare(expression: &str) -> &str {
    let Some(inner) = expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) else {
        return expression;
    };
    let mut depth = 0_usize;
    // Texts may contain unbalanced parentheses: then the outer ones stay.
    for letter in inner.chars() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return expression,
            ')' => depth -= 1,
            _ => {}
        }
    }
    if depth == 0 { bare(inner) } else { expression }
}
