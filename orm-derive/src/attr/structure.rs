//! The attributes of the struct.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{AngleBracketedGenericArguments, Attribute, Expr, Ident, LitStr, Path, Token};

use super::column_list::{ColumnList, column_list};
use super::condition::{Condition, condition};
use super::entry::{Entry, Given, list, value};
use super::names::{ON_FIELD, ON_STRUCT, unknown, usage};
use super::read::{self, Attr, once};
use super::{ACTIONS, Action};
use crate::context::Ctxt;

/// The attributes of the struct, as written.
#[derive(Default)]
pub(crate) struct StructAttrs {
    pub(crate) table: Option<Attr<LitStr>>,
    pub(crate) view: Option<Attr<()>>,
    pub(crate) renamed_from: Option<Attr<LitStr>>,
    pub(crate) schema: Option<Attr<LitStr>>,
    pub(crate) bind: Option<Attr<LitStr>>,
    pub(crate) comment: Option<Attr<LitStr>>,
    pub(crate) engine: Option<Attr<LitStr>>,
    pub(crate) charset: Option<Attr<LitStr>>,
    pub(crate) collation: Option<Attr<LitStr>>,
    pub(crate) soft_delete: Option<Attr<Ident>>,
    pub(crate) hooks: Option<Attr<()>>,
    pub(crate) fields: Option<Attr<Ident>>,
    pub(crate) krate: Option<Attr<Path>>,
    pub(crate) primary_key: Option<ColumnList>,
    pub(crate) uniques: Vec<ColumnList>,
    pub(crate) indexes: Vec<ColumnList>,
    pub(crate) full_texts: Vec<ColumnList>,
    pub(crate) checks: Vec<Condition>,
    pub(crate) belongs_to: Vec<CompositeKey>,
    pub(crate) related: Vec<Related>,
    pub(crate) many_to_many: Vec<ManyToMany>,
    pub(crate) one_of: Vec<OneOf>,
    /// Whether an attribute could not be parsed: what seems to be missing may only be misspelt.
    pub(crate) broken: bool,
    /// The names of all attributes, in order.
    pub(crate) names: Vec<Ident>,
}

/// `belongs_to(order: Order, by = (region, order_no))`.
pub(crate) struct CompositeKey {
    /// The relation's name.
    pub(crate) relation: Ident,
    /// The model.
    pub(crate) target: Path,
    /// The fields.
    pub(crate) by: Vec<Ident>,
    /// The fields of the other model that they reference, if not the primary key.
    pub(crate) to: Vec<Ident>,
    /// `on_delete = ...`.
    pub(crate) on_delete: Option<Attr<Action>>,
    /// `on_update = ...`.
    pub(crate) on_update: Option<Attr<Action>>,
    /// `constraint = "..."`.
    pub(crate) constraint: Option<Attr<LitStr>>,
}

/// `posts: Post` or `written: Post.author`, in `has_many` or `has_one`.
pub(crate) struct Related {
    /// Whether it is `has_many`.
    pub(crate) many: bool,
    /// The relation's name.
    pub(crate) name: Ident,
    /// The model that has the foreign key.
    pub(crate) target: Path,
    /// The inverse relation in that model.
    pub(crate) back: Option<Ident>,
}

/// `many_to_many(followers: User, through = Follow, from = followed, to = follower)`.
pub(crate) struct ManyToMany {
    /// The relation's name.
    pub(crate) name: Ident,
    /// The target model.
    pub(crate) target: Path,
    /// The join model.
    pub(crate) through: Path,
    /// The join model's relation back to this model.
    pub(crate) from: Option<Ident>,
    /// The join model's relation to the target.
    pub(crate) to: Option<Ident>,
}

/// `one_of(subject: Subject, by = (post, photo))`.
pub(crate) struct OneOf {
    /// The relation's name.
    pub(crate) name: Ident,
    /// The enum.
    pub(crate) target: Path,
    /// The relations.
    pub(crate) by: Vec<Ident>,
}

impl StructAttrs {
    /// Reads the attributes of a struct.
    pub(crate) fn read(cx: &Ctxt, attrs: &[Attribute]) -> Self {
        let before = cx.count();
        let mut read = StructAttrs::default();
        for entry in super::entry::entries(cx, attrs) {
            read.names.push(entry.name.clone());
            read.take(cx, entry);
        }
        read.broken = cx.count() > before;
        read
    }

    fn take(&mut self, cx: &Ctxt, entry: Entry) {
        let name = entry.name.to_string();
        let how = usage(ON_STRUCT, &name);
        let string = |entry: &Entry| read::string(entry, how);
        match name.as_str() {
            "table" => once(cx, &mut self.table, entry, string),
            "view" => once(cx, &mut self.view, entry, read::flag),
            "renamed_from" => once(cx, &mut self.renamed_from, entry, string),
            "schema" => once(cx, &mut self.schema, entry, string),
            "bind" => once(cx, &mut self.bind, entry, string),
            "comment" => once(cx, &mut self.comment, entry, string),
            "engine" => once(cx, &mut self.engine, entry, string),
            "charset" => once(cx, &mut self.charset, entry, string),
            "collation" => once(cx, &mut self.collation, entry, string),
            "soft_delete" => once(cx, &mut self.soft_delete, entry, |entry| read::word(entry, how)),
            "hooks" => once(cx, &mut self.hooks, entry, read::flag),
            "fields" => once(cx, &mut self.fields, entry, |entry| read::word(entry, how)),
            "crate" => once(cx, &mut self.krate, entry, |entry| super::crate_path(cx, entry)),
            "primary_key" => self.primary_key(cx, entry, how),
            "unique" => self.uniques.extend(column_list(cx, &entry, how)),
            "index" => self.indexes.extend(column_list(cx, &entry, how)),
            "full_text" => self.full_text(cx, &entry, how),
            "check" => self.checks.extend(condition(cx, &entry, how)),
            "belongs_to" if matches!(entry.value, Given::Value(_)) => {
                let message = "`belongs_to = Model` belongs on the field of the foreign key; for a key of several \
                    columns, write `belongs_to(order: Order, by = (region, order_no))` here";
                cx.error(&entry.name, message);
            }
            "belongs_to" => self.belongs_to.extend(composite_key(cx, &entry, how)),
            "has_many" | "has_one" => self.related(cx, &entry, how),
            "many_to_many" => self.many_to_many.extend(many_to_many(cx, &entry, how)),
            "one_of" => self.one_of.extend(one_of(cx, &entry, how)),
            _ => unknown(cx, &entry.name, ("the struct", ON_STRUCT), &[("a field", ON_FIELD)]),
        }
    }

    fn primary_key(&mut self, cx: &Ctxt, entry: Entry, how: &str) {
        if self.primary_key.is_some() {
            return cx.error(&entry.name, "duplicate attribute `primary_key`");
        }
        self.primary_key = column_list(cx, &entry, how);
        if let Some(list) = &self.primary_key {
            list.refuse_in_a_key(cx);
        }
    }

    fn full_text(&mut self, cx: &Ctxt, entry: &Entry, how: &str) {
        if let Some(list) = column_list(cx, entry, how) {
            list.refuse_in_full_text(cx);
            self.full_texts.push(list);
        }
    }

    fn related(&mut self, cx: &Ctxt, entry: &Entry, how: &str) {
        let Some(tokens) = inside(cx, entry, how) else { return };
        let many = entry.name == "has_many";
        self.related.extend(list(cx, tokens, |input| {
            let (name, target) = named_target(input)?;
            let dot = input.parse::<Option<Token![.]>>()?;
            let back = dot.map(|_| input.call(Ident::parse_any)).transpose()?;
            Ok(Related { many, name, target, back })
        }));
    }
}

/// Returns the content of the entry's parentheses.
pub(super) fn inside<'a>(cx: &Ctxt, entry: &'a Entry, how: &str) -> Option<&'a TokenStream> {
    match &entry.value {
        Given::List(tokens) if !tokens.is_empty() => Some(tokens),
        _ => {
            cx.push(read::malformed(entry, how));
            None
        }
    }
}

/// Parses `order: Order`.
fn named_target(input: ParseStream<'_>) -> syn::Result<(Ident, Path)> {
    let name = input.call(Ident::parse_any)?;
    if !input.peek(Token![:]) {
        let message = format!("expected `name: Model`, as in `{}: {name}`", lower(&name));
        return Err(syn::Error::new_spanned(&name, message));
    }
    input.parse::<Token![:]>()?;
    if let Ok(text) = input.fork().parse::<syn::LitStr>() {
        return Err(syn::Error::new_spanned(
            &text,
            format!("write the model without quotes: `{name}: {}`", text.value()),
        ));
    }
    let target = input.call(Path::parse_mod_style)?;
    // `posts: Vec<Post>`
    if input.peek(Token![<]) {
        let inner = input.parse::<AngleBracketedGenericArguments>()?.args;
        let message = format!(
            "write only the model, `{name}: {}`: the relation itself says whether it leads to many rows",
            inner.to_token_stream()
        );
        return Err(syn::Error::new_spanned(target, message));
    }
    Ok((name, target))
}

fn lower(name: &Ident) -> String {
    crate::model::snake_case(&name.unraw().to_string())
}

/// An item of a list with words and options.
pub(super) enum Item {
    Word(Ident),
    Target(Ident, Path),
    Option(Entry),
}

pub(super) fn item(input: ParseStream<'_>) -> syn::Result<Item> {
    if input.peek2(Token![=]) {
        let name = input.call(Ident::parse_any)?;
        input.parse::<Token![=]>()?;
        return Ok(Item::Option(Entry { name, value: Given::Value(value(input)?) }));
    }
    if input.peek2(Token![:]) && !input.peek2(Token![::]) {
        return named_target(input).map(|(name, target)| Item::Target(name, target));
    }
    if input.peek(syn::Lit) {
        return Err(input.error("expected the field's name, without quotes"));
    }
    Ok(Item::Word(input.call(Ident::parse_any)?))
}

fn composite_key(cx: &Ctxt, entry: &Entry, how: &str) -> Option<CompositeKey> {
    let tokens = inside(cx, entry, how)?;
    let before = cx.count();
    let mut target = None;
    let mut by: Option<Attr<Vec<Ident>>> = None;
    let mut to: Option<Attr<Vec<Ident>>> = None;
    let mut on_delete = None;
    let mut on_update = None;
    let mut constraint = None;
    for item in list(cx, tokens, item) {
        match item {
            Item::Target(name, path) if target.is_none() => target = Some((name, path)),
            Item::Word(word) | Item::Target(word, _) => {
                cx.push(read::malformed(&Entry { name: word, value: Given::Nothing }, how));
            }
            Item::Option(entry) => match entry.name.to_string().as_str() {
                "by" => once(cx, &mut by, entry, |entry| fields(entry, "by = (region, order_no)")),
                "to" => once(cx, &mut to, entry, |entry| fields(entry, "to = (region, number)")),
                "on_delete" => once(cx, &mut on_delete, entry, |entry| read::choice(entry, ACTIONS)),
                "on_update" => once(cx, &mut on_update, entry, |entry| read::choice(entry, ACTIONS)),
                "constraint" => {
                    once(cx, &mut constraint, entry, |entry| {
                        read::string(entry, "constraint = \"lines_order\"")
                    });
                }
                other => {
                    let message = format!(
                        "unknown option `{other}`: `belongs_to` takes a relation, `by`, `to`, `on_delete`, `on_update` and `constraint`"
                    );
                    cx.error(&entry.name, message);
                }
            },
        }
    }
    match (target, by) {
        (Some((relation, target)), Some(by)) => {
            let (by, to) = (by.value, to.map_or_else(Vec::new, |to| to.value));
            Some(CompositeKey { relation, target, by, to, on_delete, on_update, constraint })
        }
        _ if cx.count() > before => None,
        (Some((relation, target)), None) => {
            let message = format!(
                "`{relation}` does not name the fields of its foreign key: add `by = (region, order_no)`; for a key of \
                one column, put `belongs_to = {}` on the field",
                target.to_token_stream()
            );
            cx.error(&relation, message);
            None
        }
        _ => {
            cx.error(&entry.name, format!("expected the form `{how}`"));
            None
        }
    }
}

/// Parses `= (a, b)`.
fn fields(entry: &Entry, how: &str) -> Result<Vec<Ident>, syn::Error> {
    let words: Option<Vec<Ident>> = match &entry.value {
        Given::Value(Expr::Tuple(tuple)) => {
            tuple.elems.iter().map(|elem| read::as_word(elem).cloned()).collect()
        }
        Given::Value(Expr::Paren(paren)) => read::as_word(&paren.expr).cloned().map(|word| vec![word]),
        Given::Value(value) => read::as_word(value).cloned().map(|word| vec![word]),
        _ => None,
    };
    words.filter(|words| !words.is_empty()).ok_or_else(|| read::malformed(entry, how))
}

fn many_to_many(cx: &Ctxt, entry: &Entry, how: &str) -> Option<ManyToMany> {
    let tokens = inside(cx, entry, how)?;
    let before = cx.count();
    let mut target = None;
    let mut through: Option<Attr<Path>> = None;
    let (mut from, mut to) = (None, None);
    for item in list(cx, tokens, item) {
        match item {
            Item::Target(name, path) if target.is_none() => target = Some((name, path)),
            Item::Word(word) | Item::Target(word, _) => {
                cx.push(read::malformed(&Entry { name: word, value: Given::Nothing }, how));
            }
            Item::Option(entry) => match entry.name.to_string().as_str() {
                "through" => once(cx, &mut through, entry, |entry| read::path(entry, "through = PostTag")),
                "from" => once(cx, &mut from, entry, |entry| read::word(entry, "from = followed")),
                "to" => once(cx, &mut to, entry, |entry| read::word(entry, "to = follower")),
                other => {
                    let message = format!(
                        "unknown option `{other}`: `many_to_many` takes a relation, `through`, `from` and `to`"
                    );
                    cx.error(&entry.name, message);
                }
            },
        }
    }
    match (target, through) {
        (Some((name, target)), Some(through)) => Some(ManyToMany {
            name,
            target,
            through: through.value,
            from: from.map(|from: Attr<Ident>| from.value),
            to: to.map(|to: Attr<Ident>| to.value),
        }),
        _ if cx.count() > before => None,
        _ => {
            cx.error(&entry.name, format!("expected the form `{how}`"));
            None
        }
    }
}

fn one_of(cx: &Ctxt, entry: &Entry, how: &str) -> Option<OneOf> {
    let tokens = inside(cx, entry, how)?;
    let before = cx.count();
    let mut target = None;
    let mut by: Option<Attr<Vec<Ident>>> = None;
    for item in list(cx, tokens, item) {
        match item {
            Item::Target(name, path) if target.is_none() => target = Some((name, path)),
            Item::Word(word) | Item::Target(word, _) => {
                cx.push(read::malformed(&Entry { name: word, value: Given::Nothing }, how));
            }
            Item::Option(entry) if entry.name == "by" => {
                once(cx, &mut by, entry, |entry| fields(entry, "by = (post, photo)"));
            }
            Item::Option(entry) => {
                let message = format!("unknown option `{}`: `one_of` takes a relation and `by`", entry.name);
                cx.error(&entry.name, message);
            }
        }
    }
    match (target, by) {
        (Some((name, target)), Some(by)) => Some(OneOf { name, target, by: by.value }),
        _ if cx.count() > before => None,
        _ => {
            cx.error(&entry.name, format!("expected the form `{how}`"));
            None
        }
    }
}
