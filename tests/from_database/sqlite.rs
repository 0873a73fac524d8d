//! Models generated from an existing database.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "CUST_ADDR")]
#[orm(primary_key(cust_no, addr_type))]
pub struct CustAddr {
    #[orm(column = "CUST_NO")]
    pub cust_no: i64,
    #[orm(column = "ADDR_TYPE")]
    pub addr_type: i64,
    pub r#type: Option<String>,
    #[orm(column = "2ND_LINE")]
    pub n2nd_line: Option<String>,
    #[orm(column = "self")]
    pub self_column: Option<i64>,
    #[orm(column = "execute")]
    pub execute_column: Option<i64>,
    #[orm(column = "the name")]
    pub the_name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "OrderHeaders")]
#[orm(primary_key(region_code, order_no))]
#[orm(has_many(order_lines: OrderLine))]
pub struct OrderHeader {
    #[orm(column = "regionCode", sql_type = "CHAR(2)")]
    pub region_code: String,
    #[orm(column = "orderNo")]
    pub order_no: i64,
    #[orm(column = "custName")]
    pub cust_name: String,
    #[orm(column = "placedAt")]
    pub placed_at: NaiveDateTime,
    #[orm(column = "isPaid", server_default = "0")]
    pub is_paid: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "OrderLines")]
#[orm(index(region_code, order_no, name = "OrderLines_order"))]
#[orm(belongs_to(order_header: OrderHeader, by = (region_code, order_no)))]
pub struct OrderLine {
    #[orm(primary_key, auto, column = "lineId")]
    pub line_id: i64,
    #[orm(column = "regionCode", sql_type = "CHAR(2)")]
    pub region_code: String,
    #[orm(column = "orderNo")]
    pub order_no: i64,
    #[orm(column = "productId", belongs_to = Product)]
    pub product_id: Option<i64>,
    pub quantity: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "categories")]
#[orm(has_many(children: Category))]
#[orm(has_many(products: Product))]
pub struct Category {
    #[orm(primary_key, auto)]
    pub id: i64,
    #[orm(belongs_to = Category, on_delete = set_null)]
    pub parent_id: Option<i64>,
    #[orm(unique, sql_type = "TEXT")]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "departures")]
#[orm(belongs_to(station_2: Station, by = (at_line, at_stop), to = (line, stop)))]
pub struct Departure {
    #[orm(primary_key, auto)]
    pub id: i64,
    #[orm(sql_type = "VARCHAR(5)", belongs_to = Station, to = code, on_update = cascade)]
    pub station_code: String,
    #[orm(sql_type = "VARCHAR(5)", belongs_to = Station, to = code, relation = station_by_via)]
    pub via: Option<String>,
    pub at_stop: i64,
    pub at_line: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "employees")]
#[orm(has_many(employees_by_manager: Employee.parent))]
#[orm(has_many(employees_by_mentor: Employee.mentor))]
#[orm(has_many(follows_by_follower: Follow.follower))]
#[orm(has_many(follows_by_followed: Follow.followed))]
#[orm(has_one(profile: Profile))]
#[orm(many_to_many(followeds: Employee, through = Follow, from = follower, to = followed))]
#[orm(many_to_many(followers: Employee, through = Follow, from = followed, to = follower))]
pub struct Employee {
    #[orm(primary_key, auto)]
    pub id: i64,
    #[orm(belongs_to = Employee, relation = parent)]
    pub manager: Option<i64>,
    #[orm(belongs_to = Employee, on_delete = set_null)]
    pub mentor_id: Option<i64>,
    #[orm(unique, sql_type = "BLOB")]
    pub badge: Option<Vec<u8>>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "follows")]
#[orm(primary_key(follower_id, followed_id))]
pub struct Follow {
    #[orm(belongs_to = Employee, on_delete = cascade)]
    pub follower_id: i64,
    #[orm(belongs_to = Employee, on_delete = cascade)]
    pub followed_id: i64,
    pub since: Option<NaiveDate>,
}

// The table has no primary key, so the model is read-only.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view)]
#[orm(table = "log")]
pub struct Log {
    pub at: NaiveDateTime,
    pub line: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "loose")]
pub struct Loose {
    #[orm(primary_key, auto)]
    pub id: i64,
    #[orm(sql_type = "BLOB", belongs_to = Tag, relation = tag)]
    pub about: Option<i64>,
    #[orm(sql_type = "MONEY")]
    pub worth: Option<f64>,
    pub anything: Option<Vec<u8>>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "measurements")]
pub struct Measurement {
    #[orm(primary_key, auto)]
    pub id: i64,
    pub m01: i64,
    pub m02: Option<i64>,
    pub m03: String,
    #[orm(sql_type = "DECIMAL(10, 2)", server_default = "0")]
    pub m04: f64,
    pub m05: Option<NaiveDate>,
    pub m06: Option<NaiveDateTime>,
    pub m07: f64,
    #[orm(server_default = "1")]
    pub m08: bool,
    pub m09: Option<String>,
    pub m10: Option<Vec<u8>>,
    pub m11: i64,
    pub m12: Option<String>,
    pub m13: i64,
    pub m14: Option<i64>,
    pub m15: String,
    #[orm(sql_type = "DECIMAL(10, 2)", server_default = "0")]
    pub m16: f64,
    pub m17: Option<NaiveDate>,
    pub m18: Option<NaiveDateTime>,
    pub m19: f64,
    #[orm(server_default = "1")]
    pub m20: bool,
    pub m21: Option<String>,
    pub m22: Option<Vec<u8>>,
    pub m23: i64,
    pub m24: Option<String>,
    pub m25: i64,
    pub m26: Option<i64>,
    pub m27: String,
    #[orm(sql_type = "DECIMAL(10, 2)", server_default = "0")]
    pub m28: f64,
    pub m29: Option<NaiveDate>,
    pub m30: Option<NaiveDateTime>,
    pub m31: f64,
    #[orm(server_default = "1")]
    pub m32: bool,
    pub m33: Option<String>,
    pub m34: Option<Vec<u8>>,
    pub m35: i64,
    pub m36: Option<String>,
    pub m37: i64,
    pub m38: Option<i64>,
    pub m39: String,
    #[orm(sql_type = "DECIMAL(10, 2)", server_default = "0")]
    pub m40: f64,
    pub m41: Option<NaiveDate>,
    pub m42: Option<NaiveDateTime>,
    pub m43: f64,
    #[orm(server_default = "1")]
    pub m44: bool,
    pub m45: Option<String>,
    pub m46: Option<Vec<u8>>,
    pub m47: i64,
    pub m48: Option<String>,
    pub m49: i64,
    pub m50: Option<i64>,
    pub m51: String,
    #[orm(sql_type = "DECIMAL(10, 2)", server_default = "0")]
    pub m52: f64,
    pub m53: Option<NaiveDate>,
    pub m54: Option<NaiveDateTime>,
    pub m55: f64,
    #[orm(server_default = "1")]
    pub m56: bool,
    pub m57: Option<String>,
    pub m58: Option<Vec<u8>>,
    pub m59: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "product_tags")]
#[orm(primary_key(product_id, tag_id))]
pub struct ProductTag {
    #[orm(belongs_to = Product)]
    pub product_id: i64,
    #[orm(belongs_to = Tag)]
    pub tag_id: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "products")]
#[orm(unique(sku, name = "sku"))]
#[orm(index(title, price, name = "by_title"))]
#[orm(unique(category_id, expr = "lower(title)", name = "one_draft", where = "state = 'draft'"))]
#[orm(check = "price >= 0")]
#[orm(has_many(order_lines: OrderLine))]
#[orm(has_many(product_tags: ProductTag))]
#[orm(many_to_many(tags: Tag, through = ProductTag))]
pub struct Product {
    #[orm(primary_key, auto)]
    pub id: i64,
    #[orm(belongs_to = Category, on_delete = cascade, on_update = cascade, constraint = "in_category")]
    pub category_id: i64,
    #[orm(sql_type = "VARCHAR(20)")]
    pub sku: Option<String>,
    #[orm(sql_type = "VARCHAR(200)", collation = "NOCASE")]
    pub title: String,
    #[orm(server_default = "'draft'")]
    pub state: ProductState,
    #[orm(sql_type = "DECIMAL(10, 2)", server_default = "9.99")]
    pub price: f64,
    pub weight: Option<f64>,
    #[orm(sql_type = "JSON")]
    pub details: Option<serde_json::Value>,
    #[orm(server_default = "CURRENT_TIMESTAMP")]
    pub created_at: NaiveDateTime,
    #[orm(sql_type = "NUMERIC", generated = "price * 2")]
    pub gross: Option<f64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "profiles")]
pub struct Profile {
    #[orm(primary_key, belongs_to = Employee)]
    pub employee_id: i64,
    pub bio: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stations")]
#[orm(unique(line, stop))]
#[orm(has_many(departures_by_station: Departure.station))]
#[orm(has_many(departures_by_via: Departure.station_by_via))]
#[orm(has_many(departures_by_station_2: Departure.station_2))]
pub struct Station {
    #[orm(primary_key, auto)]
    pub id: i64,
    #[orm(unique, sql_type = "VARCHAR(5)")]
    pub code: String,
    pub line: i64,
    pub stop: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tags")]
#[orm(has_many(looses: Loose))]
#[orm(has_many(product_tags: ProductTag))]
#[orm(many_to_many(products: Product, through = ProductTag))]
pub struct Tag {
    #[orm(primary_key, auto)]
    pub id: i64,
    pub name: String,
}

/// The values of `products.state`.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(as = enum)]
pub enum ProductState {
    Draft,
    #[orm(rename = "on sale")]
    OnSale,
    #[orm(rename = "it's gone")]
    ItsGone,
}

/// All models.
pub type Models = (
    CustAddr,
    OrderHeader,
    OrderLine,
    Category,
    Departure,
    Employee,
    Follow,
    Log,
    Loose,
    Measurement,
    ProductTag,
    Product,
    Profile,
    Station,
    Tag,
);
