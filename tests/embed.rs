//! Embedded structs, whose fields are columns of the models that embed them. The same on every backend.

use orm::prelude::*;
use orm::{Graph, Schema};

#[derive(Embed, Debug, Clone, PartialEq)]
pub struct Address {
    pub street: String,
    #[orm(column = "zip_code", length = 10)]
    pub zip: Option<String>,
    #[orm(json)]
    pub notes: Vec<String>,
}

#[derive(Embed, Debug, Clone, PartialEq)]
pub struct Money {
    #[orm(precision = (12, 2))]
    pub amount: Decimal,
    #[orm(length = 3)]
    pub currency: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "customers", has_many(orders: Order))]
pub struct Customer {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(embed)]
    pub home: Address,
    pub name: String,
    #[orm(version)]
    pub version: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "orders")]
pub struct Order {
    #[orm(embed = "ship_")]
    pub shipping: Address,
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Customer)]
    pub customer_id: u64,
    #[orm(embed = "")]
    pub total: Money,
    #[orm(embed = "bill_")]
    pub billing: Address,
}

#[derive(Graph, Debug)]
struct Page {
    #[orm(root)]
    customer: Customer,
    orders: Vec<Order>,
}

#[derive(Insert)]
#[orm(model = Customer)]
struct NewCustomer {
    name: String,
    home: Address,
}

#[derive(Patch)]
#[orm(model = Customer)]
struct CustomerPatch {
    name: Option<String>,
    home: Option<Address>,
}

/// Common columns with defaults: an insert may leave them out.
#[derive(Embed, Debug, Clone, PartialEq)]
pub struct Times {
    #[orm(default = now)]
    pub created_at: DateTime<Utc>,
    #[orm(on_update = now)]
    pub updated_at: DateTime<Utc>,
    #[orm(default = "nobody", length = 20)]
    pub by: String,
    pub note: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "pages")]
pub struct Article {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
    #[orm(embed = "")]
    pub times: Times,
    #[orm(embed)]
    pub price: Money,
}

#[derive(Insert)]
#[orm(model = Article)]
struct NewPage {
    title: String,
    price: Money,
}

fn address(street: &str) -> Address {
    Address { street: street.into(), zip: Some("12345".into()), notes: vec!["ring".into()] }
}

fn euros(amount: i64) -> Money {
    Money { amount: Decimal::new(amount, 2), currency: "EUR".into() }
}

/// Creates a customer with two orders, and one without.
async fn create(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Customer, Order)>().await?;
    let ann = Customer::insert().name("Ann").home(address("Elm Street")).returning(db).await?;
    let order = |street: &str, amount| {
        let (shipping, billing) = (address(street), Address { zip: None, ..address("Main Street") });
        Order::insert().customer(&ann).shipping(shipping).billing(billing).total(euros(amount))
    };
    Order::insert_all([order("Oak Street", 950), order("Elm Street", 1995)]).execute(db).await?;
    let bob = Customer {
        id: 0,
        home: Address { zip: None, ..address("Ash Street") },
        name: "Bob".into(),
        version: 1,
    };
    Customer::insert_all([bob]).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn are_columns_of_their_model(db: Database) {
        create(db).await?;
        let names: Vec<_> = Order::table().columns.iter().map(|column| column.name).collect();
        let expected = [
            "id", "customer_id", "ship_street", "ship_zip_code", "ship_notes", "amount", "currency", "bill_street",
            "bill_zip_code", "bill_notes",
        ];
        assert_eq!(names, expected);
        Schema::verify::<(Customer, Order)>(db).await?;
        let orders = Order::query().order_by(|o| o.id.asc()).all(db).await?;
        assert_eq!((&orders[0].shipping, &orders[0].total), (&address("Oak Street"), &euros(950)));
        assert_eq!(orders[1].billing, Address { zip: None, ..address("Main Street") });
    }

    async fn work_in_queries_like_other_columns(db: Database) {
        create(db).await?;
        let found = Order::query().filter(|o| o.shipping.street.starts_with("Elm").and(o.billing.zip.is_null()));
        assert_eq!(found.one(db).await?.total, euros(1995));
        let by_amount = Order::query().order_by(|o| o.total.amount.desc()).select(|o| (o.total, o.shipping.street));
        assert_eq!(by_amount.first(db).await?, Some((euros(1995), "Elm Street".to_owned())));
        let home = Order::query().filter(|o| o.customer().home.street.eq(o.shipping.street)).count(db).await?;
        assert_eq!(home, 1);
        let sums = Order::query().group_by(|o| o.total.currency).select(|g| (g.key, g.sum(|o| o.total.amount)));
        assert_eq!(sums.all(db).await?, [("EUR".to_owned(), Some(Decimal::new(2945, 2)))]);
        let outer = Customer::query().left_join(|c| c.orders()).order_by(|(c, o)| (c.id.asc(), o.id.asc()));
        let outer: Vec<(Customer, Option<Order>)> = outer.all(db).await?;
        assert_eq!(outer.iter().map(|(_, order)| order.is_some()).collect::<Vec<_>>(), [true, true, false]);
        let streets = Customer::query().left_join(|c| c.orders()).select(|(_, o)| o.shipping.street);
        assert_eq!(streets.all(db).await?.iter().flatten().count(), 2);
        let pages: Vec<Page> = Customer::query().graph().order_by(|c| c.id.asc()).all(db).await?;
        assert_eq!((pages[0].customer.home.clone(), pages[0].orders.len()), (address("Elm Street"), 2));
        assert_eq!(pages[1].orders.len(), 0);
    }

    async fn are_changed_one_by_one_and_as_a_whole(db: Database) {
        create(db).await?;
        let oak = address("Oak Street");
        Customer::update_by(1).set(|c| (c.home.street.to("Fir Street"), c.home.zip.to(None))).execute(db).await?;
        assert_eq!(Customer::find(1).one(db).await?.home, Address { zip: None, ..address("Fir Street") });
        Customer::update().set(|c| c.home.to(oak.clone())).filter(|c| c.name.eq("Bob")).execute(db).await?;
        assert_eq!(Customer::find(2).one(db).await?.home, oak);
        let patch = CustomerPatch { name: None, home: Some(address("Yew Street")) };
        Customer::update_by(1).apply(patch).execute(db).await?;
        let cid = NewCustomer { name: "Cid".into(), home: oak.clone() }.into_insert().returning(db).await?;
        assert_eq!((cid.id, &cid.home), (3, &oak));
        assert_eq!(Customer::find(1).one(db).await?.home, address("Yew Street"));
        let patch = CustomerPatch { name: Some("Cy".into()), home: None };
        Customer::update_by(3).apply(patch).execute(db).await?;
        let cy = Customer::find(3).one(db).await?;
        assert_eq!((cy.name.as_str(), cy.home), ("Cy", oak));
    }

    async fn are_compared_and_set_as_a_whole(db: Database) {
        create(db).await?;
        let (main, oak) = (Address { zip: None, ..address("Main Street") }, address("Oak Street"));
        let ids = |query: Query<Order>| query.order_by(|o| o.id.asc()).select(|o| o.id);
        assert_eq!(ids(Order::query().filter(|o| o.total.eq(euros(950)))).all(db).await?, [1]);
        assert_eq!(ids(Order::query().filter(|o| o.total.ne(&euros(950)))).all(db).await?, [2]);
        // Optional fields are compared, too: here a zip code.
        assert_eq!(ids(Order::query().filter(|o| o.billing.eq(&main))).all(db).await?, [1, 2]);
        assert_eq!(ids(Order::query().filter(|o| o.billing.eq(address("Main Street")))).all(db).await?, [0_u64; 0]);
        assert_eq!(ids(Order::query().filter(|o| o.shipping.eq(o.customer().home))).all(db).await?, [2]);
        let outer = Customer::query().left_join(|c| c.orders()).filter(|(c, o)| o.shipping.eq(c.home));
        assert_eq!(outer.select(|(c, _)| c.name).all(db).await?, ["Ann"]);
        // Set from other columns: of the row, of a related one, of a joined one.
        Order::update().set(|o| (o.billing.to(o.shipping), o.total.to(&euros(1)))).filter(|o| o.id.eq(1)).execute(db).await?;
        let first = Order::find(1).one(db).await?;
        assert_eq!((&first.billing, &first.total), (&oak, &euros(1)));
        Order::update().set(|o| o.shipping.to(o.customer().home)).filter(|o| o.id.eq(1)).execute(db).await?;
        assert_eq!(Order::find(1).one(db).await?.shipping, address("Elm Street"));
        let moved = Customer::update().join(|c| c.orders()).filter(|(_, o)| o.id.eq(2)).set(|(c, o)| c.home.to(o.billing));
        moved.execute(db).await?;
        assert_eq!(Customer::find(1).one(db).await?.home, main);
        // From the row that an upsert would have inserted.
        db.create_tables::<Article>().await?;
        for cents in [5, 7] {
            let article = Article { id: 9, title: "Nine".into(), times: Times { created_at: orm::now(), updated_at: orm::now(), by: "Ann".into(), note: None }, price: euros(cents) };
            Article::insert_all([article]).on_conflict(|a| a.id).update(|a, new| a.price.to(new.price)).execute(db).await?;
        }
        assert_eq!(Article::find(9).one(db).await?.price, euros(7));
    }

    async fn fill_in_their_defaults(db: Database) {
        db.create_tables::<Article>().await?;
        Schema::verify::<Article>(db).await?;
        let article = Article::insert().title("One").price(euros(1)).returning(db).await?;
        let Times { created_at, updated_at, by, note } = article.times.clone();
        assert_eq!((by.as_str(), note, article.clone()), ("nobody", None, Article::find(1).one(db).await?));
        assert!(created_at <= updated_at && updated_at <= orm::now(), "{article:?}");
        let times = Times { created_at: DateTime::UNIX_EPOCH, updated_at: DateTime::UNIX_EPOCH, by: "Ann".into(), note: Some("old".into()) };
        let old = Article::insert().times(times.clone()).title("Two").price(euros(2)).returning(db).await?;
        assert_eq!(old.times, times);
        NewPage { title: "Three".into(), price: euros(3) }.into_insert().execute(db).await?;
        // Updates and flushes set it, too.
        Article::update_by(2).set(|a| a.title.to("2")).execute(db).await?;
        let old = Article::find(2).one(db).await?.times;
        assert!(old.updated_at >= updated_at && old.created_at == times.created_at, "{old:?}");
        let mut s = db.session();
        let (one, four) = (s.get::<Article>(1).await?, s.add(Article::insert().title("Four").price(euros(4))));
        s[one].times.by = "Bob".into();
        s.commit().await?;
        let four = s.saved(four)?;
        assert_eq!((s[four].times.by.as_str(), s[one].times.by.as_str()), ("nobody", "Bob"));
        assert!(s[one].times.updated_at > updated_at && s[one].times.created_at == created_at);
        assert_eq!(Article::find(1).one(db).await?, s[one]);
    }

    async fn are_changed_in_a_session(db: Database) {
        create(db).await?;
        let mut s = db.session();
        let ann = s.get::<Customer>(1).await?;
        s[ann].home.street = "Fir Street".into();
        s[ann].home.notes.push("twice".into());
        let dee = s.add(Customer::insert().name("Dee").home(address("Dee Street")));
        let log = db.log();
        s.flush().await?;
        let update = log.statements().into_iter().map(|entry| entry.sql).find(|sql| sql.starts_with("UPDATE"));
        let update = update.unwrap_or_default();
        assert!(update.contains("home_street") && update.contains("home_notes"), "{update}");
        assert!(!update.contains("zip_code"), "{update}");
        s.rollback().await?;
        assert_eq!(s[ann].home.street, "Fir Street");
        s.commit().await?;
        let dee = s.saved(dee)?;
        assert_eq!(s[dee].home, address("Dee Street"));
        let found = Customer::find(1).one(db).await?;
        assert_eq!((found.home.street.as_str(), found.home.notes.len(), found.version), ("Fir Street", 2, 2));
        s[dee].home.zip = None;
        s.delete(ann)?;
        s.discard_changes();
        assert_eq!(s[dee].home.zip.as_deref(), Some("12345"));
    }
}
