//! The attributes of a field.

use syn::{Expr, Field, Ident, LitStr, Path};

use super::entry::{Entry, Given};
use super::names::{ON_FIELD, ON_STRUCT, unknown, usage};
use super::read::{self, Attr, once};
use super::{ACTIONS, Action};
use crate::context::Ctxt;

/// The attributes of a field, as written.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) primary_key: Option<Attr<()>>,
    pub(crate) auto: Option<Attr<()>>,
    pub(crate) unique: Option<Attr<()>>,
    pub(crate) index: Option<Attr<()>>,
    pub(crate) full_text: Option<Attr<()>>,
    pub(crate) version: Option<Attr<()>>,
    pub(crate) scoped: Option<Attr<()>>,
    pub(crate) json: Option<Attr<()>>,
    /// The prefix of the columns' names, if given.
    pub(crate) embed: Option<Attr<Option<LitStr>>>,
    pub(crate) skip: Option<Attr<()>>,
    pub(crate) sensitive: Option<Attr<()>>,
    pub(crate) column: Option<Attr<LitStr>>,
    pub(crate) renamed_from: Option<Attr<LitStr>>,
    pub(crate) length: Option<Attr<u32>>,
    pub(crate) precision: Option<Attr<(u8, u8)>>,
    pub(crate) sql_type: Option<Attr<LitStr>>,
    pub(crate) default: Option<Attr<DefaultValue>>,
    /// `on_update = now`.
    pub(crate) now_on_update: Option<Attr<()>>,
    /// `on_update = cascade`, of a foreign key.
    pub(crate) on_update: Option<Attr<Action>>,
    pub(crate) on_delete: Option<Attr<Action>>,
    pub(crate) server_default: Option<Attr<LitStr>>,
    pub(crate) generated: Option<Attr<LitStr>>,
    /// `virtual`: the generated value is not stored.
    pub(crate) computed_when_read: Option<Attr<()>>,
    pub(crate) collation: Option<Attr<LitStr>>,
    pub(crate) belongs_to: Option<Attr<Path>>,
    /// The field of the other model that the foreign key references, if not the primary key.
    pub(crate) to: Option<Attr<Ident>>,
    pub(crate) relation: Option<Attr<Ident>>,
    /// The name of the foreign key.
    pub(crate) constraint: Option<Attr<LitStr>>,
    pub(crate) comment: Option<Attr<LitStr>>,
    /// Whether an attribute could not be parsed: what seems to be missing may only be misspelt.
    pub(crate) broken: bool,
    /// The names of all attributes, in order.
    pub(crate) names: Vec<Ident>,
}

/// The value of `default`.
pub(crate) enum DefaultValue {
    /// `now`
    Now,
    /// Any other expression.
    Value(Expr),
}

impl FieldAttrs {
    /// Reads the attributes of `field`.
    pub(crate) fn read(cx: &Ctxt, field: &Field) -> Self {
        let before = cx.count();
        let mut attrs = FieldAttrs::default();
        for entry in super::entry::entries(cx, &field.attrs) {
            attrs.names.push(entry.name.clone());
            attrs.take(cx, entry);
        }
        attrs.broken = cx.count() > before;
        attrs
    }

    fn take(&mut self, cx: &Ctxt, entry: Entry) {
        let name = entry.name.to_string();
        let how = usage(ON_FIELD, &name);
        let string = |entry: &Entry| read::string(entry, how);
        match name.as_str() {
            "primary_key" => once(cx, &mut self.primary_key, entry, read::flag),
            "auto" => once(cx, &mut self.auto, entry, read::flag),
            "unique" => once(cx, &mut self.unique, entry, read::flag),
            "index" => once(cx, &mut self.index, entry, read::flag),
            "full_text" => once(cx, &mut self.full_text, entry, read::flag),
            "version" => once(cx, &mut self.version, entry, read::flag),
            "scoped" => once(cx, &mut self.scoped, entry, read::flag),
            "json" => once(cx, &mut self.json, entry, read::flag),
            "embed" => once(cx, &mut self.embed, entry, embed),
            "skip" => once(cx, &mut self.skip, entry, read::flag),
            "sensitive" => once(cx, &mut self.sensitive, entry, read::flag),
            "column" => once(cx, &mut self.column, entry, string),
            "renamed_from" => once(cx, &mut self.renamed_from, entry, string),
            "length" => once(cx, &mut self.length, entry, |entry| read::number(entry, how)),
            "precision" => once(cx, &mut self.precision, entry, |entry| read::pair(entry, how)),
            "sql_type" => once(cx, &mut self.sql_type, entry, string),
            "default" => once(cx, &mut self.default, entry, default_value),
            "on_update" => self.on_update(cx, entry),
            "on_delete" => once(cx, &mut self.on_delete, entry, |entry| read::choice(entry, ACTIONS)),
            "server_default" => once(cx, &mut self.server_default, entry, string),
            "generated" => once(cx, &mut self.generated, entry, string),
            "virtual" => once(cx, &mut self.computed_when_read, entry, read::flag),
            "collation" => once(cx, &mut self.collation, entry, string),
            "belongs_to" => once(cx, &mut self.belongs_to, entry, belongs_to),
            "to" => once(cx, &mut self.to, entry, |entry| read::word(entry, how)),
            "relation" => once(cx, &mut self.relation, entry, |entry| read::word(entry, how)),
            "constraint" => once(cx, &mut self.constraint, entry, string),
            "comment" => once(cx, &mut self.comment, entry, string),
            _ => unknown(cx, &entry.name, ("a field", ON_FIELD), &[("the struct", ON_STRUCT)]),
        }
    }

    /// `now` concerns the column, the other words concern the foreign key.
    fn on_update(&mut self, cx: &Ctxt, entry: Entry) {
        let now = matches!(&entry.value, Given::Value(value) if read::as_word(value).is_some_and(|word| word == "now"));
        if now {
            once(cx, &mut self.now_on_update, entry, |_| Ok(()));
        } else {
            once(cx, &mut self.on_update, entry, |entry| {
                let mut words = vec![("now", Action::Nothing)];
                words.extend(ACTIONS);
                read::choice(entry, &words)
            });
        }
    }
}

fn default_value(entry: &Entry) -> Result<DefaultValue, syn::Error> {
    match &entry.value {
        Given::Value(value) if read::as_word(value).is_some_and(|word| word == "now") => {
            Ok(DefaultValue::Now)
        }
        // It is a keyword of this attribute, not a function in scope.
        Given::Value(Expr::Call(call))
            if call.args.is_empty() && read::as_word(&call.func).is_some_and(|word| word == "now") =>
        {
            Err(read::malformed(entry, "default = now"))
        }
        Given::Value(value) => Ok(DefaultValue::Value(value.clone())),
        _ => Err(read::malformed(entry, "default = value")),
    }
}

/// `embed = ""` means no prefix.
fn embed(entry: &Entry) -> Result<Option<LitStr>, syn::Error> {
    match &entry.value {
        Given::Nothing => Ok(None),
        Given::Value(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(prefix), .. })) => Ok(Some(prefix.clone())),
        _ => Err(read::malformed(entry, usage(ON_FIELD, "embed"))),
    }
}

fn belongs_to(entry: &Entry) -> Result<Path, syn::Error> {
    if let Given::List(_) = entry.value {
        let message = "write `belongs_to = Model` on a field; the form with a list is for keys of several columns and \
            belongs on the struct";
        return Err(syn::Error::new_spanned(&entry.name, message));
    }
    read::path(entry, "belongs_to = Model")
}
