//! Full-text search, and the indexes it needs.

use orm::prelude::*;
use orm::schema::{IndexSchema, KeyPart};
use orm::{Schema, raw};

use crate::support::models::*;
use crate::verify::{differences, fix};

/// A letter, whose subject and text are searched together, and whose text is searched alone.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "letters", full_text(subject, text), has_many(stamps: Stamp))]
pub struct Letter {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(length = 80, index)]
    pub subject: String,
    #[orm(full_text)]
    pub text: Option<String>,
}

/// A stamp on a letter, or on none.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "stamps")]
pub struct Stamp {
    #[orm(primary_key, auto)]
    pub id: u64,
    #[orm(belongs_to = Letter)]
    pub letter_id: Option<u64>,
}

/// Letters for searches in the subject alone, which distinguish `É` from `e`.
mod later {
    use orm::prelude::*;

    #[derive(Model)]
    #[orm(table = "letters", full_text(text, subject, name = "letters_words"))]
    pub struct Letter {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 80, index, full_text, collation = "utf8mb4_bin")]
        pub subject: String,
        #[orm(collation = "utf8mb4_bin")]
        pub text: Option<String>,
    }

    /// The index of this name covers another column, and a column in it was not text before.
    #[derive(Model)]
    #[orm(
        table = "letters",
        full_text(subject, name = "letters_words"),
        index(text, name = "letters_subject_fulltext")
    )]
    pub struct Number {
        #[orm(primary_key, auto)]
        pub id: u64,
        #[orm(length = 80, index, collation = "utf8mb4_bin")]
        pub subject: String,
        pub text: Option<i32>,
    }
}

async fn letters(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Letter, Stamp)>().await?;
    let letter =
        |subject: &str, text: Option<&str>| Letter::insert().subject(subject).text(text.map(str::to_owned));
    Letter::insert_all([
        letter("Hello", Some("A word from the harbour")),
        letter("Harbour", Some("The harbour has a new crane, says the harbour master")),
        letter("Nothing", None),
    ])
    .execute(db)
    .await?;
    Stamp::insert_all([Stamp::insert().letter_id(2), Stamp::insert().letter_id(None)])
        .execute(db)
        .await
        .map(drop)
}

fn has_indexes(db: &Database) -> bool {
    db.dialect().ddl.full_text
}

on_every_backend! {
    async fn rows_come_by_their_relevance(db: Database) {
        letters(db).await?;
        let found = Letter::query()
            .filter(|l| has_words((l.subject, l.text), "harbour crane"))
            .order_by(|l| relevance((l.subject, l.text), "harbour crane").desc())
            .select(|l| (l.subject, relevance((l.subject, l.text), "harbour crane")));
        if !has_indexes(db) {
            let error = found.all(db).await.unwrap_err();
            assert!(error.is_unsupported() && error.sql().is_none(), "{error}");
            let error = Letter::query().order_by(|l| relevance_boolean(l.text, "+harbour").desc()).all(db).await.unwrap_err();
            assert!(error.is_unsupported() && error.sql().is_none(), "{error}");
            return Ok(());
        }
        let rows = found.all(db).await?;
        assert_eq!(rows.iter().map(|(subject, _)| subject.as_str()).collect::<Vec<_>>(), ["Harbour", "Hello"]);
        assert!(rows[0].1 > rows[1].1 && rows[1].1 > 0.0, "{rows:?}");
        let all = Letter::query().order_by(|l| l.id.asc()).select(|l| relevance((l.subject, l.text), "harbour crane")).all(db).await?;
        assert_eq!(all, [rows[1].1, rows[0].1, 0.0]);
        // Usable like any other number.
        let mean = Letter::query().aggregate(|g| g.avg(|l| relevance(l.text, "harbour"))).one(db).await?;
        assert!(mean.unwrap() > 0.0);
        let best = Letter::query().filter(|l| relevance((l.subject, l.text), "harbour crane").gt(rows[1].1 + 0.001));
        assert_eq!(best.select(|l| l.id).all(db).await?, [2]);
        // Keyset pagination, each page with the end of the previous one in its condition.
        let slices = Letter::query().order_by(|l| relevance((l.subject, l.text), "harbour crane").desc()).limit(2);
        let first = slices.clone().after(None, db).await?;
        let second = slices.after(first.next.as_ref(), db).await?;
        let ids = |rows: &[Letter]| rows.iter().map(|letter| letter.id).collect::<Vec<_>>();
        assert_eq!((ids(&first.rows), ids(&second.rows)), (vec![2, 1], vec![3]));
        // Where an outer join has no row, nothing is found.
        let of_stamps = Stamp::query().left_join(|s| s.letter()).order_by(|(s, _)| s.id.asc());
        let of_stamps = of_stamps.select(|(s, l)| (s.id, relevance((l.subject, l.text), "crane")));
        let of_stamps = of_stamps.all(db).await?;
        assert!(of_stamps[0].1 > 0.0 && of_stamps[1].1 == 0.0, "{of_stamps:?}");
    }

    async fn words_may_be_wanted_or_not(db: Database) {
        letters(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        let without = Letter::query()
            .filter(|l| has_words_boolean((l.subject, l.text), "harb* -crane"))
            .select(|l| (l.subject, relevance_boolean((l.subject, l.text), "harb* -crane")));
        let rows = without.all(db).await?;
        assert!(matches!(rows.as_slice(), [(subject, score)] if subject == "Hello" && *score > 0.0), "{rows:?}");
        // Client input cannot act as commands, but may have syntax errors in the search language.
        let typed = ["(((", "it's \"", "+-*", "\\", "%", "@3 <>"];
        for words in typed {
            assert_eq!(Letter::query().filter(|l| has_words((l.subject, l.text), words)).count(db).await?, 0, "{words}");
        }
        let error = Letter::query().filter(|l| has_words_boolean(l.text, "+(((")).all(db).await.unwrap_err();
        assert!(error.to_string().contains("the search text is not a valid boolean search"), "{error}");
    }

    async fn rows_are_found_once_they_are_committed(db: Database) {
        letters(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        let count = || Letter::query().filter(|l| has_words(l.text, "lighthouse"));
        let mut s = db.session();
        Letter::insert().subject("Night").text("The lighthouse is lit".to_owned()).execute(&mut s).await?;
        assert_eq!(count().count(&mut s).await?, 0);
        s.commit().await?;
        assert_eq!(count().count(&mut s).await?, 1);
    }

    async fn a_search_is_a_condition_that_is_known(db: Database) {
        letters(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        let is_found = |l: LetterFields| has_words((l.subject, l.text), "harbour");
        let told = Letter::query().order_by(|l| l.id.asc()).select(|l| (is_found(l).known(), is_found(l).or_null(), is_found(l).not().known()));
        assert_eq!(told.all(db).await?, [(true, Some(true), false), (true, Some(true), false), (false, Some(false), true)]);
        let either = Letter::query().filter(|l| is_found(l).and(l.id.eq(1)).or(has_words(l.text, "crane")));
        assert_eq!(either.order_by(|l| l.id.asc()).select(|l| l.id).all(db).await?, [1, 2]);
    }

    async fn an_index_that_is_not_there_is_missed(db: Database) {
        shop(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        let error = Post::query().filter(|p| has_words(p.title, "hello")).all(db).await.unwrap_err();
        assert!(error.to_string().starts_with("there is no full-text index over exactly the searched columns: add one to the model"), "{error}");
        assert_eq!(error.code(), Some(1191));
    }

    async fn indexes_are_a_part_of_the_schema(db: Database) {
        letters(db).await?;
        assert_eq!(differences::<(Letter, Stamp)>(db).await?, []);
        Schema::verify::<(Letter, Stamp)>(db).await?;
        db.create_tables::<(Letter, Stamp)>().await?; // they stay
        let schema = Schema::reflect(db).await?;
        assert_eq!(schema.tables.iter().map(|table| table.name.name.as_str()).collect::<Vec<_>>(), ["letters", "stamps"]);
        let letters = schema.table("letters").unwrap();
        assert_eq!(letters.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), ["id", "subject", "text"]);
        assert_eq!(letters.beside, [""; 0]);
        let text = orm_reflect::models(&schema, db.dialect());
        let said = ["#[orm(full_text(subject, text))]", "full_text)]\n    pub text: Option<String>,"];
        assert_eq!(said.map(|said| text.contains(said)), [has_indexes(db); 2], "{text}");
        if has_indexes(db) {
            let named = |name: &str| KeyPart::Named { name: name.to_owned(), prefix: None };
            let wanted = |name: &str, parts: &[&str]| IndexSchema {
                name: name.to_owned(),
                full_text: true,
                parts: parts.iter().map(|part| named(part)).collect(),
                ..IndexSchema::default()
            };
            let found: Vec<_> = letters.indexes.iter().filter(|index| index.full_text).cloned().collect();
            assert_eq!(found, [wanted("letters_subject_text_fulltext", &["subject", "text"]), wanted("letters_text_fulltext", &["text"])]);
            assert!(found[1].columns().is_none(), "it finds no values");
        }
    }

    async fn indexes_that_differ_are_mended(db: Database) {
        letters(db).await?;
        sql!("DROP TABLE stamps").execute(db).await?;
        let found = differences::<later::Letter>(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            let all: Vec<_> = found.iter().map(|difference| (difference.to_string(), difference.harmless, difference.fix.clone())).collect();
            insta::assert_debug_snapshot!(format!("full_text.{}", db.dialect().name.to_lowercase()), all);
        });
        fix(db, &found).await?;
        assert_eq!(differences::<later::Letter>(db).await?, []);
        // In a different order of columns, it is the same index.
        sql!("ALTER TABLE letters DROP INDEX letters_words, ADD FULLTEXT INDEX letters_words (subject, text)").execute(db).await?;
        assert_eq!(differences::<later::Letter>(db).await?, []);
        // Some are missing, and the old names have other definitions.
        sql!("UPDATE letters SET text = NULL").execute(db).await?;
        let found = differences::<later::Number>(db).await?;
        fix(db, &found).await?;
        assert_eq!(differences::<later::Number>(db).await?, [], "{found:#?}");
        let found = differences::<Letter>(db).await?;
        fix(db, &found).await?;
        assert_eq!(differences::<Letter>(db).await?, [], "{found:#?}");
        assert_eq!(Letter::query().filter(|l| has_words((l.subject, l.text), "harbour")).count(db).await?, 1);
    }

    async fn a_parser_is_told_and_compared(db: Database) {
        #[derive(Model)]
        #[orm(table = "notes", full_text(text, parser = "ngram", name = "notes_words"))]
        struct Note {
            #[orm(primary_key)]
            id: u32,
            #[orm(length = 80)]
            text: String,
        }
        #[derive(Model)]
        #[orm(table = "notes", full_text(text, name = "notes_words"))]
        struct Plain {
            #[orm(primary_key)]
            id: u32,
            #[orm(length = 80)]
            text: String,
        }
        /// The server reports its parser's name in lower case.
        #[derive(Model)]
        #[orm(table = "notes", full_text(text, parser = "NGRAM", name = "notes_words"))]
        struct Loud {
            #[orm(primary_key)]
            id: u32,
            #[orm(length = 80)]
            text: String,
        }
        db.ping().await?;
        if db.dialect().name == "MariaDB" {
            let error = db.create_tables::<Note>().await.unwrap_err();
            assert_eq!(error.code(), Some(1128), "{error}");
            assert!(error.to_string().starts_with("Function 'ngram' is not defined; if it is the `parser`"), "{error}");
            return Ok(());
        }
        db.create_tables::<Note>().await?;
        assert_eq!(differences::<Note>(db).await?, []);
        assert_eq!(differences::<Loud>(db).await?, []);
        if !has_indexes(db) {
            return Ok(());
        }
        Note::insert().id(1).text("东京都港区").execute(db).await?;
        assert_eq!(Note::query().filter(|n| has_words(n.text, "港区")).count(db).await?, 1);
        let text = orm_reflect::models(&Schema::reflect(db).await?, db.dialect());
        assert!(text.contains("#[orm(full_text(text, name = \"notes_words\", parser = \"ngram\"))]"), "{text}");
        let own: String = sql!("SELECT DATABASE()").scalar(db).await?;
        let schema = Schema::reflect_in(&own, db).await?;
        assert_eq!(schema.tables[0].indexes[0].parser.as_deref(), Some("ngram"));
        let found = differences::<Plain>(db).await?;
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "the full-text index `notes_words` of `notes` belongs to no model: (`text`) WITH PARSER `ngram`",
                "the full-text index `notes_words` of `notes` is missing: (`text`)",
            ]
        );
        fix(db, &found).await?;
        assert_eq!(differences::<Plain>(db).await?, []);
    }

    async fn what_rust_has_as_no_text_is_a_comment(db: Database) {
        db.ping().await?;
        if db.dialect().name != "MariaDB" {
            return Ok(()); // Only MariaDB stores JSON as text, and can index it.
        }
        raw::sql("CREATE TABLE documents (id INT PRIMARY KEY, data JSON, FULLTEXT INDEX (data))").execute(db).await?;
        let text = orm_reflect::models(&Schema::reflect(db).await?, db.dialect());
        assert!(text.contains("// The table also has the full-text index `data` over (data), which a model can declare only over text columns.\n#[derive"), "{text}");
    }

    async fn searches_of_what_is_no_table_say_so(db: Database) {
        letters(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        let first = Letter::query().limit(2).select(|l| (l.id, l)).into_query();
        let error = first.filter(|(_, l)| has_words(l.text, "harbour")).all(db).await.unwrap_err();
        assert!(error.to_string().contains("before `.into_query()`"), "{error}");
        let pairs = Letter::query().join_on::<Letter>(|one, other| one.id.eq(other.id));
        let error = pairs.filter(|(one, other)| has_words((one.text, other.text), "harbour")).all(db).await.unwrap_err();
        assert!(error.to_string().starts_with("a full-text search can only search columns"), "{error}");
    }

    /// InnoDB also finds a multi-column index of the table that a foreign key references.
    async fn joined_rows_are_searched(db: Database) {
        letters(db).await?;
        if !has_indexes(db) {
            return Ok(());
        }
        let stamps = Stamp::query().filter(|s| has_words(s.letter().text, "crane"));
        assert_eq!(stamps.select(|s| s.id).all(db).await?, [1]);
        let deleted = Letter::delete().filter(|l| has_words_boolean(l.text, "+word")).execute(db).await?;
        assert_eq!(deleted, 1);
    }
}

#[test]
fn indexes_in_the_states_of_old_migrations_are_plain() {
    let old = r#"{"name":"posts_title_idx","parts":[{"Named":{"name":"title","prefix":null}}]}"#;
    let index: IndexSchema = serde_json::from_str(old).unwrap();
    assert!(!index.full_text && index.parser.is_none());
    assert_eq!(serde_json::to_string(&index).unwrap(), old);
}
