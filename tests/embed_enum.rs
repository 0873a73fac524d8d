//! Embedded enums, whose variants have columns. The same on every backend.

use orm::prelude::*;
use orm::{Graph, Schema};

#[derive(Embed, Debug, Clone, PartialEq)]
pub enum Payment {
    /// As embossed on the card.
    Card {
        #[orm(length = 19)]
        number: String,
        holder: Option<String>,
    },
    #[orm(rename = "bank")]
    Transfer {
        #[orm(length = 34, column = "iban")]
        account: String,
        #[orm(json)]
        notes: Vec<String>,
        #[orm(precision = (12, 2))]
        fee: Decimal,
    },
    Cash,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "customers", has_many(orders: Order))]
pub struct Customer {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orders")]
pub struct Order {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(embed = "paid_")]
    pub payment: Payment,
    #[orm(belongs_to = Customer)]
    pub customer_id: u64,
    #[orm(version)]
    pub version: u32,
    #[orm(embed)]
    pub delivery: Delivery,
}

/// Stored as another program stores it.
#[derive(Embed, Debug, Clone, PartialEq)]
#[orm(tag = "type", fields = DeliveryColumns, kind = DeliveryWay)]
pub enum Delivery {
    Collected,
    Sent { to: String, tracking_no: Option<u64> },
}

#[derive(Graph, Debug)]
struct Page {
    #[orm(root)]
    customer: Customer,
    orders: Vec<Order>,
}

#[derive(Insert)]
#[orm(model = Order)]
struct NewOrder {
    customer_id: u64,
    payment: Payment,
    delivery: Delivery,
}

#[derive(Patch)]
#[orm(model = Order)]
struct OrderPatch {
    payment: Option<Payment>,
}

fn card(holder: Option<&str>) -> Payment {
    Payment::Card { number: "4111".into(), holder: holder.map(ToOwned::to_owned) }
}

fn transfer(iban: &str) -> Payment {
    Payment::Transfer { account: iban.into(), notes: vec!["urgent".into()], fee: Decimal::new(150, 2) }
}

/// Creates a customer with an order of each kind, and one without.
async fn create(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Customer, Order)>().await?;
    let ann = Customer::insert().name("Ann").returning(db).await?;
    Customer::insert().name("Bob").execute(db).await?;
    let sent = Delivery::Sent { to: "Elm Street".into(), tracking_no: Some(7) };
    let order = |payment, delivery| Order::insert().customer(&ann).payment(payment).delivery(delivery);
    let orders = [
        order(card(Some("Ann")), sent),
        order(transfer("DE02"), Delivery::Collected),
        order(Payment::Cash, Delivery::Sent { to: "Oak Street".into(), tracking_no: None }),
        order(card(None), Delivery::Collected),
    ];
    Order::insert_all(orders).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn are_columns_of_which_those_of_other_variants_are_null(db: Database) {
        create(db).await?;
        let names: Vec<_> = Order::table().columns.iter().map(|column| column.name).collect();
        let expected = [
            "id", "customer_id", "version", "paid_kind", "paid_card_number", "paid_card_holder", "paid_iban",
            "paid_transfer_notes", "paid_transfer_fee", "delivery_type", "delivery_sent_to", "delivery_sent_tracking_no",
        ];
        assert_eq!(names, expected);
        Schema::verify::<(Customer, Order)>(db).await?;
        let orders = Order::query().order_by(|o| o.id.asc()).all(db).await?;
        let payments: Vec<_> = orders.iter().map(|order| order.payment.clone()).collect();
        assert_eq!(payments, [card(Some("Ann")), transfer("DE02"), Payment::Cash, card(None)]);
        assert_eq!(orders[0].delivery, Delivery::Sent { to: "Elm Street".into(), tracking_no: Some(7) });
        assert_eq!(orders[3].delivery, Delivery::Collected);
        let raw = sql!("SELECT paid_kind, paid_iban, delivery_type, paid_card_number FROM orders ORDER BY id");
        let raw: Vec<(String, Option<String>, String, Option<String>)> = raw.all(db).await?;
        assert_eq!(raw[1], ("bank".into(), Some("DE02".into()), "collected".into(), None));
    }

    async fn are_filtered_by_kind_and_by_column(db: Database) {
        create(db).await?;
        let cards = Order::query().filter(|o| o.payment.kind.eq(PaymentKind::Card));
        assert_eq!(cards.clone().count(db).await?, 2);
        assert_eq!(cards.filter(|o| o.payment.card_holder.eq("Ann")).select(|o| o.payment).one(db).await?, card(Some("Ann")));
        let found = Order::query().filter(|o| o.payment.transfer_account.starts_with("DE"));
        assert_eq!(PaymentKind::from(&found.one(db).await?.payment), PaymentKind::Transfer);
        let kinds = Order::query().group_by(|o| o.payment.kind).order_by(|g| g.key.asc());
        let kinds = kinds.select(|g| (g.key, g.count())).all(db).await?;
        assert_eq!(kinds, [(PaymentKind::Transfer, 1), (PaymentKind::Card, 2), (PaymentKind::Cash, 1)]);
        let outer = Customer::query().left_join(|c| c.orders());
        let outer: Vec<(Customer, Option<Order>)> = outer.order_by(|(c, o)| (c.id.asc(), o.id.asc())).all(db).await?;
        assert_eq!(outer.iter().map(|(_, order)| order.is_some()).collect::<Vec<_>>(), [true, true, true, true, false]);
        let sent = Customer::query().join(|c| c.orders()).filter(|(_, o)| o.delivery.kind.eq(DeliveryWay::Sent));
        assert_eq!(sent.count(db).await?, 2);
        let derived = Order::query().select(|o| (o.id, o.payment)).into_query().filter(|(id, _)| id.le(2));
        let derived = derived.order_by(|(id, _)| id.desc()).all(db).await?;
        assert_eq!(derived, [(2, transfer("DE02")), (1, card(Some("Ann")))]);
        let pages: Vec<Page> = Customer::query().graph().order_by(|c| c.id.asc()).all(db).await?;
        assert_eq!((pages[0].customer.name.as_str(), pages[0].orders.len(), pages[1].orders.len()), ("Ann", 4, 0));
    }

    async fn are_changed_as_a_whole(db: Database) {
        create(db).await?;
        Order::update_by(1).set(|o| o.payment.to(transfer("FR76"))).execute(db).await?;
        assert_eq!(Order::find(1).one(db).await?.payment, transfer("FR76"));
        let patch = OrderPatch { payment: Some(Payment::Cash) };
        Order::update_by(2).apply(patch).execute(db).await?;
        let nulls = Order::query().filter(|o| o.id.eq(2).and(o.payment.transfer_account.is_null()));
        assert_eq!(nulls.one(db).await?.payment, Payment::Cash);
        Order::update_by(4).set(|o| o.payment.card_holder.to("Bob")).execute(db).await?;
        assert_eq!(Order::find(4).one(db).await?.payment, card(Some("Bob")));
        let new = NewOrder { customer_id: 2, payment: transfer("IT60"), delivery: Delivery::Collected };
        let new = new.into_insert().returning(db).await?;
        assert_eq!((new.payment.clone(), new.clone()), (transfer("IT60"), Order::find(new.id).one(db).await?));
    }

    async fn become_another_variant_in_a_session_and_what_they_were_after_it(db: Database) {
        create(db).await?;
        let mut s = db.session();
        let orders = Order::query().order_by(|o| o.id.asc()).track(&mut s).await?;
        s[orders[0]].payment = transfer("DE03");
        if let Payment::Transfer { notes, .. } = &mut s[orders[1]].payment {
            notes.push("twice".into());
        }
        let five = s.add(Order { id: 0, payment: card(None), customer_id: 2, version: 1, delivery: Delivery::Collected });
        let log = db.log();
        s.flush().await?;
        let updates: Vec<_> = log.statements().into_iter().map(|entry| entry.sql).filter(|sql| sql.starts_with("UPDATE")).collect();
        assert_eq!(updates.len(), 2, "{updates:?}");
        assert!(updates.iter().any(|sql| sql.contains("paid_transfer_notes") && !sql.contains("paid_iban")), "{updates:?}");
        s.rollback().await?;
        assert_eq!(s[orders[0]].payment, transfer("DE03"));
        s.commit().await?;
        assert_eq!(Order::find(1).one(db).await?, s[orders[0]]);
        assert_eq!(s[s.saved(five)?].payment, card(None));
        // Discarding changes restores the old value, whichever variant it had become.
        s[orders[0]].payment = Payment::Cash;
        s[orders[3]].payment = transfer("AT61");
        s.discard_changes();
        assert_eq!((&s[orders[0]].payment, &s[orders[3]].payment), (&transfer("DE03"), &card(None)));
        let undone: orm::Result<()> = s
            .savepoint(async |tx| {
                tx[orders[2]].payment = card(Some("Cid"));
                tx.flush().await?;
                Err(orm::Error::new(orm::ErrorKind::InvalidQuery, "no"))
            })
            .await;
        assert!(undone.is_err());
        assert_eq!(s[orders[2]].payment, Payment::Cash);
        s.commit().await?;
        assert_eq!(Order::find(3).one(db).await?.payment, Payment::Cash);
    }

    /// Without a version column, the last write wins, and never half of each.
    async fn are_sent_whole_where_no_version_tells(db: Database) {
        #[derive(Model, Debug)]
        #[orm(table = "bills")]
        struct Bill {
            #[orm(primary_key, auto)]
            id: u64,
            #[orm(embed)]
            payment: Payment,
            paid: bool,
        }
        db.create_tables::<Bill>().await?;
        Bill::insert().payment(card(None)).paid(false).execute(db).await?;
        let mut s = db.session();
        let bill = s.get::<Bill>(1).await?;
        s[bill].payment = card(Some("Ann"));
        s[bill].paid = true;
        s.set_autoflush(false);
        Bill::update_by(1).set(|b| b.payment.to(transfer("DE02"))).execute(&mut s).await?;
        s.commit().await?;
        assert_eq!(Bill::find(1).one(db).await?.payment, card(Some("Ann")));
        let left = Bill::query().filter(|b| b.payment.transfer_account.is_not_null()).count(db).await?;
        assert_eq!(left, 0);
        let log = db.log();
        s[bill].paid = false;
        s.commit().await?;
        let sent: Vec<_> = log.statements().into_iter().map(|entry| entry.sql).collect();
        assert!(sent.len() == 1 && !sent[0].contains("payment"), "{sent:?}");
    }

    async fn become_another_variant_by_a_statement_where_they_are_locked(db: Database) {
        create(db).await?;
        let mut s = db.session();
        let first = s.get::<Order>(1).for_update().await?;
        let cash = sql!("UPDATE orders SET paid_kind = 'cash', paid_card_number = NULL, paid_card_holder = NULL WHERE id = 1");
        cash.execute(&mut s).await?;
        Order::query().track(&mut s).await?;
        assert_eq!(s[first].payment, Payment::Cash);
        s.rollback().await?;
        s.refresh(first).await?;
        assert_eq!(s[first].payment, card(Some("Ann")));
    }

    async fn that_are_no_variant_are_errors(db: Database) {
        create(db).await?;
        let text = sql!("UPDATE orders SET paid_kind = 'gold' WHERE id = 1");
        text.execute(db).await?;
        let error = Order::find(1).one(db).await.unwrap_err().to_string();
        assert!(error.contains("`Order.paid_kind`") && error.contains("no variant of") && !error.contains("gold"), "{error}");
        sql!("UPDATE orders SET paid_kind = 'card', paid_card_number = NULL WHERE id = 1").execute(db).await?;
        let error = Order::find(1).one(db).await.unwrap_err().to_string();
        assert!(error.contains("NULL") && error.contains("paid_card_number"), "{error}");
    }
}
