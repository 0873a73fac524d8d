//! The struct of columns, and the code that reads and writes the columns.

use proc_macro2::TokenStream;
use quote::quote;

use super::Embed;
use crate::expand::{asserts, columns, fields, table};
use crate::model::Shape;
use crate::scope::scope;

/// Returns the code that reads and writes a struct; for one with mistakes, code that prevents further errors in the
/// models that embed it.
pub(super) fn functions_of_struct(embed: &Embed<'_>, broken: bool) -> TokenStream {
    let all = &embed.columns;
    let body = |code: TokenStream| if broken { quote!(::core::unreachable!()) } else { code };
    let fields_read = columns::read(all);
    let read = body(quote!(::core::result::Result::Ok(Self { #fields_read })));
    let write = body(columns::write(all));
    let arms = columns::value_arms(all);
    let value = body(quote!(match __column { #arms _ => __orm::value::Datum::Null }));
    let arms = columns::set_arms(all);
    let set = body(quote!(match __column { #arms _ => ::core::result::Result::Ok(()) }));
    columns::functions(&[read, write, value, set])
}

/// Returns the code, given the functions that read and write the type.
pub(super) fn expand(embed: &Embed<'_>, functions: TokenStream, broken: bool, is_enum: bool) -> TokenStream {
    let Embed { krate, fields: name, columns: all, .. } = embed;
    let structure = structure(embed);
    let copied = fields::copied(name);
    let implementation = implementation(embed, functions, broken, is_enum);
    let (operands, shape) = (operands(embed), shape(embed));
    let unknown = all
        .iter()
        .filter(|column| !broken && column.json.is_none() && Shape::of(&column.ty) == Shape::Unknown);
    let asserts = unknown.flat_map(|column| asserts::column_asserts(column, false));
    let implementations = scope(
        krate,
        quote! {
            #copied
            #implementation
            #operands
            #shape
            #(#asserts)*
        },
    );
    quote! {
        #structure
        #implementations
    }
}

/// Returns the struct of columns, with its operators.
fn structure(embed: &Embed<'_>) -> TokenStream {
    let Embed { ident, vis, krate, fields: name, columns: all } = embed;
    let summary = format!("The columns of an embedded [`{ident}`], as passed to closures.");
    let columns = fields::columns(all, vis, krate);
    quote! {
        #[doc = #summary]
        #[allow(dead_code, non_camel_case_types, non_snake_case)]
        #vis struct #name<__M: #krate::base::mode::Mode = #krate::base::mode::Required> {
            #columns
            __source: #krate::base::syntax::Source,
            __first: ::core::primitive::u16,
            __mode: ::core::marker::PhantomData<fn() -> __M>,
        }
        #[allow(dead_code)]
        impl<__M: #krate::base::mode::Mode> #name<__M> {
            /// Sets all columns: to a value, or to the same columns of another place.
            #vis fn to(
                self,
                __value: impl #krate::base::embed::EmbedAssign<#ident>,
            ) -> ::std::vec::Vec<#krate::base::expression::Assignment> {
                #krate::base::embed::assign::<#ident>(self.__source, self.__first, __value)
            }

            /// Compares all columns for equality. `None` equals NULL.
            #vis fn eq(
                self,
                __value: impl #krate::base::embed::EmbedOperand<#ident>,
            ) -> #krate::base::expression::Condition {
                #krate::base::embed::eq::<#ident>(self.__source, self.__first, __value)
            }

            /// Compares for inequality: at least one column differs.
            #vis fn ne(
                self,
                __value: impl #krate::base::embed::EmbedOperand<#ident>,
            ) -> #krate::base::expression::Condition {
                #krate::base::expression::Condition::not(self.eq(__value))
            }
        }
    }
}

/// `impl Embed`.
fn implementation(embed: &Embed<'_>, functions: TokenStream, broken: bool, is_enum: bool) -> TokenStream {
    let Embed { ident, fields: name, columns: all, .. } = embed;
    // If no column is required in an insert, neither is the struct.
    let unset =
        if broken || all.iter().all(|column| !column.is_required()) { quote!(Set) } else { quote!(Missing) };
    let definitions = all.iter().filter(|_| !broken).map(table::column);
    let definitions = quote!([#(#definitions),*]);
    let definitions =
        if is_enum { quote!(&__orm::embed::of_enum(#definitions)) } else { quote!(&#definitions) };
    let literal = all.iter().map(|column| {
        let (field, position) = (column.field, column.position());
        quote!(#field: __orm::expression::Column::new(__source, __first + #position))
    });
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::embed::Embed for #ident {
            type Fields<__M: __orm::mode::Mode> = #name<__M>;
            type Unset = __orm::change::#unset;

            const COLUMNS: &'static [__orm::schema::ColumnDef] = #definitions;

            #[inline]
            fn fields<__M: __orm::mode::Mode>(
                __source: __orm::syntax::Source,
                __first: ::core::primitive::u16,
            ) -> #name<__M> {
                #name { #(#literal,)* __source, __first, __mode: ::core::marker::PhantomData }
            }

            #functions
        }
    }
}

/// The impls with which the struct of columns is compared, assigned and selected.
fn operands(embed: &Embed<'_>) -> TokenStream {
    let Embed { ident, fields: name, .. } = embed;
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__M: __orm::mode::Mode> __orm::embed::EmbedOperand<#ident> for #name<__M> {
            fn nodes(self) -> ::std::vec::Vec<__orm::syntax::Node> {
                __orm::embed::nodes::<#ident>(self.__source, self.__first)
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::embed::EmbedAssign<#ident> for #name<__orm::mode::Required> {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::embed::EmbedAssign<#ident> for #name<__orm::mode::Far<__orm::mode::Required>> {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::selection::Selection for #name<__orm::mode::Required> {
            type Output = #ident;

            fn push(self, __items: &mut ::std::vec::Vec<__orm::syntax::Item>) {
                let __columns = <#ident as __orm::embed::Embed>::COLUMNS.len();
                __orm::embed::items(self.__source, self.__first, __columns, __items)
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
            ) -> ::core::result::Result<Self::Output, __orm::value::Fault> {
                <#ident as __orm::embed::Embed>::read(__cells)
            }
        }
    }
}

/// `impl Shape`: a derived table has the columns in the same order as a row.
fn shape(embed: &Embed<'_>) -> TokenStream {
    let Embed { ident, fields: name, .. } = embed;
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl __orm::query::Shape for #ident {
            type Columns<__M: __orm::mode::Mode> = #name<__M>;

            fn columns<__M: __orm::mode::Mode>(
                __source: __orm::syntax::Source,
                __at: &mut ::core::primitive::u16,
            ) -> Self::Columns<__M> {
                __orm::embed::columns_of::<#ident, __M>(__source, __at)
            }

            fn width() -> ::core::primitive::usize {
                <#ident as __orm::embed::Embed>::COLUMNS.len()
            }

            fn read(
                __cells: &mut __orm::value::Cells<'_, '_>,
            ) -> ::core::result::Result<Self, __orm::value::Fault> {
                <#ident as __orm::embed::Embed>::read(__cells)
            }
        }
    }
}
