//! Fields that are columns, as they are read and written: of a model, and of a struct that models embed.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Column, Shape};

/// The functions by which rows are read and written, which `Model` and `Embed` both have, with these bodies.
pub(crate) fn functions([read, write, value, set]: &[TokenStream; 4]) -> TokenStream {
    quote! {
        fn read(
            __cells: &mut __orm::value::Cells<'_, '_>,
        ) -> ::core::result::Result<Self, __orm::value::Fault> {
            #read
        }

        fn write(self, __values: &mut ::std::vec::Vec<__orm::value::Datum>) {
            #write
        }

        fn column_value(&self, __column: ::core::primitive::u16) -> __orm::value::Datum {
            #value
        }

        fn set_column(
            &mut self,
            __column: ::core::primitive::u16,
            __cells: &mut __orm::value::Cells<'_, '_>,
        ) -> ::core::result::Result<(), __orm::value::Fault> {
            #set
        }
    }
}

/// The fields of a struct literal, read in their order.
pub(crate) fn read(columns: &[Column<'_>]) -> TokenStream {
    let fields = columns.iter().map(|column| {
        let (field, read) = (column.field, read_column(column, column.nullable));
        quote!(#field: #read,)
    });
    fields.collect()
}

/// Statements that add the values of `self` to `__values`.
pub(crate) fn write(columns: &[Column<'_>]) -> TokenStream {
    let statements = columns.iter().map(|column| {
        let field = column.field;
        let value = into_datum(column, column.nullable, &quote!(self.#field));
        quote!(::std::vec::Vec::push(__values, #value);)
    });
    statements.collect()
}

/// What a column is bound as, of a value that is moved.
pub(crate) fn into_datum(column: &Column<'_>, nullable: bool, value: &TokenStream) -> TokenStream {
    let ty = &column.ty;
    let datum = |value: &TokenStream| match column.json {
        Some(data) => quote!(<#data as __orm::value::JsonData>::to_json(&#value)),
        None => quote!(<#ty as __orm::value::Value>::into_datum(#value)),
    };
    or_null(nullable, value, datum)
}

/// What a column is bound as, of a value that is borrowed.
pub(crate) fn to_datum(column: &Column<'_>, nullable: bool, value: &TokenStream) -> TokenStream {
    let ty = &column.ty;
    let datum = |value: &TokenStream| match column.json {
        Some(data) => quote!(<#data as __orm::value::JsonData>::to_json(#value)),
        None => quote!(<#ty as __orm::value::Value>::to_datum(#value)),
    };
    or_null(nullable, value, datum)
}

fn or_null(nullable: bool, value: &TokenStream, datum: impl Fn(&TokenStream) -> TokenStream) -> TokenStream {
    if !nullable {
        return datum(value);
    }
    let some = datum(&quote!(__value));
    quote! {
        match #value {
            ::core::option::Option::Some(__value) => #some,
            ::core::option::Option::None => __orm::value::Datum::Null,
        }
    }
}

/// For each column by its position, a copy of its value.
pub(crate) fn value_arms(columns: &[Column<'_>]) -> TokenStream {
    let arms = columns.iter().map(|column| {
        let (field, position) = (column.field, column.position());
        let value = to_datum(column, column.nullable, &quote!(&self.#field));
        quote!(#position => #value,)
    });
    arms.collect()
}

/// For each column by its position, what sets it to the next cell.
pub(crate) fn set_arms(columns: &[Column<'_>]) -> TokenStream {
    let arms = columns.iter().map(|column| {
        let (field, position) = (column.field, column.position());
        let fill = if column.json.is_some() {
            let read = read_column(column, column.nullable);
            quote!({ self.#field = #read; ::core::result::Result::Ok(()) })
        } else {
            let fill = if column.nullable { quote!(fill_nullable) } else { quote!(fill) };
            let ty = &column.ty;
            known(column, quote!(__orm::value::Cells::#fill::<#ty>(__cells, &mut self.#field)))
        };
        quote!(#position => #fill,)
    });
    arms.collect()
}

/// The next cell as the value of a column.
pub(crate) fn read_column(column: &Column<'_>, nullable: bool) -> TokenStream {
    let ty = &column.ty;
    if let Some(data) = column.json {
        let read = if nullable { quote!(read_nullable) } else { quote!(read) };
        return quote!(<#data as __orm::value::JsonData>::#read(__cells)?);
    }
    let read = if nullable { quote!(nullable) } else { quote!(value) };
    known(column, quote!(__orm::value::Cells::#read::<#ty>(__cells)?))
}

/// Code that needs the column's type to be a value. If it is none, this says so in the words of all other uses, and the
/// second one is silent.
fn known(column: &Column<'_>, code: TokenStream) -> TokenStream {
    let ty = &column.ty;
    match Shape::of(ty) {
        Shape::Unknown => quote!({ let _ = <#ty as __orm::value::Value>::KIND; #code }),
        _ => code,
    }
}
