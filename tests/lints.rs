//! Generated code keeps to the lints that programs switch on: this file compiles without a warning.
#![deny(
    warnings,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    missing_debug_implementations,
    redundant_lifetimes,
    single_use_lifetimes,
    tail_expr_drop_order,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unsafe_code,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::nursery,
    clippy::pedantic
)]

use std::collections::HashMap;

use orm::prelude::*;
use orm::{Graph, Hooks, Json};

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cents(i64);

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[orm(as = text)]
pub enum Color {
    Red,
    Green,
}

#[derive(Embed, Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub street: String,
    pub zip: Option<u32>,
}

#[derive(Embed, Debug, Clone, PartialEq, Eq)]
pub enum Payment {
    Cash,
    Card { number: String },
}

#[derive(Model, Debug, Clone, PartialEq, Eq)]
#[orm(table = "customers", hooks)]
#[orm(has_many(orders: Order), has_one(card: Card), many_to_many(groups: Group, through = Membership))]
pub struct Customer {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(unique, length = 20)]
    pub email: String,
    #[orm(embed = "home_")]
    pub home: Address,
    #[orm(embed)]
    pub payment: Payment,
    pub notes: Json<HashMap<String, u8>>,
    #[orm(sensitive)]
    pub password: Option<String>,
    #[orm(skip)]
    pub seen: u8,
    #[orm(version)]
    pub version: u32,
}

impl Hooks for Customer {}

#[derive(Model, Debug, Clone, PartialEq, Eq)]
#[orm(table = "orders", soft_delete = deleted_at)]
pub struct Order {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Customer)]
    pub customer_id: u64,
    pub total: Cents,
    #[orm(length = 10, default = Color::Red)]
    pub color: Color,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Model, Debug, Clone, PartialEq, Eq)]
#[orm(table = "cards")]
pub struct Card {
    #[orm(primary_key, belongs_to = Customer)]
    pub customer_id: u64,
}

#[derive(Model, Debug, Clone, PartialEq, Eq)]
#[orm(table = "customer_groups")]
pub struct Group {
    #[orm(primary_key, auto)]
    pub id: u64,
}

#[derive(Model, Debug, Clone, PartialEq, Eq)]
#[orm(table = "memberships", primary_key(customer_id, group_id))]
pub struct Membership {
    #[orm(belongs_to = Customer)]
    pub customer_id: u64,
    #[orm(belongs_to = Group)]
    pub group_id: u64,
}

#[derive(Graph, Debug)]
pub struct Whole {
    #[orm(root)]
    pub customer: Customer,
    pub orders: Vec<Order>,
    #[orm(load = |c| c.groups())]
    pub member_of: Vec<Group>,
}

#[derive(Row, Debug, PartialEq, Eq)]
pub struct Line {
    pub email: String,
    pub orders: i64,
}

#[derive(Insert, Debug)]
#[orm(model = Order)]
pub struct NewOrder {
    pub customer_id: u64,
    pub total: Cents,
}

#[derive(Patch, Debug, Default)]
#[orm(model = Order)]
pub struct OrderPatch {
    pub color: Option<Color>,
}

on_every_backend! {
    async fn are_kept(db: Database) {
        db.create_tables::<(Customer, Order, Card, Group, Membership)>().await?;
        let home = Address { street: "Elm".into(), zip: None };
        let customer = Customer::insert().email("ann").home(home).payment(Payment::Cash).notes(Json(HashMap::new()));
        let customer_id = customer.returning(db).await?.id;
        let order = NewOrder { customer_id, total: Cents(5) }.into_insert().returning(db).await?;
        let patch = OrderPatch { color: Some(Color::Green) };
        assert_eq!(Order::update_by(order.id).apply(patch).execute(db).await?, 1);

        let [whole]: [Whole; 1] = Customer::query().graph().all(db).await?.try_into().unwrap();
        assert_eq!((whole.orders.len(), whole.member_of.len(), whole.customer.payment), (1, 0, Payment::Cash));
        let lines = Customer::query().select(|c| LineFields { email: c.email, orders: c.orders().count() });
        let line = Line { email: "ann".into(), orders: 1 };
        assert_eq!(lines.all(db).await?, [line]);
        let email = "ann";
        let found: i64 = sql!("SELECT COUNT(*) FROM {@Customer} WHERE {@Customer.email} = {email}").one(db).await?;
        assert_eq!(found, 1);
    }
}
