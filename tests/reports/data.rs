//! Made-up rows, the same ones each time.

use orm::prelude::*;

use super::models::*;
use crate::support::Random;

const REGIONS: [&str; 3] = ["Europe", "Asia", "America"];
const NATIONS: [(&str, u32); 9] = [
    ("France", 1),
    ("Germany", 1),
    ("Italy", 1),
    ("Japan", 2),
    ("India", 2),
    ("Vietnam", 2),
    ("Canada", 3),
    ("Brazil", 3),
    ("Peru", 3),
];
const COLORS: [&str; 5] = ["red", "green", "black", "silver", "blue"];
const THINGS: [&str; 4] = ["chain", "saddle", "brake", "pedal"];
const KINDS: [&str; 6] =
    ["promo steel", "promo brass", "standard steel", "standard brass", "economy alloy", "economy brass"];
const SEGMENTS: [&str; 3] = ["racing", "touring", "city"];

/// Returns the day this many days after the first of 2023.
fn day(number: i64) -> NaiveDate {
    date(2023, 1, 1) + chrono::TimeDelta::days(number)
}

pub fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Creates and fills the tables.
pub async fn load(db: &Database) -> orm::Result<()> {
    db.create_tables::<Wholesale>().await?;
    let mut random = Random::new(7);
    let mut tx = db.session();
    let regions = (1..).zip(REGIONS).map(|(id, name)| Region { id, name: name.into() });
    Region::insert_all(regions).execute(&mut tx).await?;
    let nations =
        (1..).zip(NATIONS).map(|(id, (name, region_id))| Nation { id, name: name.into(), region_id });
    Nation::insert_all(nations).execute(&mut tx).await?;
    let suppliers: Vec<_> = (1..=12).map(|id| supplier(id, &mut random)).collect();
    Supplier::insert_all(suppliers).execute(&mut tx).await?;
    let parts: Vec<_> = (1..=60).map(|id| part(id, &mut random)).collect();
    Part::insert_all(parts).execute(&mut tx).await?;
    let offers: Vec<_> = (1..=60).flat_map(|part| offers(part, &mut random)).collect();
    Offer::insert_all(offers.clone()).execute(&mut tx).await?;
    let customers: Vec<_> = (1..=40).map(|id| customer(id, &mut random)).collect();
    Customer::insert_all(customers).execute(&mut tx).await?;
    let orders: Vec<_> = (1..=400).map(|id| order(id, &mut random)).collect();
    let lines: Vec<_> = orders.iter().flat_map(|order| lines(order, &offers, &mut random)).collect();
    Order::insert_all(orders).execute(&mut tx).await?;
    OrderLine::insert_all(lines).execute(&mut tx).await?;
    let pieces: Vec<_> = (1..=30).flat_map(|whole| pieces(whole, &mut random)).collect();
    Piece::insert_all(pieces).execute(&mut tx).await?;
    let visits: Vec<_> = (1..=300).map(|id| visit(id, &mut random)).collect();
    Visit::insert_all(visits).execute(&mut tx).await?;
    tx.commit().await
}

fn cents(random: &mut Random, low: i64, high: i64) -> Decimal {
    Decimal::new(random.between(low * 100, high * 100), 2)
}

fn supplier(id: u32, random: &mut Random) -> Supplier {
    let remark = if id.is_multiple_of(6) { "customers had complaints of late" } else { "reliable" };
    let balance = cents(random, -900, 9_000);
    Supplier {
        id,
        name: format!("Supplier {id:02}"),
        nation_id: 1 + (id * 7) % 9,
        balance,
        remark: remark.into(),
    }
}

fn part(id: u32, random: &mut Random) -> Part {
    Part {
        id,
        name: format!("{} {}", random.pick(&COLORS), random.pick(&THINGS)),
        brand: format!("brand {}", random.between(1, 4)),
        kind: random.pick(&KINDS).into(),
        size: i32::try_from(random.between(1, 9)).unwrap(),
        packing: random.pick(&["box", "bag", "crate"]).into(),
    }
}

/// Three suppliers offer each part.
fn offers(part_id: u32, random: &mut Random) -> Vec<Offer> {
    let first: u32 = random.below(12);
    let suppliers = [0, 3, 7].map(|step| 1 + (first + step) % 12);
    let offer = |supplier_id| Offer {
        part_id,
        supplier_id,
        stock: i32::try_from(random.between(0, 400)).unwrap(),
        cost: cents(random, 5, 90),
    };
    suppliers.map(offer).into()
}

fn customer(id: u32, random: &mut Random) -> Customer {
    let nation_id = random.below::<u32>(9) + 1;
    Customer {
        id,
        name: format!("Customer {id:02}"),
        nation_id,
        phone: format!("{}-{:03}", 10 + nation_id, random.below::<u32>(1_000)),
        segment: random.pick(&SEGMENTS).into(),
        balance: cents(random, -500, 5_000),
    }
}

/// A third of the customers never order.
fn order(id: u32, random: &mut Random) -> Order {
    let customer_id = 1 + random.below::<u32>(27) * 3 / 2;
    Order {
        id,
        customer_id,
        complete: random.below::<u32>(2) == 0,
        ordered_on: day(random.between(0, 900)),
        urgency: random.pick(&[Urgency::Urgent, Urgency::High, Urgency::Usual, Urgency::Low]),
        remark: if random.once_in(8) { "has special requests" } else { "nothing to say" }.into(),
    }
}

fn lines(order: &Order, offers: &[Offer], random: &mut Random) -> Vec<OrderLine> {
    let mut days = |from: NaiveDate, least, most| from + chrono::TimeDelta::days(random.between(least, most));
    let (shipped, promised) = (days(order.ordered_on, 1, 60), days(order.ordered_on, 20, 60));
    let received = days(shipped, 1, 20);
    let line = |number| {
        let offer = &offers[random.below::<usize>(offers.len())];
        let quantity = random.between(1, 50);
        OrderLine {
            order_id: order.id,
            number,
            part_id: offer.part_id,
            supplier_id: offer.supplier_id,
            quantity: i32::try_from(quantity).unwrap(),
            price: cents(random, 60, 120) * Decimal::from(quantity),
            discount: Decimal::new(random.between(0, 10), 2),
            tax: Decimal::new(random.between(0, 8), 2),
            returned: random.once_in(4),
            shipped_on: shipped + chrono::TimeDelta::days(random.between(0, 9)),
            promised_on: promised,
            received_on: received + chrono::TimeDelta::days(random.between(9, 20)),
            carrier: random.pick(&["mail", "ship", "truck", "rail", "air"]).into(),
        }
    };
    (1..=1 + i32::try_from(order.id % 5).unwrap()).map(line).collect()
}

/// Parts consist of those with greater numbers.
fn pieces(whole_id: u32, random: &mut Random) -> Vec<Piece> {
    let first = whole_id * 2;
    [first, first + 1]
        .into_iter()
        .filter(|part| *part <= 60)
        .map(|part_id| Piece { whole_id, part_id, amount: random.between(1, 4) })
        .collect()
}

fn visit(id: u64, random: &mut Random) -> Visit {
    let minutes = chrono::TimeDelta::minutes(random.between(0, 3 * 24 * 60));
    Visit {
        id,
        customer_id: random.below::<u32>(6) + 1,
        seen_at: date(2025, 3, 1).and_time(NaiveTime::MIN).and_utc() + minutes,
        page: random.pick(&["home", "search", "part", "basket"]).into(),
    }
}
