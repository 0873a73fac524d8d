//! Builds the model from the attributes.

use proc_macro2::Span;
use quote::format_ident;
use syn::ext::IdentExt as _;
use syn::{
    Data, DataStruct, DeriveInput, Field, Fields, Ident, LitStr, Path, Type, parse_quote, parse_quote_spanned,
};

use super::index::{full_texts, index};
use super::relation::Given;
use super::{
    Collection, Column, Embedded, ForeignKey, Index, Model, Name, OneOf, Skipped, Through, Way, optional,
    snake_case,
};
use crate::attr::names::list_of_columns;
use crate::attr::{Action, Attr, ColumnList, FieldAttrs, StructAttrs, docs, path_text};
use crate::context::Ctxt;
use crate::named_fields::named_fields;
use crate::suggest::{did_you_mean, listed};

/// Which structs are models.
const RULE: &str = "a model must be a struct with named fields, one per column";
const ENUM_RULE: &str = "a model must be a struct with named fields, one per column; to store an enum in one column, \
derive `Value`, in several columns, `Embed`";

/// Builds the model. Mistakes are reported, and left out where necessary.
pub(crate) fn build<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Model<'a> {
    let attrs = StructAttrs::read(cx, &input.attrs);
    let krate: Path = attrs.krate.as_ref().map_or_else(|| parse_quote!(::orm), |krate| krate.value.clone());
    let rule = if matches!(input.data, Data::Enum(_)) { ENUM_RULE } else { RULE };
    let mut columns = Vec::new();
    let (mut embeds, mut skipped) = (Vec::new(), Vec::new());
    for (ident, field) in named_fields(cx, input, rule) {
        let read = FieldAttrs::read(cx, field);
        if read.skip.is_some() {
            let why = "a skipped field is not a column";
            refuse_others(cx, &read, "skip", why);
            skipped.push(Skipped { field: ident, ty: &field.ty });
        } else if let Some(attr) = &read.embed {
            refuse_others(
                cx,
                &read,
                "embed",
                "put the attributes on the fields of the embedded struct, which are the columns",
            );
            embeds.push(embedded(cx, field, ident, attr));
        } else {
            columns.push(column(field, ident, columns.len(), read, &krate));
        }
    }
    let plain = input.ident.unraw();
    let key = primary_key(cx, input, &attrs, &columns);
    let foreign_keys = foreign_keys(cx, &input.ident, &attrs, &columns);
    let collections = collections(&input.ident, &attrs);
    let index_of =
        |lists: &[ColumnList]| lists.iter().map(|list| index(cx, list, &columns)).collect::<Vec<Index>>();
    let full_texts = full_texts(cx, &attrs.full_texts, &columns);
    Model {
        broken: false,
        ident: &input.ident,
        vis: &input.vis,
        generics: &input.generics,
        body: body(input),
        krate,
        hooks: attrs.hooks.map(|hooks| hooks.at),
        fields: attrs
            .fields
            .map_or_else(|| format_ident!("{plain}Fields", span = plain.span()), |fields| fields.value),
        insert: format_ident!("{plain}Insert", span = plain.span()),
        table: attrs.table.map_or_else(
            || Name { text: snake_case(&plain.to_string()), span: plain.span() },
            |table| Name { text: table.value.value(), span: table.value.span() },
        ),
        view: attrs.view.is_some(),
        attributes: attrs.names,
        renamed_from: attrs.renamed_from.map(|name| name.value),
        schema: attrs.schema.map(|schema| schema.value),
        bind: attrs.bind.map(|bind| bind.value),
        comment: attrs.comment.map(|comment| comment.value),
        engine: attrs.engine.map(|engine| engine.value),
        charset: attrs.charset.map(|charset| charset.value),
        collation: attrs.collation.map(|collation| collation.value),
        soft_delete: attrs.soft_delete.and_then(|mark| positions(cx, &[mark.value], &columns).pop()),
        uniques: index_of(&attrs.uniques),
        indexes: index_of(&attrs.indexes),
        full_texts,
        columns,
        embeds,
        skipped,
        key,
        checks: attrs.checks,
        one_of: attrs.one_of.into_iter().map(|attr| one_of(cx, attr, &foreign_keys)).collect(),
        foreign_keys,
        collections,
    }
}

/// Returns whether the input is a struct with named fields; if not, that is reported, and a missing key is not.
fn has_names(input: &DeriveInput) -> bool {
    matches!(&input.data, Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) if !fields.named.is_empty())
}

/// Returns the span from `{` to `}`.
fn body(input: &DeriveInput) -> Span {
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => fields.brace_token.span.join(),
        _ => input.ident.span(),
    }
}

/// `#[orm(skip, unique)]`: a field that is not a column has no other attribute.
fn refuse_others(cx: &Ctxt, attrs: &FieldAttrs, only: &str, why: &str) {
    for name in attrs.names.iter().filter(|name| *name != only) {
        cx.error(name, format!("`{name}` and `{only}` cannot be combined: {why}"));
    }
}

fn embedded<'a>(cx: &Ctxt, field: &'a Field, ident: &'a Ident, attr: &Attr<Option<LitStr>>) -> Embedded<'a> {
    if optional(&field.ty).is_some() {
        let message = "an embedded value cannot be missing: remove the `Option`, and make its fields `Option`s, or add \
            a variant without fields to an enum";
        cx.error(&field.ty, message);
    }
    let prefix = attr.value.as_ref().map_or_else(|| format!("{}_", ident.unraw()), LitStr::value);
    Embedded { field: ident, ty: optional(&field.ty).unwrap_or(&field.ty), prefix, docs: docs(&field.attrs) }
}

/// Returns the column of a field.
pub(crate) fn column<'a>(
    field: &'a Field,
    ident: &'a Ident,
    index: usize,
    attrs: FieldAttrs,
    krate: &Path,
) -> Column<'a> {
    let name = attrs.column.as_ref().map_or_else(
        || Name { text: ident.unraw().to_string(), span: ident.span() },
        |column| Name { text: column.value.value(), span: column.value.span() },
    );
    let inner = optional(&field.ty);
    let value = inner.unwrap_or(&field.ty);
    let json = attrs.json.is_some().then_some(value);
    let ty = match json {
        Some(data) => parse_quote!(#krate::base::value::Json<#data>),
        None => value.clone(),
    };
    Column { field: ident, index, ty, json, nullable: inner.is_some(), docs: docs(&field.attrs), name, attrs }
}

/// Returns the columns of the primary key: from the list on the struct, or from the fields with the attribute.
fn primary_key(cx: &Ctxt, input: &DeriveInput, attrs: &StructAttrs, columns: &[Column<'_>]) -> Vec<usize> {
    let marked: Vec<&Column<'_>> =
        columns.iter().filter(|column| column.attrs.primary_key.is_some()).collect();
    if let Some(list) = &attrs.primary_key {
        for name in marked.iter().filter_map(|column| column.attrs.primary_key.as_ref()) {
            cx.error(&name.name, "the primary key is declared twice: here and on the struct");
        }
        return positions(cx, &list.fields(), columns);
    }
    let unsure = attrs.broken || !has_names(input) || columns.iter().any(|column| column.attrs.broken);
    if marked.is_empty() && !unsure && attrs.view.is_none() {
        let message = match columns.iter().find(|column| column.field_name() == "id") {
            Some(_) => {
                "add `#[orm(primary_key)]` to the field `id`, or `#[orm(primary_key, auto)]` if the database generates it"
            }
            None => "add `#[orm(primary_key)]` to a field, or `#[orm(primary_key(a, b))]` to the struct",
        };
        cx.error(&input.ident, format!("`{}` has no primary key: {message}", input.ident));
    }
    marked.iter().map(|column| column.index).collect()
}

/// Returns the positions of the columns that `fields` name.
pub(super) fn positions(cx: &Ctxt, fields: &[Ident], columns: &[Column<'_>]) -> Vec<usize> {
    let mut found = Vec::with_capacity(fields.len());
    for field in fields {
        let name = field.unraw().to_string();
        match columns.iter().find(|column| column.field_name() == name) {
            Some(column) if found.contains(&column.index) => {
                cx.error(field, format!("`{name}` is named twice"))
            }
            Some(column) => found.push(column.index),
            None => {
                let names: Vec<String> = columns.iter().map(Column::field_name).collect();
                let names = names.iter().map(String::as_str);
                let mut hint = did_you_mean(&name, names.clone());
                if let Some(list) = list_of_columns(&name) {
                    hint = format!("; `{name}` is a separate attribute: `{list}`");
                } else if hint.is_empty() {
                    hint = format!("; available: {}", listed(names));
                }
                cx.error(field, format!("no field `{name}`{hint}"));
            }
        }
    }
    found
}

/// Returns the foreign keys of fields, then those of the struct.
fn foreign_keys(cx: &Ctxt, model: &Ident, attrs: &StructAttrs, columns: &[Column<'_>]) -> Vec<ForeignKey> {
    let simple = columns.iter().filter_map(|column| simple_key(cx, model, column));
    let composite = attrs.belongs_to.iter().filter_map(|key| composite_key(cx, model, key, columns));
    simple.chain(composite).collect()
}

/// Returns the foreign key of a field with `belongs_to`.
fn simple_key(cx: &Ctxt, model: &Ident, column: &Column<'_>) -> Option<ForeignKey> {
    let attrs = &column.attrs;
    let target = &attrs.belongs_to.as_ref()?.value;
    if is_row(&column.ty, target) {
        let (name, model) = (column.field_name(), path_text(target));
        let name = name.strip_suffix("_id").unwrap_or(&name);
        let message = format!(
            "`belongs_to` needs the foreign key column, not the row: make the field `{name}_id`, with the type of \
            `{model}`'s key; it gives the relation `{name}`"
        );
        cx.error(&column.ty, message);
        return None;
    }
    let relation = match &attrs.relation {
        Some(relation) => Some(relation.value.clone()),
        // An attribute that could not be parsed may have been its name.
        None if attrs.broken => None,
        None => relation_name(cx, column),
    };
    Some(ForeignKey {
        named: relation.is_some(),
        relation: relation.unwrap_or_else(|| column.field.clone()),
        target: own_path(model, target),
        columns: vec![column.index],
        to: attrs.to.iter().map(|to| to.value.clone()).collect(),
        on_delete: action(attrs.on_delete.as_ref()),
        on_update: action(attrs.on_update.as_ref()),
        constraint: attrs.constraint.as_ref().map(|name| name.value.clone()),
        nullable: column.nullable,
        span: attrs.relation.as_ref().map_or(column.field.span(), |relation| relation.at),
    })
}

/// Returns whether the type of a field is the model that it belongs to, as in libraries that nest rows in rows.
fn is_row(ty: &Type, model: &Path) -> bool {
    matches!(ty, Type::Path(ty) if path_text(&ty.path) == path_text(model))
}

/// Returns the action of the foreign key; none if none is given.
fn action(attr: Option<&Attr<Action>>) -> Given {
    attr.map_or(Given { action: Action::Nothing, at: Span::call_site() }, |attr| Given {
        action: attr.value,
        at: attr.at,
    })
}

/// Returns `author` for `author_id`, and `country` for a `country_code` that references a `code`.
fn relation_name(cx: &Ctxt, column: &Column<'_>) -> Option<Ident> {
    let name = column.field_name();
    let to = column.attrs.to.as_ref().map(|to| to.value.unraw().to_string());
    let short = to.as_ref().and_then(|to| name.strip_suffix(to)?.strip_suffix('_'));
    let short = short.or_else(|| name.strip_suffix("_id"));
    let relation = short.and_then(|relation| ident(relation, column.field.span()));
    match relation {
        Some(relation) => Some(relation),
        None => {
            let mut message = format!(
                "the name of the relation cannot be derived from the field `{name}`: add `relation = …`"
            );
            if short.is_none() {
                let ending = to.as_deref().unwrap_or("id");
                message.push_str(&format!(", or rename the field to `{name}_{ending}`"));
            }
            cx.error(column.field, message);
            None
        }
    }
}

fn composite_key(
    cx: &Ctxt,
    model: &Ident,
    key: &crate::attr::CompositeKey,
    columns: &[Column<'_>],
) -> Option<ForeignKey> {
    let positions = positions(cx, &key.by, columns);
    if positions.len() != key.by.len() {
        return None;
    }
    if let Some(first) = key.to.first().filter(|_| key.to.len() != key.by.len()) {
        let message = format!(
            "`by` and `to` must have the same number of fields, but there are {} of this model and {} of `{}`",
            key.by.len(),
            key.to.len(),
            path_text(&key.target)
        );
        cx.error(first, message);
        return None;
    }
    let nullable = positions.iter().filter_map(|&index| columns.get(index)).any(|column| column.nullable);
    Some(ForeignKey {
        relation: key.relation.clone(),
        named: true,
        target: own_path(model, &key.target),
        columns: positions,
        to: key.to.clone(),
        on_delete: action(key.on_delete.as_ref()),
        on_update: action(key.on_update.as_ref()),
        constraint: key.constraint.as_ref().map(|name| name.value.clone()),
        nullable,
        span: key.relation.span(),
    })
}

/// Returns the relations to rows that have the foreign key, or that a join model links.
fn collections(model: &Ident, attrs: &StructAttrs) -> Vec<Collection> {
    let own = |path: &Path| own_path(model, path);
    let related = attrs.related.iter().map(|related| Collection {
        name: related.name.clone(),
        target: own(&related.target),
        way: if related.many { Way::Many(related.back.clone()) } else { Way::One(related.back.clone()) },
    });
    let through = attrs.many_to_many.iter().map(|relation| Collection {
        name: relation.name.clone(),
        target: own(&relation.target),
        way: Way::Through(Through {
            model: own(&relation.through),
            from: relation.from.clone(),
            to: relation.to.clone(),
        }),
    });
    related.chain(through).collect()
}

/// Returns the foreign keys whose relations `by` names.
fn one_of(cx: &Ctxt, attr: crate::attr::OneOf, foreign_keys: &[ForeignKey]) -> OneOf {
    if let [only] = attr.by.as_slice() {
        cx.error(
            only,
            format!(
                "`one_of` needs at least two relations: add another, or use the relation `{only}` itself"
            ),
        );
    }
    let mut one_of = OneOf { name: attr.name, target: attr.target, keys: Vec::new(), named: Vec::new() };
    for relation in attr.by {
        match foreign_keys.iter().position(|key| key.relation == relation) {
            Some(key) if one_of.keys.contains(&key) => {
                cx.error(&relation, format!("`{relation}` is named twice"));
            }
            Some(key) => {
                one_of.keys.push(key);
                one_of.named.push(relation);
            }
            None => {
                let names: Vec<String> = foreign_keys.iter().map(|key| key.relation.to_string()).collect();
                let names = names.iter().map(String::as_str);
                let mut hint = did_you_mean(&relation.to_string(), names.clone());
                if hint.is_empty() && !foreign_keys.is_empty() {
                    hint = format!("; available: {}", listed(names));
                }
                cx.error(
                    &relation,
                    format!("no foreign key of this model has the relation `{relation}`{hint}"),
                );
            }
        }
    }
    one_of
}

/// Replaces `Self` by its name, since the path is used where there is no `Self`.
fn own_path(model: &Ident, path: &Path) -> Path {
    match path.get_ident() {
        Some(word) if word == "Self" => {
            let span = word.span();
            parse_quote_spanned!(span=> #model)
        }
        _ => path.clone(),
    }
}

/// Returns an identifier, raw if it is a keyword; `None` if it cannot be a name at all.
fn ident(name: &str, span: Span) -> Option<Ident> {
    let parse = |name: &str| syn::parse_str::<Ident>(name).ok();
    let mut ident = parse(name).or_else(|| parse(&format!("r#{name}")))?;
    ident.set_span(span);
    Some(ident)
}
