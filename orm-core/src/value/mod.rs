//! Values: what a column holds, between a Rust type and a driver.
//!
//! A [`Value`] is a Rust type that one column can store. To be sent, it becomes a [`Datum`], the closed set of types that
//! every driver can bind; it is read from a [`Cell`], the form in which a driver returns it.

mod bytes;
#[cfg(any(feature = "jiff", feature = "time"))]
mod calendar;
mod cell;
mod datum;
mod floats;
mod in_json;
mod integers;
mod json;
mod kind;
mod mismatch;
mod numeric;
mod serialize;
mod stored;
mod temporal;
mod text;
mod traits;
mod untyped;
mod uuid;

pub use cell::{Cell, Cells, ClockCell, DateCell};
pub use datum::Datum;
pub use in_json::InJson;
pub use json::{Document, Json, JsonData};
pub use kind::Kind;
pub use mismatch::{Fault, Mismatch};
pub use temporal::{Now, now, text_form};
pub use traits::{Averaged, Dated, Fractional, Lengthy, Numeric, Summed, Textual, Timed, Value, Whole};
