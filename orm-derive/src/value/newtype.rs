//! Newtypes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataStruct, Fields, Ident, Type};

use crate::context::Ctxt;

/// Returns the type of the inner value.
pub(super) fn read<'a>(cx: &Ctxt, ident: &Ident, data: &'a DataStruct) -> Option<&'a Type> {
    let found = match &data.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            return fields.unnamed.first().map(|field| &field.ty);
        }
        Fields::Unnamed(fields) => format!("{} fields", fields.unnamed.len()),
        Fields::Named(_) => "named fields".to_owned(),
        Fields::Unit => "no field".to_owned(),
    };
    let message = format!(
        "`{ident}` has {found}, but a value must be a struct around one other value, as in `struct {ident}(u64);`"
    );
    match &data.fields {
        Fields::Unit => cx.error(ident, message),
        fields => cx.error(fields, message),
    }
    None
}

/// Returns the members of the impl, which are those of the inner value.
pub(super) fn members(inner: &Type) -> TokenStream {
    quote! {
        const KIND: __orm::value::Kind = <#inner as __orm::value::Value>::KIND;

        #[inline]
        fn to_datum(&self) -> __orm::value::Datum {
            <#inner as __orm::value::Value>::to_datum(&self.0)
        }

        #[inline]
        fn into_datum(self) -> __orm::value::Datum {
            <#inner as __orm::value::Value>::into_datum(self.0)
        }

        #[inline]
        fn from_cell(
            __cell: &mut __orm::value::Cell<'_>,
        ) -> ::core::result::Result<Self, __orm::value::Mismatch> {
            ::core::result::Result::map(<#inner as __orm::value::Value>::from_cell(__cell), Self)
        }
    }
}
