//! Soft delete.

use orm::prelude::*;

use super::Entry;
use crate::soft_delete::{Folder, Note};

pub(super) const ENTRIES: &[Entry] = changes! {
    "rows that are not marked": Note::query().filter(|n| n.id.eq(1).or(n.id.eq(2)));
    "with the marked ones": Note::query().with_deleted();
    "only the marked ones": Note::query().only_deleted();
    "a join": Folder::query().join(|f| f.notes());
    "an outer join": Folder::query().left_join(|f| f.notes());
    "a full join": Folder::query().full_join(|f| f.notes());
    "relations": Note::query().filter(|n| n.folder().name.eq("x")).order_by(|n| n.answered().text.asc());
    "a question": Folder::query().filter(|f| f.notes().none(|n| n.text.eq("x")));
    "an update": Note::update().set(|n| n.text.to("x")).filter(|n| n.id.eq(1));
    "a delete": Note::delete().filter(|n| n.id.eq(1));
    "a delete of all": Note::delete().all_rows();
    "a restoration": Note::update().only_deleted().set(|n| n.gone.to(None)).filter(|n| n.id.eq(1));
    "a delete for good": Note::delete().only_deleted().hard_delete().all_rows();
};
