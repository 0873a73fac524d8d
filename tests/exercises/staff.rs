//! Departments and salaries.

use orm::prelude::*;
use orm::window::{self, Window};

use super::models::*;
use super::{day, texts};

/// The second highest salary, or NULL if there is none.
pub async fn second_highest(db: &Database) -> orm::Result<()> {
    let highest = Employee::query().aggregate(|g| g.max(|e| e.salary)).scalar();
    let second = Employee::query().filter(|e| e.salary.lt(highest)).aggregate(|g| g.max(|e| e.salary));
    assert_eq!(second.one(db).await?, Some(85_000));
    Ok(())
}

/// The nth highest salary, as a function that returns a query.
pub async fn nth_highest(db: &Database) -> orm::Result<()> {
    fn nth(n: u64) -> Rows<Option<i64>> {
        Employee::query().distinct().order_by(|e| e.salary.desc()).offset(n - 1).limit(1).select(|e| e.salary)
    }
    assert_eq!(nth(3).one(db).await?, Some(80_000));
    assert_eq!(nth(99).optional(db).await?, None);
    Ok(())
}

/// Who earns more than their manager.
pub async fn above_their_manager(db: &Database) -> orm::Result<()> {
    let names = Employee::query()
        .filter(|e| e.salary.gt(e.manager().salary))
        .order_by(|e| e.id.asc())
        .select(|e| e.name);
    assert_eq!(names.all(db).await?, texts(["Max", "Will"]));
    Ok(())
}

/// The three highest salaries of each department: with a window, and by counting the higher ones.
pub async fn top_three(db: &Database) -> orm::Result<()> {
    let paid = Employee::query().join(|e| e.department()).filter(|(e, _)| e.salary.is_not_null());
    let ranked = paid.clone().select(|(e, d)| {
        let place = window::dense_rank().over(|w| w.partition_by(e.department_id).order_by(e.salary.desc()));
        (d.name, e.name, e.salary, place)
    });
    let top = ranked
        .into_query()
        .filter(|(.., place)| place.le(3))
        .order_by(|(d, n, s, _)| (d.asc(), s.desc(), n.asc()));
    let with_window = top.select(|(d, n, s, _)| (d, n, s)).all(db).await?;
    let counted = paid.filter(|(e, _)| {
        let higher =
            Employee::query().filter(|x| x.department_id.eq(e.department_id).and(x.salary.gt(e.salary)));
        higher.aggregate(|g| g.count_distinct(|x| x.salary)).scalar().lt(3)
    });
    let counted = counted.order_by(|(e, d)| (d.name.asc(), e.salary.desc(), e.name.asc()));
    assert_eq!(counted.select(|(e, d)| (d.name, e.name, e.salary)).all(db).await?, with_window);
    let names: Vec<_> = with_window.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names, ["Max", "Joe", "Randy", "Will", "Henry", "Amy", "Sam"]);
    Ok(())
}

/// Departments whose average is above that of the company.
pub async fn above_the_average(db: &Database) -> orm::Result<()> {
    let all = Employee::query().aggregate(|g| g.avg(|e| e.salary)).scalar();
    let above = Employee::query().group_by(|e| e.department().name).having(|g| g.avg(|e| e.salary).gt(all));
    assert_eq!(above.select(|g| g.key).all(db).await?, [Some("IT".to_owned())]);
    Ok(())
}

/// The median of each department: the average of the one or two rows in the middle.
pub async fn median(db: &Database) -> orm::Result<()> {
    let paid = Employee::query().filter(|e| e.salary.is_not_null().and(e.department_id.is_not_null()));
    let numbered = paid.select(|e| {
        let of_department = |w: Window| w.partition_by(e.department_id);
        let number = window::row_number().over(|w| of_department(w).order_by((e.salary.asc(), e.id.asc())));
        (e.department_id, e.salary, number, window::count().over(of_department))
    });
    let middle = numbered.into_query().filter(|(.., number, all)| (number * 2).between(all, all + 2));
    let medians = middle
        .group_by(|(d, ..)| d)
        .order_by(|g| g.key.asc())
        .select(|g| (g.key, g.avg(|(_, salary, ..)| salary)));
    assert_eq!(medians.all(db).await?, [(Some(1), Some(85_000.0)), (Some(2), Some(60_000.0))]);
    Ok(())
}

/// The names of each department in a column of its own.
pub async fn pivot(db: &Database) -> orm::Result<()> {
    let numbered = Employee::query().select(|e| {
        let number = window::row_number().over(|w| w.partition_by(e.department_id).order_by(e.name.asc()));
        (e.name, e.department_id, number)
    });
    let pivot = numbered.into_query().group_by(|(.., number)| number).order_by(|g| g.key.asc()).select(|g| {
        let of = |id: u64| g.filter(move |(_, department, _)| department.eq(id)).max(|(name, ..)| name);
        (of(1), of(2))
    });
    let rows = pivot.all(db).await?;
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(rows[3..], [(name("Randy"), name("Sam")), (name("Will"), None)]);
    Ok(())
}

/// NOT IN with a NULL in the list is never true; NOT EXISTS is.
pub async fn not_in_with_null(db: &Database) -> orm::Result<()> {
    let managers = Employee::query().select(|e| e.manager_id);
    assert_eq!(Employee::query().filter(|e| e.id.not_in(managers)).count(db).await?, 0);
    let leaves =
        Employee::query().filter(|e| e.reports().is_absent()).order_by(|e| e.id.asc()).select(|e| e.name);
    assert_eq!(leaves.all(db).await?, texts(["Randy", "Eve", "Zed", "Amy"]));
    Ok(())
}

/// Whole years in the company on a day, and the day after a year and a month.
pub async fn months_and_years(db: &Database) -> orm::Result<()> {
    let on = day("2024-02-29");
    let rows = Employee::query().filter(|e| e.id.is_in([1, 4, 5, 7])).order_by(|e| e.id.asc()).select(|e| {
        let not_yet = row((e.hired_on.month(), e.hired_on.day())).gt((2, 29));
        let years = value(on).year() - e.hired_on.year() - case::<i32>().when(not_yet, 1).otherwise(0);
        (years, e.hired_on.add_years(1).add_months(1))
    });
    let expected = [(8, "2016-04-01"), (6, "2019-02-28"), (6, "2019-03-28"), (4, "2021-03-28")];
    assert_eq!(rows.all(db).await?, expected.map(|(years, later)| (years, day(later))));
    Ok(())
}
