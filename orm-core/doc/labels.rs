// Beside `shop.rs`: models that are linked through a join model.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "articles", many_to_many(labels: Label, through = ArticleLabel))]
pub struct Article {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "labels", many_to_many(articles: Article, through = ArticleLabel))]
pub struct Label {
    #[orm(primary_key, auto)]
    pub id: u64,
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "article_labels", primary_key(article_id, label_id))]
pub struct ArticleLabel {
    #[orm(belongs_to = Article, on_delete = cascade)]
    pub article_id: u64,
    #[orm(belongs_to = Label, on_delete = cascade)]
    pub label_id: u64,
}

/// One article (id 1), with the labels "rust" and "sql"; "idle" is nobody's.
async fn labels(db: &Database) -> orm::Result<()> {
    db.create_tables::<(Article, Label, ArticleLabel)>().await?;
    let mut s = db.session();
    let article = s.add(Article::insert().title("Hello"));
    for word in ["rust", "sql", "idle"] {
        let label = s.add(Label::insert().word(word));
        if word != "idle" {
            s.attach(article, |a| a.labels(), label)?;
        }
    }
    s.commit().await
}
