//! Code that reads and writes fields that are columns: of a model, and of an embedded struct.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Column, Shape};

/// Returns the functions that read and write rows, which `Model` and `Embed` share, with these bodies.
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

/// Returns the fields of a struct literal, read in order.
pub(crate) fn read(columns: &[Column<'_>]) -> TokenStream {
    let fields = columns.iter().map(|column| {
        let (field, read) = (column.field, read_column(column, column.nullable));
        quote!(#field: #read,)
    });
    fields.collect()
}

/// Returns statements that append the values of `self` to `__values`.
pub(crate) fn write(columns: &[Column<'_>]) -> TokenStream {
    let statements = columns.iter().map(|column| {
        let field = column.field;
        let value = into_datum(column, column.nullable, &quote!(self.#field));
        quote!(::std::vec::Vec::push(__values, #value);)
    });
    statements.collect()
}

/// Returns the conversion of a moved value to a bind parameter.
pub(crate) fn into_datum(column: &Column<'_>, nullable: bool, value: &TokenStream) -> TokenStream {
    let ty = &column.ty;
    let datum = |value: &TokenStream| match column.json {
        Some(data) => quote!(<#data as __orm::value::JsonData>::to_json(&#value)),
        None => quote!(<#ty as __orm::value::Value>::into_datum(#value)),
    };
    or_null(nullable, value, datum)
}

/// Returns the conversion of a borrowed value to a bind parameter.
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

/// Returns, for each column by its position, a copy of its value.
pub(crate) fn value_arms(columns: &[Column<'_>]) -> TokenStream {
    let arms = columns.iter().map(|column| {
        let (field, position) = (column.field, column.position());
        let value = to_datum(column, column.nullable, &quote!(&self.#field));
        quote!(#position => #value,)
    });
    arms.collect()
}

/// Returns, for each column by its position, code that sets it to the next cell.
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

/// Returns code that reads the next cell as the value of a column.
pub(crate) fn read_column(column: &Column<'_>, nullable: bool) -> TokenStream {
    let ty = &column.ty;
    if let Some(data) = column.json {
        let read = if nullable { quote!(read_nullable) } else { quote!(read) };
        return quote!(<#data as __orm::value::JsonData>::#read(__cells)?);
    }
    let read = if nullable { quote!(nullable) } else { quote!(value) };
    known(column, quote!(__orm::value::Cells::#read::<#ty>(__cells)?))
}

/// Returns code that requires the column's type to be a value. If it is not, the error has the same words as those of
/// all other uses, and the compiler omits duplicates.
fn known(column: &Column<'_>, code: TokenStream) -> TokenStream {
    let ty = &column.ty;
    match Shape::of(ty) {
        Shape::Unknown => quote!({ let _ = <#ty as __orm::value::Value>::KIND; #code }),
        _ => code,
    }
}
