//! Models that a `macro_rules!` makes.

use orm::prelude::*;

macro_rules! catalogue {
    ($Model:ident, $table:literal, $length:expr, $name:literal) => {
        #[derive(Model, Debug, Clone, PartialEq)]
        #[orm(table = $table)]
        pub struct $Model {
            #[orm(primary_key, auto)]
            pub id: u32,
            #[orm(column = $name, length = $length)]
            pub name: String,
        }
    };
}

catalogue!(Fruit, "fruits", 10, "FRUIT_NAME");
catalogue!(Stone, "stones", 20, "STONE_NAME");

#[test]
fn attributes_take_what_the_macro_was_given() {
    let [fruit, stone] = [Fruit::table(), Stone::table()];
    assert_eq!((fruit.name, stone.name), ("fruits", "stones"));
    assert_eq!((fruit.columns[1].name, stone.columns[1].name), ("FRUIT_NAME", "STONE_NAME"));
}

on_every_backend! {
    async fn they_are_models_as_others(db: Database) {
        db.create_tables::<(Fruit, Stone)>().await?;
        Fruit::insert().name("apple").execute(db).await?;
        assert_eq!(Fruit::query().select(|f| f.name).one(db).await?, "apple");
        assert!(Fruit::insert().name("more than ten").execute(db).await.is_err());
    }
}
