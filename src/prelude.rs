//! What most programs import: `use orm::prelude::*`.
//!
//! It has the traits, the types that signatures name, and the column types that other crates define. It exports no
//! name that an application would use for a model.

pub use crate::open::Open;
pub use crate::{
    Column, Condition, Database, ErrorKind, Executor, Handle, Mode, Model, New, Nullable, Query, Required,
    Rows, Session, Transaction, Value, all_of, any_of, call, case, function, has_words, has_words_boolean,
    null, relevance, relevance_boolean, row, select, server_now, server_random, server_today, value, values,
};
pub use orm_core::driver::Isolation::{ReadCommitted, ReadUncommitted, RepeatableRead, Serializable};

// For its diagnostics on `insert().on_conflict(..)`.
#[doc(hidden)]
pub use orm_core::change::OneRow as _;
// For its diagnostics on names that other libraries have for something of this one.
#[doc(hidden)]
pub use orm_core::elsewhere::{
    AddsManyElsewhere as _, ExcludesElsewhere as _, FiltersElsewhere as _, HasAliasElsewhere as _,
    IgnoresCaseElsewhere as _, IsInListElsewhere as _, IsListElsewhere as _, IsTextElsewhere as _,
    IsUnequalElsewhere as _, JoinsElsewhere as _, LoadsRelationsElsewhere as _, ReplacesNullElsewhere as _,
    ResolvesConflictsElsewhere as _, ReturnsRowElsewhere as _, ReturnsRowsElsewhere as _,
    SelectsElsewhere as _, SetsColumnsElsewhere as _, SortsElsewhere as _, TestsForRowsElsewhere as _,
};

// The macros only: models may well have the names of the traits.
pub use orm_derive::{Embed, Insert, Patch, Row};
pub use orm_derive::{fragment, procedure, sql};

pub use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
pub use rust_decimal::Decimal;
pub use uuid::Uuid;
