//! Relations: the foreign keys as data, and the methods that follow them.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path};

use super::{at, body, model::key_type, positions};
use crate::attr::Action;
use crate::model::{Collection, ForeignKey, Model};

/// All of them.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let (ident, fields) = (model.ident, &model.fields);
    let keys = model.foreign_keys.iter().enumerate().map(|(index, key)| key_data(model, index, key));
    let to_parents = model.foreign_keys.iter().enumerate().filter(|(_, key)| key.named);
    let to_parents = to_parents.map(|(index, key)| to_parent(model, index, key));
    let to_children = model.collections.iter().map(|collection| to_children(model, collection));
    let key_type = key_type(model);
    let methods = to_parents.chain(to_children).collect::<Vec<_>>();
    let methods = (!methods.is_empty()).then(|| {
        quote! {
            #[allow(dead_code, non_snake_case, unused_qualifications)]
            impl<__M: __orm::mode::Mode> #fields<__M> {
                #(#methods)*
            }
        }
    });
    let parent = (!model.broken && !model.foreign_keys.is_empty()).then(parent);
    quote! {
        #parent
        #(#keys)*
        #methods
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::relation::References<#ident> for #key_type {}
    }
}

/// The name of the static of a foreign key.
pub(super) fn key_name(index: usize) -> Ident {
    format_ident!("__KEY_{index}")
}

/// The foreign key as data, and the way back if it is the only one.
fn key_data(model: &Model<'_>, index: usize, key: &ForeignKey) -> TokenStream {
    let name = key_name(index);
    let (ident, target) = (model.ident, &key.target);
    let relation = relation_text(&key.relation);
    let columns = positions(&key.columns);
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
            #[allow(unused_qualifications)]
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
    quote! {
        static #name: __orm::schema::ForeignKey = __orm::schema::ForeignKey {
            name: #relation,
            child: <#ident as __orm::model::Model>::table,
            parent: __Parent::<#target>::table,
            columns: #columns,
            on_delete: __orm::schema::ReferentialAction::#on_delete,
            on_update: __orm::schema::ReferentialAction::#on_update,
        };
        const _: fn() = || __Parent::<#target>::has_key::<#key_type>();
        #back
    }
}

/// The type of the key's columns: of the one, or a tuple.
fn child_type(model: &Model<'_>, key: &ForeignKey) -> TokenStream {
    let types: Vec<_> =
        key.columns.iter().filter_map(|&index| model.columns.get(index)).map(|column| &column.ty).collect();
    match types.as_slice() {
        [ty] => quote!(#ty),
        types => at(key.span, quote!((#(#types),*))),
    }
}

/// That the target of a relation is a model. If it is not, this bound says so, with the same words at the same place
/// wherever it stands, so that it is read once; within its reach, the target counts as a model.
pub(super) fn is_model(orm: &TokenStream, target: &Path) -> TokenStream {
    bound(target, quote!(#orm::model::Model))
}

fn bound(target: &Path, needed: TokenStream) -> TokenStream {
    let span = target.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    let needed = at(span, needed);
    quote_spanned!(span=> #target: #needed)
}

/// The table of a parent, where no bound can stand. If the parent is no model, that is reported elsewhere, and the
/// trait takes the place of what it does not have.
fn parent() -> TokenStream {
    quote! {
        struct __Parent<__T>(::core::marker::PhantomData<__T>);
        impl<__T: __orm::model::Model> __Parent<__T> {
            fn table() -> &'static __orm::schema::Table {
                <__T as __orm::model::Model>::table()
            }
            fn has_key<__K: __orm::relation::References<__T>>() {}
        }
        trait __NoParent {
            fn table() -> &'static __orm::schema::Table {
                ::core::unreachable!()
            }
            fn has_key<__K>() {}
        }
        impl<__T> __NoParent for __Parent<__T> {}
    }
}

fn relation_text(relation: &Ident) -> String {
    relation.to_string().trim_start_matches("r#").to_owned()
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

/// `p.author()`.
fn to_parent(model: &Model<'_>, index: usize, key: &ForeignKey) -> TokenStream {
    let name = key_name(index);
    let (vis, relation, target) = (model.vis, &key.relation, &key.target);
    let mode = if key.nullable { quote!(<__M as __orm::mode::Mode>::OrNull) } else { quote!(__M) };
    let docs = format!("The [`{}`] that this row belongs to.", crate::attr::path_text(target));
    let is_model = is_model(&quote!(__orm), target);
    let code = body(
        model,
        quote! {
            let __link = __orm::schema::Link { key: &#name, direction: __orm::schema::Direction::ToParent };
            __orm::relation::One::new(self.__source, __link)
        },
    );
    quote! {
        #[doc = #docs]
        #[must_use]
        #vis fn #relation(&self) -> __orm::relation::One<#target, #mode>
        where
            #is_model,
        {
            #code
        }
    }
}

/// `u.posts()`.
fn to_children(model: &Model<'_>, collection: &Collection) -> TokenStream {
    let (vis, ident) = (model.vis, model.ident);
    let (name, target) = (&collection.name, &collection.target);
    let needed = match &collection.back {
        None => bound(target, quote!(__orm::relation::BelongsTo<#ident>)),
        Some(_) => is_model(&quote!(__orm), target),
    };
    let link = match &collection.back {
        None => quote!(<#target as __orm::relation::BelongsTo<#ident>>::children()),
        Some(back) => {
            let back = at(back.span(), quote!(__fields.#back()));
            quote! {{
                let __fields = <#target as __orm::model::Model>::fields::<__orm::mode::Required>(self.__source);
                let __back: __orm::relation::One<#ident, _> = #back;
                __orm::schema::Link {
                    key: __orm::relation::One::link(&__back).key,
                    direction: __orm::schema::Direction::ToChild,
                }
            }}
        }
    };
    let target_text = crate::attr::path_text(target);
    if collection.many {
        let code = body(model, quote!(__orm::relation::Many::new(self.__source, #link)));
        let docs = format!("The rows of [`{target_text}`] that belong to this row.");
        quote! {
            #[doc = #docs]
            #[must_use]
            #vis fn #name(&self) -> __orm::relation::Many<#target>
            where
                #needed,
            {
                #code
            }
        }
    } else {
        let code = body(model, quote!(__orm::relation::One::new(self.__source, #link)));
        let docs = format!("The [`{target_text}`] that belongs to this row, if there is one.");
        quote! {
            #[doc = #docs]
            #[must_use]
            #vis fn #name(&self) -> __orm::relation::One<#target, <__M as __orm::mode::Mode>::OrNull>
            where
                #needed,
            {
                #code
            }
        }
    }
}
