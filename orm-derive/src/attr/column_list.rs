//! Lists of what a key or an index is over.

use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, LitInt, LitStr};

use super::entry::{Entry, Given, list};
use super::read::{self, Attr, once};
use super::structure::{Item, inside, item};
use crate::context::Ctxt;

/// `index(a, b(20), expr = "...", name = "...", where = "...")`.
pub(crate) struct ColumnList {
    /// The attribute's name.
    pub(crate) attr: Ident,
    /// What it is over.
    pub(crate) parts: Vec<ListPart>,
    /// `name = "..."`.
    pub(crate) name: Option<Attr<LitStr>>,
    /// `where = "..."`.
    pub(crate) condition: Option<Attr<LitStr>>,
}

/// What a key or an index is over.
pub(crate) enum ListPart {
    /// `author_id`: a field.
    Field(Ident),
    /// `title(20)`: what a field begins with.
    Prefix(Ident, LitInt),
    /// `expr = "lower(title)"`.
    Expression(Ident, LitStr),
}

impl ListPart {
    /// The field that it names.
    pub(crate) fn named(&self) -> Option<&Ident> {
        match self {
            ListPart::Field(field) | ListPart::Prefix(field, _) => Some(field),
            ListPart::Expression(..) => None,
        }
    }
}

impl ColumnList {
    /// The fields.
    pub(crate) fn fields(&self) -> Vec<Ident> {
        let field = |part: &ListPart| match part {
            ListPart::Field(field) => Some(field.clone()),
            ListPart::Prefix(..) | ListPart::Expression(..) => None,
        };
        self.parts.iter().filter_map(field).collect()
    }

    /// Reports what a primary key does not take.
    pub(super) fn refuse_options(&self, cx: &Ctxt) {
        let named = self.name.iter().chain(&self.condition).map(|attr| &attr.name);
        let computed = self.parts.iter().filter_map(|part| match part {
            ListPart::Expression(name, _) => Some(name),
            _ => None,
        });
        for extra in named.chain(computed) {
            cx.error(extra, format!("a primary key takes no `{extra}`"));
        }
        for part in &self.parts {
            if let ListPart::Prefix(_, length) = part {
                cx.error(length, "a primary key is of whole columns: limit the column itself with `length`");
            }
        }
    }
}

/// `title(20)`, or any other item.
enum ListItem {
    Prefix(Ident, LitInt),
    Other(Item),
}

fn list_item(input: ParseStream<'_>) -> syn::Result<ListItem> {
    if !input.peek2(syn::token::Paren) {
        return item(input).map(ListItem::Other);
    }
    let field = input.call(Ident::parse_any)?;
    let content;
    syn::parenthesized!(content in input);
    let length: Option<LitInt> = content.parse().ok().filter(|length: &LitInt| {
        content.is_empty() && length.base10_parse::<u32>().is_ok_and(|length| length > 0)
    });
    match length {
        Some(length) => Ok(ListItem::Prefix(field, length)),
        None => {
            let message = format!("write how many characters it is over, as in `{field}(20)`");
            Err(syn::Error::new_spanned(field, message))
        }
    }
}

/// Reads a list.
pub(super) fn column_list(cx: &Ctxt, entry: &Entry, how: &str) -> Option<ColumnList> {
    let tokens = inside(cx, entry, how)?;
    let before = cx.count();
    let mut read = ColumnList { attr: entry.name.clone(), parts: Vec::new(), name: None, condition: None };
    for item in list(cx, tokens, list_item) {
        match item {
            ListItem::Prefix(field, length) => read.parts.push(ListPart::Prefix(field, length)),
            ListItem::Other(Item::Word(field)) => read.parts.push(ListPart::Field(field)),
            ListItem::Other(Item::Option(option)) => read.option(cx, option),
            ListItem::Other(Item::Target(name, _)) => {
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
            "expr" => match read::string(&option, "expr = \"lower(title)\"") {
                Ok(expression) => self.parts.push(ListPart::Expression(option.name, expression)),
                Err(error) => cx.push(error),
            },
            name => {
                let known =
                    if self.attr == "primary_key" { "fields" } else { "fields, `expr`, `name` and `where`" };
                cx.error(&option.name, format!("unknown option `{name}`: `{}` takes {known}", self.attr));
            }
        }
    }
}
