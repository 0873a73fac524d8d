//! The eight tables of a wholesaler of bicycle parts: who buys what from whom, and where they are.

use orm::prelude::*;

/// All models, for `create_tables`: foreign keys determine which table comes first.
pub type Wholesale =
    (Region, Nation, Supplier, Part, Piece, Offer, Customer, Order, OrderLine, Visit, YearOfCustomer);

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "regions", has_many(nations: Nation))]
pub struct Region {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 25)]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "nations", has_many(suppliers: Supplier), has_many(customers: Customer))]
pub struct Nation {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 25)]
    pub name: String,
    #[orm(belongs_to = Region)]
    pub region_id: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "suppliers", has_many(offers: Offer))]
pub struct Supplier {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 25)]
    pub name: String,
    #[orm(belongs_to = Nation)]
    pub nation_id: u32,
    #[orm(precision = (12, 2))]
    pub balance: Decimal,
    #[orm(length = 100)]
    pub remark: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "parts", has_many(offers: Offer), has_many(lines: OrderLine))]
pub struct Part {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 55)]
    pub name: String,
    #[orm(length = 10, index)]
    pub brand: String,
    #[orm(length = 25)]
    pub kind: String,
    pub size: i32,
    #[orm(length = 10)]
    pub packing: String,
}

/// A supplier's price for a part, and the quantity in stock.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "offers", primary_key(part_id, supplier_id))]
pub struct Offer {
    #[orm(belongs_to = Part)]
    pub part_id: u32,
    #[orm(belongs_to = Supplier)]
    pub supplier_id: u32,
    pub stock: i32,
    #[orm(precision = (12, 2))]
    pub cost: Decimal,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "customers", has_many(orders: Order))]
pub struct Customer {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 25)]
    pub name: String,
    #[orm(belongs_to = Nation)]
    pub nation_id: u32,
    #[orm(length = 15)]
    pub phone: String,
    #[orm(length = 10)]
    pub segment: String,
    #[orm(precision = (12, 2))]
    pub balance: Decimal,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[orm(as = text)]
pub enum Urgency {
    Urgent,
    High,
    Usual,
    Low,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orders", has_many(lines: OrderLine), index(ordered_on))]
pub struct Order {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Customer)]
    pub customer_id: u32,
    /// Whether all of it has been delivered.
    pub complete: bool,
    pub ordered_on: NaiveDate,
    pub urgency: Urgency,
    #[orm(length = 100)]
    pub remark: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "order_lines", primary_key(order_id, number), index(shipped_on))]
#[orm(belongs_to(offer: Offer, by = (part_id, supplier_id)))]
pub struct OrderLine {
    #[orm(belongs_to = Order)]
    pub order_id: u32,
    pub number: i32,
    #[orm(belongs_to = Part)]
    pub part_id: u32,
    #[orm(belongs_to = Supplier)]
    pub supplier_id: u32,
    pub quantity: i32,
    /// For the whole quantity.
    #[orm(precision = (12, 2))]
    pub price: Decimal,
    #[orm(precision = (4, 2))]
    pub discount: Decimal,
    #[orm(precision = (4, 2))]
    pub tax: Decimal,
    pub returned: bool,
    pub shipped_on: NaiveDate,
    pub promised_on: NaiveDate,
    pub received_on: NaiveDate,
    #[orm(length = 10)]
    pub carrier: String,
}

/// How many of a part another one consists of.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "pieces", primary_key(whole_id, part_id))]
pub struct Piece {
    #[orm(belongs_to = Part, relation = whole)]
    pub whole_id: u32,
    #[orm(belongs_to = Part)]
    pub part_id: u32,
    pub amount: i64,
}

/// A customer's visit to a page.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "visits", index(customer_id, seen_at))]
pub struct Visit {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Customer)]
    pub customer_id: u32,
    pub seen_at: DateTime<Utc>,
    #[orm(length = 20)]
    pub page: String,
}

/// What customers bought in a year: a summary that is kept up to date.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "years_of_customers", primary_key(customer_id, year))]
pub struct YearOfCustomer {
    #[orm(belongs_to = Customer)]
    pub customer_id: u32,
    pub year: i32,
    pub orders: i64,
    #[orm(precision = (16, 4))]
    pub revenue: Decimal,
    #[orm(default = 0)]
    pub changes: i32,
}
