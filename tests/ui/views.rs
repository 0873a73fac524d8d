//! The views of the cases; no case itself.
#![allow(dead_code, reason = "no case uses all of them")]

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "genres", has_many(sales: SalesByGenre), many_to_many(liked_by: Fan, through = Like))]
pub struct Genre {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "sales_by_genre")]
pub struct SalesByGenre {
    #[orm(belongs_to = Genre)]
    pub genre_id: u64,
    pub sold: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "fans")]
pub struct Fan {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view, table = "likes")]
pub struct Like {
    #[orm(belongs_to = Genre)]
    pub genre_id: u64,
    #[orm(belongs_to = Fan)]
    pub fan_id: u64,
}
