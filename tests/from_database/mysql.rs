//! Models generated from an existing database.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "CUST_ADDR")]
#[orm(primary_key(cust_no, addr_type))]
pub struct CustAddr {
    #[orm(column = "CUST_NO")]
    pub cust_no: i32,
    #[orm(column = "ADDR_TYPE")]
    pub addr_type: i8,
    #[orm(length = 9)]
    pub r#type: Option<String>,
    #[orm(column = "2ND_LINE", length = 50)]
    pub n2nd_line: Option<String>,
    #[orm(column = "self")]
    pub self_column: Option<i32>,
    #[orm(column = "execute")]
    pub execute_column: Option<i32>,
    #[orm(column = "the name", length = 50, collation = "ascii_general_ci")]
    pub the_name: String,
    #[orm(sql_type = "enum('','A')")]
    pub kind: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "OrderHeaders")]
#[orm(primary_key(region_code, order_no))]
#[orm(has_many(order_lines: OrderLine))]
pub struct OrderHeader {
    #[orm(column = "regionCode", sql_type = "char(2)")]
    pub region_code: String,
    #[orm(column = "orderNo")]
    pub order_no: i32,
    #[orm(column = "custName", length = 60)]
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
    pub line_id: i32,
    #[orm(column = "regionCode", sql_type = "char(2)")]
    pub region_code: String,
    #[orm(column = "orderNo")]
    pub order_no: i32,
    #[orm(column = "productId", belongs_to = Product)]
    pub product_id: Option<u64>,
    pub quantity: u16,
}

// The table has no primary key, so the model is read-only. To write its rows too, make the unique key over (code, neighbour) its primary key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view)]
#[orm(table = "borders")]
pub struct Border {
    pub code: String,
    pub neighbour: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "categories")]
#[orm(comment = "what is sold")]
#[orm(unique(name, name = "name"))]
#[orm(has_many(children: Category))]
#[orm(has_many(products: Product))]
pub struct Category {
    #[orm(primary_key, auto)]
    pub id: u32,
    #[orm(belongs_to = Category, on_delete = set_null)]
    pub parent_id: Option<u32>,
    #[orm(length = 80, comment = "what it's called")]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "countries")]
#[orm(unique(code, name = "code"))]
pub struct Country {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(sql_type = "char(2)")]
    pub code: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "departures")]
#[orm(belongs_to(station_2: Station, by = (at_line, at_stop), to = (line, stop)))]
pub struct Departure {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(length = 5, belongs_to = Station, to = code, on_update = cascade)]
    pub station_code: String,
    #[orm(length = 5, belongs_to = Station, to = code, relation = station_by_via)]
    pub via: Option<String>,
    pub at_line: i32,
    pub at_stop: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "employees")]
#[orm(unique(badge, name = "badge"))]
#[orm(has_many(employees_by_manager: Employee.parent))]
#[orm(has_many(employees_by_mentor: Employee.mentor))]
#[orm(has_many(follows_by_follower: Follow.follower))]
#[orm(has_many(follows_by_followed: Follow.followed))]
#[orm(has_one(profile: Profile))]
#[orm(many_to_many(followeds: Employee, through = Follow, from = follower, to = followed))]
#[orm(many_to_many(followers: Employee, through = Follow, from = followed, to = follower))]
pub struct Employee {
    #[orm(primary_key, auto)]
    pub id: i32,
    #[orm(belongs_to = Employee, relation = parent)]
    pub manager: Option<i32>,
    #[orm(belongs_to = Employee, on_delete = set_null)]
    pub mentor_id: Option<i32>,
    pub badge: Option<Uuid>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "entity_texts")]
#[orm(collation = "utf8mb4_bin")]
#[orm(primary_key(entity_type, entity_id, deleted, delta, language))]
#[orm(full_text(body, name = "in_body"))]
pub struct EntityText {
    #[orm(length = 30)]
    pub entity_type: String,
    pub entity_id: u32,
    pub deleted: i8,
    pub delta: u32,
    #[orm(length = 12)]
    pub language: String,
    pub body: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "follows")]
#[orm(primary_key(follower_id, followed_id))]
pub struct Follow {
    #[orm(belongs_to = Employee, on_delete = cascade)]
    pub follower_id: i32,
    #[orm(belongs_to = Employee, on_delete = cascade)]
    pub followed_id: i32,
    pub since: Option<NaiveDate>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "hosts")]
#[orm(unique(main_sessionid, name = "one_main"))]
#[orm(has_many(hosts_by_proxy_host: Host))]
#[orm(has_many(sessions_by_hostid: SessionRow.host))]
#[orm(has_many(sessions_by_seen_from: SessionRow.host_by_seen_from))]
pub struct Host {
    #[orm(primary_key)]
    pub hostid: u64,
    #[orm(belongs_to = Host, relation = proxy_host)]
    pub proxy_hostid: Option<u64>,
    #[orm(belongs_to = SessionRow, relation = main_session)]
    pub main_sessionid: Option<u64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "issue_statuses")]
pub struct IssueStatus {
    #[orm(primary_key, auto, sql_type = "mediumint unsigned")]
    pub id: u32,
    #[orm(length = 20)]
    pub label: String,
    #[orm(sql_type = "tinyint(1)", server_default = "-1")]
    pub weight: i8,
    #[orm(sql_type = "bit(1)", server_default = "b'1'")]
    pub is_closed: bool,
    #[orm(sql_type = "timestamp", server_default = "CURRENT_TIMESTAMP", on_update = now)]
    pub changed_at: DateTime<Utc>,
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
#[orm(table = "measurements")]
pub struct Measurement {
    #[orm(primary_key, auto)]
    pub id: i64,
    pub m01: i32,
    pub m02: Option<u64>,
    #[orm(length = 40)]
    pub m03: String,
    #[orm(precision = (10, 2), server_default = "0.00")]
    pub m04: Decimal,
    pub m05: Option<NaiveDate>,
    #[orm(sql_type = "datetime")]
    pub m06: Option<NaiveDateTime>,
    pub m07: f64,
    #[orm(server_default = "1")]
    pub m08: bool,
    #[orm(sql_type = "text")]
    pub m09: Option<String>,
    #[orm(sql_type = "blob")]
    pub m10: Option<Vec<u8>>,
    pub m11: u16,
    #[orm(sql_type = "char(3)")]
    pub m12: Option<String>,
    pub m13: i32,
    pub m14: Option<u64>,
    #[orm(length = 40)]
    pub m15: String,
    #[orm(precision = (10, 2), server_default = "0.00")]
    pub m16: Decimal,
    pub m17: Option<NaiveDate>,
    #[orm(sql_type = "datetime")]
    pub m18: Option<NaiveDateTime>,
    pub m19: f64,
    #[orm(server_default = "1")]
    pub m20: bool,
    #[orm(sql_type = "text")]
    pub m21: Option<String>,
    #[orm(sql_type = "blob")]
    pub m22: Option<Vec<u8>>,
    pub m23: u16,
    #[orm(sql_type = "char(3)")]
    pub m24: Option<String>,
    pub m25: i32,
    pub m26: Option<u64>,
    #[orm(length = 40)]
    pub m27: String,
    #[orm(precision = (10, 2), server_default = "0.00")]
    pub m28: Decimal,
    pub m29: Option<NaiveDate>,
    #[orm(sql_type = "datetime")]
    pub m30: Option<NaiveDateTime>,
    pub m31: f64,
    #[orm(server_default = "1")]
    pub m32: bool,
    #[orm(sql_type = "text")]
    pub m33: Option<String>,
    #[orm(sql_type = "blob")]
    pub m34: Option<Vec<u8>>,
    pub m35: u16,
    #[orm(sql_type = "char(3)")]
    pub m36: Option<String>,
    pub m37: i32,
    pub m38: Option<u64>,
    #[orm(length = 40)]
    pub m39: String,
    #[orm(precision = (10, 2), server_default = "0.00")]
    pub m40: Decimal,
    pub m41: Option<NaiveDate>,
    #[orm(sql_type = "datetime")]
    pub m42: Option<NaiveDateTime>,
    pub m43: f64,
    #[orm(server_default = "1")]
    pub m44: bool,
    #[orm(sql_type = "text")]
    pub m45: Option<String>,
    #[orm(sql_type = "blob")]
    pub m46: Option<Vec<u8>>,
    pub m47: u16,
    #[orm(sql_type = "char(3)")]
    pub m48: Option<String>,
    pub m49: i32,
    pub m50: Option<u64>,
    #[orm(length = 40)]
    pub m51: String,
    #[orm(precision = (10, 2), server_default = "0.00")]
    pub m52: Decimal,
    pub m53: Option<NaiveDate>,
    #[orm(sql_type = "datetime")]
    pub m54: Option<NaiveDateTime>,
    pub m55: f64,
    #[orm(server_default = "1")]
    pub m56: bool,
    #[orm(sql_type = "text")]
    pub m57: Option<String>,
    #[orm(sql_type = "blob")]
    pub m58: Option<Vec<u8>>,
    pub m59: u16,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(view)]
#[orm(table = "on_sale")]
pub struct OnSale {
    pub id: u64,
    pub title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "product_tags")]
#[orm(primary_key(product_id, tag_id))]
pub struct ProductTag {
    #[orm(belongs_to = Product)]
    pub product_id: u64,
    #[orm(belongs_to = Tag)]
    pub tag_id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "products")]
#[orm(index(title(20), price, name = "by_title"))]
#[orm(unique(sku, name = "sku"))]
#[orm(check = "`price` >= 0")]
#[orm(has_many(order_lines: OrderLine))]
#[orm(has_many(product_tags: ProductTag))]
#[orm(many_to_many(tags: Tag, through = ProductTag))]
pub struct Product {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Category, on_delete = cascade, on_update = cascade, constraint = "in_category")]
    pub category_id: u32,
    #[orm(length = 20)]
    pub sku: Option<String>,
    #[orm(length = 200)]
    pub title: String,
    #[orm(server_default = "'draft'")]
    pub state: ProductState,
    #[orm(precision = (10, 2), server_default = "9.99")]
    pub price: Decimal,
    pub weight: Option<f32>,
    pub details: Option<serde_json::Value>,
    #[orm(sql_type = "timestamp", server_default = "CURRENT_TIMESTAMP")]
    pub created_at: DateTime<Utc>,
    #[orm(precision = (12, 2), generated = "`price` * 2")]
    pub gross: Option<Decimal>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "profiles")]
pub struct Profile {
    #[orm(primary_key, belongs_to = Employee)]
    pub employee_id: i32,
    #[orm(sql_type = "text", full_text)]
    pub bio: String,
}

// `id` is AUTO_INCREMENT, which a model can declare only for a primary key of one column that references no other table. Each insert has to set it.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "revisions")]
#[orm(primary_key(id, number))]
pub struct Revision {
    pub id: i32,
    pub number: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "seats")]
#[orm(primary_key(class, number))]
#[orm(has_many(tickets: Ticket))]
pub struct Seat {
    pub class: SeatClass,
    pub number: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "sessions")]
#[orm(has_one(host_by_main_session: Host))]
pub struct SessionRow {
    #[orm(primary_key)]
    pub sessionid: u64,
    #[orm(belongs_to = Host, relation = host)]
    pub hostid: u64,
    #[orm(belongs_to = Host, relation = host_by_seen_from)]
    pub seen_from: Option<u64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stations")]
#[orm(unique(code, name = "code"))]
#[orm(unique(line, stop, name = "line"))]
#[orm(has_many(departures_by_station: Departure.station))]
#[orm(has_many(departures_by_via: Departure.station_by_via))]
#[orm(has_many(departures_by_station_2: Departure.station_2))]
pub struct Station {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(length = 5)]
    pub code: String,
    pub line: i32,
    pub stop: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tags")]
#[orm(has_many(product_tags: ProductTag))]
#[orm(many_to_many(products: Product, through = ProductTag))]
pub struct Tag {
    #[orm(primary_key, auto)]
    pub id: i32,
    #[orm(length = 30)]
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "tickets")]
#[orm(belongs_to(seat: Seat, by = (class, number)))]
pub struct Ticket {
    #[orm(primary_key, auto)]
    pub id: i32,
    pub class: SeatClass,
    pub number: i32,
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

/// The values of `seats.class`.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(as = enum)]
pub enum SeatClass {
    First,
    Second,
}

/// All models.
pub type Models = (
    (
        CustAddr,
        OrderHeader,
        OrderLine,
        Border,
        Category,
        Country,
        Departure,
        Employee,
        EntityText,
        Follow,
        Host,
        IssueStatus,
        Log,
        Measurement,
        OnSale,
        ProductTag,
    ),
    (Product, Profile, Revision, Seat, SessionRow, Station, Tag, Ticket),
);
