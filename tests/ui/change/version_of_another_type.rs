// The version passed to an update has the wrong type.
use orm::prelude::*;

#[derive(Model)]
pub struct Page {
    #[orm(primary_key)]
    pub id: u64,
    pub text: String,
    #[orm(version)]
    pub version: u32,
}

pub async fn case(db: &Database) -> orm::Result<()> {
    Page::update_by(1).version("1").set(|p| p.text.to("x")).execute(db).await?;
    // right: Page::update_by(1).version(1).set(|p| p.text.to("x")).execute(db).await?;
    Ok(())
}

fn main() {}
