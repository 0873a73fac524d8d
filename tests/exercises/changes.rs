//! Changes: each is rolled back.

use orm::prelude::*;
use orm::window;

use super::models::*;

/// Deletes all but the first of equal rows: with a window, with a join, with the minima, and with EXISTS.
pub async fn duplicates(db: &Database) -> orm::Result<()> {
    let numbered = Person::query()
        .select(|p| (p.id, window::row_number().over(|w| w.partition_by(p.email).order_by(p.id.asc()))));
    let repeated = numbered.into_query().filter(|(_, number)| number.gt(1)).select(|(id, _)| id);
    let firsts = Person::query().group_by(|p| p.email).select(|g| g.min(|p| p.id));
    let earlier = |p: PersonFields| Person::query().filter(move |o| o.email.eq(p.email).and(o.id.lt(p.id)));
    let mut s = db.session();
    assert_eq!(Person::delete().filter(|p| p.id.is_in(repeated)).execute(&mut s).await?, 2);
    s.rollback().await?;
    let mut s = db.session();
    let joined = Person::delete().join_on::<Person>(|p, o| p.email.eq(o.email).and(p.id.gt(o.id)));
    assert_eq!(joined.all_rows().execute(&mut s).await?, 2);
    s.rollback().await?;
    let mut s = db.session();
    assert_eq!(Person::delete().filter(|p| p.id.not_in(firsts)).execute(&mut s).await?, 2);
    s.rollback().await?;
    let mut s = db.session();
    assert_eq!(Person::delete().filter(|p| earlier(p).is_present()).execute(&mut s).await?, 2);
    s.rollback().await
}

/// Swaps two values of a column, and two columns with one another, each with one statement.
pub async fn swapped(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    Person::update()
        .set(|p| p.sex.to(case::<String>().when(p.sex.eq("m"), "f").otherwise("m")))
        .all_rows()
        .execute(&mut s)
        .await?;
    let sexes = Person::query().order_by(|p| p.id.asc()).select(|p| p.sex).all(&mut s).await?;
    assert_eq!(sexes, ["f", "m", "m", "f", "f"]);
    Facility::update()
        .set(|f| (f.member_cost.to(f.guest_cost), f.guest_cost.to(f.member_cost)))
        .filter(|f| f.id.eq(0))
        .execute(&mut s)
        .await?;
    let costs = Facility::find(0).select(|f| (f.member_cost, f.guest_cost)).one(&mut s).await?;
    assert_eq!(costs, (Decimal::from(25), Decimal::from(5)));
    s.rollback().await
}

/// Sets a column to a total of another table: with a subquery for each row, and with a join, which leaves out rows without one.
pub async fn totals_of_another_table(db: &Database) -> orm::Result<()> {
    let payrolls = async |s: &mut Session| {
        Department::query().order_by(|d| d.id.asc()).select(|d| d.payroll).all(s).await
    };
    let mut s = db.session();
    let total = |d: DepartmentFields| d.staff().sum(|e| e.salary).coalesce(0);
    Department::update().set(|d| d.payroll.to(total(d))).all_rows().execute(&mut s).await?;
    assert_eq!(payrolls(&mut s).await?, [399_000, 200_000, 0]);
    let raises = Employee::query().group_by(|e| e.department_id).select(|g| (g.key, g.count()));
    let raise = Department::update()
        .join_rows(raises, |d, (id, _)| d.id.eq(id))
        .set(|(d, (_, n))| d.payroll.to(d.payroll + n * 1_000));
    assert_eq!(raise.all_rows().execute(&mut s).await?, 2);
    assert_eq!(payrolls(&mut s).await?, [404_000, 204_000, 0]);
    s.rollback().await
}

/// Makes the second tennis court a tenth dearer than the first: the update reads the table that it changes.
pub async fn dearer_than_the_first(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let first =
        Facility::query().filter(|f| f.id.eq(0)).select(|f| f.member_cost * Decimal::new(11, 1)).scalar();
    Facility::update()
        .set(|f| f.member_cost.to(first.coalesce(f.member_cost)))
        .filter(|f| f.id.eq(1))
        .execute(&mut s)
        .await?;
    assert_eq!(Facility::find(1).one(&mut s).await?.member_cost, Decimal::new(55, 1));
    s.rollback().await
}

/// Numbers the rows of a table in an order, in a column.
pub async fn numbered(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let numbers =
        Department::query().select(|d| (d.id, window::row_number().over(|w| w.order_by(d.name.asc()))));
    let update =
        Department::update().join_rows(numbers, |d, (id, _)| d.id.eq(id)).set(|(d, (_, n))| d.payroll.to(n));
    update.all_rows().execute(&mut s).await?;
    let names = Department::query().order_by(|d| d.payroll.asc()).select(|d| d.name).all(&mut s).await?;
    assert_eq!(names, ["Empty", "IT", "Sales"]);
    s.rollback().await
}

/// Adds to a counter, keeps the greater value, leaves what is there, and takes over totals from a query.
pub async fn upserts(db: &Database) -> orm::Result<()> {
    let of = |list: [(&str, i64); 2]| {
        Stock::insert_all(list.map(|(sku, quantity)| Stock { sku: sku.into(), quantity }))
            .on_conflict(|s| s.sku)
    };
    let mut s = db.session();
    of([("a", 3), ("c", 2)])
        .update(|old, new| old.quantity.to(old.quantity + new.quantity))
        .execute(&mut s)
        .await?;
    of([("a", 1), ("b", 9)])
        .update(|old, new| old.quantity.to(old.quantity.greatest(new.quantity)))
        .execute(&mut s)
        .await?;
    of([("a", 0), ("d", 4)]).ignore().execute(&mut s).await?;
    let totals =
        Component::query().group_by(|c| c.part).select(|g| (g.key, g.sum(|c| c.quantity).coalesce(0)));
    let totals = totals.into_query().filter(|(part, _)| part.eq("bolt"));
    for _ in 0..2 {
        Stock::insert_from(totals.clone(), |(part, n)| Stock::insert().sku(part).quantity(n))
            .on_conflict(|s| s.sku)
            .update(|old, new| old.quantity.to(old.quantity + new.quantity))
            .execute(&mut s)
            .await?;
    }
    let rows = Stock::query().order_by(|s| s.sku.asc()).select(|s| (s.sku, s.quantity)).all(&mut s).await?;
    assert_eq!(
        rows,
        [("a", 8), ("b", 9), ("bolt", 12), ("c", 2), ("d", 4)].map(|(sku, n)| (sku.to_owned(), n))
    );
    s.rollback().await
}

/// Changes the newest row of each group, and deletes all rows but the newest three.
pub async fn newest_of_each(db: &Database) -> orm::Result<()> {
    let mut s = db.session();
    let newest = Click::query().group_by(|c| c.user_id).select(|g| g.max(|c| c.id));
    assert_eq!(
        Click::update().set(|c| c.kind.to("last")).filter(|c| c.id.is_in(newest)).execute(&mut s).await?,
        4
    );
    let kept = Click::query().order_by(|c| c.id.desc()).limit(3).select(|c| c.id);
    assert_eq!(Click::delete().filter(|c| c.id.not_in(kept)).execute(&mut s).await?, 7);
    s.rollback().await
}
