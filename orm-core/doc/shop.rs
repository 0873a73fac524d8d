// The models, the rows and `run` of the examples: see `lib.rs`.
use orm::prelude::*;
use orm_doc::{Post, PostFields, User, UserFields, run};
