//! The tables of the exercises.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "facilities", has_many(bookings: Booking))]
pub struct Facility {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 100)]
    pub name: String,
    #[orm(precision = (10, 2))]
    pub member_cost: Decimal,
    #[orm(precision = (10, 2))]
    pub guest_cost: Decimal,
}

/// The member 0 stands for all guests.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "members", has_many(bookings: Booking, recommended: Member))]
pub struct Member {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 100)]
    pub surname: String,
    #[orm(length = 100)]
    pub first_name: String,
    #[orm(belongs_to = Member, relation = recommender)]
    pub recommended_by: Option<u64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "bookings")]
pub struct Booking {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(belongs_to = Facility)]
    pub facility_id: u64,
    #[orm(belongs_to = Member)]
    pub member_id: u64,
    pub starts_at: NaiveDateTime,
    /// Half hours.
    pub slots: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "departments", has_many(staff: Employee))]
pub struct Department {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 40)]
    pub name: String,
    #[orm(default = 0)]
    pub payroll: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "staff", has_many(reports: Employee))]
pub struct Employee {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 10)]
    pub name: String,
    pub salary: Option<i64>,
    #[orm(belongs_to = Employee)]
    pub manager_id: Option<u64>,
    #[orm(belongs_to = Department)]
    pub department_id: Option<u64>,
    pub hired_on: NaiveDate,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "skills", primary_key(pilot, plane))]
pub struct Skill {
    #[orm(length = 20)]
    pub pilot: String,
    #[orm(length = 20)]
    pub plane: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "hangar")]
pub struct Hangar {
    #[orm(primary_key, length = 20)]
    pub plane: String,
}

/// A reading of a meter; numbers are missing.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "readings")]
pub struct Reading {
    #[orm(primary_key)]
    pub id: i64,
    pub state: Option<i32>,
}

/// The nights from a day until another one.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stays")]
pub struct Stay {
    #[orm(primary_key)]
    pub id: u64,
    pub room: i32,
    pub from_day: NaiveDate,
    pub to_day: NaiveDate,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "clicks")]
pub struct Click {
    #[orm(primary_key)]
    pub id: u64,
    pub user_id: u64,
    #[orm(length = 10)]
    pub kind: String,
    pub at: DateTime<Utc>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "edges", primary_key(source, target))]
pub struct Edge {
    #[orm(length = 1)]
    pub source: String,
    #[orm(length = 1)]
    pub target: String,
    pub cost: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "components", primary_key(whole, part))]
pub struct Component {
    #[orm(length = 20)]
    pub whole: String,
    #[orm(length = 20)]
    pub part: String,
    pub quantity: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "people")]
pub struct Person {
    #[orm(primary_key)]
    pub id: u64,
    #[orm(length = 60)]
    pub email: String,
    #[orm(length = 1)]
    pub sex: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stock")]
pub struct Stock {
    #[orm(primary_key, length = 20)]
    pub sku: String,
    pub quantity: i64,
}

pub type Tables = (Club, Staff, Puzzles, (Edge, Component, Person, Stock));
type Club = (Facility, Member, Booking);
type Staff = (Department, Employee);
type Puzzles = (Skill, Hangar, Reading, Stay, Click);
