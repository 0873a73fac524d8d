//! Evaluates expressions in plain Rust, with SQL's three-valued logic.

use std::cmp::Ordering;

use chrono::{Datelike as _, Months};
use orm::prelude::*;

use super::answer::Answer;
use super::data::{Data, Row, Table};
use super::tree::{Comparison, ID, LINK, Op, Quantity, Total, Tree};

/// A number, text or day that not every database can represent exactly: the case is skipped.
#[derive(Debug)]
pub struct Outside;

use Answer::{Bool, Day, Exact, Int, Null, Text};

type Outcome = Result<Answer, Outside>;

pub fn evaluate(tree: &Tree, scope: &[&Row], data: &Data) -> Outcome {
    let own = tree.op.own_arguments(tree.args.len());
    let mut args = Vec::with_capacity(own);
    for arg in &tree.args[..own] {
        args.push(evaluate(arg, scope, data)?);
    }
    let answer = match &tree.op {
        Op::Column(table, column) => scope[*table][*column].clone(),
        Op::Literal(answer) => answer.clone(),
        Op::Coalesce => args.into_iter().find(|arg| !arg.is_null()).unwrap_or(Null),
        Op::NullIf => {
            if equal(&args[0], &args[1]) == Bool(true) {
                Null
            } else {
                args.swap_remove(0)
            }
        }
        Op::Greatest | Op::Least if args.iter().any(Answer::is_null) => Null,
        Op::Greatest => args.into_iter().max().unwrap_or(Null),
        Op::Least => args.into_iter().min().unwrap_or(Null),
        Op::Case => chosen(&args),
        Op::Compare(comparison) => compare(*comparison, &args[0], &args[1]),
        Op::SameAs => Bool(args[0] == args[1]),
        Op::Between => {
            and(compare(Comparison::Ge, &args[0], &args[1]), compare(Comparison::Le, &args[0], &args[2]))
        }
        Op::In { negated } => among(&args[0], &args[1..], *negated),
        Op::IsNull => Bool(args[0].is_null()),
        Op::IsNotNull => Bool(!args[0].is_null()),
        Op::Known => Bool(args[0] == Bool(true)),
        Op::OrNull => args.swap_remove(0),
        Op::IsTrue => equal(&args[0], &Bool(true)),
        Op::IsFalse => equal(&args[0], &Bool(false)),
        Op::And | Op::All => args.into_iter().fold(Bool(true), and),
        Op::Or | Op::Any => not(args.into_iter().map(not).fold(Bool(true), and)),
        Op::Not => not(args.swap_remove(0)),
        Op::Exists(_) | Op::InRows { .. } | Op::Scalar(..) | Op::Related(..) | Op::RelatedCount(_) => {
            query(tree, &args, scope, data)?
        }
        _ if args.iter().any(Answer::is_null) => Null,
        op => strict(op, &args)?,
    };
    inside(answer)
}

fn inside(answer: Answer) -> Outcome {
    let holds = match &answer {
        Int(number) => number.abs() < 1 << 40,
        Text(text) => text.len() < 60,
        Exact(number) => number.abs() < Decimal::from(1_000_000_000) && number.scale() <= 12,
        Day(day) => (1900..2100).contains(&day.year()),
        Null | Bool(_) => true,
    };
    if holds { Ok(answer) } else { Err(Outside) }
}

fn not(truth: Answer) -> Answer {
    match truth {
        Bool(truth) => Bool(!truth),
        _ => Null,
    }
}

fn and(left: Answer, right: Answer) -> Answer {
    match (left, right) {
        (Bool(false), _) | (_, Bool(false)) => Bool(false),
        (Bool(true), Bool(true)) => Bool(true),
        _ => Null,
    }
}

fn compare(comparison: Comparison, left: &Answer, right: &Answer) -> Answer {
    if left.is_null() || right.is_null() {
        return Null;
    }
    let order = left.cmp(right);
    Bool(match comparison {
        Comparison::Eq => order == Ordering::Equal,
        Comparison::Ne => order != Ordering::Equal,
        Comparison::Lt => order == Ordering::Less,
        Comparison::Le => order != Ordering::Greater,
        Comparison::Gt => order == Ordering::Greater,
        Comparison::Ge => order != Ordering::Less,
    })
}

fn equal(left: &Answer, right: &Answer) -> Answer {
    compare(Comparison::Eq, left, right)
}

fn among(needle: &Answer, list: &[Answer], negated: bool) -> Answer {
    let none = list.iter().map(|candidate| not(equal(needle, candidate))).fold(Bool(true), and);
    if negated { none } else { not(none) }
}

fn chosen(args: &[Answer]) -> Answer {
    let branches = args.chunks_exact(2);
    let otherwise = branches.remainder().first().unwrap_or(&Null);
    branches.into_iter().find(|branch| branch[0] == Bool(true)).map_or(otherwise, |branch| &branch[1]).clone()
}

/// Evaluates strict operators, which return NULL if an argument is NULL; here, none is.
fn strict(op: &Op, args: &[Answer]) -> Outcome {
    match args {
        [Int(number)] => of_int(op, *number),
        [Int(left), Int(right)] => of_ints(op, *left, *right),
        [Text(text)] => Ok(of_text(op, text)),
        [Text(left), Text(right)] => of_texts(op, left, right),
        [Bool(truth)] => Ok(Int(i64::from(*truth))),
        [Exact(number)] => Ok(of_exact(op, *number)),
        [Exact(left), Exact(right)] => of_exacts(op, *left, *right),
        [Day(day)] => Ok(of_day(op, *day)),
        [Day(day), Int(number)] => moved(op, *day, *number),
        [Day(left), Day(right)] => Ok(Int((*left - *right).num_days())),
        _ => panic!("not evaluated: {op:?} of {args:?}"),
    }
}

fn of_int(op: &Op, number: i64) -> Outcome {
    Ok(match op {
        Op::Neg => Int(-number),
        Op::Abs => Int(number.abs()),
        Op::Sign => Int(number.signum()),
        Op::ShiftLeft(bits) => Int(number << bits),
        Op::ShiftRight(bits) => Int(number >> bits),
        Op::FromInt => Exact(Decimal::from(number)),
        Op::Digits => Text(number.abs().to_string()),
        op => panic!("not evaluated: {op:?}"),
    })
}

fn of_ints(op: &Op, left: i64, right: i64) -> Outcome {
    let number = match op {
        Op::Add => Some(left + right),
        Op::Sub => Some(left - right),
        Op::Mul => Some(left.checked_mul(right).ok_or(Outside)?),
        Op::Div => left.checked_div(right),
        Op::Rem => left.checked_rem(right),
        Op::BitAnd => Some(left & right),
        Op::BitOr => Some(left | right),
        Op::BitXor => Some(left ^ right),
        op => panic!("not evaluated: {op:?}"),
    };
    Ok(number.into())
}

fn of_text(op: &Op, text: &str) -> Answer {
    // ASCII: a byte is a character.
    let part = |start: u32, length: u32| -> Answer {
        // Positions count from 1, so nothing begins at 0.
        let Some(start) = start.checked_sub(1) else { return Text(String::new()) };
        Text(text.chars().skip(start as usize).take(length as usize).collect())
    };
    let upper = text.to_uppercase();
    match op {
        Op::Length => Int(i64::try_from(text.len()).unwrap()),
        Op::Position(part) => Int(text.find(part.as_str()).map_or(0, |at| i64::try_from(at).unwrap() + 1)),
        Op::Recase | Op::Trim | Op::TrimStart | Op::TrimEnd => Text(text.to_owned()),
        Op::Replace(from, _) if from.is_empty() => Text(text.to_owned()),
        Op::Replace(from, to) => Text(text.replace(from.as_str(), to)),
        Op::Substring(start, length) => part(*start, *length),
        Op::Left(length) => part(1, *length),
        Op::Like { pattern, negated } => Bool(is_like(text, pattern) != *negated),
        Op::StartsWith(part) => Bool(text.starts_with(part.as_str())),
        Op::EndsWith(part) => Bool(text.ends_with(part.as_str())),
        Op::Contains(part) => Bool(text.contains(part.as_str())),
        Op::EqAnyCase(other) => Bool(upper == other.to_uppercase()),
        op => panic!("not evaluated: {op:?}"),
    }
}

fn of_texts(op: &Op, left: &str, right: &str) -> Outcome {
    Ok(match op {
        Op::Concat => Text(format!("{left}{right}")),
        // The meaning of a trailing `!` depends on the database.
        Op::LikeAnother { .. }
            if right.rsplit(|letter| letter != '!').next().is_some_and(|end| end.len() % 2 == 1) =>
        {
            return Err(Outside);
        }
        Op::LikeAnother { negated } => Bool(is_like(left, right) != *negated),
        Op::StartsWithAnother => Bool(left.starts_with(right)),
        Op::EndsWithAnother => Bool(left.ends_with(right)),
        Op::ContainsAnother => Bool(left.contains(right)),
        op => panic!("not evaluated: {op:?}"),
    })
}

fn is_like(text: &str, pattern: &str) -> bool {
    like(&text.chars().collect::<Vec<_>>(), &pattern.chars().collect::<Vec<_>>())
}

/// Matches a LIKE pattern, in which `!` escapes the next character.
fn like(text: &[char], pattern: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        (['%', rest @ ..], text) => (0..=text.len()).any(|skipped| like(&text[skipped..], rest)),
        (['!', plain, rest @ ..], [first, others @ ..]) => plain == first && like(others, rest),
        (['_', rest @ ..], [_, others @ ..]) => like(others, rest),
        ([plain, rest @ ..], [first, others @ ..]) => plain == first && like(others, rest),
        (_, []) => false,
    }
}

fn of_exact(op: &Op, number: Decimal) -> Answer {
    use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    match op {
        Op::Neg => Exact(-number),
        Op::Abs => Exact(number.abs()),
        Op::Sign => Int(if number.is_zero() {
            0
        } else if number.is_sign_negative() {
            -1
        } else {
            1
        }),
        Op::Round(digits) => Exact(number.round_dp_with_strategy(*digits, MidpointAwayFromZero)),
        Op::Floor => Exact(number.floor()),
        Op::Ceil => Exact(number.ceil()),
        op => panic!("not evaluated: {op:?}"),
    }
}

fn of_exacts(op: &Op, left: Decimal, right: Decimal) -> Outcome {
    // With up to this many digits, the product is exact.
    if left.scale() + right.scale() > 12 {
        return Err(Outside);
    }
    Ok(match op {
        Op::Add => Exact(left + right),
        Op::Sub => Exact(left - right),
        Op::Mul => Exact(left * right),
        // MariaDB returns a negative zero here, which it considers different from zero.
        Op::Rem if left.is_sign_negative() => return Err(Outside),
        Op::Rem => left.checked_rem(right).into(),
        op => panic!("not evaluated: {op:?}"),
    })
}

fn of_day(op: &Op, day: NaiveDate) -> Answer {
    match op {
        Op::Year => Int(i64::from(day.year())),
        Op::Month => Int(i64::from(day.month())),
        Op::DayOfMonth => Int(i64::from(day.day())),
        Op::Weekday => Int(i64::from(day.weekday().number_from_monday())),
        Op::DayOfYear => Int(i64::from(day.ordinal())),
        Op::StartOfMonth => day.with_day(1).into(),
        Op::StartOfYear => day.with_ordinal(1).into(),
        op => panic!("not evaluated: {op:?}"),
    }
}

fn moved(op: &Op, day: NaiveDate, number: i64) -> Outcome {
    if number.abs() > 1000 {
        return Err(Outside);
    }
    let months = match op {
        Op::AddDays => return Ok(day.checked_add_signed(chrono::TimeDelta::days(number)).into()),
        Op::AddMonths => number,
        _ => 12 * number,
    };
    let count = Months::new(u32::try_from(months.abs()).unwrap());
    let day = if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) };
    day.map(Day).ok_or(Outside)
}

/// Evaluates a subquery: its rows, one at a time, are the end of the scope.
fn query(tree: &Tree, args: &[Answer], scope: &[&Row], data: &Data) -> Outcome {
    let inner = |arg: usize, row| evaluate(&tree.args[arg], &with(scope, row), data);
    let rows_where = |table: Table, condition: usize| -> Result<Vec<&Row>, Outside> {
        let mut rows = Vec::new();
        for row in data.rows(table) {
            if inner(condition, row)? == Bool(true) {
                rows.push(row);
            }
        }
        Ok(rows)
    };
    let related = |place: usize| {
        let id = &scope[place][ID];
        data.parts.iter().filter(move |part| equal(&part[LINK], id) == Bool(true))
    };
    Ok(match &tree.op {
        Op::Exists(table) => Bool(!rows_where(*table, 0)?.is_empty()),
        Op::InRows { table, negated } => {
            let rows = rows_where(*table, 1)?.into_iter().map(|row| inner(2, row));
            among(&args[0], &rows.collect::<Result<Vec<_>, _>>()?, *negated)
        }
        Op::Scalar(table, total) => {
            let values = rows_where(*table, 0)?.into_iter().map(|row| inner(1, row));
            total_of(*total, values.collect::<Result<Vec<_>, _>>()?)
        }
        Op::Related(place, quantity) => {
            let mut met = Vec::new();
            for part in related(*place) {
                met.push(inner(0, part)? == Bool(true));
            }
            Bool(match quantity {
                Quantity::Any => met.contains(&true),
                Quantity::None => !met.contains(&true),
                Quantity::Every => !met.contains(&false),
            })
        }
        Op::RelatedCount(place) => Int(i64::try_from(related(*place).count()).unwrap()),
        op => panic!("not evaluated: {op:?}"),
    })
}

fn with<'a>(scope: &[&'a Row], row: &'a Row) -> Vec<&'a Row> {
    scope.iter().copied().chain([row]).collect()
}

/// Aggregates ignore NULL.
pub fn total_of(total: Total, values: Vec<Answer>) -> Answer {
    let values: Vec<Answer> = values.into_iter().filter(|value| !value.is_null()).collect();
    match total {
        Total::Count => Int(i64::try_from(values.len()).unwrap()),
        Total::Sum => values.into_iter().fold(Null, |sum, value| match (sum, value) {
            (Int(sum), Int(value)) => Int(sum + value),
            (Exact(sum), Exact(value)) => Exact(sum + value),
            (_, value) => value,
        }),
        Total::Min => values.into_iter().min().unwrap_or(Null),
        Total::Max => values.into_iter().max().unwrap_or(Null),
    }
}
