//! The rows of the exercises.

use chrono::TimeDelta;
use orm::prelude::*;

use super::day;
use super::models::*;
use crate::support::Random;

/// Creates and fills the tables.
pub async fn load(db: &Database) -> orm::Result<()> {
    db.create_tables::<Tables>().await?;
    let mut s = db.session();
    club(&mut s).await?;
    staff(&mut s).await?;
    puzzles(&mut s).await?;
    paths(&mut s).await?;
    s.commit().await
}

async fn club(tx: &mut Transaction) -> orm::Result<()> {
    let facilities = [
        (0, "Tennis Court 1", 500, 2500),
        (1, "Tennis Court 2", 500, 2500),
        (2, "Badminton Court", 0, 1550),
        (3, "Table Tennis", 0, 500),
        (4, "Massage Room", 3500, 8000),
        (5, "Squash Court", 350, 1750),
    ];
    let cents = |amount| Decimal::new(amount, 2);
    let facilities = facilities.map(|(id, name, member, guest)| Facility {
        id,
        name: name.into(),
        member_cost: cents(member),
        guest_cost: cents(guest),
    });
    Facility::insert_all(facilities).execute(&mut *tx).await?;
    let members = [
        (0, "Guest", "Guest", None),
        (1, "Smith", "Darren", None),
        (2, "Smith", "Tracy", None),
        (3, "Rownam", "Tim", None),
        (4, "Joplette", "Janice", Some(1)),
        (5, "Butters", "Gerald", Some(1)),
        (6, "Dare", "Nancy", Some(4)),
        (7, "Boothe", "Tim", Some(3)),
    ];
    let members = members.map(|(id, surname, first_name, recommended_by)| Member {
        id,
        surname: surname.into(),
        first_name: first_name.into(),
        recommended_by,
    });
    Member::insert_all(members).execute(&mut *tx).await?;
    let mut random = Random::new(7);
    let mut below = |limit: usize| random.below(limit) as u64;
    let bookings = (1..=300).map(|id| {
        let minutes = 480 + 1440 * below(80) + 30 * below(24);
        let starts_at = day("2012-07-03").and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes as i64);
        Booking { id, facility_id: below(6), member_id: below(7), starts_at, slots: 1 + below(4) as i32 }
    });
    Booking::insert_all(bookings.collect::<Vec<_>>()).execute(&mut *tx).await?;
    Ok(())
}

async fn staff(tx: &mut Transaction) -> orm::Result<()> {
    let departments = [(1, "IT"), (2, "Sales"), (3, "Empty")];
    let departments = departments.map(|(id, name)| Department { id, name: name.into(), payroll: 0 });
    Department::insert_all(departments).execute(&mut *tx).await?;
    let staff = [
        (1, "Joe", Some(85_000), None, Some(1), "2015-03-01"),
        (2, "Henry", Some(80_000), Some(1), Some(2), "2016-03-01"),
        (3, "Sam", Some(60_000), Some(1), Some(2), "2017-07-15"),
        (4, "Max", Some(90_000), Some(1), Some(1), "2018-01-31"),
        (5, "Janet", Some(69_000), Some(4), Some(1), "2018-02-28"),
        (6, "Randy", Some(85_000), Some(4), Some(1), "2019-12-31"),
        (7, "Will", Some(70_000), Some(5), Some(1), "2020-02-29"),
        (8, "Eve", None, Some(2), Some(2), "2021-05-05"),
        (9, "Zed", Some(30_000), Some(7), None, "2022-06-06"),
        (10, "Amy", Some(60_000), Some(3), Some(2), "2022-06-06"),
    ];
    let staff = staff.map(|(id, name, salary, manager_id, department_id, hired_on)| Employee {
        id,
        name: name.into(),
        salary,
        manager_id,
        department_id,
        hired_on: day(hired_on),
    });
    Employee::insert_all(staff).execute(&mut *tx).await?;
    Ok(())
}

async fn puzzles(tx: &mut Transaction) -> orm::Result<()> {
    let skills = [
        ("Celko", ["Cub", "", "", ""]),
        ("Higgins", ["B-52", "F-14", "Cub", ""]),
        ("Jones", ["B-52", "F-14", "", ""]),
        ("Smith", ["B-1", "B-52", "F-14", ""]),
        ("Wilson", ["B-1", "B-52", "F-14", "F-17"]),
    ];
    let skills = skills.iter().flat_map(|(pilot, planes)| {
        let planes = planes.iter().filter(|plane| !plane.is_empty());
        planes.map(|plane| Skill { pilot: (*pilot).into(), plane: (*plane).into() })
    });
    Skill::insert_all(skills.collect::<Vec<_>>()).execute(&mut *tx).await?;
    Hangar::insert_all(["B-1", "B-52", "F-14"].map(|plane| Hangar { plane: plane.into() }))
        .execute(&mut *tx)
        .await?;
    let states = [(1, 1), (2, 1), (3, 1), (4, 2), (5, 1), (6, 2), (7, 2), (10, 2), (11, 3), (12, 0), (13, 3)];
    let readings = states.map(|(id, state)| Reading { id, state: (state > 0).then_some(state) });
    Reading::insert_all(readings).execute(&mut *tx).await?;
    let stays = [
        (1, 1, "2024-01-01", "2024-01-05"),
        (2, 1, "2024-01-04", "2024-01-08"),
        (3, 1, "2024-01-10", "2024-01-12"),
        (4, 1, "2024-01-12", "2024-01-14"),
        (5, 2, "2024-01-01", "2024-01-31"),
        (6, 2, "2024-01-10", "2024-01-11"),
        (7, 2, "2024-02-01", "2024-02-03"),
    ];
    let stays = stays.map(|(id, room, from, to)| Stay { id, room, from_day: day(from), to_day: day(to) });
    Stay::insert_all(stays).execute(&mut *tx).await?;
    let clicks = [
        (1, "view", 0),
        (1, "cart", 10),
        (1, "pay", 25),
        (2, "view", 5),
        (2, "view", 90),
        (2, "cart", 95),
        (3, "view", 7),
        (4, "cart", 8),
        (4, "view", 9),
        (1, "view", 300),
    ];
    let start = day("2024-03-01").and_time(NaiveTime::MIN).and_utc();
    let clicks = (1..).zip(clicks).map(|(id, (user_id, kind, minutes))| Click {
        id,
        user_id,
        kind: kind.into(),
        at: start + TimeDelta::minutes(minutes),
    });
    Click::insert_all(clicks.collect::<Vec<_>>()).execute(&mut *tx).await?;
    Ok(())
}

async fn paths(tx: &mut Transaction) -> orm::Result<()> {
    let edges = [
        ("A", "B", 4),
        ("A", "C", 1),
        ("C", "B", 2),
        ("B", "D", 1),
        ("D", "A", 7),
        ("C", "D", 8),
        ("E", "F", 1),
    ];
    let edges =
        edges.map(|(source, target, cost)| Edge { source: source.into(), target: target.into(), cost });
    Edge::insert_all(edges).execute(&mut *tx).await?;
    let components = [
        ("bike", "wheel", 2),
        ("bike", "frame", 1),
        ("wheel", "spoke", 32),
        ("wheel", "bolt", 2),
        ("frame", "tube", 8),
        ("frame", "bolt", 4),
    ];
    let components = components.map(|(whole, part, quantity)| Component {
        whole: whole.into(),
        part: part.into(),
        quantity,
    });
    Component::insert_all(components).execute(&mut *tx).await?;
    let people = [
        (1, "john@example.com", "m"),
        (2, "bob@example.com", "f"),
        (3, "john@example.com", "f"),
        (4, "winston@leetcode.com", "m"),
        (5, "bob@example.com", "m"),
    ];
    let people = people.map(|(id, email, sex)| Person { id, email: email.into(), sex: sex.into() });
    Person::insert_all(people).execute(&mut *tx).await?;
    let stock = [("a", 5), ("b", 1)].map(|(sku, quantity)| Stock { sku: sku.into(), quantity });
    Stock::insert_all(stock).execute(&mut *tx).await?;
    Ok(())
}
