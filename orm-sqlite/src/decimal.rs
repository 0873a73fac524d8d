//! Exact numbers, for which SQLite has no type: text with a collation to compare them, and functions to compute with
//! them.

use std::cmp::Ordering;

use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

/// Registers the collation `DECIMAL` and the functions `decimal_…` on a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    connection.create_collation("DECIMAL", compare)?;
    let operators: [(&str, fn(Decimal, Decimal) -> Option<Decimal>); 9] = [
        ("decimal_add", Decimal::checked_add),
        ("decimal_sub", Decimal::checked_sub),
        ("decimal_mul", Decimal::checked_mul),
        ("decimal_div", Decimal::checked_div),
        ("decimal_rem", Decimal::checked_rem),
        ("decimal_greatest", |left, right| Some(left.max(right))),
        ("decimal_least", |left, right| Some(left.min(right))),
        ("decimal_cut", |number, digits| {
            Some(number.trunc_with_scale(digits.to_u32()?.min(Decimal::MAX_SCALE)))
        }),
        ("decimal_round", |number, digits| {
            let digits = digits.to_u32()?.min(Decimal::MAX_SCALE);
            Some(number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero))
        }),
    ];
    for (name, operator) in operators {
        let divides = matches!(name, "decimal_div" | "decimal_rem");
        connection.create_scalar_function(name, 2, flags(), move |context| {
            let (Some(left), Some(right)) = (argument(context, 0)?, argument(context, 1)?) else {
                return Ok(None);
            };
            if divides && right.is_zero() {
                return Ok(None);
            }
            operator(left, right).map(|number| Some(number.to_string())).ok_or_else(overflow)
        })?;
    }
    let functions: [(&str, fn(&Decimal) -> Decimal); 4] = [
        ("decimal_abs", Decimal::abs),
        ("decimal_floor", Decimal::floor),
        ("decimal_ceil", Decimal::ceil),
        ("decimal_normal", Decimal::normalize),
    ];
    for (name, function) in functions {
        connection.create_scalar_function(name, 1, flags(), move |context| {
            Ok(argument(context, 0)?.map(|number| function(&number).to_string()))
        })?;
    }
    connection.create_scalar_function("decimal_cast", 1, flags(), |context| {
        let number = match context.get_raw(0) {
            ValueRef::Text(text) => Some(leading(&String::from_utf8_lossy(text)).ok_or_else(overflow)?),
            _ => argument(context, 0)?,
        };
        Ok(number.map(|number| number.to_string()))
    })?;
    connection.create_scalar_function("decimal_fit", 4, flags(), |context| {
        let Some(number) = argument(context, 0)? else { return Ok(None) };
        fit(number, &context.get::<String>(1)?, context.get(2)?, context.get(3)?).map(Some)
    })?;
    connection.create_window_function("decimal_sum", 1, flags(), Sum { average: false })?;
    connection.create_window_function("decimal_avg", 1, flags(), Sum { average: true })
}

/// `decimal_fit(number, column, digits, scale)`: converts a number as a `DECIMAL(digits, scale)` column of a server
/// does.
fn fit(number: Decimal, column: &str, digits: u32, scale: u32) -> Result<String> {
    let number = number.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    // A `Decimal` never has more than 29 digits.
    let room = 10u128.checked_pow(digits.saturating_sub(scale)).unwrap_or(u128::MAX);
    if number.trunc().abs().to_u128().is_some_and(|whole| whole >= room) {
        let message =
            format!("column `{column}` is given a number that does not fit DECIMAL({digits}, {scale})");
        return Err(rusqlite::Error::UserFunctionError(message.into()));
    }
    Ok(number.to_string())
}

fn flags() -> FunctionFlags {
    FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC
}

/// Compares numbers. Text that is not a number sorts as text after all numbers, so that the order is total.
fn compare(left: &str, right: &str) -> Ordering {
    match (left.parse::<Decimal>(), right.parse::<Decimal>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => left.cmp(right),
    }
}

fn argument(context: &Context<'_>, index: usize) -> Result<Option<Decimal>> {
    let number = match context.get_raw(index) {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(number) => Some(Decimal::from(number)),
        ValueRef::Real(number) => Decimal::try_from(number).ok(),
        ValueRef::Text(text) => std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()),
        ValueRef::Blob(_) => None,
    };
    number.map(Some).ok_or_else(|| rusqlite::Error::UserFunctionError("not an exact number".into()))
}

/// Returns the number at the start of a text, as servers convert it: 0 if there is none. `None` if it is too large.
fn leading(text: &str) -> Option<Decimal> {
    let text = text.trim_start();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(unsigned);
    let fraction = unsigned[whole..].strip_prefix('.').map_or(0, digits);
    if whole + fraction == 0 {
        return Some(Decimal::ZERO);
    }
    let length = text.len() - unsigned.len() + whole + if fraction > 0 { 1 + fraction } else { 0 };
    let (number, rest) = text.split_at(length);
    let exponent = rest.strip_prefix(['e', 'E']).and_then(|rest| {
        let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
        let length = rest.len() - unsigned.len() + digits(unsigned);
        rest[..length].parse::<i32>().ok()
    });
    match exponent {
        Some(exponent) => Decimal::from_scientific(&format!("{number}e{exponent}")).ok(),
        None => number.parse().ok(),
    }
}

fn overflow() -> rusqlite::Error {
    rusqlite::Error::UserFunctionError("an exact number does not fit 28 digits".into())
}

struct Sum {
    average: bool,
}

#[derive(Default)]
struct Total {
    sum: Decimal,
    count: i64,
}

impl Aggregate<Total, Option<String>> for Sum {
    fn init(&self, _context: &mut Context<'_>) -> Result<Total> {
        Ok(Total::default())
    }

    fn step(&self, context: &mut Context<'_>, total: &mut Total) -> Result<()> {
        if let Some(number) = argument(context, 0)? {
            total.sum = total.sum.checked_add(number).ok_or_else(overflow)?;
            total.count += 1;
        }
        Ok(())
    }

    fn finalize(&self, _context: &mut Context<'_>, total: Option<Total>) -> Result<Option<String>> {
        self.value(total.as_ref())
    }
}

/// In a window, rows also leave the frame.
impl WindowAggregate<Total, Option<String>> for Sum {
    fn value(&self, total: Option<&mut Total>) -> Result<Option<String>> {
        Sum::value(self, total.as_deref())
    }

    fn inverse(&self, context: &mut Context<'_>, total: &mut Total) -> Result<()> {
        if let Some(number) = argument(context, 0)? {
            total.sum = total.sum.checked_sub(number).ok_or_else(overflow)?;
            total.count -= 1;
        }
        Ok(())
    }
}

impl Sum {
    fn value(&self, total: Option<&Total>) -> Result<Option<String>> {
        let Some(total) = total.filter(|total| total.count > 0) else { return Ok(None) };
        let number =
            if self.average { total.sum.checked_div(Decimal::from(total.count)) } else { Some(total.sum) };
        number.map(|number| Some(number.to_string())).ok_or_else(overflow)
    }
}
