//! Random expressions: sixteen per statement, each over every row.

use orm::Selection;
use orm::prelude::*;

use super::answer::{Answer, Type};
use super::build::{InScope, expression, thing};
use super::data::{Data, Table, Thing, create};
use super::evaluate::{Outside, evaluate};
use super::generate::Generator;
use super::tree::{COLUMNS, Op, Tree};
use super::{cases, seed, timely};
use crate::support::Random;

/// The maximum depth of an expression, and of its subqueries.
const DEPTH: usize = 4;
const QUERIES: usize = 2;

/// The types of the expressions in one statement.
const BATCH: [Type; 16] = {
    use Type::{Bool, Day, Exact, Int, Text};
    [Int, Int, Int, Int, Int, Text, Text, Text, Bool, Bool, Bool, Bool, Exact, Exact, Day, Day]
};

on_every_backend! {
    async fn have_the_values_that_they_have_in_rust(db: Database) {
        let seed = seed();
        let mut random = Random::new(seed);
        let data = create(db, &mut random).await?;
        for _ in 0..cases(8_000).div_ceil(BATCH.len() as u64) {
            let trees = BATCH.map(|ty| sensible(&mut random, ty, &data));
            let expected: Vec<Vec<Answer>> = data.things.iter().map(|row| {
                trees.iter().map(|tree| evaluate(tree, &[row], &data).unwrap()).collect()
            }).collect();
            if answers(db, &trees).await.ok().as_ref() != Some(&expected) {
                explain(db, &trees, &data, seed).await?;
            }
        }
    }
}

/// Returns an expression that can be evaluated for every row.
fn sensible(random: &mut Random, ty: Type, data: &Data) -> Tree {
    loop {
        let mut generator = Generator { random, scope: vec![Some(Table::Things)], from: 0, queries: QUERIES };
        let tree = generator.tree(ty, DEPTH);
        if expected(&tree, data).is_ok() {
            return tree;
        }
    }
}

fn expected(tree: &Tree, data: &Data) -> Result<Vec<Answer>, Outside> {
    data.things.iter().map(|row| evaluate(tree, &[row], data)).collect()
}

/// Returns the database's answers to a batch.
async fn answers(db: &Database, trees: &[Tree; 16]) -> orm::Result<Vec<Vec<Answer>>> {
    macro_rules! batch {
        ($scope:ident: $($name:ident $index:literal $ty:ty),*) => {{
            let rows = Thing::query().order_by(|t| t.id.asc()).select(|t| {
                let $scope = [thing(t)];
                ($(expression::<$ty>(&trees[$index], &$scope)),*)
            });
            let rows = timely(rows.all(db)).await?;
            rows.into_iter().map(|($($name),*)| vec![$(Answer::from($name)),*]).collect()
        }};
    }
    Ok(batch! {
        scope: a 0 i64, b 1 i64, c 2 i64, d 3 i64, e 4 i64, f 5 String, g 6 String, h 7 String, i 8 bool, j 9 bool,
        k 10 bool, l 11 bool, m 12 Decimal, n 13 Decimal, o 14 NaiveDate, p 15 NaiveDate
    })
}

/// Finds the failing expression in a batch, shrinks it, and reports it.
async fn explain(db: &Database, trees: &[Tree; 16], data: &Data, seed: u64) -> orm::Result<()> {
    for tree in trees {
        if let Some(fault) = fault(db, tree, data).await {
            let (tree, fault) = shrunk(db, tree.clone(), fault, data).await;
            panic!("{tree:?}\n{fault}\nORM_PROPERTY_SEED={seed}");
        }
    }
    panic!("wrong together, right one by one: {trees:?}\nORM_PROPERTY_SEED={seed}");
}

/// Returns what is wrong with the answers to an expression, if anything.
async fn fault(db: &Database, tree: &Tree, data: &Data) -> Option<String> {
    let Ok(expected) = expected(tree, data) else { return None };
    let found = match tree.ty {
        Type::Int => one::<i64>(db, tree).await,
        Type::Text => one::<String>(db, tree).await,
        Type::Bool => one::<bool>(db, tree).await,
        Type::Exact => one::<Decimal>(db, tree).await,
        Type::Day => one::<NaiveDate>(db, tree).await,
        Type::Truth => {
            let as_value = Tree { ty: Type::Bool, op: Op::OrNull, args: vec![tree.clone()] };
            one::<bool>(db, &as_value).await
        }
    };
    match found {
        Ok((_, found)) if found == expected => None,
        Ok((sql, found)) => Some(format!("{sql}\n   found {found:?}\nexpected {expected:?}")),
        Err(error) => Some(format!("{error:?}\nexpected {expected:?}")),
    }
}

/// Returns the SQL for one expression, and its answers.
async fn one<V: super::build::Typed>(db: &Database, tree: &Tree) -> orm::Result<(String, Vec<Answer>)>
where
    orm::Expr<V, Nullable>: Selection<Output = Option<V>>,
    Answer: From<Option<V>>,
{
    let rows =
        Thing::query().order_by(|t| t.id.asc()).select(|t| expression::<V>(tree, &[thing(t)] as &[InScope]));
    let statement = rows.to_sql(db.dialect())?;
    let answers = timely(rows.all(db)).await?.into_iter().map(Answer::from).collect();
    Ok((format!("{statement} {:?}", statement.params), answers))
}

/// Returns the smallest expression found that fails, too.
async fn shrunk(db: &Database, mut tree: Tree, mut fault_of: String, data: &Data) -> (Tree, String) {
    'smaller: loop {
        for candidate in smaller(&tree) {
            if let Some(found) = fault(db, &candidate, data).await {
                (tree, fault_of) = (candidate, found);
                continue 'smaller;
            }
        }
        return (tree, fault_of);
    }
}

/// Returns the arguments of an expression, and the expression with an argument replaced by a column or by its own
/// argument.
pub(super) fn smaller(tree: &Tree) -> Vec<Tree> {
    let own = tree.op.own_arguments(tree.args.len());
    let mut trees = tree.args[..own].to_vec();
    for (index, arg) in tree.args.iter().enumerate() {
        let columns = COLUMNS.iter().enumerate().filter(|(_, (_, ty))| *ty == arg.ty);
        let columns =
            columns.map(|(column, _)| Tree { ty: arg.ty, op: Op::Column(0, column), args: Vec::new() });
        let deeper = arg.args[..arg.op.own_arguments(arg.args.len())]
            .iter()
            .filter(|deeper| deeper.ty == arg.ty)
            .cloned();
        let columns = columns.take(if arg.args.is_empty() { 0 } else { usize::MAX });
        let in_place = smaller(arg).into_iter().filter(|smaller| smaller.ty == arg.ty);
        for replacement in columns.chain(deeper).chain(in_place) {
            let mut smaller = tree.clone();
            smaller.args[index] = replacement;
            trees.push(smaller);
        }
    }
    trees
}
