//! What the tokens of a type reveal. Only the compiler knows for sure, so this never claims more.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Path, PathArguments, Type};

/// The apparent kind of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `String`
    Text,
    /// `Vec<u8>`
    Bytes,
    /// An integer.
    Integer,
    /// `Decimal`
    Decimal,
    /// Another type of the standard library or a well-known crate, without a length.
    Other,
    /// A user-defined type.
    Unknown,
}

impl Shape {
    /// Returns the apparent kind of `ty`.
    pub(crate) fn of(ty: &Type) -> Self {
        if generic(ty, "Vec").is_some_and(|item| last_word(item).is_some_and(|word| word == "u8")) {
            return Shape::Bytes;
        }
        match last_word(ty).map(ToString::to_string).unwrap_or_default().as_str() {
            "String" => Shape::Text,
            "Decimal" => Shape::Decimal,
            "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" => Shape::Integer,
            "bool" | "f32" | "f64" | "NaiveDate" | "NaiveTime" | "NaiveDateTime" | "DateTime" | "Uuid" => {
                Shape::Other
            }
            _ => Shape::Unknown,
        }
    }
}

/// An alternative to a type that cannot implement `Value`: advice, and the type to continue with.
pub(crate) struct Instead {
    /// The end of a sentence.
    pub(crate) advice: &'static str,
    /// The type that was probably meant, if there is one.
    pub(crate) ty: Option<TokenStream>,
}

/// Returns the alternative to a type that is not a column type, as its tokens alone show.
pub(crate) fn instead(ty: &Type) -> Option<Instead> {
    let several = "store it as a JSON document with `#[orm(json)]`, or in several columns as a struct with `#[derive(Embed)]`";
    let text = || Some(quote!(::std::string::String));
    let (advice, ty) = match ty {
        Type::Group(group) => return instead(&group.elem),
        Type::Paren(paren) => return instead(&paren.elem),
        Type::Reference(to) if last_word(&to.elem).is_some_and(|word| word == "str") => {
            ("a row owns its values, so use `String`", text())
        }
        Type::Reference(_) => ("a row owns its values, so use the type without the reference", None),
        Type::Array(array) if last_word(&array.elem).is_some_and(|word| word == "u8") => {
            ("use `Vec<u8>`", Some(quote!(::std::vec::Vec<::core::primitive::u8>)))
        }
        Type::Tuple(tuple) if tuple.elems.is_empty() => {
            ("it has no value; remove the field, or add `#[orm(skip)]`", None)
        }
        Type::Array(_) | Type::Tuple(_) => (several, None),
        _ if is_zoned(ty) => (
            "databases keep no time zone, so take `DateTime<Utc>`, and `.with_timezone(..)` where it is shown",
            None,
        ),
        _ if last_word(ty).is_some_and(|word| word == "ZonedDateTime") => {
            ("databases keep no time zone, so take `Timestamp`, and `.in_tz(..)` where it is shown", None)
        }
        Type::Path(path) => match path.path.get_ident()?.to_string().as_str() {
            "usize" => (
                "its size differs between machines, so use `u64` or `u32`",
                Some(quote!(::core::primitive::u64)),
            ),
            "isize" => (
                "its size differs between machines, so use `i64` or `i32`",
                Some(quote!(::core::primitive::i64)),
            ),
            "u128" | "i128" => (
                "database integers have at most 64 bits, so use `u64`, `i64`, or `Decimal` with 28 digits",
                Some(quote!(::core::primitive::i64)),
            ),
            "char" => ("use `String`, with `#[orm(length = 1)]` for a single character", text()),
            _ => return None,
        },
        _ => return None,
    };
    Some(Instead { advice, ty })
}

/// `DateTime<Local>`
fn is_zoned(ty: &Type) -> bool {
    let zone = generic(ty, "DateTime").and_then(last_word);
    zone.is_some_and(|zone| zone == "Local" || zone == "FixedOffset")
}

/// Returns the `X` of an `Option<X>`, whatever the path to it.
pub(crate) fn optional(ty: &Type) -> Option<&Type> {
    generic(ty, "Option")
}

/// Returns the `X` of a `name<X>`.
fn generic<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let last = path(ty)?.segments.last().filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) if arguments.args.len() == 1 => match arguments.args.first()
        {
            Some(GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the last segment of a type's path: `DateTime` of `chrono::DateTime<Utc>`.
pub(crate) fn last_word(ty: &Type) -> Option<&syn::Ident> {
    path(ty)?.segments.last().map(|last| &last.ident)
}

/// Returns the path of a type. A type from a `macro_rules!` macro may be in an invisible group.
fn path(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(ty) if ty.qself.is_none() => Some(&ty.path),
        Type::Group(group) => path(&group.elem),
        Type::Paren(paren) => path(&paren.elem),
        _ => None,
    }
}
