// A model with `hooks` does not implement `Hooks`.
use orm::prelude::*;

#[derive(Model)]
// right: impl orm::Hooks for Page {}
// right:
// right: #[derive(Model)]
#[orm(hooks)]
pub struct Page {
    #[orm(primary_key)]
    pub id: u64,
}

fn main() {}
