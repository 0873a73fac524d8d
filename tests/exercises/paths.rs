//! Recursive queries: trees, graphs, numbers; and the parts of texts.

use orm::prelude::*;

use super::models::*;
use super::texts;

/// Who works for whom, with the level and the path from the top. The path is longer than any name.
pub async fn chain_of_command(db: &Database) -> orm::Result<()> {
    let chart = Employee::query()
        .filter(|e| e.manager_id.is_null())
        .select(|e| (e, value(0), e.name.cast::<String>()))
        .recursive("chart", |chart| {
            chart
                .query()
                .join(|(e, ..)| e.reports())
                .select(|((_, level, path), e)| (e, level + 1, path.concat(" > ").concat(e.name)))
        });
    let paths = chart.query().filter(|(_, level, _)| level.ge(3)).order_by(|(.., path)| path.asc());
    let paths = paths.select(|(e, _, path)| (path, e.manager().name)).all(db).await?;
    let expected = [("Joe > Max > Janet > Will", "Janet"), ("Joe > Max > Janet > Will > Zed", "Will")];
    assert_eq!(paths, expected.map(|(path, manager)| (path.to_owned(), Some(manager.to_owned()))));
    Ok(())
}

/// How many work below each one: pairs of a top and a member of its tree.
pub async fn subtree_sizes(db: &Database) -> orm::Result<()> {
    let pairs = Employee::query().select(|e| (e.id, e.id)).recursive("below", |below| {
        below
            .query()
            .join_on::<Employee>(|(_, at), e| e.manager_id.eq(at))
            .select(|((top, _), e)| (top, e.id))
    });
    let sizes = pairs.query().group_by(|(top, _)| top).having(|g| g.count().gt(1)).order_by(|g| g.key.asc());
    let sizes = sizes.select(|g| (g.key, g.count() - 1)).all(db).await?;
    assert_eq!(sizes, [(1, 9), (2, 1), (3, 1), (4, 4), (5, 2), (7, 1)]);
    Ok(())
}

/// All ways from A to D in a graph with cycles, and what they cost: no edge leads back to the path.
pub async fn all_paths(db: &Database) -> orm::Result<()> {
    let paths = select((value("A".to_owned()), value(0_i64), value("/A/".to_owned()).cast::<String>()))
        .recursive("paths", |paths| {
            let edges = paths.query().join_on::<Edge>(|(at, ..), e| e.source.eq(at));
            let on_the_path = |e: EdgeFields| value("/".to_owned()).concat(e.target).concat("/");
            edges
                .filter(|((.., path), e)| path.contains(on_the_path(e)).not())
                .select(|((_, cost, path), e)| (e.target, cost + e.cost, path.concat(e.target).concat("/")))
        });
    let found = paths
        .query()
        .filter(|(at, ..)| at.eq("D"))
        .order_by(|(_, cost, _)| cost.asc())
        .select(|(_, cost, path)| (cost, path));
    let expected = [(4, "/A/C/B/D/"), (5, "/A/B/D/"), (9, "/A/C/D/")];
    assert_eq!(found.all(db).await?, expected.map(|(cost, path)| (cost, path.to_owned())));
    Ok(())
}

/// What can be reached from A: equal rows are added once, so a cycle ends.
pub async fn reachable(db: &Database) -> orm::Result<()> {
    let reached = values(["A".to_owned()]).recursive_distinct("reached", |reached| {
        reached.query().join_on::<Edge>(|at, e| e.source.eq(at)).select(|(_, e)| e.target)
    });
    assert_eq!(reached.query().order_by(|at| at.asc()).all(db).await?, ["A", "B", "C", "D"]);
    Ok(())
}

/// How many of each part a bike has, at any depth.
pub async fn bill_of_materials(db: &Database) -> orm::Result<()> {
    let parts = Component::query().filter(|c| c.whole.eq("bike")).select(|c| (c.part, c.quantity)).recursive(
        "parts",
        |parts| {
            let inner = parts.query().join_on::<Component>(|(part, _), c| c.whole.eq(part));
            inner.select(|((_, quantity), c)| (c.part, quantity * c.quantity))
        },
    );
    let totals = parts
        .query()
        .group_by(|(part, _)| part)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.sum(|(_, n)| n)));
    let expected = [("bolt", 8), ("frame", 1), ("spoke", 64), ("tube", 8), ("wheel", 2)];
    assert_eq!(totals.all(db).await?, expected.map(|(part, n)| (part.to_owned(), Some(n))));
    Ok(())
}

/// Numbers that no smaller one divides.
pub async fn primes(db: &Database) -> orm::Result<()> {
    let numbers = values([2_i64]).recursive("numbers", |n| n.query().filter(|n| n.lt(30)).select(|n| n + 1));
    let primes =
        numbers.query().filter(|n| numbers.query().filter(|d| d.lt(n).and((n % d).eq(0))).is_absent());
    assert_eq!(primes.order_by(|n| n.asc()).all(db).await?, [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]);
    Ok(())
}

/// Splits lists at their commas: one step takes one part off.
pub async fn split(db: &Database) -> orm::Result<()> {
    let lists = values([(1, "red,green,,blue".to_owned()), (2, "black".to_owned()), (3, String::new())]);
    let parts = lists.into_query().select(|(id, list)| {
        (id, value(0), value(String::new()).cast::<String>(), list.concat(",").cast::<String>())
    });
    let parts = parts.recursive("parts", |parts| {
        parts.query().filter(|(.., rest)| rest.ne("")).select(|(id, number, _, rest)| {
            let comma = rest.position_of(",");
            (id, number + 1, rest.left(comma.clone() - 1), rest.substring(comma + 1, rest.char_length()))
        })
    });
    let found = parts
        .query()
        .filter(|(_, number, ..)| number.gt(0))
        .order_by(|(id, number, ..)| (id.asc(), number.asc()));
    let expected = [(1, "red"), (1, "green"), (1, ""), (1, "blue"), (2, "black"), (3, "")];
    let found = found.select(|(id, _, part, _)| (id, part)).all(db).await?;
    assert_eq!(found, expected.map(|(id, part)| (id, part.to_owned())));
    Ok(())
}

/// The domains of addresses, by how often they occur.
pub async fn domains(db: &Database) -> orm::Result<()> {
    let domains =
        Person::query().group_by(|p| p.email.substring(p.email.position_of("@") + 1, p.email.char_length()));
    let domains =
        domains.order_by(|g| g.count().desc()).select(|g| (g.key.clone(), g.count())).all(db).await?;
    assert_eq!(domains, [("example.com".to_owned(), 4), ("leetcode.com".to_owned(), 1)]);
    let names = Person::query()
        .order_by(|p| p.id.desc())
        .limit(2)
        .select(|p| p.email.left(p.email.position_of("@") - 1));
    assert_eq!(names.all(db).await?, texts(["bob", "winston"]));
    Ok(())
}

/// A bar chart.
pub async fn bars(db: &Database) -> orm::Result<()> {
    let bars = Department::query()
        .order_by(|d| d.id.asc())
        .select(|d| d.name.pad_end(6, ' ').concat(value("*".to_owned()).repeat(d.staff().count())));
    assert_eq!(bars.all(db).await?, texts(["IT    *****", "Sales ****", "Empty "]));
    Ok(())
}
