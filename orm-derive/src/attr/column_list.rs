//! Lists of columns of keys and indexes.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, LitInt, LitStr};

use super::entry::{Entry, Given, list};
use super::read::{self, Attr, once};
use super::structure::{Item, inside, item};
use crate::context::Ctxt;

/// `index(a desc, b(20), expr = "...", name = "...", where = "...")`, or `full_text(a, b, parser = "...")`.
pub(crate) struct ColumnList {
    /// The attribute's name.
    pub(crate) attr: Ident,
    /// The parts.
    pub(crate) parts: Vec<ListPart>,
    /// `name = "..."`.
    pub(crate) name: Option<Attr<LitStr>>,
    /// `where = "..."`.
    pub(crate) condition: Option<Attr<LitStr>>,
    /// `parser = "..."`, of a full-text index.
    pub(crate) parser: Option<Attr<LitStr>>,
}

/// A part of a key or an index.
pub(crate) struct ListPart {
    /// What the part covers.
    pub(crate) over: ListOver,
    /// `desc`: descending order.
    pub(crate) descending: Option<Ident>,
}

/// What a part of a key or an index covers.
pub(crate) enum ListOver {
    /// `author_id`: a field.
    Field(Ident),
    /// `title(20)`: a prefix of a field.
    Prefix(Ident, LitInt),
    /// `expr = "lower(title)"`.
    Expression(Ident, LitStr),
}

impl ListPart {
    /// Returns the field that it names.
    pub(crate) fn named(&self) -> Option<&Ident> {
        match &self.over {
            ListOver::Field(field) | ListOver::Prefix(field, _) => Some(field),
            ListOver::Expression(..) => None,
        }
    }
}

impl ColumnList {
    /// Returns the fields.
    pub(crate) fn fields(&self) -> Vec<Ident> {
        let field = |part: &ListPart| match &part.over {
            ListOver::Field(field) => Some(field.clone()),
            ListOver::Prefix(..) | ListOver::Expression(..) => None,
        };
        self.parts.iter().filter_map(field).collect()
    }

    /// Reports what a primary key does not support.
    pub(super) fn refuse_in_a_key(&self, cx: &Ctxt) {
        let named = self.name.iter().chain(&self.condition).map(|attr| &attr.name);
        let computed = self.parts.iter().filter_map(|part| match &part.over {
            ListOver::Expression(name, _) => Some(name),
            _ => None,
        });
        for extra in named.chain(computed) {
            cx.error(extra, format!("a primary key cannot have `{extra}`"));
        }
        for part in &self.parts {
            if let ListOver::Prefix(_, length) = &part.over {
                cx.error(
                    length,
                    "a primary key needs whole columns, not prefixes: limit the column itself with `length`",
                );
            }
            if let Some(desc) = &part.descending {
                cx.error(desc, "a primary key cannot have `desc`: add an `index` with this order");
            }
        }
    }

    /// Reports what a full-text index does not support.
    pub(super) fn refuse_in_full_text(&self, cx: &Ctxt) {
        if let Some(condition) = &self.condition {
            cx.error(&condition.name, "a full-text index cannot have `where`: it covers all rows");
        }
        for part in &self.parts {
            match &part.over {
                ListOver::Field(_) => {}
                ListOver::Prefix(_, length) => {
                    cx.error(length, "a full-text index covers whole columns: remove the prefix length");
                }
                ListOver::Expression(name, _) => cx.error(
                    name,
                    "a full-text index cannot have `expr`: add a `generated` column and index that",
                ),
            }
            if let Some(desc) = &part.descending {
                cx.error(desc, "a full-text index has no sort order: remove `desc`");
            }
        }
    }
}

/// A part, or another item.
enum ListItem {
    Part(ListPart),
    Other(Item),
}

fn list_item(input: ParseStream<'_>) -> syn::Result<ListItem> {
    let over = if input.peek2(syn::token::Paren) {
        prefix(input)?
    } else {
        match item(input)? {
            Item::Word(field) => ListOver::Field(field),
            Item::Option(option) if option.name == "expr" => {
                let expression = read::string(&option, "expr = \"lower(title)\"")?;
                ListOver::Expression(option.name, expression)
            }
            other => return Ok(ListItem::Other(other)),
        }
    };
    Ok(ListItem::Part(ListPart { over, descending: descending(input)? }))
}

/// Reads `desc`, if present.
fn descending(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if !input.peek(Ident::peek_any) {
        return Ok(None);
    }
    let word = input.call(Ident::parse_any)?;
    match word.to_string().as_str() {
        "desc" => Ok(Some(word)),
        "asc" => Err(syn::Error::new_spanned(word, "ascending is the default order: remove `asc`")),
        _ => {
            let message = format!("unexpected `{word}`: expected `desc` or a comma");
            Err(syn::Error::new_spanned(word, message))
        }
    }
}

/// Reads `title(20)`.
fn prefix(input: ParseStream<'_>) -> syn::Result<ListOver> {
    let field = input.call(Ident::parse_any)?;
    let content;
    syn::parenthesized!(content in input);
    let length: Option<LitInt> = content.parse().ok().filter(|length: &LitInt| {
        content.is_empty() && length.base10_parse::<u32>().is_ok_and(|length| length > 0)
    });
    match length {
        Some(length) => Ok(ListOver::Prefix(field, length)),
        None => {
            let message = format!("expected the length of the prefix, as in `{field}(20)`");
            Err(syn::Error::new_spanned(field, message))
        }
    }
}

/// Reads a list.
pub(super) fn column_list(cx: &Ctxt, entry: &Entry, how: &str) -> Option<ColumnList> {
    let tokens = inside(cx, entry, how)?;
    let before = cx.count();
    let attr = entry.name.clone();
    let mut read = ColumnList { attr, parts: Vec::new(), name: None, condition: None, parser: None };
    for item in list(cx, tokens, list_item) {
        match item {
            ListItem::Part(part) => read.parts.push(part),
            ListItem::Other(Item::Option(option)) => read.option(cx, option),
            ListItem::Other(Item::Word(name) | Item::Target(name, _)) => {
                cx.push(read::malformed(&Entry { name, value: Given::Nothing }, how));
            }
        }
    }
    let misread = read.parts.is_empty() && cx.count() > before;
    (!misread).then_some(read)
}

impl ColumnList {
    fn option(&mut self, cx: &Ctxt, option: Entry) {
        match option.name.to_string().as_str() {
            "name" => {
                once(cx, &mut self.name, option, |entry| read::string(entry, "name = \"posts_by_author\""))
            }
            "where" => once(cx, &mut self.condition, option, |entry| {
                read::string(entry, "where = \"deleted_at IS NULL\"")
            }),
            "parser" if self.attr == "full_text" => {
                once(cx, &mut self.parser, option, |entry| read::string(entry, "parser = \"ngram\""));
            }
            name => {
                let known = match self.attr.to_string().as_str() {
                    "primary_key" => "fields",
                    "full_text" => "fields, `name` and `parser`",
                    _ => "fields, `expr`, `name` and `where`",
                };
                cx.error(&option.name, format!("unknown option `{name}`: `{}` takes {known}", self.attr));
            }
        }
    }
}
