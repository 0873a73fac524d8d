//! Indexes.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use super::Column;
use super::build::positions;
use crate::attr::{Attr, ColumnList, ListOver, ListPart};
use crate::context::Ctxt;

/// `unique(...)` or `index(...)`.
pub(crate) struct Index {
    /// The attribute: the location for errors.
    pub(crate) attr: Ident,
    /// The name, if one is given.
    pub(crate) name: Option<LitStr>,
    /// The parts.
    pub(crate) parts: Vec<Part>,
    /// The condition, if one is given.
    pub(crate) condition: Option<LitStr>,
}

/// A part of an index.
pub(crate) struct Part {
    /// What the part covers.
    pub(crate) over: Over,
    /// Whether the order is descending.
    pub(crate) descending: bool,
}

/// What a part of an index covers.
pub(crate) enum Over {
    /// A column.
    Column(usize),
    /// A prefix of a column: its length in characters, and the location.
    Prefix(usize, u32, Span),
    /// An expression, and its location.
    Expression(LitStr, Span),
}

impl Index {
    /// Returns the whole columns that it covers.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> {
        self.parts
            .iter()
            .filter_map(|part| if let Over::Column(index) = part.over { Some(index) } else { None })
    }

    /// Returns the columns that its name is derived from.
    pub(super) fn named_after(&self) -> Vec<usize> {
        let column = |part: &Part| match part.over {
            Over::Column(index) | Over::Prefix(index, ..) => Some(index),
            Over::Expression(..) => None,
        };
        self.parts.iter().filter_map(column).collect()
    }
}

/// `full_text(...)`, or `full_text` on a field.
pub(crate) struct FullText {
    /// The attribute: the location for errors.
    pub(crate) attr: Ident,
    /// The name, if one is given.
    pub(crate) name: Option<LitStr>,
    /// The columns.
    pub(crate) columns: Vec<usize>,
    /// The parser, if one is given.
    pub(crate) parser: Option<LitStr>,
}

/// Returns the index that a list declares.
pub(super) fn index(cx: &Ctxt, list: &ColumnList, columns: &[Column<'_>]) -> Index {
    names_a_field(cx, list);
    let named: Vec<Ident> = list.parts.iter().filter_map(ListPart::named).cloned().collect();
    let mut found = positions(cx, &named, columns).into_iter();
    let parts = list.parts.iter().filter_map(|part| {
        let over = match &part.over {
            ListOver::Field(_) => Over::Column(found.next()?),
            // Already checked to be a number that fits.
            ListOver::Prefix(_, length) => {
                Over::Prefix(found.next()?, length.base10_parse().ok()?, length.span())
            }
            ListOver::Expression(name, expression) => Over::Expression(expression.clone(), name.span()),
        };
        Some(Part { over, descending: part.descending.is_some() })
    });
    Index {
        attr: list.attr.clone(),
        name: list.name.as_ref().map(|name| name.value.clone()),
        parts: parts.collect(),
        condition: list.condition.as_ref().map(|condition| condition.value.clone()),
    }
}

/// Returns the full-text indexes of lists, and those of fields.
pub(super) fn full_texts(cx: &Ctxt, lists: &[ColumnList], columns: &[Column<'_>]) -> Vec<FullText> {
    let listed = lists.iter().map(|list| {
        names_a_field(cx, list);
        let value = |attr: &Option<Attr<LitStr>>| attr.as_ref().map(|attr| attr.value.clone());
        FullText {
            attr: list.attr.clone(),
            name: value(&list.name),
            columns: positions(cx, &list.fields(), columns),
            parser: value(&list.parser),
        }
    });
    let own = columns.iter().filter_map(|column| {
        let attr = column.attrs.full_text.as_ref()?.name.clone();
        Some(FullText { attr, name: None, columns: vec![column.index], parser: None })
    });
    listed.chain(own).collect()
}

fn names_a_field(cx: &Ctxt, list: &ColumnList) {
    if list.parts.is_empty() {
        cx.error(&list.attr, format!("`{}` needs at least one field", list.attr));
    }
}
