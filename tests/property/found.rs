//! Faults found by random cases: each as the smallest program that shows it.

use orm::prelude::*;

use crate::group::Line;
use crate::support::models::*;

async fn lines(db: &Database) -> orm::Result<()> {
    db.create_tables::<Line>().await?;
    let prices = [("a", 150), ("b", 900), ("b", 1_000)];
    let line = |(shop, cents): (&str, i64)| Line { id: 0, shop: shop.into(), price: Decimal::new(cents, 2) };
    Line::insert_all(prices.map(line)).execute(db).await?;
    Ok(())
}

on_every_backend! {
    async fn a_condition_of_one_part_is_an_operand_as_a_whole(db: Database) {
        shop(db).await?;
        let one = |u: UserFields| all_of([u.age.ge(18)]).or_null();
        let adults = User::query().filter(|u| value(true).eq(one(u))).select(|u| u.name);
        assert_eq!(adults.all(db).await?, ["Ann"]);
        let nobody = User::query().filter(|u| value(false).eq(any_of([]).or_null()).and(u.id.gt(0)));
        assert_eq!(nobody.count(db).await?, 3);
    }

    async fn a_case_with_a_nullable_value_is_nullable(db: Database) {
        shop(db).await?;
        let ages = User::query().order_by(|u| u.id.asc()).select(|u| case().when(u.name.eq("Ann"), 0).otherwise(u.age));
        assert_eq!(ages.all(db).await?, [Some(0), Some(17), None]);
    }

    async fn no_text_begins_before_its_first_character(db: Database) {
        shop(db).await?;
        assert_eq!(User::find(1).select(|u| u.name.substring(0, 3)).one(db).await?, "");
    }

    async fn a_negative_number_stays_negative_when_it_is_moved_to_the_right(db: Database) {
        shop(db).await?;
        assert_eq!(User::find(1).select(|u| u.age.neg().shift_right(1)).one(db).await?, Some(-21));
    }

    async fn constants_are_of_the_type_that_they_have_in_rust(db: Database) {
        lines(db).await?;
        let price = Decimal::new(-16, 0);
        assert_eq!(Line::find(1).select(|_| value(price).neg()).one(db).await?, Decimal::from(16));
        assert_eq!(Line::find(1).select(|l| null::<Decimal>().neg().coalesce(l.price)).one(db).await?, Decimal::new(15, 1));
        assert!(Line::find(1).select(|_| null::<bool>().greatest(false).coalesce(true)).one(db).await?);
        let exact = Line::query().filter(|_| value(Decimal::new(15, 1)).eq(Decimal::new(150, 2)));
        assert_eq!(exact.count(db).await?, 3);
    }

    async fn exact_numbers_compare_as_numbers_wherever_they_come_from(db: Database) {
        lines(db).await?;
        let nine = || Decimal::from(9);
        let chosen = |l: orm::Column<Decimal>| case().when(l.gt(nine()), l).otherwise(Decimal::ZERO);
        assert_eq!(Line::query().filter(|l| chosen(l.price).gt(nine())).count(db).await?, 1);
        assert_eq!(Line::query().filter(|_| value(Decimal::TEN).between(nine(), Decimal::from(11))).count(db).await?, 3);
        let greatest = || Line::query().aggregate(|g| g.max(|l| l.price)).scalar();
        assert_eq!(Line::query().filter(|l| l.price.ge(nine()).and(greatest().gt(l.price))).count(db).await?, 1);
        let same = Line::query().filter(|l| l.price.round(1).null_if(l.price.ceil()).is_null());
        assert_eq!(same.count(db).await?, 2);
        let zeros = Line::query().distinct().select(|l| l.price.sub(l.price.round(1)));
        assert_eq!(zeros.all(db).await?, [Decimal::ZERO]);
        let zeros = Line::query().group_by(|l| l.price.sub(l.price.round(1))).select(|g| g.count());
        assert_eq!(zeros.all(db).await?, [3]);
    }

    async fn a_collation_in_a_condition_is_not_that_of_the_values(db: Database) {
        lines(db).await?;
        let digits = |l: orm::Column<Decimal>| {
            case::<String>().when(value(Decimal::ONE).lt(l), "1.0").otherwise("1")
        };
        // As numbers, they would be equal.
        assert_eq!(Line::query().filter(|l| digits(l.price).eq("1")).count(db).await?, 0);
    }

    async fn a_constant_orders_and_groups_nothing(db: Database) {
        shop(db).await?;
        let names = User::query().order_by(|u| (value(2).desc(), value(1).neg().asc(), u.id.asc())).select(|u| u.name);
        assert_eq!(names.all(db).await?, ["Ann", "Bob", "Cid"]);
        for number in [1, 8] {
            let groups = User::query().group_by(|_| value(number)).select(|g| (g.key.clone(), g.count()));
            assert_eq!(groups.all(db).await?, [(number, 3)]);
        }
        let groups = User::query().group_by(|_| value(7).neg()).select(|g| g.count());
        assert_eq!(groups.all(db).await?, [3]);
    }

    async fn an_order_without_a_limit_is_left_out(db: Database) {
        shop(db).await?;
        let ordered = || User::query().order_by(|u| u.name.eq("Bob").or_null().desc()).select(|u| u.id);
        // MySQL announced a parameter here without describing it, and clients waited for it forever.
        assert_eq!(ordered().into_query().count(db).await?, 3);
        assert_eq!(User::query().filter(|u| u.id.is_in(ordered())).count(db).await?, 3);
        assert_eq!(ordered().union(ordered()).count(db).await?, 3);
        assert_eq!(ordered().limit(1).into_query().all(db).await?, [2]);
    }

    async fn a_query_in_the_condition_of_an_outer_join_repeats_no_rows(db: Database) {
        shop(db).await?;
        let pairs = User::query().left_join_on::<Profile>(|u, _| u.posts().any(|p| p.published.is_true().and(u.id.gt(0))));
        assert_eq!(pairs.count(db).await?, 3);
    }

    async fn the_greatest_of_texts_that_the_program_gives_is_a_text(db: Database) {
        shop(db).await?;
        let word = |u: UserFields| case::<String>().when(u.age.is_null(), "unknown").or_null();
        let words = User::query().aggregate(|g| (g.min(word), g.max(word), g.filter(|u| u.age.gt(18)).max(|_| value("x".to_owned()))));
        let (min, max, some) = words.one(db).await?;
        assert_eq!([min, max, some].map(Option::unwrap), ["unknown", "unknown", "x"]);
    }

    async fn the_average_of_whole_numbers_is_not_cut(db: Database) {
        shop(db).await?;
        User::update().set(|u| u.age.to(18)).filter(|u| u.age.is_null()).execute(db).await?;
        let average = User::query().aggregate(|g| g.avg(|u| u.age)).one(db).await?.unwrap();
        assert!((average - 76.0 / 3.0).abs() < 1e-12, "{average}");
    }

    async fn a_text_that_a_derived_table_computes_stays_as_it_is(db: Database) {
        shop(db).await?;
        let texts = || User::query().select(|u| (u.name.trim(), u.email.concat(".").left(15), u.id.cast::<String>().pad_end(3, 'n'))).into_query();
        let replaced = texts().filter(|(name, email, id)| any_of([
            name.eq(name.replace("n", "m")),
            email.eq(email.replace(".", ":")),
            id.eq(id.replace("nn", "n")),
        ]));
        let names = replaced.order_by(|(name, ..)| name.asc()).select(|(name, ..)| name);
        assert_eq!(names.all(db).await?, ["Bob", "Cid"]); // which have no `n`
        let padded = texts().filter(|(name, email, id)| {
            any_of([name.eq(name.pad_end(9, 'x')), email.eq(email.pad_end(20, 'x')), id.eq(id.pad_end(9, 'x'))])
        });
        assert_eq!(padded.count(db).await?, 0);
        let found = texts().filter(|(name, email, id)| {
            name.starts_with(name).and(email.contains(email)).and(id.ends_with(id)).and(email.replace("@", "_").ends_with(email.replace("@", "_")))
        });
        assert_eq!(found.count(db).await?, 3);
    }
}
