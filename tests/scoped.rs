//! Scopes of a database (multi-tenancy): nothing escapes them, whichever way it tries.

use orm::prelude::*;
use orm::window;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "accounts", unique(tenant_id, name), has_many(invoices: Invoice, branches: Account))]
pub struct Account {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(scoped)]
    pub tenant_id: u32,
    #[orm(length = 40)]
    pub name: String,
    #[orm(unique, length = 40)]
    pub code: String,
    #[orm(belongs_to = Account)]
    pub parent_id: Option<u64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "invoices", has_many(lines: Line))]
pub struct Invoice {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(scoped)]
    pub tenant_id: u32,
    #[orm(belongs_to = Account)]
    pub account_id: u64,
    pub number: String,
    #[orm(default = false)]
    pub paid: bool,
}

/// Belongs to a tenant through its invoice.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "lines")]
pub struct Line {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Invoice)]
    pub invoice_id: u64,
    pub text: String,
}

/// Whose path is unique among all tenants.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "pages")]
pub struct Page {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(scoped)]
    pub tenant_id: u32,
    #[orm(unique, length = 40)]
    pub path: String,
    pub text: String,
}

/// Returns the database of a tenant.
fn of(db: &Database, tenant: u32) -> Database {
    db.scoped::<Account>(move |a| a.tenant_id.eq(tenant))
        .scoped::<Invoice>(move |i| i.tenant_id.eq(tenant))
        .scoped::<Line>(move |l| l.invoice().tenant_id.eq(tenant))
}

/// Creates two tenants whose rows reference each other's, as they never should.
async fn tenants(db: &Database) -> orm::Result<(Database, Database)> {
    db.create_tables::<(Account, Invoice, Line)>().await?;
    let account = |id, tenant_id, name: &str, parent_id| Account {
        id,
        tenant_id,
        name: name.into(),
        code: format!("{tenant_id}{name}"),
        parent_id,
    };
    let invoice = |id, tenant_id, account_id, number: &str| Invoice {
        id,
        tenant_id,
        account_id,
        number: number.into(),
        paid: false,
    };
    Account::insert_all([
        account(1, 1, "Ann", None),
        account(2, 1, "Bob", Some(1)),
        account(3, 2, "Eve", Some(1)),
        account(4, 1, "Cid", Some(3)),
    ])
    .execute(db)
    .await?;
    Invoice::insert_all([
        invoice(1, 1, 1, "own"),
        invoice(2, 1, 2, "own of Bob"),
        invoice(3, 2, 3, "theirs"),
        invoice(4, 2, 1, "theirs to Ann"),
        invoice(5, 1, 3, "own to Eve"),
    ])
    .execute(db)
    .await?;
    Line::insert_all((1..=5).map(|id| Line { id, invoice_id: id, text: format!("line {id}") }))
        .execute(db)
        .await?;
    Ok((of(db, 1), of(db, 2)))
}

on_every_backend! {
    async fn bound_every_query(db: Database) {
        let (one, two) = &tenants(db).await?;
        let ids = |on| Invoice::query().order_by(|i| i.id.asc()).select(|i| i.id).all(on);
        assert_eq!((ids(one).await?, ids(two).await?, ids(db).await?), (vec![1, 2, 5], vec![3, 4], vec![1, 2, 3, 4, 5]));
        assert_eq!((Invoice::query().count(one).await?, Invoice::query().distinct().count(one).await?), (3, 3));
        assert_eq!(Invoice::find(3).optional(one).await?, None);
        assert!(Invoice::find(3).one(one).await.unwrap_err().is_not_found());
        assert!(!Invoice::find(3).exists(one).await? && Invoice::find(3).exists(two).await?);
        let either = Invoice::query().filter(|i| i.id.eq(3).or(i.id.eq(1)));
        assert_eq!(either.select(|i| i.id).all(one).await?, [1]);
        assert_eq!(Line::query().order_by(|l| l.id.asc()).select(|l| l.id).all(one).await?, [1, 2, 5]);
        let page = Invoice::query().order_by(|i| i.id.asc()).page(1, 2, one).await?;
        assert_eq!((page.total, page.rows[1].id), (3, 2));
        let slice = Invoice::query().order_by(|i| i.id.asc()).limit(2).after(None, one).await?;
        let next = Invoice::query().order_by(|i| i.id.asc()).limit(2).after(slice.next.as_ref(), one).await?;
        assert_eq!((slice.rows.len(), next.rows.len(), next.rows[0].id), (2, 1, 5));
        // A cursor of one tenant reveals nothing to another one.
        let theirs = Invoice::query().order_by(|i| i.id.asc()).limit(2).after(slice.next.as_ref(), two).await?;
        assert!(theirs.rows.iter().all(|invoice| invoice.tenant_id == 2));
        assert_eq!(Invoice::query().aggregate(|g| (g.count(), g.max(|i| i.id))).one(one).await?, (3, Some(5)));
        let per_account = Invoice::query().group_by(|i| i.account_id).order_by(|g| g.key.asc()).select(|g| (g.key, g.count()));
        assert_eq!(per_account.all(one).await?, [(1, 1), (2, 1), (3, 1)]);
    }

    async fn bound_joins_from_both_sides(db: Database) {
        let (one, _) = &tenants(db).await?;
        let pairs = Invoice::query().join(|i| i.account()).order_by(|(i, _)| i.id.asc()).select(|(i, a)| (i.id, a.id));
        assert_eq!(pairs.all(one).await?, [(1, 1), (2, 2)]);
        let pairs = Account::query().join(|a| a.invoices()).order_by(|(a, _)| a.id.asc()).select(|(a, i)| (a.id, i.id));
        assert_eq!(pairs.all(one).await?, [(1, 1), (2, 2)]);
        // An outer join keeps its own side, and returns nothing of the other tenant.
        let outer = Invoice::query().left_join(|i| i.account()).order_by(|(i, _)| i.id.asc()).select(|(i, a)| (i.id, a.id));
        assert_eq!(outer.all(one).await?, [(1, Some(1)), (2, Some(2)), (5, None)]);
        let outer = Account::query().left_join_on::<Invoice>(|a, i| i.account_id.eq(a.id).or(i.id.eq(3)));
        let outer = outer.order_by(|(a, _)| a.id.asc()).select(|(a, i)| (a.id, i.id)).all(one).await?;
        assert_eq!(outer, [(1, Some(1)), (2, Some(2)), (4, None)]);
        let crossed = Account::query().cross_join::<Invoice>().select(|(a, i)| (a.tenant_id, i.tenant_id)).all(one).await?;
        assert_eq!(crossed, vec![(1, 1); 9]);
        let itself = Account::query().join(|a| a.parent()).order_by(|(a, _)| a.id.asc()).select(|(a, p)| (a.id, p.id));
        assert_eq!(itself.all(one).await?, [(2, 1)]);
        let itself = Account::query().left_join(|a| a.branches()).order_by(|(a, _)| a.id.asc()).select(|(a, b)| (a.id, b.id));
        assert_eq!(itself.all(one).await?, [(1, Some(2)), (2, None), (4, None)]);
        let lines = Account::query().left_join_on::<Line>(|_, l| l.id.eq(3)).select(|(_, l)| l.id).all(one).await?;
        assert_eq!(lines, [None; 3]);
    }

    async fn bound_full_joins(db: Database) {
        let (one, _) = &tenants(db).await?;
        let sorted = |mut rows: Vec<(Option<u64>, Option<u64>)>| { rows.sort(); rows };
        let pairs = Account::query().full_join(|a| a.invoices()).select(|(a, i)| (a.id, i.id));
        assert_eq!(sorted(pairs.all(one).await?), [(None, Some(5)), (Some(1), Some(1)), (Some(2), Some(2)), (Some(4), None)]);
        let pairs = Invoice::query().full_join(|i| i.account()).select(|(i, a)| (a.id, i.id));
        assert_eq!(sorted(pairs.all(one).await?), [(None, Some(5)), (Some(1), Some(1)), (Some(2), Some(2)), (Some(4), None)]);
        let itself = Account::query().full_join_on::<Account>(|a, parent| a.parent_id.eq(parent.id)).select(|(a, parent)| (a.id, parent.id));
        assert_eq!(sorted(itself.all(one).await?), [(None, Some(2)), (None, Some(4)), (Some(1), None), (Some(2), Some(1)), (Some(4), None)]);
        let lines = Invoice::query().full_join(|i| i.lines()).select(|(i, l)| (i.id, l.id));
        assert_eq!(sorted(lines.all(one).await?), [1, 2, 5].map(|id| (Some(id), Some(id))));
        let three = Account::query().full_join(|a| a.invoices()).left_join(|(_, i)| i.lines()).filter(|(_, i, _)| i.paid.is_false());
        assert_eq!(sorted(three.clone().select(|(a, _, l)| (a.id, l.id)).all(one).await?), [(None, Some(5)), (Some(1), Some(1)), (Some(2), Some(2))]);
        assert_eq!(three.unscoped().count(one).await?, 5);
    }

    async fn repeat_no_rows_of_outer_joins(db: Database) {
        tenants(db).await?;
        Line::insert_all((11..=14).map(|id| Line { id, invoice_id: 1, text: "again".into() })).execute(db).await?;
        let billed = [
            db.scoped::<Invoice>(|i| i.lines().any(|l| l.id.gt(0))),
            db.scoped::<Invoice>(|i| i.id.is_in(Line::query().select(|l| l.invoice_id))),
            db.scoped::<Invoice>(|_| Line::query().is_present()),
            db.scoped::<Invoice>(|i| i.id.gt(0).and(Line::query().filter(|l| l.text.ne("x")).is_present())),
        ];
        for billed in &billed {
            let explicit = Account::query().left_join(|a| a.invoices()).order_by(|(a, i)| (a.id.asc(), i.id.asc())).select(|(a, i)| (a.id, i.id));
            assert_eq!(explicit.all(billed).await?, [(1, Some(1)), (1, Some(4)), (2, Some(2)), (3, Some(3)), (3, Some(5)), (4, None)]);
            let crossed = Account::query().left_join_on::<Invoice>(|a, i| i.id.gt(a.id)).count(billed).await?;
            assert_eq!(crossed, 10);
            assert_eq!(Account::query().full_join(|a| a.invoices()).count(billed).await?, 6);
        }
        let parents = db.scoped::<Account>(|_| Line::query().is_present());
        let implied = Account::query().order_by(|a| a.id.asc()).select(|a| (a.id, a.parent().id));
        assert_eq!(implied.all(&parents).await?, [(1, None), (2, Some(1)), (3, Some(1)), (4, Some(3))]);
    }

    async fn bound_lateral_joins(db: Database) {
        let (one, _) = &tenants(db).await?;
        let newest = |a: AccountFields| Invoice::query().filter(|i| i.account_id.eq(a.id)).order_by(|i| i.id.desc()).limit(1).select(|i| i.id);
        let rows = Account::query().join_lateral(newest).order_by(|(a, _)| a.id.asc()).select(|(a, id)| (a.id, id)).all(one).await;
        match db.dialect().name {
            "MySQL" => assert_eq!(rows?, [(1, 1), (2, 2)]),
            _ => assert!(rows.unwrap_err().is_unsupported()),
        }
    }

    async fn bound_relations_in_clauses(db: Database) {
        let (one, two) = &tenants(db).await?;
        let eves = Invoice::query().filter(|i| i.account().name.eq("Eve"));
        assert_eq!((eves.clone().count(one).await?, eves.count(two).await?), (0, 1));
        let not_ann = Invoice::query().filter(|i| i.account().name.eq("Ann").not());
        assert_eq!(not_ann.select(|i| i.id).all(one).await?, [2]);
        let names = Invoice::query().order_by(|i| i.account().name.asc()).select(|i| i.account().name);
        assert_eq!(names.all(one).await?, ["Ann", "Bob"]);
        // Two steps, one of them optional: Cid's parent is Eve, who is hidden here.
        let parents = Account::query().order_by(|a| a.id.asc()).select(|a| (a.id, a.parent().name, a.parent().parent().name));
        assert_eq!(parents.all(one).await?, [(1, None, None), (2, Some("Ann".to_owned()), None), (4, None, None)]);
        let of_ann = Line::query().filter(|l| l.invoice().account().name.eq("Ann"));
        assert_eq!(of_ann.select(|l| l.id).all(one).await?, [1]);
        let eve = Line::query().filter(|l| l.invoice().account().name.eq("Eve"));
        assert!(!eve.exists(one).await?);
        let joined = Line::query().join(|l| l.invoice()).order_by(|(l, _)| l.id.asc()).select(|(l, i)| (l.id, i.account().name));
        assert_eq!(joined.all(one).await?, [(1, "Ann".to_owned()), (2, "Bob".to_owned())]);
    }

    async fn bound_groups_by_what_is_computed(db: Database) {
        let (one, two) = &tenants(db).await?;
        let by_name = Invoice::query().group_by(|i| i.account().name.concat("!")).order_by(|g| g.key.asc()).select(|g| (g.key.clone(), g.count()));
        assert_eq!(by_name.clone().all(one).await?, [("Ann!".to_owned(), 1), ("Bob!".to_owned(), 1)]);
        assert_eq!(by_name.all(two).await?, [("Eve!".to_owned(), 1)]);
    }

    async fn bound_questions_about_related_rows(db: Database) {
        let (one, two) = &tenants(db).await?;
        let ids = |query: Query<Account>| query.order_by(|a| a.id.asc()).select(|a| a.id);
        assert_eq!(ids(Account::query().filter(|a| a.invoices().any(|i| i.number.contains("theirs")))).all(one).await?, Vec::<u64>::new());
        assert_eq!(ids(Account::query().filter(|a| a.invoices().none(|i| i.id.gt(0)))).all(one).await?, [4]);
        assert_eq!(ids(Account::query().filter(|a| a.invoices().every(|i| i.number.starts_with("own")))).all(one).await?, [1, 2, 4]);
        assert_eq!(Account::query().order_by(|a| a.id.asc()).select(|a| a.invoices().count()).all(one).await?, [1, 1, 0]);
        assert_eq!(Account::query().select(|a| a.invoices().count()).all(two).await?, [1]);
        let deep = Account::query().filter(|a| a.invoices().any(|i| i.lines().any(|l| l.text.eq("line 4"))));
        assert!(!deep.exists(one).await?);
    }

    async fn bound_loads_at_every_level(db: Database) {
        let (one, _) = &tenants(db).await?;
        let loaded = Account::query().order_by(|a| a.id.asc()).with(|a| a.invoices().with(|i| i.lines())).all(one).await?;
        let numbers: Vec<Vec<&str>> = loaded.iter().map(|(_, invoices)| invoices.iter().map(|(i, _)| i.number.as_str()).collect()).collect();
        assert_eq!(numbers, [vec!["own"], vec!["own of Bob"], vec![]]);
        assert!(loaded.iter().flat_map(|(_, invoices)| invoices).all(|(_, lines)| lines.len() == 1));
        let with_account = Invoice::query().order_by(|i| i.id.asc()).with(|i| i.account()).all(one).await?;
        assert_eq!(with_account.iter().map(|(i, a)| (i.id, a.id)).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
        let with_parent = Account::find(4).with(|a| a.parent()).with(|a| a.branches()).one(one).await?;
        assert_eq!((with_parent.1, with_parent.2), (None, vec![]));
    }

    async fn bound_subqueries_and_rows_of_queries(db: Database) {
        let (one, _) = &tenants(db).await?;
        let listed = Account::query().filter(|a| a.id.is_in(Invoice::query().filter(|i| i.number.starts_with("theirs")).select(|i| i.account_id)));
        assert_eq!(listed.count(one).await?, 0);
        let absent = Account::query().filter(|a| Invoice::query().filter(|i| i.account_id.eq(a.id)).is_absent());
        assert_eq!(absent.select(|a| a.id).all(one).await?, [4]);
        let scalar = Account::query().order_by(|a| a.id.asc()).select(|a| Invoice::query().filter(|i| i.account_id.eq(a.id)).aggregate(|g| g.max(|i| i.id)).scalar());
        assert_eq!(scalar.all(one).await?, [Some(1), Some(2), None]);
        let derived = Invoice::query().select(|i| i.number).into_query().filter(|number| number.starts_with("theirs"));
        assert_eq!(derived.count(one).await?, 0);
        let named = Invoice::query().select(|i| (i.id, i.account_id)).named("all_invoices");
        let twice = named.query().join_rows(&named, |(a, _), (b, _)| a.eq(b)).select(|((id, _), _)| id).into_query();
        assert_eq!(twice.order_by(|id| id.asc()).all(one).await?, [1, 2, 5]);
        let joined = Account::query().left_join_rows(&named, |a, (_, account)| account.eq(a.id)).order_by(|(a, _)| a.id.asc()).select(|(_, (id, _))| id);
        assert_eq!(joined.all(one).await?, [Some(1), Some(2), None]);
        // Cid is below Eve, and is not reached through her.
        let tree = Account::query().filter(|a| a.parent_id.is_null()).select(|a| a.id).recursive("tree", |tree| {
            Account::query().join_rows(tree, |a, id| a.parent_id.eq(id)).select(|(a, _)| a.id)
        });
        assert_eq!(tree.query().order_by(|id| id.asc()).all(one).await?, [1, 2]);
        assert_eq!(tree.query().count(db).await?, 4);
        let all = Account::query().select(|a| a.id).union_all(Invoice::query().select(|i| i.id)).except(Invoice::query().filter(|i| i.id.le(3)).select(|i| i.id));
        assert_eq!(all.into_query().order_by(|id| id.asc()).all(one).await?, [4, 5]);
        let ranks = Invoice::query().order_by(|i| i.id.asc()).select(|i| (i.id, window::count().over(|w| w), window::lag(i.id, 1).over(|w| w.order_by(i.id.asc()))));
        assert_eq!(ranks.all(one).await?, [(1, 3, None), (2, 3, Some(1)), (5, 3, Some(2))]);
    }

    async fn bound_updates_and_deletes(db: Database) {
        let (one, two) = &tenants(db).await?;
        assert_eq!(Invoice::update().set(|i| i.paid.to(true)).all_rows().execute(one).await?, 3);
        assert_eq!(Invoice::query().filter(|i| i.paid.is_true().and(i.tenant_id.eq(2))).count(db).await?, 0);
        assert_eq!(Invoice::update().set(|i| i.paid.to(true)).filter(|i| i.id.eq(3).or(i.id.eq(4))).execute(one).await?, 0);
        let listed = Invoice::update().set(|i| i.number.to("x")).filter(|i| i.account_id.is_in(Account::query().filter(|a| a.name.eq("Eve")).select(|a| a.id)));
        assert_eq!(listed.execute(one).await?, 0);
        assert_eq!(Line::update().set(|l| l.text.to("x")).all_rows().execute(one).await?, 3);
        assert_eq!(Line::delete().filter(|l| l.id.eq(3)).execute(one).await?, 0);
        assert_eq!(Line::delete().all_rows().execute(two).await?, 2);
        assert_eq!(Line::query().count(db).await?, 3);
        assert_eq!(Invoice::delete().filter(|i| i.id.ge(3).and(i.id.le(4))).execute(one).await?, 0);
        Line::delete().all_rows().execute(db).await?;
        assert_eq!(Invoice::delete().all_rows().execute(two).await?, 2);
        assert_eq!(Invoice::query().count(db).await?, 3);
    }

    async fn keep_rows_inside(db: Database) {
        let (one, _) = &tenants(db).await?;
        let moved = Invoice::update().set(|i| i.tenant_id.to(2)).filter(|i| i.id.eq(1));
        let error = moved.clone().execute(one).await.unwrap_err();
        assert!(error.is_outside_scope(), "{error:?}");
        assert_eq!(error.columns(), ["tenant_id"]);
        let computed = Invoice::update().set(|i| i.tenant_id.to(i.tenant_id.add(1))).all_rows();
        assert!(computed.execute(one).await.unwrap_err().is_outside_scope());
        let same = Invoice::update().set(|i| i.tenant_id.to(1)).filter(|i| i.id.eq(1).or(i.id.eq(3)));
        assert_eq!(same.execute(one).await?, 1);
        assert_eq!(moved.unscoped().execute(one).await?, 1);
        assert_eq!(Invoice::find(1).optional(one).await?, None);
    }

    async fn fill_inserts(db: Database) {
        let (one, two) = &tenants(db).await?;
        let new = Invoice::insert().account_id(1).number("new").returning(one).await?;
        assert_eq!((new.tenant_id, new.paid), (1, false));
        assert_eq!(Invoice::insert().account_id(3).number("new").execute(two).await?, 1);
        let many = (0..7).map(|n| Invoice::insert().account_id(1).number(format!("many {n}")));
        let back = Invoice::insert_all(many).returning(one).await?;
        assert!(back.len() == 7 && back.iter().all(|invoice| invoice.tenant_id == 1));
        assert_eq!(Invoice::insert().account_id(1).number("given").tenant_id(1).returning(one).await?.tenant_id, 1);
        let theirs = Invoice::insert().account_id(1).number("smuggled").tenant_id(2);
        let error = theirs.clone().execute(one).await.unwrap_err();
        assert!(error.is_outside_scope(), "{error:?}");
        assert!(theirs.returning(one).await.unwrap_err().is_outside_scope());
        let whole = |id, tenant_id| Invoice { id, tenant_id, account_id: 1, number: "whole".into(), paid: true };
        assert!(Invoice::insert_all([whole(101, 1), whole(102, 2)]).execute(one).await.unwrap_err().is_outside_scope());
        assert_eq!(Invoice::insert_all([whole(103, 1), whole(104, 1)]).execute(one).await?, 2);
        assert_eq!(Invoice::query().filter(|i| i.number.eq("smuggled").or(i.id.eq(101))).count(db).await?, 0);
        // Without a scope, the column has to be given, and the error says how.
        let nobody = || Invoice::insert().account_id(1).number("nobody's");
        let mut s = db.session();
        s.add(nobody());
        let of_session = s.commit().await.unwrap_err();
        s.rollback().await?;
        for error in [nobody().execute(db).await.unwrap_err(), nobody().returning(db).await.unwrap_err(), of_session] {
            assert!(error.is_not_null_violation(), "{error:?}");
            let advice = "run the insert on `db.scoped::<Invoice>(|row| row.tenant_id.eq(..))`, or give it a value";
            assert!(error.to_string().ends_with(advice), "{error}");
        }
        // An update that sets NULL means it.
        let none = Invoice::update().set(|i| i.tenant_id.to(fragment!(u32, "NULL"))).all_rows();
        let error = none.execute(db).await.unwrap_err();
        assert!(error.is_not_null_violation() && !error.to_string().contains("run the insert"), "{error}");
    }

    async fn bound_changes_with_joins(db: Database) {
        let (one, two) = &tenants(db).await?;
        let inner = Invoice::update().join(|i| i.account()).set(|(i, a)| i.number.to(a.name)).all_rows();
        assert_eq!(inner.execute(one).await?, 2);
        let outer = Invoice::update().left_join(|i| i.account()).set(|(i, a)| i.number.to(a.name.coalesce("nobody"))).all_rows();
        assert_eq!(outer.clone().execute(one).await?, 3);
        let numbers = || Invoice::query().order_by(|i| i.id.asc()).select(|i| i.number);
        assert_eq!(numbers().all(db).await?, ["Ann", "Bob", "theirs", "theirs to Ann", "nobody"]);
        assert!(Invoice::update().join(|i| i.account()).set(|(i, a)| i.tenant_id.to(a.tenant_id)).all_rows().execute(one).await.unwrap_err().is_outside_scope());
        let implied = Invoice::update().set(|i| i.number.to("seen")).filter(|i| i.account().name.eq("Eve"));
        assert_eq!(implied.execute(one).await?, 0);
        assert_eq!(outer.unscoped().execute(two).await?, 5);
        assert_eq!(numbers().all(db).await?, ["Ann", "Bob", "Eve", "Ann", "Eve"]);
        let lines = Line::delete().join(|l| l.invoice()).filter(|(_, i)| i.number.eq("Eve"));
        assert_eq!(lines.clone().execute(one).await?, 1);
        let lines = Line::delete().left_join_on::<Invoice>(|l, i| l.invoice_id.eq(i.id)).filter(|(_, i)| i.id.is_null());
        assert_eq!((lines.clone().execute(one).await?, lines.execute(two).await?), (0, 0));
        assert_eq!(Line::query().order_by(|l| l.id.asc()).select(|l| l.id).all(db).await?, [1, 2, 3, 4]);
    }

    async fn bound_changes_of_the_first_and_by_key(db: Database) {
        let (one, two) = &tenants(db).await?;
        let last = Invoice::update().set(|i| i.paid.to(true)).all_rows().order_by(|i| i.id.desc()).limit(1);
        assert_eq!(last.returning(two).await?.iter().map(|i| i.id).collect::<Vec<_>>(), [4]);
        let by_account = Invoice::update().set(|i| i.paid.to(true)).all_rows().order_by(|i| i.account().name.desc()).limit(1);
        assert_eq!(by_account.execute(one).await?, 1);
        assert_eq!(Invoice::query().filter(|i| i.paid.is_true()).order_by(|i| i.id.asc()).select(|i| i.id).all(db).await?, [2, 4]);
        assert_eq!(Line::delete().all_rows().order_by(|l| l.id.desc()).limit(1).execute(two).await?, 1);
        assert_eq!(Line::query().order_by(|l| l.id.asc()).select(|l| l.id).all(db).await?, [1, 2, 3, 5]);
        assert_eq!(Invoice::update_by(3).set(|i| i.paid.to(true)).execute(one).await?, 0);
        assert_eq!(Invoice::update_by(3).unscoped().set(|i| i.paid.to(true)).execute(one).await?, 1);
        assert_eq!((Line::delete_by(3).execute(one).await?, Line::delete_by(3).execute(two).await?), (0, 1));
    }

    async fn bound_rows_given_back(db: Database) {
        let (one, two) = &tenants(db).await?;
        let ids = |mut rows: Vec<Invoice>| { rows.sort_by_key(|i| i.id); rows.iter().map(|i| i.id).collect::<Vec<_>>() };
        assert_eq!(ids(Invoice::update().set(|i| i.paid.to(true)).all_rows().returning(one).await?), [1, 2, 5]);
        let joined = Invoice::update().join(|i| i.account()).set(|(i, a)| i.number.to(a.name)).all_rows();
        assert_eq!(ids(joined.returning(two).await?), [3]);
        assert_eq!(Line::delete().all_rows().returning(two).await?.len(), 2);
        assert_eq!(Line::delete().join(|l| l.invoice()).all_rows().returning(one).await?.len(), 3);
        assert_eq!(Invoice::delete().filter(|i| i.id.eq(1)).returning(two).await?, []);
    }

    async fn whose_conditions_read_the_changed_table(db: Database) {
        tenants(db).await?;
        let parents = db.scoped::<Account>(|a| Account::query().filter(|b| b.parent_id.eq(a.id)).is_present());
        assert_eq!(Account::update().set(|a| a.code.to(a.code.concat("!"))).all_rows().execute(&parents).await?, 2);
        assert_eq!(Account::query().filter(|a| a.code.ends_with("!")).order_by(|a| a.id.asc()).select(|a| a.id).all(db).await?, [1, 3]);
        let branches = db.scoped::<Account>(|a| a.parent().name.eq("Eve"));
        assert_eq!(Account::update().set(|a| a.name.to("x")).all_rows().returning(&branches).await?[0].id, 4);
        assert_eq!(Account::delete().all_rows().returning(&branches).await?.len(), 1);
        // So does the scope of another table that the change reads.
        let of_accounts = db.scoped::<Invoice>(|i| i.account_id.is_in(Account::query().filter(|a| a.tenant_id.eq(1)).select(|a| a.id)));
        let billed = || Account::update().set(|a| a.code.to(a.code.concat("?"))).filter(|a| a.invoices().any(|i| i.id.gt(0)));
        assert_eq!((billed().execute(&of_accounts).await?, billed().execute(db).await?), (2, 3));
        let joined = Account::update().join(|a| a.invoices()).set(|(a, i)| a.name.to(i.number)).filter(|(a, _)| a.id.gt(1));
        assert_eq!(joined.execute(&of_accounts).await?, 1);
        assert_eq!(Account::find(2).one(db).await?.name, "own of Bob");
    }

    async fn bound_inserts_from_queries(db: Database) {
        let (one, two) = &tenants(db).await?;
        let copies = || Invoice::insert_from(Account::query(), |a| Invoice::insert().account_id(a.id).number(a.name));
        assert_eq!((copies().execute(one).await?, copies().execute(two).await?), (3, 1));
        let copied = Invoice::query().filter(|i| i.id.gt(5)).order_by(|i| i.account_id.asc()).select(|i| (i.tenant_id, i.account_id));
        assert_eq!(copied.all(db).await?, [(1, 1), (1, 2), (2, 3), (1, 4)]);
        let rows = copies().returning(two).await?;
        assert_eq!(rows.iter().map(|i| (i.tenant_id, i.account_id)).collect::<Vec<_>>(), [(2, 3)]);
        let given = |tenant| Invoice::insert_from(Account::query(), move |a| Invoice::insert().account_id(a.id).number("given").tenant_id(tenant));
        assert_eq!(given(1).execute(one).await?, 3);
        assert!(given(2).execute(one).await.unwrap_err().is_outside_scope());
        let computed = Invoice::insert_from(Account::query().unscoped(), |a| Invoice::insert().account_id(a.id).number("theirs").tenant_id(a.tenant_id));
        assert!(computed.clone().execute(one).await.unwrap_err().is_outside_scope());
        assert_eq!(computed.execute(db).await?, 4);
        let upsert = Account::insert_from(Account::query(), |a| Account::insert().name(a.name).code(a.code.concat("2")));
        let upsert = upsert.on_conflict(|a| (a.tenant_id, a.name)).update(|a, _| a.code.to("x"));
        if db.dialect().name == "SQLite" {
            upsert.filter(|a, _| a.name.eq("Bob")).execute(one).await?;
            let codes = Account::query().order_by(|a| a.id.asc()).select(|a| a.code).all(db).await?;
            assert_eq!(codes, ["1Ann", "x", "2Eve", "1Cid"]);
        }
    }

    async fn bound_upserts(db: Database) {
        let (one, two) = &tenants(db).await?;
        let account = |name: &str, code: &str| Account::insert().name(name).code(code);
        // Ann belongs to tenant 1, and tenant 2 may have one, too.
        let upsert = |name, code| Account::insert_all([account(name, code)]).on_conflict(|a| (a.tenant_id, a.name)).update(|a, new| a.parent_id.to(new.parent_id));
        if db.dialect().name == "SQLite" {
            assert_eq!(upsert("Bob", "new").execute(one).await?, 1);
            assert_eq!(upsert("Ann", "2nd").execute(two).await?, 1);
            assert_eq!(Account::query().filter(|a| a.name.eq("Ann")).count(db).await?, 2);
            assert_eq!(Account::find(2).one(db).await?.parent_id, None);
        }
        let by_code = Account::insert_all([account("Mal", "2Eve")]).on_conflict(|a| a.code).update(|a, new| a.name.to(new.name));
        let error = by_code.execute(one).await.unwrap_err();
        assert!(error.is_outside_scope() || error.is_unsupported(), "{error:?}");
        let by_code = Account::insert_all([account("Mal", "2Eve")]).on_conflict(|a| a.code).update(|a, new| a.name.to(new.name));
        let error = by_code.filter(|a, _| a.tenant_id.eq(1)).execute(one).await.unwrap_err();
        assert!(error.is_outside_scope() || error.is_unsupported(), "{error:?}");
        let smuggled = Account::insert_all([account("Ann", "x")]).on_conflict(|a| (a.tenant_id, a.name)).update(|a, _| a.tenant_id.to(2));
        assert!(smuggled.execute(one).await.is_err());
        assert_eq!(Account::find(3).one(db).await?.name, "Eve");
        assert_eq!(Account::find(1).one(db).await?.tenant_id, 1);
    }

    async fn bound_rows_that_an_upsert_leaves_as_they_are(db: Database) {
        db.create_tables::<Page>().await?;
        let find_or_insert = |path: &str, text: &str| Page::insert_all([Page::insert().path(path).text(text)]).on_conflict(|p| p.path).ignore();
        let (one, two) = (db.scoped::<Page>(|p| p.tenant_id.eq(1)), db.scoped::<Page>(|p| p.tenant_id.eq(2)));
        assert_eq!(find_or_insert("/", "secret").returning(&two).await?[0].tenant_id, 2);
        let error = find_or_insert("/", "mine").returning(&one).await.unwrap_err();
        assert!(error.is_outside_scope() && error.to_string().contains("already exists outside of the scope"), "{error}");
        find_or_insert("/", "mine").execute(&one).await?;
        assert_eq!(find_or_insert("/new", "mine").returning(&one).await?[0].text, "mine");
        assert_eq!(find_or_insert("/new", "other").returning(&one).await?[0].text, "mine");
        assert_eq!(find_or_insert("/", "other").returning(&two).await?[0].text, "secret");
    }

    async fn stay_with_sessions_and_transactions(db: Database) {
        let (one, two) = &tenants(db).await?;
        let mut s = one.session();
        assert_eq!(Invoice::query().count(&mut s).await?, 3);
        Invoice::insert().account_id(1).number("in a session").execute(&mut s).await?;
        assert_eq!(Invoice::update().set(|i| i.paid.to(true)).all_rows().execute(&mut s).await?, 4);
        s.commit().await?;
        assert_eq!(Invoice::query().count(one).await?, 4);
        let counted = two.transaction().retry(1).run(async |mut tx| Invoice::query().count(&mut tx).await).await?;
        assert_eq!(counted, 2);
        let mut s = two.transaction().session();
        assert_eq!(Line::delete().all_rows().execute(&mut s).await?, 2);
        s.rollback().await?;
        assert_eq!(Line::query().count(&mut s).await?, 2);
    }

    async fn stay_in_savepoints_streams_and_plans(db: Database) {
        let (one, two) = &tenants(db).await?;
        let mut s = one.session();
        let seen = s.savepoint(async |mut tx| {
            Line::delete().filter(|l| l.id.ge(2)).execute(&mut tx).await?;
            Invoice::query().count(&mut tx).await
        });
        assert_eq!((seen.await?, Line::query().count(&mut s).await?), (3, 1));
        s.commit().await?;
        assert_eq!(Line::query().order_by(|l| l.id.asc()).select(|l| l.id).all(db).await?, [1, 3, 4]);
        let mut rows = Invoice::query().order_by(|i| i.id.asc()).select(|i| i.id).stream(two);
        let mut ids = Vec::new();
        while let Some(id) = rows.next().await? {
            ids.push(id);
        }
        assert_eq!(ids, [3, 4]);
        drop(rows);
        assert!(Line::query().explain(one).await?.root.walk().any(|node| node.table.as_deref() == Some("invoices")));
        Invoice::insert_all([Invoice::insert().account_id(1).number("planned")]).explain(one).await?;
    }

    async fn stay_with_every_handle(db: Database) {
        let (one, _) = &tenants(db).await?;
        assert_eq!(Invoice::query().count(&one.clone()).await?, 3);
        assert_eq!(Invoice::query().count(&one.on("default")?).await?, 3);
        assert_eq!(Invoice::query().count(&one.outside()).await?, 3);
    }

    async fn bound_everything_but_raw_sql(db: Database) {
        let (one, _) = &tenants(db).await?;
        let either = Invoice::query().filter(|i| orm::fragment!(Condition, "{i.id} = 3 OR 1 = 1"));
        assert_eq!(either.order_by(|i| i.id.asc()).select(|i| i.id).all(one).await?, [1, 2, 5]);
        assert_eq!(orm::sql!("SELECT count(*) FROM {@Invoice}").scalar::<i64>(one).await?, 5);
        let any = Account::query().filter(|a| a.id.gt_any(Invoice::query().filter(|i| i.id.ge(3)).select(|i| i.id)));
        assert_eq!((any.clone().count(one).await?, any.count(db).await?), (0, 1));
    }

    async fn add_up(db: Database) {
        let (one, _) = &tenants(db).await?;
        let narrow = one.scoped::<Invoice>(|i| i.number.contains("Bob")).scoped::<Invoice>(|i| i.paid.is_false().and(i.id.is_in([1, 2, 3])));
        assert_eq!(Invoice::query().select(|i| i.id).all(&narrow).await?, [2]);
        assert_eq!(Invoice::query().count(one).await?, 3);
        // Two tenants at once match nothing.
        let both = one.scoped::<Invoice>(|i| i.tenant_id.eq(2));
        assert_eq!(Invoice::query().count(&both).await?, 0);
        assert!(Invoice::insert().account_id(1).number("x").execute(&both).await.unwrap_err().is_outside_scope());
    }

    async fn that_list_values_check_them(db: Database) {
        tenants(db).await?;
        let staff = db.scoped::<Invoice>(|i| i.tenant_id.is_in([1, 2]));
        assert_eq!(Invoice::query().count(&staff).await?, 5);
        assert_eq!(Invoice::insert().account_id(1).number("x").tenant_id(2).execute(&staff).await?, 1);
        assert!(Invoice::insert().account_id(1).number("x").tenant_id(3).execute(&staff).await.unwrap_err().is_outside_scope());
        assert!(Invoice::insert().account_id(1).number("x").execute(&staff).await.unwrap_err().is_outside_scope());
        assert!(Invoice::update().set(|i| i.tenant_id.to(3)).all_rows().execute(&staff).await.unwrap_err().is_outside_scope());
        let nobody = db.scoped::<Invoice>(|i| i.tenant_id.is_in(Vec::<u32>::new()));
        assert_eq!(Invoice::query().count(&nobody).await?, 0);
    }

    async fn of_one_model_count_in_those_of_another_and_not_in_their_own(db: Database) {
        let (one, _) = &tenants(db).await?;
        let own = db
            .scoped::<Account>(|a| a.tenant_id.eq(1).and(Account::query().filter(|b| b.parent_id.eq(a.id)).is_present()))
            .scoped::<Invoice>(|i| i.account_id.is_in(Account::query().select(|a| a.id)));
        assert_eq!(Account::query().select(|a| a.id).all(&own).await?, [1]);
        assert_eq!(Invoice::query().order_by(|i| i.id.asc()).select(|i| i.id).all(&own).await?, [1, 4]);
        // The same named rows inside a scope and outside it are different rows.
        let named = Account::query().select(|a| a.id).named("ids");
        let within = named.clone();
        let own = one.scoped::<Account>(move |a| a.id.is_in(within.query().select(|id| id)).and(a.id.ne(2)));
        let both = Account::query().filter(|a| a.id.is_in(named.query().select(|id| id))).order_by(|a| a.id.asc()).select(|a| a.id);
        assert_eq!(both.all(&own).await?, [1, 4]);
        let beside = Account::query().join_rows(&named, |_, id| id.eq(3));
        assert_eq!(beside.count(&own).await?, 0);
    }

    async fn can_be_lifted_for_a_statement(db: Database) {
        let (one, _) = &tenants(db).await?;
        assert_eq!(Invoice::query().unscoped().count(one).await?, 5);
        assert_eq!(Invoice::find(3).unscoped().one(one).await?.tenant_id, 2);
        assert_eq!(Invoice::query().unscoped().filter(|i| i.account().name.eq("Eve")).count(one).await?, 2);
        assert_eq!(Invoice::query().unscoped().join(|i| i.account()).count(one).await?, 5);
        // It does not apply to other queries, nor to eager loads.
        assert_eq!(Account::query().unscoped().filter(|a| a.invoices().any(|i| i.tenant_id.eq(2))).count(one).await?, 0);
        let ann = Account::find(1).unscoped().with(|a| a.invoices()).with(|a| a.invoices().unscoped()).one(one).await?;
        assert_eq!((ann.1.len(), ann.2.len()), (1, 2));
        assert_eq!(Line::update().set(|l| l.text.to("x")).all_rows().unscoped().execute(one).await?, 5);
        assert_eq!(Line::delete().unscoped().filter(|l| l.id.eq(3)).execute(one).await?, 1);
    }
}

#[test]
fn show_no_values() {
    let db = Database::open("sqlite::memory:").unwrap().scoped::<Invoice>(|i| i.number.eq("secret"));
    assert!(!format!("{db:?}").contains("secret"));
}
