//! Self-referencing relations.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

/// Creates employees: Ann is the boss of Bob and Cid, and Bob that of Dee.
async fn staff(db: &Database) -> orm::Result<Vec<Employee>> {
    db.create_tables::<Employee>().await?;
    let staff = [(1, "Ann", None), (2, "Bob", Some(1)), (3, "Cid", Some(1)), (4, "Dee", Some(2))];
    let staff = staff.map(|(id, name, manager_id)| Employee { id, name: name.into(), manager_id });
    Employee::insert_all(&staff).execute(db).await?;
    Ok(staff.to_vec())
}

/// Creates this many people, each the boss of the next.
pub async fn chain(db: &Database, length: u32) -> orm::Result<()> {
    db.create_tables::<Employee>().await?;
    let staff = (1..=length).map(|id| Employee {
        id,
        name: id.to_string(),
        manager_id: id.checked_sub(1).filter(|&id| id > 0),
    });
    Employee::insert_all(staff).execute(db).await?;
    Ok(())
}

fn names(staff: &[Employee]) -> Vec<&str> {
    staff.iter().map(|employee| employee.name.as_str()).collect()
}

on_every_backend! {
    async fn reads(db: Database) {
        let staff = staff(db).await?;
        let all = Employee::query().order_by(|e| e.id.asc());
        let bosses = all.clone().select(|e| (e.name, e.manager().name, e.manager().manager().name));
        let expected = [("Ann", None, None), ("Bob", Some("Ann"), None), ("Cid", Some("Ann"), None), ("Dee", Some("Bob"), Some("Ann"))];
        let expected = expected.map(|(a, b, c)| (a.to_owned(), b.map(str::to_owned), c.map(str::to_owned)));
        assert_eq!(bosses.all(db).await?, expected);
        let of_ann = all.clone().filter(|e| e.manager().manager().name.eq("Ann")).select(|e| e.name);
        assert_eq!(of_ann.all(db).await?, ["Dee"]);
        let leading = all.clone().filter(|e| e.reports().any(|r| r.reports().count().gt(0))).select(|e| e.name);
        assert_eq!(leading.all(db).await?, ["Ann"]);
        let pairs: Vec<(Employee, Employee)> = all.clone().join(|e| e.manager()).all(db).await?;
        assert!(pairs.iter().all(|(employee, manager)| employee.manager_id == Some(manager.id)));
        let tree: Vec<(Employee, Vec<(Employee, Vec<Employee>)>)> = assert_statements!(
            db,
            3,
            all.clone().filter(|e| e.manager_id.is_null()).with(|e| e.reports().order_by(|r| r.id.asc()).with(|r| r.reports())).all(db).await?
        );
        let below: Vec<(&str, Vec<&str>)> = tree[0].1.iter().map(|(report, reports)| (report.name.as_str(), names(reports))).collect();
        assert_eq!(below, [("Bob", vec!["Dee"]), ("Cid", vec![])]);
        // Side by side, the two ends are not confused.
        let both: Vec<(Employee, Option<Employee>, Vec<Employee>)> =
            assert_statements!(db, 2, all.with(|e| e.manager()).with(|e| e.reports().order_by(|r| r.id.asc())).all(db).await?);
        assert_eq!((both[1].1.as_ref(), names(&both[1].2)), (Some(&staff[0]), vec!["Dee"]));
        assert_eq!(names(&staff[0].reports().order_by(|r| r.id.desc()).all(db).await?), ["Cid", "Bob"]);
        assert_eq!(staff[3].manager().one(db).await?, staff[1]);
        let of_rows: Vec<Option<Employee>> = assert_statements!(db, 1, Employee::load(&staff, |e| e.manager()).all(db).await?);
        assert_eq!(of_rows, [None, Some(0), Some(0), Some(1)].map(|at: Option<usize>| at.map(|at| staff[at].clone())));
    }

    async fn writes(db: Database) {
        staff(db).await?;
        let mut s = db.session();
        let graph: Vec<(Handle<Employee>, Option<Handle<Employee>>, Vec<Handle<Employee>>)> = Employee::query()
            .order_by(|e| e.id.asc())
            .with(|e| e.manager())
            .with(|e| e.reports().order_by(|r| r.id.asc()))
            .track(&mut s)
            .await?;
        // The same row, wherever it is reached (identity map).
        assert_eq!((graph[1].1, &graph[0].2), (Some(graph[0].0), &vec![graph[1].0, graph[2].0]));
        let boss = s.add(Employee { id: 9, name: "Eve".into(), manager_id: None });
        s.link(graph[0].0, |e| e.manager(), boss)?;
        s.link(graph[3].0, |e| e.manager(), graph[0].0)?;
        assert_statements!(db, 2, s.commit().await?);
        let managers = Employee::query().order_by(|e| e.id.asc()).select(|e| e.manager_id);
        assert_eq!(managers.all(db).await?, [Some(9), Some(1), Some(1), Some(1), None]);
        // The foreign key prevents deleting a row that others reference.
        s.delete(boss)?;
        assert!(s.commit().await.unwrap_err().is_foreign_key_violation());
    }
}
