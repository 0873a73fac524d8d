//! The builder of a row: its struct, and the methods that end it.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use super::{at, embeds, orm};
use crate::model::{Column, Model, OneOf, camel_case};

/// The methods that end a builder, whose names no setter can have.
pub(crate) const TERMINALS: [&str; 3] = ["execute", "returning", "to_sql"];

/// Something that must be set, with the type parameter that tells whether it is: a column, or one of the keys of a
/// `one_of`.
pub(super) struct Required {
    /// The columns that set it.
    pub(super) columns: Vec<usize>,
    /// The location in the model.
    span: Span,
    /// The error message if it is not set.
    message: String,
    /// The setters.
    setters: Vec<String>,
    /// The type parameter of the struct.
    pub(super) param: Ident,
    /// The parameter's value before anything is set.
    unset: TokenStream,
    /// The parameter in impls: short, since errors list all of them.
    pub(super) short: Ident,
    /// The trait that the parameter implements once it is set.
    pub(super) given: Ident,
}

/// Returns everything that must be set.
pub(super) fn required(model: &Model<'_>) -> Vec<Required> {
    let orm = orm(model);
    let mut required: Vec<Required> = Vec::new();
    let columns = model.required().map(|column| required_column(model, column));
    let embedded = model.embeds.iter().enumerate().map(|(index, embedded)| {
        let name = embedded.field.unraw().to_string();
        let message = format!("required column `{name}` of `{}` has no value", model.ident.unraw());
        let setters = vec![embedded.field.to_string()];
        (name, vec![model.columns.len() + index], embedded.field.span(), message, setters)
    });
    let ones = model.one_of.iter().map(|one| required_one(model, one));
    let unset = |columns: &[usize]| {
        let embedded =
            columns.first().and_then(|index| model.embeds.get(index.checked_sub(model.columns.len())?));
        embedded.map_or_else(|| quote!(#orm::change::Missing), |embedded| embeds::unset(embedded, &orm))
    };
    for (name, columns, span, message, setters) in columns.chain(embedded).chain(ones) {
        let camel = camel_case(&name);
        let mut param = format_ident!("__{camel}");
        if required.iter().any(|other| other.param == param) {
            param = format_ident!("__{camel}{}", required.len());
        }
        required.push(Required {
            unset: unset(&columns),
            columns,
            span,
            message,
            setters,
            // Without underscores and with the model's name: an error shows it, with its path if the name alone is not
            // unique.
            given: format_ident!("{}{}IsSet", model.ident, param.to_string().trim_start_matches('_')),
            short: format_ident!("__{}", required.len()),
            param,
        });
    }
    required
}

/// A name, the columns that set it, its location, the error message, and the setters.
type Needed = (String, Vec<usize>, Span, String, Vec<String>);

fn required_column(model: &Model<'_>, column: &Column<'_>) -> Needed {
    let name = column.field_name();
    let message = format!("required column `{name}` of `{}` has no value", model.ident.unraw());
    let mut setters = vec![column.field.to_string()];
    let keys = model.foreign_keys.iter().filter(|key| key.columns.contains(&column.index));
    setters.extend(keys.map(|key| key.relation.to_string()));
    (name, vec![column.index], column.field.span(), message, setters)
}

fn required_one(model: &Model<'_>, one_of: &OneOf) -> Needed {
    let name = one_of.name.unraw().to_string();
    let keys = one_of.keys.iter().filter_map(|&key| model.foreign_keys.get(key));
    let columns: Vec<usize> = keys.flat_map(|key| key.columns.iter().copied()).collect();
    let first = columns.first().and_then(|&index| model.columns.get(index));
    let span = first.map_or(model.ident.span(), |column| column.field.span());
    let message = format!("required relation `{name}` of `{}` has no value", model.ident.unraw());
    (name, columns, span, message, one_of.named.iter().map(Ident::to_string).collect())
}

/// The struct.
pub(super) fn structure(model: &Model<'_>) -> TokenStream {
    let Model { vis, krate, insert, ident, .. } = model;
    let required = required(model);
    let params = required.iter().map(|required| {
        let (mut param, unset) = (required.param.clone(), &required.unset);
        // The location at which the compiler reports a wrong default.
        param.set_span(unset.span());
        quote!(#param = #unset)
    });
    let names = required.iter().map(|required| &required.param);
    let docs = format!(
        "Builder of a new row of [`{ident}`]. Its type parameters tell which of the required columns have a value."
    );
    quote! {
        #[doc = #docs]
        #[must_use = "an insert does nothing until `.execute(&db)` or `.returning(&db)` runs it"]
        #[allow(non_camel_case_types)]
        #vis struct #insert<#(#params),*> {
            __row: #krate::base::change::InsertRow<#ident>,
            __set: ::core::marker::PhantomData<fn() -> (#(#names,)*)>,
        }
    }
}

/// Returns the type of a builder in which nothing is set.
pub(super) fn unset_type(model: &Model<'_>) -> TokenStream {
    let insert = &model.insert;
    quote!(#insert)
}

/// Returns a builder in which nothing is set.
pub(super) fn start(model: &Model<'_>) -> TokenStream {
    let insert = &model.insert;
    quote! {
        #insert {
            __row: <__orm::change::InsertRow<Self> as ::core::default::Default>::default(),
            __set: ::core::marker::PhantomData,
        }
    }
}

/// The impls of the builder, whose parameters and bounds are those of what is required.
struct Builder<'a> {
    model: &'a Model<'a>,
    params: Vec<&'a Ident>,
    /// What must be set for the row to be complete.
    bounds: Vec<TokenStream>,
}

/// Returns the methods of a finished builder, and what any builder implements.
pub(super) fn implementations(model: &Model<'_>) -> TokenStream {
    let required = required(model);
    // The requirements of a model with mistakes are unknown.
    let bounded = if model.broken { &[] } else { required.as_slice() };
    let traits = bounded.iter().map(|required| given_trait(model, required));
    let builder = Builder {
        model,
        params: required.iter().map(|required| &required.short).collect(),
        bounds: bounded.iter().map(bound).collect(),
    };
    let (terminals, row, unrun) = (builder.terminals(), builder.row(), builder.unrun());
    let plain = builder.plain();
    quote! {
        #(#traits)*
        #terminals
        #row
        #unrun
        #plain
    }
}

impl Builder<'_> {
    /// Returns the methods that end a builder.
    fn terminals(&self) -> TokenStream {
        let Builder { model, params, bounds } = self;
        let Model { vis, insert, ident, body, .. } = *model;
        // A missing column is reported at the bound on its field and at the name of the method, in two snippets unless
        // one location is within the other: so the names have the span of all fields.
        let [execute, returning, to_sql] = TERMINALS.map(|name| Ident::new(name, *body));
        let finish = Ident::new("__finish", *body);
        let executor = at(*body, quote!(__orm::session::Executor<'__a>));
        quote! {
            #[allow(dead_code)]
            impl<#(#params),*> #insert<#(#params),*> {
                /// Inserts the row; returns the number of inserted rows.
                #[track_caller]
                #vis fn #execute<'__a>(
                    self,
                    __on: impl #executor,
                ) -> __orm::session::Pending<'__a, u64>
                where
                    #(#bounds,)*
                {
                    __orm::change::InsertRow::execute(self.__row, __on)
                }

                /// Inserts the row, and returns it as it is stored.
                #[track_caller]
                #vis fn #returning<'__a>(
                    self,
                    __on: impl #executor,
                ) -> __orm::session::Pending<'__a, #ident>
                where
                    #(#bounds,)*
                {
                    __orm::change::InsertRow::returning(self.__row, __on)
                }

                /// Returns the complete row, for forms.
                #[doc(hidden)]
                #vis fn #finish(self) -> __orm::change::InsertRow<#ident>
                where
                    #(#bounds,)*
                {
                    self.__row
                }

                /// Returns the SQL statement for a database, without running it.
                ///
                /// # Errors
                /// If a value does not fit its column.
                #vis fn #to_sql(
                    &self,
                    __dialect: &__orm::dialect::Dialect,
                ) -> ::core::result::Result<__orm::syntax::Statement, __orm::error::Error>
                where
                    #(#bounds,)*
                {
                    __orm::change::InsertRow::to_sql(&self.__row, __dialect)
                }
            }
        }
    }

    /// Returns what makes a row of a builder, or of a struct. It has the span of the struct, which is then all that an
    /// error about an unfinished row among many shows.
    fn row(&self) -> TokenStream {
        let Builder { model, params, bounds } = self;
        let Model { insert, ident, .. } = *model;
        let row = at(
            ident.span(),
            quote! {
                #[diagnostic::do_not_recommend]
                impl<#(#params),*> __orm::change::RowOf<#ident> for #insert<#(#params),*> {
                    type Given = Self;

                    fn push(self, __nodes: &mut ::std::vec::Vec<__orm::syntax::Node>) {
                        __orm::change::InsertRow::push_nodes(self.__row, __nodes);
                    }
                }
                impl<#(#params),*> __orm::change::Complete for #insert<#(#params),*>
                where
                    #(#bounds,)*
                {
                }
                impl<#(#params),*> __orm::unit::IntoNew for #insert<#(#params),*>
                where
                    #(#bounds,)*
                {
                    type Model = #ident;

                    fn draft(self) -> ::std::vec::Vec<__orm::syntax::Node> {
                        __orm::change::InsertRow::into_nodes(self.__row)
                    }
                }
                #[diagnostic::do_not_recommend]
                impl __orm::unit::IntoNew for #ident {
                    type Model = #ident;

                    fn draft(self) -> ::std::vec::Vec<__orm::syntax::Node> {
                        __orm::change::row_nodes(self)
                    }
                }
            },
        );
        quote! {
            #[automatically_derived]
            #row
        }
    }

    /// Returns a `Future` that is never implemented: rustc reports what is missing for an `.await` without a terminal
    /// method. It has the span of the struct, as above.
    fn unrun(&self) -> TokenStream {
        let Builder { model, params, .. } = self;
        let Model { insert, ident, .. } = *model;
        at(
            ident.span(),
            quote! {
                #[doc(hidden)]
                impl<#(#params),*> ::core::future::Future for #insert<#(#params),*>
                where
                    for<'__never> __orm::session::Unrun: __orm::session::RunsChange,
                {
                    type Output = ::core::result::Result<u64, __orm::error::Error>;

                    fn poll(
                        self: ::core::pin::Pin<&mut Self>,
                        _: &mut ::core::task::Context<'_>,
                    ) -> ::core::task::Poll<Self::Output> {
                        ::core::task::Poll::Pending
                    }
                }
            },
        )
    }

    /// Returns what `derive` would implement, without bounds on the parameters.
    fn plain(&self) -> TokenStream {
        let Builder { model, params, .. } = self;
        let insert = &model.insert;
        let name = insert.to_string();
        quote! {
            #[automatically_derived]
            impl<#(#params),*> ::core::clone::Clone for #insert<#(#params),*> {
                fn clone(&self) -> Self {
                    #insert { __row: ::core::clone::Clone::clone(&self.__row), __set: ::core::marker::PhantomData }
                }
            }
            #[automatically_derived]
            impl<#(#params),*> ::core::fmt::Debug for #insert<#(#params),*> {
                fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Formatter::write_str(__f, #name)
                }
            }
        }
    }
}

/// Returns the bound of a required column. It has the span of the user's field, which an error shows.
fn bound(required: &Required) -> TokenStream {
    let span = required.span;
    let (mut param, mut given) = (required.short.clone(), required.given.clone());
    param.set_span(span);
    given.set_span(span);
    quote_spanned!(span=> #param: #given)
}

/// Returns the trait whose message names the column.
fn given_trait(model: &Model<'_>, required: &Required) -> TokenStream {
    let (vis, given, message) = (model.vis, &required.given, &required.message);
    let setters: Vec<String> = required.setters.iter().map(|setter| format!("`.{setter}(..)`")).collect();
    let label = format!("no {} before this", setters.join(" or "));
    quote! {
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(message = #message, label = #label)]
        #vis trait #given {}
        #[diagnostic::do_not_recommend]
        impl #given for __orm::change::Set {}
    }
}
