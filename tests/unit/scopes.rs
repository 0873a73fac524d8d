//! The unit of work on databases with scopes, with soft delete, and with several databases.

use orm::assert_statements;
use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "invoices", soft_delete = deleted_at)]
struct Invoice {
    #[orm(primary_key, auto)]
    id: u64,
    #[orm(scoped)]
    tenant_id: u64,
    total: i32,
    deleted_at: Option<DateTime<Utc>>,
    #[orm(version)]
    version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "audit_events", bind = "audit")]
struct AuditEvent {
    #[orm(primary_key, auto)]
    id: u64,
    text: String,
}

async fn invoices(db: &Database) -> orm::Result<()> {
    db.create_tables::<Invoice>().await?;
    let row = |tenant, total| Invoice::insert().tenant_id(tenant).total(total);
    Invoice::insert_all([row(1, 10), row(1, 20), row(2, 30)]).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn a_scope_holds_for_all_that_is_flushed(db: Database) {
        invoices(db).await?;
        let ours = db.scoped::<Invoice>(|i| i.tenant_id.eq(1));
        let mut s = ours.session();
        let rows = Invoice::query().order_by(|i| i.id.asc()).track(&mut s).await?;
        assert_eq!(rows.len(), 2);
        assert_eq!(s.find::<Invoice>(3).await?, None);
        for &row in &rows {
            s[row].total += 1;
        }
        let new = s.add(Invoice::insert().total(5));
        s.commit().await?;
        let new = s.saved(new)?;
        assert_eq!(s[new].tenant_id, 1);
        // No row leaves the scope, one by one or many at once.
        s[rows[0]].tenant_id = 2;
        assert!(s.flush().await.unwrap_err().is_outside_scope());
        s.rollback().await?;
        s[rows[1]].tenant_id = 2;
        assert!(s.flush().await.unwrap_err().is_outside_scope());
        s.rollback().await?;
        s.discard_changes();
        // Rows that others moved out of the scope cannot be changed.
        Invoice::update().set(|i| i.tenant_id.to(2)).filter(|i| i.id.le(2)).execute(db).await?;
        for &row in &rows {
            s[row].total = 0;
        }
        assert!(s.flush().await.unwrap_err().is_stale());
        assert_eq!(Invoice::query().filter(|i| i.total.eq(0)).count(db).await?, 0);
    }

    async fn rows_that_are_deleted_are_marked_and_can_come_back(db: Database) {
        invoices(db).await?;
        let mut s = db.session();
        let rows = Invoice::query().track(&mut s).await?;
        for &row in &rows[..2] {
            s.delete(row)?;
        }
        assert_statements!(db, 1, s.commit().await?);
        assert_eq!((Invoice::query().count(db).await?, Invoice::query().with_deleted().count(db).await?), (1, 3));
        assert_eq!(s.find::<Invoice>(1).await?, None);
        let gone = Invoice::query().only_deleted().track(&mut s).await?;
        for &row in &gone {
            s[row].deleted_at = None;
        }
        s.commit().await?;
        assert_eq!(Invoice::query().count(db).await?, 3);
    }

    async fn rows_that_are_marked_as_deleted_can_be_deleted_once_more(db: Database) {
        invoices(db).await?;
        Invoice::delete().filter(|i| i.id.le(2)).execute(db).await?;
        let mut s = db.session();
        let rows = Invoice::query().only_deleted().order_by(|i| i.id.asc()).track(&mut s).await?;
        // One is restored, and deleted all the same.
        s[rows[0]].deleted_at = None;
        s.delete(rows[0])?;
        s.delete(rows[1])?;
        s.commit().await?;
        assert_eq!(Invoice::query().count(db).await?, 1);
        // Their versions reveal a concurrent change.
        let row = Invoice::query().only_deleted().track(&mut s).await?[0];
        s.commit().await?;
        Invoice::update().only_deleted().set(|i| i.deleted_at.to(None)).filter(|i| i.id.le(2)).execute(db).await?;
        s.delete(row)?;
        assert!(s.commit().await.unwrap_err().is_stale());
    }
}

#[tokio::test]
async fn each_database_gets_what_is_its_own() {
    let db = Database::builder().url("sqlite::memory:").bind("audit", "sqlite::memory:").open().unwrap();
    db.create_tables::<(Invoice, AuditEvent)>().await.unwrap();
    let mut s = db.session();
    let invoice = s.add(Invoice::insert().tenant_id(1).total(1));
    let event = s.add(AuditEvent::insert().text("created"));
    s.commit().await.unwrap();
    assert!(s.saved(invoice).is_ok() && s.saved(event).is_ok());
    assert_eq!(AuditEvent::query().count(&db.on("audit").unwrap()).await.unwrap(), 1);
    let event = s.saved(event).unwrap();
    s[event].text = "changed".into();
    s.rollback().await.unwrap();
    s.commit().await.unwrap();
    assert_eq!(AuditEvent::find(1).one(&db).await.unwrap().text, "changed");
}
