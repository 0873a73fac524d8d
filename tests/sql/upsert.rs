//! Upserts.

use orm::prelude::*;

use super::Entry;
use crate::support::models::*;
use crate::upsert::Stock;

pub(super) const ENTRIES: &[Entry] = changes! {
    "upsert": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.age.to(u.age.add(1))));
    "upsert that changes nothing": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).ignore();
    "upsert what is computed": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).update(|u, new| (u.age.to(u.age.coalesce(0).add(new.age.coalesce(1))), u.name.to(case::<String>().when(u.name.eq(""), new.name).otherwise(u.name))));
    "upsert by the primary key": Employee::insert_all([Employee { id: 1, name: "x".into(), manager_id: None }]).on_conflict(|e| e.id).update(|e, new| (e.name.to(new.name), e.manager_id.to(None)));
    "upsert by two columns": Stock::insert_all([Stock::insert().shop(1).item(2).amount(3)]).on_conflict(|s| (s.shop, s.item)).update(|s, new| s.amount.to(s.amount.add(new.amount)));
    "upsert with values": Employee::insert_all([Employee { id: 1, name: "x".into(), manager_id: None }]).on_conflict(|e| e.id).update(|e, _| e.name.to("y"));
    "upsert under a condition": User::insert_all([User::insert().email("e").name("n").age(3)]).on_conflict(|u| u.email).update(|u, new| (u.age.to(new.age), u.name.to(new.name))).filter(|u, new| new.age.gt(u.age));
    "upsert that reads what it sets": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).update(|u, new| (u.name.to(new.name), u.email.to(u.name.lower())));
    "upsert whose assignments read one another's columns in a cycle": User::insert_all([User::insert().email("e").name("n")]).on_conflict(|u| u.email).update(|u, _| (u.name.to(u.email), u.email.to(u.name)));
    "upsert from a query": User::insert_from(User::query(), |u| User::insert().email(u.name).name(u.email)).on_conflict(|u| u.email).update(|u, new| u.name.to(new.name));
    "upsert from a query that changes nothing": User::insert_from(User::query().limit(3), |u| User::insert().email(u.name).name(u.email)).on_conflict(|u| u.email).ignore();
};
