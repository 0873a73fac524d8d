//! Inserts.

use orm::prelude::*;

use super::Entry;
use crate::insert_all::Reading;
use crate::support::models::*;

pub(super) const ENTRIES: &[Entry] = changes! {
    "insert": Post::insert().author_id(1).title("x");
    "insert what the server fills": Reading::insert().sensor(1);
    "insert many": Employee::insert_all([1, 2].map(|id| Employee { id, name: "x".into(), manager_id: None }));
};
