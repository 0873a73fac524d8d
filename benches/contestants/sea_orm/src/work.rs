//! The work, on the database of the parent module.

use std::hint::black_box;

use anyhow::{Context as _, Result};
use contestant::{Contestant, Person, Search, nest};
use futures_util::TryStreamExt as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, EntityTrait as _,
    JoinType, LoaderTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    RelationTrait as _, Select, Statement, TransactionTrait as _,
};
use tokio::task::JoinSet;

use super::{ADDED, BACKEND, BIND_LIMIT, Key};

mod user {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "users", model_attrs(derive(serde::Serialize)))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: super::Key,
        pub name: String,
        pub hair_color: Option<String>,
        #[sea_orm(has_many)]
        pub posts: HasMany<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod post {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "posts", model_attrs(derive(serde::Serialize)))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: super::Key,
        pub user_id: super::Key,
        pub title: String,
        pub body: Option<String>,
        #[sea_orm(belongs_to, from = "user_id", to = "id")]
        pub user: BelongsTo<super::user::Entity>,
        #[sea_orm(has_many)]
        pub comments: HasMany<super::comment::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod comment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "comments", model_attrs(derive(serde::Serialize)))]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: super::Key,
        pub post_id: super::Key,
        pub text: String,
        #[sea_orm(belongs_to, from = "post_id", to = "id")]
        pub post: BelongsTo<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod account {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: super::Key,
        pub balance: i64,
        pub version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A pool of one connection, and a larger one once it is needed.
pub(crate) struct SeaOrm {
    db: DatabaseConnection,
    pool: Option<DatabaseConnection>,
    url: String,
}

async fn connect(url: &str, connections: u32) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).test_before_acquire(false).sqlx_logging(false);
    if BACKEND == sea_orm::DbBackend::MySql {
        options.map_sqlx_mysql_opts(|it| it.ssl_mode(sea_orm::sqlx::mysql::MySqlSslMode::Disabled));
    }
    Ok(Database::connect(options).await?)
}

async fn insert(db: &impl ConnectionTrait, people: &[Person]) -> Result<()> {
    let row = |person: &Person| user::ActiveModel {
        id: NotSet,
        name: Set(person.name.clone()),
        hair_color: Set(person.hair_color.clone()),
    };
    user::Entity::insert_many(people.iter().map(row)).exec_without_returning(db).await?;
    Ok(())
}

async fn find(db: &impl ConnectionTrait, id: u64) -> Result<user::Model> {
    user::Entity::find_by_id(id as Key).one(db).await?.context("no such user")
}

async fn update(db: &impl ConnectionTrait, id: u64, name: &str) -> Result<()> {
    let update = user::Entity::update_many().col_expr(user::Column::Name, Expr::value(name));
    update.filter(user::Column::Id.eq(id as Key)).exec(db).await?;
    Ok(())
}

async fn rename(db: &DatabaseConnection, id: u64, name: &str) -> Result<()> {
    let transaction = db.begin().await?;
    update(&transaction, id, name).await?;
    Ok(transaction.commit().await?)
}

/// Returns the query of S6. Table aliases take `sea_query`, the layer below.
fn search(search: &Search<'_>) -> Select<comment::Entity> {
    let other = |column| Expr::col(("users_2", column));
    let mut select = comment::Entity::find()
        .select_only()
        .column(comment::Column::Id)
        .columns([post::Column::Title, post::Column::Body])
        .column(user::Column::Name)
        .expr(other(user::Column::Name))
        .join(JoinType::InnerJoin, comment::Relation::Post.def())
        .join(JoinType::InnerJoin, post::Relation::User.def());
    let same_name = other(user::Column::Name).equals((user::Entity, user::Column::Name));
    sea_orm::QueryTrait::query(&mut select).join_as(JoinType::InnerJoin, user::Entity, "users_2", same_name);
    select
        .filter(post::Column::Title.eq(search.title))
        .filter(comment::Column::Text.ne(search.text))
        .filter(comment::Column::Id.gt(search.above as Key))
        .filter(user::Column::Name.eq(search.name))
        .filter(other(user::Column::Id).gt(search.above as Key))
        .filter(post::Column::Body.is_not_null())
        .order_by_asc(post::Column::Title)
        .order_by_desc(comment::Column::Id)
        .limit(search.rows)
        .offset(search.rows * search.page)
}

impl Contestant for SeaOrm {
    type User = user::Model;
    type Pair = (user::Model, Option<post::Model>);
    type Branch = (user::Model, Vec<(post::Model, Vec<comment::Model>)>);

    async fn open(url: &str) -> Result<Self> {
        Ok(SeaOrm { db: connect(url, 1).await?, pool: None, url: url.to_owned() })
    }

    async fn run(&mut self, statements: &[String]) -> Result<()> {
        for statement in statements {
            self.db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn load(&mut self) -> Result<Vec<user::Model>> {
        Ok(user::Entity::find().all(&self.db).await?)
    }

    async fn pairs(&mut self, above: u64) -> Result<Vec<Self::Pair>> {
        let query = user::Entity::find().find_also_related(post::Entity);
        let query = query.filter(user::Column::Id.gt(above as Key));
        Ok(query.order_by_asc(user::Column::Id).order_by_asc(post::Column::Id).all(&self.db).await?)
    }

    async fn insert(&mut self, people: &[Person]) -> Result<()> {
        insert(&self.db, people).await
    }

    async fn graph(&mut self) -> Result<Vec<Self::Branch>> {
        let users = self.load().await?;
        let posts: Vec<post::Model> =
            users.load_many(post::Entity, &self.db).await?.into_iter().flatten().collect();
        let comments = posts.load_many(comment::Entity, &self.db).await?;
        let posts = posts.into_iter().zip(comments).collect();
        Ok(nest(users, |user| user.id, posts, |(post, _)| post.user_id))
    }

    async fn find(&mut self, id: u64) -> Result<user::Model> {
        find(&self.db, id).await
    }

    fn build(&mut self, asked: &Search<'_>) -> Result<(String, usize)> {
        let statement = search(asked).build(BACKEND);
        let values = statement.values.map_or(0, |values| values.0.len());
        Ok((statement.sql, values))
    }

    fn compose(&mut self, asked: &Search<'_>) -> Result<()> {
        black_box(search(asked));
        Ok(())
    }

    async fn rename(&mut self, id: u64, name: &str) -> Result<()> {
        rename(&self.db, id, name).await
    }

    async fn update(&mut self, id: u64, name: &str) -> Result<()> {
        update(&self.db, id, name).await
    }

    async fn upsert(&mut self, balances: &[(u64, i64)]) -> Result<()> {
        let row = |&(id, balance): &(u64, i64)| account::ActiveModel {
            id: Set(id as Key),
            balance: Set(balance),
            version: Set(1),
        };
        let mut conflict = OnConflict::column(account::Column::Id);
        conflict.value(account::Column::Balance, Expr::cust(ADDED));
        let insert = account::Entity::insert_many(balances.iter().map(row)).on_conflict(conflict);
        insert.exec_without_returning(&self.db).await?;
        Ok(())
    }

    async fn listed(&mut self, ids: &[u64]) -> Result<Vec<user::Model>> {
        let ids = ids.iter().map(|&id| id as Key);
        Ok(user::Entity::find().filter(user::Column::Id.is_in(ids)).all(&self.db).await?)
    }

    async fn crowd(&mut self, tasks: &[Vec<u64>]) -> Result<()> {
        let pool = match &self.pool {
            Some(pool) => pool,
            None => self.pool.insert(connect(&self.url, 16).await?),
        };
        let mut running = JoinSet::new();
        for ids in tasks {
            let (pool, ids) = (pool.clone(), ids.clone());
            running.spawn(async move {
                for id in ids {
                    black_box(find(&pool, id).await?);
                    rename(&pool, id, "Eve").await?;
                }
                anyhow::Ok(())
            });
        }
        running.join_all().await.into_iter().collect()
    }

    async fn stream(&mut self, mut give: impl FnMut(user::Model)) -> Result<()> {
        let mut users = user::Entity::find().stream(&self.db).await?;
        while let Some(user) = users.try_next().await? {
            give(user);
        }
        Ok(())
    }

    async fn bulk(&mut self, people: &[Person]) -> Result<()> {
        let transaction = self.db.begin().await?;
        for people in people.chunks(BIND_LIMIT / 2) {
            insert(&transaction, people).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn raw(&mut self, id: u64) -> Result<user::Model> {
        let sql = "SELECT id, name, hair_color FROM users WHERE id = ?";
        let statement = Statement::from_sql_and_values(BACKEND, sql, [(id as Key).into()]);
        user::Entity::find().from_raw_sql(statement).one(&self.db).await?.context("no such user")
    }
}
