//! Embedded fields. Their columns come after the model's own, so that the positions of those are known.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned as _;

use crate::model::{Embedded, Model};

/// Returns a member of the `Embed` implementation of a field's type. All tokens have the span of the type, which an
/// error shows.
fn member(embedded: &Embedded<'_>, orm: &TokenStream, name: &str) -> TokenStream {
    let (ty, name) = (embedded.ty, Ident::new(name, embedded.ty.span()));
    quote_spanned!(ty.span()=> <#ty as #orm::embed::Embed>::#name)
}

/// Returns the position of the first column of an embedded struct; for the index after the last one, the number of
/// columns.
pub(super) fn position(model: &Model<'_>, index: usize, orm: &TokenStream) -> TokenStream {
    let own = u16::try_from(model.columns.len()).unwrap_or(u16::MAX);
    if index == 0 {
        return quote!(#own);
    }
    let before = model.embeds.iter().take(index).map(|embedded| member(embedded, orm, "COLUMNS"));
    quote!(const { #orm::embed::position(#own, &[#(#before),*]) })
}

/// Returns the fields of a struct literal.
pub(super) fn read(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    model.embeds.iter().map(|embedded| {
        let (field, read) = (embedded.field, member(embedded, &quote!(__orm), "read"));
        quote!(#field: #read(__cells)?)
    })
}

/// Returns statements that append the values of `self` to `__values`.
pub(super) fn write(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    model.embeds.iter().map(|embedded| {
        let (field, write) = (embedded.field, member(embedded, &quote!(__orm), "write"));
        quote!(#write(self.#field, __values);)
    })
}

/// Returns, for the columns of each, a copy of the value.
pub(super) fn value_arms(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    arms(model, "column_value", |value, field, column| quote!(#value(&self.#field, #column)))
}

/// Returns, for the columns of each, code that sets it to the next cell.
pub(super) fn set_arms(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    arms(model, "set_column", |set, field, column| quote!(#set(&mut self.#field, #column, __cells)))
}

fn arms(
    model: &Model<'_>,
    name: &str,
    code: impl Fn(&TokenStream, &Ident, &TokenStream) -> TokenStream,
) -> impl Iterator<Item = TokenStream> {
    let orm = quote!(__orm);
    model.embeds.iter().enumerate().map(move |(index, embedded)| {
        let (first, end) = (position(model, index, &orm), position(model, index + 1, &orm));
        let code = code(&member(embedded, &orm, name), embedded.field, &quote!(__column - #first));
        quote!(__column if __column < #end => #code,)
    })
}

/// Returns the columns of the table, of which `own` are the model's own.
pub(super) fn table(model: &Model<'_>, own: &[TokenStream]) -> TokenStream {
    if model.embeds.is_empty() {
        return quote!(&[#(#own),*]);
    }
    let embedded = model.embeds.iter().map(|embedded| {
        let (prefix, columns) = (&embedded.prefix, member(embedded, &quote!(__orm), "COLUMNS"));
        quote!((#prefix, #columns))
    });
    quote! {
        {
            const __OWN: &[__orm::schema::ColumnDef] = &[#(#own),*];
            const __EMBEDDED: &[(&::core::primitive::str, &[__orm::schema::ColumnDef])] = &[#(#embedded),*];
            static __NAMES: [::core::primitive::u8; __orm::embed::bytes(__EMBEDDED)] =
                __orm::embed::names(__EMBEDDED);
            static __COLUMNS: [__orm::schema::ColumnDef; __OWN.len() + __orm::embed::count(__EMBEDDED)] =
                __orm::embed::columns(__OWN, __EMBEDDED, &__NAMES);
            &__COLUMNS
        }
    }
}

/// Returns whether a column is sensitive, including embedded ones.
pub(super) fn sensitive(model: &Model<'_>) -> TokenStream {
    let own = model.columns.iter().any(|column| column.attrs.sensitive.is_some());
    let embedded = model.embeds.iter().map(|embedded| member(embedded, &quote!(__orm), "COLUMNS"));
    quote!(#own #(|| __orm::embed::has_sensitive(#embedded))*)
}

/// Returns the type parameter of a builder in which it is not set.
pub(super) fn unset(embedded: &Embedded<'_>, orm: &TokenStream) -> TokenStream {
    member(embedded, orm, "Unset")
}

/// Returns the function that writes a value of the field's type.
pub(super) fn write_value(embedded: &Embedded<'_>, orm: &TokenStream) -> TokenStream {
    member(embedded, orm, "write")
}

/// Returns the type of a field of the struct of columns.
pub(super) fn fields_type(embedded: &Embedded<'_>, orm: &TokenStream) -> TokenStream {
    let fields = member(embedded, orm, "Fields");
    quote_spanned!(embedded.ty.span()=> #fields<__M>)
}

/// Returns the values of the fields of the struct of columns.
pub(super) fn literal(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    let orm = quote!(__orm);
    model.embeds.iter().enumerate().map(move |(index, embedded)| {
        let (field, fields) = (embedded.field, member(embedded, &orm, "fields"));
        let first = position(model, index, &orm);
        let (span, mut field) = (embedded.ty.span(), field.clone());
        field.set_span(span);
        quote_spanned!(span=> #field: #fields::<__M>(__source, #first))
    })
}

/// Respans the signature of a function that takes or returns the struct of columns: rustc checks there that all
/// embedded types are valid, and reports it at the same location for all of them.
pub(super) fn moved(model: &Model<'_>, signature: TokenStream) -> TokenStream {
    match model.embeds.first() {
        Some(embedded) => respan(embedded.ty.span(), signature),
        None => signature,
    }
}

/// Gives all tokens a span, including those in groups.
fn respan(span: Span, tokens: TokenStream) -> TokenStream {
    let token = |token| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), respan(span, group.stream()));
            inner.set_span(span);
            TokenTree::Group(inner)
        }
        mut token => {
            token.set_span(span);
            token
        }
    };
    tokens.into_iter().map(token).collect()
}
