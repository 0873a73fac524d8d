//! Relations: the foreign keys as data, and the methods that follow them.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Ident, Path};

use super::{at, body, columns, model::key_type, one_of, option, positions, to_unique};
use crate::attr::Action;
use crate::model::{Collection, Column, ForeignKey, Model, Through, Way};

/// Returns all of them.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let (ident, fields) = (model.ident, &model.fields);
    let keys = model.foreign_keys.iter().enumerate().map(|(index, key)| key_data(model, index, key));
    let to_parents = model.foreign_keys.iter().enumerate().filter(|(_, key)| key.named);
    let to_parents = to_parents.map(|(index, key)| to_parent(model, index, key));
    let to_children = model.collections.iter().map(|collection| to_children(model, collection));
    let one_of = model.one_of.iter().map(|relation| one_of::method(model, relation));
    let join_models = join_models(model);
    let references = (!model.key.is_empty() || model.broken).then(|| {
        let key_type = key_type(model);
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __orm::relation::References<#ident> for #key_type {}
        }
    });
    let (of_columns, of_row): (Vec<_>, Vec<_>) = to_parents
        .chain(to_children)
        .chain(one_of)
        .map(|methods| (methods.of_columns, methods.of_row))
        .unzip();
    let methods = (!of_columns.is_empty()).then(|| {
        quote! {
            #[allow(dead_code, non_snake_case)]
            impl<__M: __orm::mode::Mode> #fields<__M> {
                #(#of_columns)*
            }
            #[allow(dead_code, non_snake_case)]
            impl #ident {
                #(#of_row)*
            }
        }
    });
    let parent = (!model.broken && !model.foreign_keys.is_empty()).then(|| {
        quote! {
            #[allow(unused_imports)]
            use __orm::relation::NoParent as _;
        }
    });
    quote! {
        #parent
        #(#keys)*
        #methods
        #(#join_models)*
        #references
    }
}

/// Returns the name of the static of a foreign key.
pub(super) fn key_name(index: usize) -> Ident {
    format_ident!("__KEY_{index}")
}

/// Returns the foreign key as data, and the inverse link if it is the only one.
fn key_data(model: &Model<'_>, index: usize, key: &ForeignKey) -> TokenStream {
    let name = key_name(index);
    let (ident, target) = (model.ident, &key.target);
    let relation = key.relation.unraw().to_string();
    let columns = positions(&key.columns);
    let constraint = option(key.constraint.as_ref());
    let (on_delete, on_update) = (action(key.on_delete.action), action(key.on_update.action));
    let is_model = is_model(&quote!(__orm), target);
    let key_type = child_type(model, key);
    let link = body(
        model,
        quote! {
            __orm::schema::Link { key: &#name, direction: __orm::schema::Direction::ToChild }
        },
    );
    let back = model.is_only_key(key).then(|| {
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __orm::relation::BelongsTo<#target> for #ident
            where
                #is_model,
            {
                fn children() -> __orm::schema::Link {
                    #link
                }
            }
        }
    });
    if model.broken {
        return quote!(#back);
    }
    let (parent, to, check) = if key.to.is_empty() {
        (quote!(table::<#key_type>), quote!(::core::option::Option::None), TokenStream::new())
    } else {
        let fields = key.to.iter().map(|field| field.unraw().to_string());
        let to = quote! {
            __orm::relation::UniqueKey::columns(
                __orm::relation::Parent::<#target>::UNIQUE_KEYS,
                &[#(#fields),*],
            )
        };
        (quote!(any_table), to, to_unique::check(model, key))
    };
    quote! {
        #check
        static #name: __orm::schema::ForeignKey = __orm::schema::ForeignKey {
            name: #relation,
            child: <#ident as __orm::model::Model>::table,
            parent: __orm::relation::Parent::<#target>::#parent,
            columns: #columns,
            to: #to,
            on_delete: __orm::schema::ReferentialAction::#on_delete,
            on_update: __orm::schema::ReferentialAction::#on_update,
            constraint: #constraint,
        };
        #back
    }
}

/// Returns the type of the key's columns: a single one, or a tuple.
fn child_type(model: &Model<'_>, key: &ForeignKey) -> TokenStream {
    let types: Vec<_> =
        key.columns.iter().filter_map(|&index| model.columns.get(index)).map(|column| &column.ty).collect();
    match types.as_slice() {
        [ty] => quote!(#ty),
        types => at(key.span, quote!((#(#types),*))),
    }
}

/// Returns the bound that the target of a relation is a model. If it is not, the error has the same words at the same
/// location wherever the bound is used, so that it is shown once; where the bound applies, the target counts as a
/// model.
pub(crate) fn is_model(orm: &TokenStream, target: &Path) -> TokenStream {
    bound(target, quote!(#orm::model::Model))
}

fn bound(target: &Path, needed: TokenStream) -> TokenStream {
    let span = target.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    let needed = at(span, needed);
    quote_spanned!(span=> #target: #needed)
}

fn action(action: Action) -> Ident {
    let name = match action {
        Action::Nothing => "NoAction",
        Action::Restrict => "Restrict",
        Action::Cascade => "Cascade",
        Action::SetNull => "SetNull",
    };
    format_ident!("{name}")
}

/// Returns the pairs of foreign keys that have all required columns: such rows may only link their targets.
fn join_models(model: &Model<'_>) -> Vec<TokenStream> {
    let mut pairs: Vec<(&Path, &Path)> = Vec::new();
    let keys = model.foreign_keys.iter().enumerate();
    for (at, near) in keys.clone().filter(|_| !model.broken && !model.view) {
        for (_, far) in keys.clone().filter(|(other, _)| *other != at) {
            let has = |column: &Column<'_>| {
                near.columns.contains(&column.index) || far.columns.contains(&column.index)
            };
            let known = pairs.iter().any(|&(one, other)| *one == near.target && *other == far.target);
            if !known && model.one_of.is_empty() && model.required().all(has) {
                pairs.push((&near.target, &far.target));
            }
        }
    }
    let ident = model.ident;
    let link = |(near, far): (&Path, &Path)| {
        quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl __orm::relation::JoinModel<#near, #far> for #ident {}
        }
    };
    pairs.into_iter().map(link).collect()
}

/// Returns `p.author()`, on the columns and on a row.
fn to_parent(model: &Model<'_>, index: usize, key: &ForeignKey) -> Methods {
    let name = key_name(index);
    let (vis, relation, target) = (model.vis, &key.relation, &key.target);
    let mode = if key.nullable { quote!(<__M as __orm::mode::Mode>::OrNull) } else { quote!(__M) };
    let docs = format!("The [`{}`] that this row belongs to.", crate::attr::path_text(target));
    let is_model = is_model(&quote!(__orm), target);
    let of_columns = body(
        model,
        quote! {
            let __link = __orm::schema::Link { key: &#name, direction: __orm::schema::Direction::ToParent };
            __orm::relation::One::new(self.__source, __link)
        },
    );
    let columns = key.columns.iter().filter_map(|&index| model.columns.get(index));
    let values = columns.map(|column| {
        let field = column.field;
        columns::to_datum(column, column.nullable, &quote!(&self.#field))
    });
    let of_row = body(model, quote!(__orm::relation::parent_of(&#name, ::std::vec![#(#values),*])));
    Methods {
        of_columns: quote! {
            #[doc = #docs]
            #[must_use]
            #vis fn #relation(&self) -> __orm::relation::One<#target, #mode>
            where
                #is_model,
            {
                #of_columns
            }
        },
        of_row: of_row_method(vis, &docs, relation, target, &is_model, &of_row),
    }
}

/// Returns `u.posts()`, on the columns and on a row.
fn to_children(model: &Model<'_>, collection: &Collection) -> Methods {
    let vis = model.vis;
    let (name, target) = (&collection.name, &collection.target);
    let needed = needed(model, collection);
    let target_text = crate::attr::path_text(target);
    let (way, docs, of_columns, output) = match &collection.way {
        Way::Many(back) => {
            let link = link_back(model, target, back.as_ref());
            let way = quote!(__orm::relation::Way::children(#link));
            let docs = format!("The rows of [`{target_text}`] that belong to this row.");
            let many = quote!(__orm::relation::Many<#target, __orm::relation::Direct<__M>>);
            (way.clone(), docs, quote!(__orm::relation::Many::new(self.__source, #way)), many)
        }
        Way::One(back) => {
            let link = link_back(model, target, back.as_ref());
            let way = quote!(__orm::relation::Way::children(#link));
            let docs = format!("The [`{target_text}`] that belongs to this row, if there is one.");
            let one = quote!(__orm::relation::One<#target, <__M as __orm::mode::Mode>::OrNull>);
            (way, docs, quote!(__orm::relation::One::new(self.__source, #link)), one)
        }
        Way::Through(through) => {
            let near = link_back(model, &through.model, through.from.as_ref());
            let far = link_on(target, through);
            let way = quote!(__orm::relation::Way::through(#near, #far));
            let between = crate::attr::path_text(&through.model);
            let docs = format!("The rows of [`{target_text}`] that a [`{between}`] links with this row.");
            let model = &through.model;
            let many = quote!(__orm::relation::Many<#target, __orm::relation::Through<#model, __M>>);
            (way.clone(), docs, quote!(__orm::relation::Many::new(self.__source, #way)), many)
        }
    };
    let of_columns = body(model, of_columns);
    let of_row = body(model, quote!(__orm::relation::rows_of::<Self, #target>(self, #way)));
    Methods {
        of_columns: quote! {
            #[doc = #docs]
            #[must_use]
            #vis fn #name(&self) -> #output
            where
                #needed,
            {
                #of_columns
            }
        },
        of_row: of_row_method(vis, &docs, name, target, &needed, &of_row),
    }
}

/// A relation's methods on the columns, and on a row.
pub(super) struct Methods {
    pub(super) of_columns: TokenStream,
    pub(super) of_row: TokenStream,
}

fn of_row_method(
    vis: &syn::Visibility,
    docs: &str,
    name: &Ident,
    target: &Path,
    needed: &TokenStream,
    code: &TokenStream,
) -> TokenStream {
    let docs = format!("{docs} Returns a query that has not been run yet.");
    quote! {
        #[doc = #docs]
        #vis fn #name(&self) -> __orm::query::Query<#target>
        where
            #needed,
        {
            #code
        }
    }
}

/// Returns the requirements on the models at the other ends.
fn needed(model: &Model<'_>, collection: &Collection) -> TokenStream {
    let (ident, target) = (model.ident, &collection.target);
    let belongs =
        |child: &Path, parent: TokenStream| bound(child, quote!(__orm::relation::BelongsTo<#parent>));
    match &collection.way {
        Way::Many(None) | Way::One(None) => belongs(target, quote!(#ident)),
        Way::Many(Some(_)) | Way::One(Some(_)) => is_model(&quote!(__orm), target),
        Way::Through(through) => {
            let target_is_model = is_model(&quote!(__orm), target);
            let from = match &through.from {
                None => belongs(&through.model, quote!(#ident)),
                Some(_) => is_model(&quote!(__orm), &through.model),
            };
            let to = through.to.is_none().then(|| belongs(&through.model, quote!(#target)));
            let to = to.into_iter();
            quote!(#target_is_model, #from #(, #to)*)
        }
    }
}

/// Returns the link from this model to the rows of `child`, which have a key to it.
fn link_back(model: &Model<'_>, child: &Path, back: Option<&Ident>) -> TokenStream {
    let ident = model.ident;
    link_of(child, &quote!(#ident), back)
}

/// Returns the link from the target of a `many_to_many` to the rows of its join model.
fn link_on(target: &Path, through: &Through) -> TokenStream {
    link_of(&through.model, &quote!(#target), through.to.as_ref())
}

/// Returns the link from `parent` to the rows of `child`: by the named relation, or by the only one.
fn link_of(child: &Path, parent: &TokenStream, relation: Option<&Ident>) -> TokenStream {
    match relation {
        None => quote!(<#child as __orm::relation::BelongsTo<#parent>>::children()),
        Some(relation) => {
            let relation = at(relation.span(), quote!(__fields.#relation()));
            quote! {{
                let __fields = <#child as __orm::model::Model>::fields::<__orm::mode::Required>(
                    __orm::syntax::Source::nowhere(),
                );
                let __back: __orm::relation::One<#parent, _> = #relation;
                __orm::schema::Link {
                    key: __orm::relation::One::link(&__back).key,
                    direction: __orm::schema::Direction::ToChild,
                }
            }}
        }
    }
}
