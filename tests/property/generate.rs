//! Generates random expressions.

use super::answer::{Answer, Type, VALUES};
use super::data::{self, Table};
use super::tree::{COLUMNS, Comparison, Op, Quantity, Total, Tree};
use crate::support::Random;

/// Generates expressions over the tables in a scope.
pub struct Generator<'a> {
    pub random: &'a mut Random,
    /// The tables in scope; `None` for one whose relations are not accessible.
    pub scope: Vec<Option<Table>>,
    /// The first table whose columns may be used.
    pub from: usize,
    /// How deep subqueries may be nested.
    pub queries: usize,
}

use Type::{Bool, Day, Exact, Int, Text, Truth};

impl Generator<'_> {
    pub fn tree(&mut self, ty: Type, depth: usize) -> Tree {
        if ty == Truth {
            return self.truth(depth);
        }
        if depth == 0 || self.random.once_in(6) {
            return self.leaf(ty);
        }
        let below = depth - 1;
        match self.random.below(9) {
            0 => self.call(ty, Op::Coalesce, &[ty, ty], below),
            1 => {
                let mut null_if = self.call(ty, Op::NullIf, &[ty, ty], below);
                // MySQL 9.7 may evaluate a constant one to NULL, in a condition that it pushes down into a derived
                // table.
                if !null_if.args[0].has_column() {
                    null_if.args[0] = self.column(ty);
                }
                null_if
            }
            2 => self.call(ty, Op::Greatest, &[ty, ty], below),
            3 => self.call(ty, Op::Least, &[ty, ty], below),
            4 => {
                let shapes: [&[Type]; 4] =
                    [&[Truth, ty], &[Truth, ty, ty], &[Truth, ty, Truth, ty], &[Truth, ty, Truth, ty, ty]];
                let shape = self.random.pick(&shapes);
                self.call(ty, Op::Case, shape, below)
            }
            _ => match ty {
                Int => self.int(below),
                Text => self.text(below),
                Bool => self.bool(below),
                Exact => self.exact(below),
                Day => self.day(below),
                Truth => self.truth(below),
            },
        }
    }

    fn call(&mut self, ty: Type, op: Op, types: &[Type], depth: usize) -> Tree {
        let args = types.iter().map(|&ty| self.tree(ty, depth)).collect();
        Tree { ty, op, args }
    }

    fn leaf(&mut self, ty: Type) -> Tree {
        let op = if self.random.once_in(3) {
            Op::Literal(self.literal(ty))
        } else {
            return self.column(ty);
        };
        Tree { ty, op, args: Vec::new() }
    }

    /// Returns a column of a type.
    pub fn column(&mut self, ty: Type) -> Tree {
        let table = self.from + self.random.below(self.scope.len() - self.from);
        let columns: Vec<usize> = (0..COLUMNS.len()).filter(|&column| COLUMNS[column].1 == ty).collect();
        Tree { ty, op: Op::Column(table, self.random.pick(&columns)), args: Vec::new() }
    }

    fn literal(&mut self, ty: Type) -> Answer {
        let random = &mut *self.random;
        if random.once_in(8) {
            return Answer::Null;
        }
        match ty {
            Int => Answer::Int(data::number(random)),
            Text => Answer::Text(data::text(random)),
            Bool | Truth => Answer::Bool(random.once_in(2)),
            Exact => Answer::Exact(data::exact(random)),
            Day => Answer::Day(data::day(random)),
        }
    }

    fn int(&mut self, depth: usize) -> Tree {
        let bits = u32::try_from(self.random.below(6)).unwrap();
        let (op, types): (Op, &[Type]) = match self.random.below(23) {
            0 => (Op::Add, &[Int, Int]),
            1 => (Op::Sub, &[Int, Int]),
            2 => (Op::Mul, &[Int, Int]),
            3 => (Op::Div, &[Int, Int]),
            4 => (Op::Rem, &[Int, Int]),
            5 => (Op::Neg, &[Int]),
            6 => (Op::Abs, &[Int]),
            7 => (Op::Sign, &[Int]),
            8 => (Op::BitAnd, &[Int, Int]),
            9 => (Op::BitOr, &[Int, Int]),
            10 => (Op::BitXor, &[Int, Int]),
            11 => (Op::ShiftLeft(bits), &[Int]),
            // MySQL 9.7 may evaluate a constant one incorrectly, in a condition on a set operation.
            12 => return Tree { ty: Int, op: Op::ShiftRight(bits), args: vec![self.column(Int)] },
            13 => (Op::Length, &[Text]),
            14 => (Op::Position(data::text(self.random)), &[Text]),
            15 => (Op::FromBool, &[Bool]),
            16 => (Op::Year, &[Day]),
            17 => (Op::Month, &[Day]),
            18 => (Op::DayOfMonth, &[Day]),
            19 => (self.random.pick_op([Op::Weekday, Op::DayOfYear]), &[Day]),
            20 => (Op::DaysSince, &[Day, Day]),
            21 => (Op::Sign, &[Exact]),
            _ => return self.total(depth),
        };
        self.call(Int, op, types, depth)
    }

    fn text(&mut self, depth: usize) -> Tree {
        let (start, length) = (self.random.below(5), self.random.below(4));
        let (start, length) = (u32::try_from(start).unwrap(), u32::try_from(length).unwrap());
        let (op, types): (Op, &[Type]) = match self.random.below(9) {
            0 | 1 => (Op::Concat, &[Text, Text]),
            2 => (Op::Recase, &[Text]),
            3 => (Op::Trim, &[Text]),
            4 => (self.random.pick_op([Op::TrimStart, Op::TrimEnd]), &[Text]),
            5 => (Op::Replace(data::text(self.random), data::text(self.random)), &[Text]),
            6 => (Op::Substring(start, length), &[Text]),
            7 => (Op::Left(length), &[Text]),
            _ => (Op::Digits, &[Int]),
        };
        self.call(Text, op, types, depth)
    }

    fn bool(&mut self, depth: usize) -> Tree {
        let op = self.random.pick_op([Op::Known, Op::OrNull]);
        self.call(Bool, op, &[Truth], depth)
    }

    fn exact(&mut self, depth: usize) -> Tree {
        let digits = u32::try_from(self.random.below(3)).unwrap();
        let (op, types): (Op, &[Type]) = match self.random.below(11) {
            0 | 1 => (Op::Add, &[Exact, Exact]),
            2 => (Op::Sub, &[Exact, Exact]),
            3 => (Op::Mul, &[Exact, Exact]),
            4 => (Op::Rem, &[Exact, Exact]),
            5 => (Op::Neg, &[Exact]),
            6 => (Op::Abs, &[Exact]),
            7 => (Op::Round(digits), &[Exact]),
            8 => (Op::Floor, &[Exact]),
            9 => (Op::Ceil, &[Exact]),
            _ => (Op::FromInt, &[Int]),
        };
        self.call(Exact, op, types, depth)
    }

    fn day(&mut self, depth: usize) -> Tree {
        let (op, types): (Op, &[Type]) = match self.random.below(5) {
            0 => (Op::AddDays, &[Day, Int]),
            1 => (Op::AddMonths, &[Day, Int]),
            2 => (Op::AddYears, &[Day, Int]),
            3 => (Op::StartOfMonth, &[Day]),
            _ => (Op::StartOfYear, &[Day]),
        };
        self.call(Day, op, types, depth)
    }

    fn truth(&mut self, depth: usize) -> Tree {
        let below = depth.saturating_sub(1);
        if depth > 0 {
            match self.random.below(8) {
                0 => return self.call(Truth, Op::And, &[Truth, Truth], below),
                1 => return self.call(Truth, Op::Or, &[Truth, Truth], below),
                2 => return self.call(Truth, Op::Not, &[Truth], below),
                3 => {
                    let op = self.random.pick_op([Op::All, Op::Any]);
                    let types = &[Truth, Truth, Truth][..self.random.below(4)];
                    return self.call(Truth, op, types, below);
                }
                4 if self.queries > 0 => return self.query(below),
                _ => {}
            }
        }
        let ty = self.random.pick(&VALUES);
        let negated = self.random.once_in(2);
        match self.random.below(13) {
            0 => self.call(Truth, Op::SameAs, &[ty, ty], below),
            1 => self.call(Truth, Op::Between, &[ty, ty, ty], below),
            2 => {
                let needle = self.tree(ty, below);
                let list = (0..self.random.below(4)).map(|_| self.candidate(ty, below));
                let args = std::iter::once(needle).chain(list).collect();
                Tree { ty: Truth, op: Op::In { negated }, args }
            }
            3 => self.call(Truth, Op::IsNull, &[ty], below),
            4 => self.call(Truth, Op::IsNotNull, &[ty], below),
            5 => {
                let op = self.random.pick_op([Op::IsTrue, Op::IsFalse]);
                self.call(Truth, op, &[Bool], below)
            }
            6 | 7 => {
                let op = self.pattern(negated);
                self.call(Truth, op, &[Text], below)
            }
            8 => {
                let like = Op::LikeAnother { negated };
                let ops = [like, Op::StartsWithAnother, Op::EndsWithAnother, Op::ContainsAnother];
                let op = self.random.pick_op(ops);
                self.call(Truth, op, &[Text, Text], below)
            }
            _ => {
                use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
                let comparison = Op::Compare(self.random.pick(&[Eq, Ne, Lt, Le, Gt, Ge]));
                self.call(Truth, comparison, &[ty, ty], below)
            }
        }
    }

    /// Returns a member of a list: usually a literal.
    fn candidate(&mut self, ty: Type, depth: usize) -> Tree {
        if self.random.once_in(4) {
            return self.tree(ty, depth);
        }
        Tree { ty, op: Op::Literal(self.literal(ty)), args: Vec::new() }
    }

    fn pattern(&mut self, negated: bool) -> Op {
        let letters = ["a", "b", "c", "%", "_", "!!", "!%", "!_"];
        let part = |random: &mut Random| match random.below(4) {
            0 => "_".to_owned(),
            _ => data::text(random),
        };
        match self.random.below(5) {
            0 => Op::StartsWith(part(self.random)),
            1 => Op::EndsWith(part(self.random)),
            2 => Op::Contains(part(self.random)),
            3 => Op::EqAnyCase(data::text(self.random).to_uppercase()),
            _ => {
                let pattern = (0..self.random.below(5)).map(|_| self.random.pick(&letters)).collect();
                Op::Like { pattern, negated }
            }
        }
    }

    /// Returns a condition on a subquery.
    fn query(&mut self, depth: usize) -> Tree {
        let table = self.random.pick(&[Table::Things, Table::Parts]);
        match self.random.below(4) {
            0 => Tree { ty: Truth, op: Op::Exists(table), args: vec![self.inside(table, Truth, depth)] },
            1 => {
                let negated = self.random.once_in(2);
                // MariaDB 10.11 returns wrong rows if the left side is itself a subquery.
                let queries = std::mem::take(&mut self.queries);
                let needle = self.tree(Int, depth);
                self.queries = queries;
                let condition = self.inside(table, Truth, depth);
                let args = vec![needle, condition, self.inside(table, Int, depth)];
                Tree { ty: Truth, op: Op::InRows { table, negated }, args }
            }
            _ => {
                let Some(thing) = self.scope.iter().position(|&table| table == Some(Table::Things)) else {
                    return self.truth(0);
                };
                let quantity = self.random.pick(&[Quantity::Any, Quantity::None, Quantity::Every]);
                let args = vec![self.inside(Table::Parts, Truth, depth)];
                Tree { ty: Truth, op: Op::Related(thing, quantity), args }
            }
        }
    }

    /// Returns an aggregate over the rows of a subquery. Its argument has columns of the subquery: an aggregate over
    /// columns of the outer query would belong to that one.
    fn total(&mut self, depth: usize) -> Tree {
        if self.queries == 0 {
            return self.leaf(Int);
        }
        if self.random.once_in(3)
            && let Some(thing) = self.scope.iter().position(|&table| table == Some(Table::Things))
        {
            return Tree { ty: Int, op: Op::RelatedCount(thing), args: Vec::new() };
        }
        let table = self.random.pick(&[Table::Things, Table::Parts]);
        let total = self.random.pick(&[Total::Count, Total::Sum, Total::Min, Total::Max]);
        let condition = self.inside(table, Truth, depth);
        self.scope.push(Some(table));
        let from = std::mem::replace(&mut self.from, self.scope.len() - 1);
        let column = self.column(Int);
        self.from = from;
        self.scope.pop();
        Tree { ty: Int, op: Op::Scalar(table, total), args: vec![condition, column] }
    }

    fn inside(&mut self, table: Table, ty: Type, depth: usize) -> Tree {
        self.scope.push(Some(table));
        self.queries -= 1;
        let tree = self.tree(ty, depth);
        self.queries += 1;
        self.scope.pop();
        tree
    }
}

impl Random {
    fn pick_op<const N: usize>(&mut self, ops: [Op; N]) -> Op {
        ops[self.below(N)].clone()
    }
}
