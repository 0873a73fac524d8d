//! What the tokens of a type tell. Only the compiler knows for sure, so this says no more than it can.

use syn::{GenericArgument, Path, PathArguments, Type};

/// What a type looks like.
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
    /// A type of the user's own.
    Unknown,
}

impl Shape {
    /// What `ty` looks like.
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

/// The `X` of an `Option<X>`, however the path to it is written.
pub(crate) fn optional(ty: &Type) -> Option<&Type> {
    generic(ty, "Option")
}

/// The `X` of a `name<X>`.
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

/// The last word of a type's path: `DateTime` of `chrono::DateTime<Utc>`.
pub(crate) fn last_word(ty: &Type) -> Option<&syn::Ident> {
    path(ty)?.segments.last().map(|last| &last.ident)
}

/// The path of a type. A type that came through a `macro_rules!` may stand in an invisible group.
fn path(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(ty) if ty.qself.is_none() => Some(&ty.path),
        Type::Group(group) => path(&group.elem),
        Type::Paren(paren) => path(&paren.elem),
        _ => None,
    }
}
