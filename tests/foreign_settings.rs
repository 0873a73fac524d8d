//! Servers with settings of their own that change what statements mean.

use orm::prelude::*;
use orm::{Schema, raw};
use serde_json::{Value as Json, json};

use crate::support::OwnServer;
use crate::verify::differences;

#[derive(Value, Debug, Clone, Copy, PartialEq)]
#[orm(as = enum)]
pub enum Path {
    #[orm(rename = "c:\\new")]
    New,
    #[orm(rename = "it's")]
    Its,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "folders", check = "size >= 0", comment = "back\\slash and \"quote\"")]
pub struct Folder {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub path: Path,
    #[orm(length = 40, server_default = "'a\\\\b'")]
    pub name: String,
    pub data: Json,
    pub size: i32,
    #[orm(belongs_to = Folder)]
    pub parent_id: Option<u64>,
}

/// Modes and variables that some servers have, and that were the defaults of other programs.
async fn unsettle(db: &Database) -> orm::Result<()> {
    let mariadb = db.dialect().name == "MariaDB";
    let more = if mariadb { ",EMPTY_STRING_IS_NULL" } else { "" };
    for setting in [
        format!("sql_mode = CONCAT(@@sql_mode, ',ANSI,NO_BACKSLASH_ESCAPES{more}')"),
        "sql_select_limit = 2".to_owned(),
        "sql_auto_is_null = 1".to_owned(),
        "completion_type = 1".to_owned(),
        "sql_quote_show_create = 0".to_owned(),
    ] {
        // MySQL does not keep the last one for new connections.
        match raw::sql_unchecked(format!("SET GLOBAL {setting}")).execute(db).await {
            Err(error) if error.code() == Some(1228) && setting.starts_with("sql_quote") => {}
            set => _ = set?,
        }
    }
    Ok(())
}

on_own_servers! {
    async fn do_not_change_what_statements_mean(backend: &str) {
        let server = OwnServer::start(backend, &[]).await;
        let fresh = server.fresh().await;
        fresh.db.ping().await?;
        unsettle(&fresh.db).await?;
        let db = &Database::open(&fresh.url)?;

        db.create_tables::<Folder>().await?;
        assert_eq!(differences::<Folder>(db).await?, []);
        let schema = Schema::reflect(db).await?;
        assert_eq!(schema.table("folders").and_then(|table| table.comment.as_deref()), Some("back\\slash and \"quote\""));

        for (path, parent_id) in [(Path::New, None), (Path::Its, Some(1)), (Path::New, Some(1))] {
            let folder = Folder::insert().path(path).data(json!({ "a\\": "\"" })).size(1);
            let folder = match parent_id {
                Some(id) => folder.parent_id(id),
                None => folder.parent_id(None),
            };
            folder.execute(db).await?;
        }
        let all = Folder::query().order_by(|f| f.id.asc()).all(db).await?;
        assert_eq!(all.iter().map(|f| (f.path, f.name.as_str())).collect::<Vec<_>>(), [(Path::New, "a\\b"), (Path::Its, "a\\b"), (Path::New, "a\\b")]);
        // The row that was inserted last is not NULL.
        let inserted = Folder::insert().path(Path::New).data(json!([])).size(0).returning(db).await?.id;
        assert_eq!(raw::sql_unchecked("SELECT COUNT(*) FROM folders WHERE id IS NULL").one::<i64>(db).await?, 0);
        assert_eq!(Folder::find(inserted).one(db).await?.parent_id, None);
        assert_eq!(Folder::query().filter(|f| f.name.replace("b", "").eq("a\\")).count(db).await?, 4);
        assert_eq!(Folder::query().select(|f| f.name.left(0).concat("x")).first(db).await?, Some("x".to_owned()));

        // A transaction ends with its COMMIT.
        let mut s = db.session();
        Folder::delete_by(inserted).execute(&mut s).await?;
        s.commit().await?;
        assert_eq!(db.transaction().run(async |mut tx| Folder::query().count(&mut tx).await).await?, 3);
        fresh.end().await;
        server.end().await;
    }
}
