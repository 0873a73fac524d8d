//! Builds expressions through the public API.

use orm::Expr;
use orm::prelude::*;
use orm::value::Numeric;

use super::answer::{Answer, Type};
use super::data::{Part, PartFields, Table, Thing, ThingFields};
use super::tree::{Comparison, Op, Quantity, Total, Tree};

/// An expression whose type is known only at run time.
#[derive(Clone)]
pub enum Built {
    Int(Expr<i64, Nullable>),
    Text(Expr<String, Nullable>),
    Bool(Expr<bool, Nullable>),
    Exact(Expr<Decimal, Nullable>),
    Day(Expr<NaiveDate, Nullable>),
    Truth(Condition),
}

/// A type of values.
pub trait Typed: Value {
    fn of(built: Built) -> Expr<Self, Nullable>;
}

macro_rules! typed {
    ($($variant:ident $ty:ty;)*) => { $(
        impl From<Expr<$ty, Nullable>> for Built {
            fn from(expression: Expr<$ty, Nullable>) -> Self {
                Built::$variant(expression)
            }
        }
        impl From<Expr<$ty>> for Built {
            fn from(expression: Expr<$ty>) -> Self {
                Built::$variant(expression.into())
            }
        }
        impl Typed for $ty {
            fn of(built: Built) -> Expr<Self, Nullable> {
                let Built::$variant(expression) = built else { panic!("no {}", stringify!($variant)) };
                expression
            }
        }
    )* };
}
typed! {
    Int i64;
    Text String;
    Bool bool;
    Exact Decimal;
    Day NaiveDate;
}

impl From<Condition> for Built {
    fn from(condition: Condition) -> Self {
        Built::Truth(condition)
    }
}

/// A table in the scope of an expression.
#[derive(Clone)]
pub struct InScope {
    columns: Vec<Built>,
    /// Set if its parts can be queried.
    thing: Option<ThingFields>,
}

/// Returns the columns of a table, nullable or not, in the order of `COLUMNS`.
#[macro_export]
macro_rules! columns {
    ($fields:expr) => {{
        let fields = $fields;
        InScope::of(vec![
            Built::Int(fields.id.into()),
            Built::Int(fields.link.into()),
            Built::Int(fields.number.into()),
            Built::Int(fields.count.into()),
            Built::Text(fields.word.into()),
            Built::Text(fields.note.into()),
            Built::Bool(fields.flag.into()),
            Built::Exact(fields.price.into()),
            Built::Day(fields.day.into()),
        ])
    }};
}

impl InScope {
    pub fn of(columns: Vec<Built>) -> Self {
        InScope { columns, thing: None }
    }
}

pub fn thing(fields: ThingFields) -> InScope {
    InScope { thing: Some(fields), ..columns!(fields) }
}

pub fn part(fields: PartFields) -> InScope {
    columns!(fields)
}

pub fn condition(tree: &Tree, scope: &[InScope]) -> Condition {
    match build(tree, scope) {
        Built::Truth(condition) => condition,
        _ => panic!("no condition: {tree:?}"),
    }
}

pub fn expression<V: Typed>(tree: &Tree, scope: &[InScope]) -> Expr<V, Nullable> {
    V::of(build(tree, scope))
}

/// Returns the scope of a subquery.
fn with(scope: &[InScope], inner: InScope) -> Vec<InScope> {
    scope.iter().cloned().chain([inner]).collect()
}

pub fn build(tree: &Tree, scope: &[InScope]) -> Built {
    if let Op::Column(table, column) = tree.op {
        return scope[table].columns[column].clone();
    }
    // Operators for several types are selected by the type of their first operand.
    let ty = if tree.ty == Type::Truth {
        tree.args.first().map_or(Type::Truth, |first| first.ty)
    } else {
        tree.ty
    };
    match (&tree.op, ty) {
        (Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem | Op::Neg | Op::Abs, Type::Int) => {
            number::<i64>(tree, scope)
        }
        (Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem | Op::Neg | Op::Abs, _) => {
            number::<Decimal>(tree, scope)
        }
        (_, Type::Int) => typed::<i64>(tree, scope),
        (_, Type::Text) => typed::<String>(tree, scope),
        (_, Type::Bool) => typed::<bool>(tree, scope),
        (_, Type::Exact) => typed::<Decimal>(tree, scope),
        (_, Type::Day) => typed::<NaiveDate>(tree, scope),
        (_, Type::Truth) => single(tree, scope),
    }
}

/// Builds operators that every type has.
fn typed<V: Typed>(tree: &Tree, scope: &[InScope]) -> Built
where
    Built: From<Expr<V, Nullable>>,
{
    let arg = |index: usize| expression::<V>(&tree.args[index], scope);
    match &tree.op {
        Op::Coalesce => arg(0).coalesce(arg(1)).into(),
        Op::NullIf => arg(0).null_if(arg(1)).into(),
        Op::Greatest => arg(0).greatest(arg(1)).into(),
        Op::Least => arg(0).least(arg(1)).into(),
        Op::Case => {
            let mut branches = tree.args.chunks_exact(2);
            let mut chosen = case::<V>().when(condition(&tree.args[0], scope), arg(1));
            branches.next();
            for branch in branches.by_ref() {
                chosen = chosen.when(condition(&branch[0], scope), expression::<V>(&branch[1], scope));
            }
            match branches.remainder() {
                [otherwise] => chosen.otherwise(expression::<V>(otherwise, scope)).into(),
                _ => chosen.or_null().into(),
            }
        }
        Op::Compare(comparison) => match comparison {
            Comparison::Eq => arg(0).eq(arg(1)),
            Comparison::Ne => arg(0).ne(arg(1)),
            Comparison::Lt => arg(0).lt(arg(1)),
            Comparison::Le => arg(0).le(arg(1)),
            Comparison::Gt => arg(0).gt(arg(1)),
            Comparison::Ge => arg(0).ge(arg(1)),
        }
        .into(),
        Op::SameAs => arg(0).same_as(arg(1)).into(),
        Op::Between => arg(0).between(arg(1), arg(2)).into(),
        Op::In { negated } => {
            let list: Vec<_> = (1..tree.args.len()).map(arg).collect();
            if *negated { arg(0).not_in(list) } else { arg(0).is_in(list) }.into()
        }
        Op::IsNull => arg(0).is_null().into(),
        Op::IsNotNull => arg(0).is_not_null().into(),
        _ => single(tree, scope),
    }
}

fn number<V: Typed + Numeric>(tree: &Tree, scope: &[InScope]) -> Built
where
    Built: From<Expr<V, Nullable>>,
{
    let arg = |index: usize| expression::<V>(&tree.args[index], scope);
    match &tree.op {
        Op::Add => arg(0).add(arg(1)),
        Op::Sub => arg(0).sub(arg(1)),
        Op::Mul => arg(0).mul(arg(1)),
        Op::Div => arg(0).div(arg(1)),
        Op::Rem => arg(0).rem(arg(1)),
        Op::Neg => arg(0).neg(),
        _ => arg(0).abs(),
    }
    .into()
}

/// Builds operators of a single type.
fn single(tree: &Tree, scope: &[InScope]) -> Built {
    let truth = |index: usize| condition(&tree.args[index], scope);
    let int = |index: usize| expression::<i64>(&tree.args[index], scope);
    let text = |index: usize| expression::<String>(&tree.args[index], scope);
    let bool = |index: usize| expression::<bool>(&tree.args[index], scope);
    let exact = |index: usize| expression::<Decimal>(&tree.args[index], scope);
    let day = |index: usize| expression::<NaiveDate>(&tree.args[index], scope);
    match &tree.op {
        Op::Literal(answer) => literal(answer, tree.ty),
        Op::Sign if tree.args[0].ty == Type::Exact => exact(0).sign().into(),
        Op::Sign => int(0).sign().into(),
        Op::BitAnd => int(0).bit_and(int(1)).into(),
        Op::BitOr => int(0).bit_or(int(1)).into(),
        Op::BitXor => int(0).bit_xor(int(1)).into(),
        Op::ShiftLeft(bits) => int(0).shift_left(*bits).into(),
        Op::ShiftRight(bits) => int(0).shift_right(*bits).into(),
        Op::Length => text(0).char_length().into(),
        Op::Position(part) => text(0).position_of(part).into(),
        Op::FromBool => bool(0).cast::<i64>().into(),
        Op::Year => day(0).year().cast::<i64>().into(),
        Op::Month => day(0).month().cast::<i64>().into(),
        Op::DayOfMonth => day(0).day().cast::<i64>().into(),
        Op::Weekday => day(0).weekday().cast::<i64>().into(),
        Op::DayOfYear => day(0).day_of_year().cast::<i64>().into(),
        Op::DaysSince => day(0).days_since(day(1)).into(),
        Op::FromInt => int(0).cast::<Decimal>().into(),
        Op::Round(digits) => exact(0).round(*digits).into(),
        Op::Floor => exact(0).floor().into(),
        Op::Ceil => exact(0).ceil().into(),
        Op::Concat => text(0).concat(text(1)).into(),
        Op::Recase => text(0).upper().lower().into(),
        Op::Trim => value("  ".to_owned()).concat(text(0)).concat(" ").trim().into(),
        Op::TrimStart => value(" ".to_owned()).concat(text(0)).trim_start().into(),
        Op::TrimEnd => text(0).concat("  ").trim_end().into(),
        Op::Replace(from, to) => text(0).replace(from, to).into(),
        Op::Substring(start, length) => text(0).substring(i64::from(*start), i64::from(*length)).into(),
        Op::Left(length) => text(0).left(i64::from(*length)).into(),
        Op::Digits => int(0).abs().cast::<String>().into(),
        Op::AddDays => day(0).add_days(int(1)).into(),
        Op::AddMonths => day(0).add_months(int(1)).into(),
        Op::AddYears => day(0).add_years(int(1)).into(),
        Op::StartOfMonth => day(0).start_of_month().into(),
        Op::StartOfYear => day(0).start_of_year().into(),
        Op::Known => truth(0).known().into(),
        Op::OrNull => truth(0).or_null().into(),
        Op::IsTrue => bool(0).is_true().into(),
        Op::IsFalse => bool(0).is_false().into(),
        Op::Like { pattern, negated: false } => text(0).like(pattern).into(),
        Op::Like { pattern, negated: true } => text(0).not_like(pattern).into(),
        Op::StartsWith(part) => text(0).starts_with(part).into(),
        Op::EndsWith(part) => text(0).ends_with(part).into(),
        Op::Contains(part) => text(0).contains(part).into(),
        Op::EqAnyCase(other) => text(0).eq_any_case(other).into(),
        Op::LikeAnother { negated: false } => text(0).like(text(1)).into(),
        Op::LikeAnother { negated: true } => text(0).not_like(text(1)).into(),
        Op::StartsWithAnother => text(0).starts_with(text(1)).into(),
        Op::EndsWithAnother => text(0).ends_with(text(1)).into(),
        Op::ContainsAnother => text(0).contains(text(1)).into(),
        Op::And => truth(0).and(truth(1)).into(),
        Op::Or => truth(0).or(truth(1)).into(),
        Op::Not => truth(0).not().into(),
        Op::All => all_of((0..tree.args.len()).map(truth)).into(),
        Op::Any => any_of((0..tree.args.len()).map(truth)).into(),
        _ => query(tree, scope),
    }
}

fn literal(answer: &Answer, ty: Type) -> Built {
    match answer {
        Answer::Int(number) => value(*number).into(),
        Answer::Text(text) => value(text.clone()).into(),
        Answer::Bool(truth) => value(*truth).into(),
        Answer::Exact(number) => value(*number).into(),
        Answer::Day(day) => value(*day).into(),
        Answer::Null => match ty {
            Type::Int => null::<i64>().into(),
            Type::Text => null::<String>().into(),
            Type::Bool | Type::Truth => null::<bool>().into(),
            Type::Exact => null::<Decimal>().into(),
            Type::Day => null::<NaiveDate>().into(),
        },
    }
}

/// Builds a subquery.
fn query(tree: &Tree, scope: &[InScope]) -> Built {
    /// Builds something from the rows of a table that match a condition.
    macro_rules! rows {
        ($table:expr, $condition:expr, |$rows:ident, $in_scope:ident| $made:expr) => {
            match $table {
                Table::Things => {
                    let $rows = Thing::query().filter(|t| condition($condition, &with(scope, thing(t))));
                    #[allow(unused, reason = "not every query selects")]
                    let $in_scope = |t: ThingFields| with(scope, thing(t));
                    $made
                }
                Table::Parts => {
                    let $rows = Part::query().filter(|p| condition($condition, &with(scope, part(p))));
                    #[allow(unused, reason = "not every query selects")]
                    let $in_scope = |p: PartFields| with(scope, part(p));
                    $made
                }
            }
        };
    }
    match &tree.op {
        Op::Exists(table) => rows!(table, &tree.args[0], |rows, in_scope| rows.is_present().into()),
        Op::InRows { table, negated } => {
            let needle = expression::<i64>(&tree.args[0], scope);
            let rows = rows!(table, &tree.args[1], |rows, in_scope| rows
                .select(|row| expression::<i64>(&tree.args[2], &in_scope(row))));
            if *negated { needle.not_in(rows) } else { needle.is_in(rows) }.into()
        }
        Op::Scalar(table, total) => rows!(table, &tree.args[0], |rows, in_scope| {
            let column = |row| expression::<i64>(&tree.args[1], &in_scope(row));
            match total {
                Total::Count => rows.aggregate(|g| g.count_of(column)).scalar(),
                Total::Sum => rows.aggregate(|g| g.sum(column)).scalar(),
                Total::Min => rows.aggregate(|g| g.min(column)).scalar(),
                Total::Max => rows.aggregate(|g| g.max(column)).scalar(),
            }
            .into()
        }),
        Op::Related(place, quantity) => {
            let parts = scope[*place].thing.unwrap().parts();
            let meets = |p| condition(&tree.args[0], &with(scope, part(p)));
            match quantity {
                Quantity::Any => parts.any(meets),
                Quantity::None => parts.none(meets),
                Quantity::Every => parts.every(meets),
            }
            .into()
        }
        Op::RelatedCount(place) => scope[*place].thing.unwrap().parts().count().into(),
        op => panic!("not built: {op:?}"),
    }
}
