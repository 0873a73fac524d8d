//! Several relations to the same model, distinguished by their names.

use orm::assert_statements;
use orm::prelude::*;

use crate::support::models::*;

/// Each branch has a manager and two cashiers, who are all workers.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "branches")]
pub struct Branch {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Worker)]
    pub manager_id: u32,
    #[orm(belongs_to = Worker, relation = cashier)]
    pub first_cashier_id: u32,
    #[orm(belongs_to = Worker, relation = helper)]
    pub second_cashier_id: Option<u32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    has_many(managed: Branch.manager, served: Branch.cashier, helped: Branch.helper)
)]
pub struct Worker {
    #[orm(primary_key)]
    pub id: u32,
    pub name: String,
}

/// Creates branches: Ann manages the first branch and serves in the second one; Bob vice versa, and Cid helps in the
/// second.
async fn branches(db: &Database) -> orm::Result<[Worker; 3]> {
    db.create_tables::<(Worker, Branch)>().await?;
    let workers = [(1, "Ann"), (2, "Bob"), (3, "Cid")].map(|(id, name)| Worker { id, name: name.into() });
    Worker::insert_all(&workers).execute(db).await?;
    let branches = [
        Branch::insert().id(1).manager(&workers[0]).cashier(&workers[1]),
        Branch::insert().id(2).manager(&workers[1]).cashier(&workers[0]).helper(&workers[2]),
    ];
    Branch::insert_all(branches).execute(db).await?;
    Ok(workers)
}

on_every_backend! {
    async fn reads(db: Database) {
        let [ann, bob, cid] = branches(db).await?;
        let query = Branch::query().order_by(|b| b.id.asc());
        let names = query.clone().select(|b| (b.manager().name, b.cashier().name, b.helper().name)).all(db).await?;
        assert_eq!(names[0], ("Ann".to_owned(), "Bob".to_owned(), None));
        assert_eq!(names[1], ("Bob".to_owned(), "Ann".to_owned(), Some("Cid".to_owned())));
        let swapped = query.clone().filter(|b| b.manager().name.gt(b.cashier().name)).select(|b| b.id);
        assert_eq!(swapped.all(db).await?, [2]);
        let joined: Vec<(Branch, Worker, Worker)> =
            query.clone().join(|b| b.manager()).join(|(b, _)| b.cashier()).all(db).await?;
        assert_eq!((&joined[0].1, &joined[0].2), (&ann, &bob));
        // The manager of one branch is the cashier of another.
        let loaded: Vec<(Branch, Worker, Worker, Option<Worker>)> =
            assert_statements!(db, 1, query.clone().with(|b| b.manager()).with(|b| b.cashier()).with(|b| b.helper()).all(db).await?);
        assert_eq!(loaded[0], (loaded[0].0.clone(), ann.clone(), bob.clone(), None));
        assert_eq!(loaded[1], (loaded[1].0.clone(), bob.clone(), ann.clone(), Some(cid.clone())));
        let ids = |branches: &[Branch]| branches.iter().map(|branch| branch.id).collect::<Vec<_>>();
        let back: Vec<(Worker, Vec<Branch>, Vec<Branch>, Vec<Branch>)> = assert_statements!(
            db,
            4,
            Worker::query().order_by(|w| w.id.asc()).with(|w| w.managed()).with(|w| w.served()).with(|w| w.helped()).all(db).await?
        );
        let back: Vec<_> = back.iter().map(|(_, managed, served, helped)| (ids(managed), ids(served), ids(helped))).collect();
        assert_eq!(back, [(vec![1], vec![2], vec![]), (vec![2], vec![1], vec![]), (vec![], vec![], vec![2])]);
        assert_eq!(ids(&ann.served().all(db).await?), [2]);
        let of_rows: Vec<Vec<Branch>> = assert_statements!(db, 1, Worker::load([&cid, &ann], |w| w.helped()).all(db).await?);
        assert_eq!(of_rows.iter().map(|branches| ids(branches)).collect::<Vec<_>>(), [vec![2], vec![]]);
    }

    async fn writes(db: Database) {
        let [ann, ..] = branches(db).await?;
        let mut s = db.session();
        let branch = s.get::<Branch>(1).await?;
        let dee = s.add(Worker { id: 4, name: "Dee".into() });
        s.link(branch, |b| b.cashier(), dee)?;
        s.link(branch, |b| b.helper(), dee)?;
        assert_statements!(db, 2, s.commit().await?);
        assert_eq!(s[branch], Branch { id: 1, manager_id: ann.id, first_cashier_id: 4, second_cashier_id: Some(4) });
        // Reached in two ways, it is one row (identity map).
        let met: Vec<(Handle<Branch>, Handle<Worker>, Option<Handle<Worker>>)> =
            Branch::query().filter(|b| b.id.eq(1)).with(|b| b.cashier()).with(|b| b.helper()).track(&mut s).await?;
        assert_eq!((met[0].1, met[0].2), (s.saved(dee)?, Some(s.saved(dee)?)));
        s[met[0].1].name = "Dora".into();
        assert_statements!(db, 1, s.commit().await?);
        shop(db).await?;
        let posts = User::query().order_by(|u| u.id.asc()).select(|u| (u.posts().count(), u.reviews().count()));
        assert_eq!(posts.all(db).await?, [(3, 1), (1, 1), (0, 0)]);
    }
}
