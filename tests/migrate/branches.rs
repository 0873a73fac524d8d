//! Migrations made on two branches.

use orm_migrate::{Draft, Migrations};

use super::{Folder, differs_in_no_way};

macro_rules! notes {
    ($module:ident { $($field:ident)* }) => {
        mod $module {
            use orm::prelude::*;

            #[derive(Model)]
            #[orm(table = "notes")]
            pub struct Note {
                #[orm(primary_key, auto)]
                pub id: u64,
                $(pub $field: Option<i32>,)*
            }
        }
    };
}

notes!(base {});
notes!(one { a });
notes!(other { b });
notes!(further { b c });
notes!(both { a b c });

on_every_backend! {
    async fn are_told_apart_once_they_are_merged(db: Database) {
        db.ping().await?;
        let (folder, branch, dialect) = (Folder::new(), Folder::new(), db.dialect());
        let read = |folder: &Folder| Migrations::read(&folder.0);
        Draft::of::<base::Note>(&read(&folder)?, &[dialect])?.write(&folder.0, "base")?;
        let name = read(&folder)?.names().next().unwrap().to_owned();
        copy(&folder, &branch, &name);
        Draft::of::<one::Note>(&read(&folder)?, &[dialect])?.write(&folder.0, "one")?;
        read(&folder)?.up(db).await?;
        let draft = Draft::of::<other::Note>(&read(&branch)?, &[dialect])?;
        std::thread::sleep(std::time::Duration::from_millis(1100));
        let other = draft.write(&branch.0, "other")?.unwrap();
        let further = Draft::of::<further::Note>(&read(&branch)?, &[dialect])?.write(&branch.0, "further")?.unwrap();
        assert!(orm_migrate::check::<further::Note>(&read(&branch)?, &[dialect]).is_ok());

        for name in [&other, &further] {
            copy(&branch, &folder, name);
        }
        let message = orm_migrate::check::<both::Note>(&read(&folder)?, &[dialect]).unwrap_err().to_string();
        let told = format!("the migration `{further}` was made on a branch without `");
        assert!(message.contains("add the column `notes.a`") && message.contains(&told), "{message}");

        for name in [&other, &further] {
            std::fs::remove_dir_all(folder.0.join(name)).unwrap();
        }
        let draft = Draft::of::<both::Note>(&read(&folder)?, &[dialect])?;
        assert_eq!(draft.unmerged(), None);
        draft.write(&folder.0, "other again")?;
        assert_eq!(read(&folder)?.up(db).await?.len(), 1);
        differs_in_no_way::<both::Note>(db).await?;

        // A squashed migration stands for those that it replaces.
        let squashed = read(&folder)?;
        let [first, second] = [0, 1].map(|at| squashed.names().nth(at).unwrap().to_owned());
        squashed.squash(&folder.0, Some(&first), Some(&second))?;
        assert_eq!(Draft::of::<both::Note>(&read(&folder)?, &[dialect])?.unmerged(), None);
    }
}

fn copy(from: &Folder, to: &Folder, name: &str) {
    let (from, to) = (from.0.join(name), to.0.join(name));
    std::fs::create_dir_all(&to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
