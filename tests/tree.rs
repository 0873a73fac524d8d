//! Trees: rows and their descendants.

use orm::prelude::*;
use orm::{Graph, RowStream, Tree, assert_statements, sql};

use crate::relation::to_itself::chain;
use crate::support::models::*;

/// A part, made of other parts, each of which may be in many.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(
    table = "parts",
    many_to_many(made_of: Part, through = Piece, from = whole, to = piece), has_many(notes: PartNote)
)]
struct Part {
    #[orm(primary_key)]
    id: u32,
    name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "pieces", primary_key(whole_id, piece_id))]
struct Piece {
    #[orm(belongs_to = Part)]
    whole_id: u32,
    #[orm(belongs_to = Part)]
    piece_id: u32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "part_notes")]
struct PartNote {
    #[orm(primary_key)]
    id: u32,
    #[orm(belongs_to = Part)]
    part_id: u32,
}

/// A folder on a disk, with a composite key.
#[derive(Model, Debug, Clone, PartialEq)]
#[orm(table = "folders", primary_key(disk, path), belongs_to(parent: Folder, by = (disk, parent_path)), has_many(folders: Folder))]
struct Folder {
    disk: u32,
    #[orm(length = 40)]
    path: String,
    #[orm(length = 40)]
    parent_path: Option<String>,
}

/// ```text
/// 1 ── 2 ── 4 ── 7
///  │    └── 5
///  └── 3 ── 6
/// 8 ── 9
/// ```
async fn staff(db: &Database) -> orm::Result<Vec<Employee>> {
    db.create_tables::<Employee>().await?;
    let above = [None, Some(1), Some(1), Some(2), Some(2), Some(3), Some(4), None, Some(8)];
    let staff: Vec<Employee> = (1..)
        .zip(above)
        .map(|(id, manager_id)| Employee { id, name: format!("e{id}"), manager_id })
        .collect();
    Employee::insert_all(&staff).execute(db).await?;
    Ok(staff)
}

/// Draws a tree as text: `1(2(4(7)5)3(6))`.
fn drawn<T>(trees: &[Tree<T>], id: fn(&T) -> u32) -> String {
    let tree = |tree: &Tree<T>| match tree.children.as_slice() {
        [] => format!("{} ", id(&tree.row)),
        children => format!("{}({}) ", id(&tree.row), drawn(children, id)),
    };
    trees.iter().map(tree).collect::<String>().trim().to_owned()
}

fn of_staff(trees: &[Tree<Employee>]) -> String {
    drawn(trees, |employee| employee.id)
}

fn tops() -> orm::Query<Employee> {
    Employee::query().filter(|e| e.manager_id.is_null()).order_by(|e| e.id.asc())
}

on_every_backend! {
    async fn are_loaded_a_level_at_a_time(db: Database) {
        staff(db).await?;
        let by_key = |e: EmployeeFields| e.reports().order_by(|r| r.id.asc());
        // The last statement returns no rows.
        let trees = assert_statements!(db, 5, tops().tree(by_key).all(db).await?);
        assert_eq!(of_staff(&trees), "1(2(4(7) 5) 3(6)) 8(9)");
        assert!(trees.iter().flat_map(Tree::rows).all(|(level, e)| (level == 0) == e.manager_id.is_none()));
        let levels: Vec<(usize, u32)> = trees[0].rows().map(|(level, e)| (level, e.id)).collect();
        assert_eq!(levels, [(0, 1), (1, 2), (2, 4), (3, 7), (2, 5), (1, 3), (2, 6)]);
        // Without roots there are no descendants, and no further statement.
        assert_eq!(assert_statements!(db, 1, tops().filter(|e| e.id.gt(99)).tree(by_key).all(db).await?), []);
        assert_eq!(of_staff(&assert_statements!(db, 2, Employee::find(7).tree(by_key).all(db).await?)), "7");
    }

    async fn have_the_rows_that_the_relation_says_in_its_order(db: Database) {
        staff(db).await?;
        let down = tops().tree(|e| e.reports().order_by(|r| r.id.desc())).all(db).await?;
        assert_eq!(of_staff(&down), "1(3(6) 2(5 4(7))) 8(9)");
        let some = tops().tree(|e| e.reports().filter(|r| r.id.ne(4)).order_by(|r| r.id.asc())).all(db).await?;
        assert_eq!(of_staff(&some), "1(2(5) 3(6)) 8(9)");
        let first = tops().tree(|e| e.reports().order_by(|r| r.id.asc()).limit(1)).all(db).await?;
        assert_eq!(of_staff(&first), "1(2(4(7))) 8(9)");
        // Rows may occur in several trees.
        let all = Employee::query().filter(|e| e.id.is_in([4, 1, 2])).order_by(|e| e.id.desc());
        let all = assert_statements!(db, 5, all.tree(|e| e.reports().order_by(|r| r.id.asc())).all(db).await?);
        assert_eq!(of_staff(&all), "4(7) 2(4(7) 5) 1(2(4(7) 5) 3(6))");
    }

    async fn are_limited_to_the_given_depth(db: Database) {
        staff(db).await?;
        let to = |depth| tops().tree(|e| e.reports().order_by(|r| r.id.asc())).depth(depth);
        for (depth, statements, drawn) in [
            (0, 1, "1 8"),
            (1, 2, "1(2 3) 8(9)"),
            (2, 3, "1(2(4 5) 3(6)) 8(9)"),
            (3, 4, "1(2(4(7) 5) 3(6)) 8(9)"),
            (4, 5, "1(2(4(7) 5) 3(6)) 8(9)"),
            (u32::MAX, 5, "1(2(4(7) 5) 3(6)) 8(9)"),
        ] {
            let trees = assert_statements!(db, statements, to(depth).all(db).await?);
            assert_eq!(of_staff(&trees), drawn, "{depth}");
        }
        // The last depth set counts, also on a clone.
        let shallow = to(1);
        assert_eq!(of_staff(&shallow.clone().depth(0).all(db).await?), "1 8");
        assert_eq!(of_staff(&shallow.all(db).await?), "1(2 3) 8(9)");
    }

    async fn find_circles(db: Database) {
        staff(db).await?;
        // 1 is below 7 now: starting from any of them, there is no end.
        Employee::update_by(1).set(|e| e.manager_id.to(7)).execute(db).await?;
        for id in [1, 2, 4, 7] {
            let error = Employee::find(id).tree(|e| e.reports()).one(db).await.unwrap_err();
            assert!(error.is_invalid_query());
            let expected = "the tree of `Employee` has a cycle: by `manager`, a row is its own descendant; \
                            correct the rows, or limit the levels to load, as in `.depth(10)`";
            assert_eq!(error.to_string(), expected);
        }
        let round = Employee::find(4).tree(|e| e.reports().order_by(|r| r.id.asc())).depth(4).all(db).await?;
        assert_eq!(of_staff(&round), "4(7(1(2(4 5) 3(6))))");
        // Rows outside the cycle are not reached, nor those below them.
        assert_eq!(of_staff(&Employee::find(3).tree(|e| e.reports()).all(db).await?), "3(6)");
        let cut = Employee::find(2).tree(|e| e.reports().filter(|r| r.id.ne(1)).order_by(|r| r.id.asc())).all(db).await?;
        assert_eq!(of_staff(&cut), "2(4(7) 5)");
        // The smallest cycle.
        Employee::update_by(9).set(|e| e.manager_id.to(9)).execute(db).await?;
        assert!(Employee::find(9).tree(|e| e.reports()).one(db).await.unwrap_err().is_invalid_query());
        assert_eq!(of_staff(&Employee::find(9).tree(|e| e.reports()).depth(2).all(db).await?), "9(9(9))");
    }

    async fn through_a_join_model_have_a_row_below_each_that_leads_to_it(db: Database) {
        db.create_tables::<(Part, Piece, PartNote)>().await?;
        let parts = (1..=5).map(|id| Part { id, name: format!("p{id}") });
        Part::insert_all(parts).execute(db).await?;
        let pieces = [(1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (1, 5)];
        Piece::insert_all(pieces.map(|(whole_id, piece_id)| Piece { whole_id, piece_id })).execute(db).await?;
        PartNote::insert_all([(1, 4), (2, 4), (3, 5)].map(|(id, part_id)| PartNote { id, part_id })).execute(db).await?;
        let parts = |trees: &[Tree<Part>]| drawn(trees, |part| part.id);
        let made_of = |p: PartFields| p.made_of().order_by(|p| p.id.asc());
        let trees = assert_statements!(db, 5, Part::find(1).tree(made_of).all(db).await?);
        assert_eq!(parts(&trees), "1(2(4(5)) 3(4(5)) 5)");
        // Each row with its own related rows: one more statement for each level that has rows.
        let noted = Part::find(1).with(|p| p.notes()).tree(|p| made_of(p).with(|p| p.notes()));
        let noted: Tree<(Part, Vec<PartNote>)> = assert_statements!(db, 9, noted.one(db).await?);
        let notes: Vec<(u32, usize)> = noted.rows().map(|(_, (part, notes))| (part.id, notes.len())).collect();
        assert_eq!(notes, [(1, 0), (2, 0), (4, 2), (5, 1), (3, 0), (4, 2), (5, 1), (5, 1)]);
        // A cycle reached in two ways.
        Piece::insert_all([Piece { whole_id: 5, piece_id: 4 }]).execute(db).await?;
        assert!(Part::find(1).tree(made_of).one(db).await.unwrap_err().is_invalid_query());
    }

    async fn go_by_keys_of_several_columns(db: Database) {
        db.create_tables::<Folder>().await?;
        let folders = [(1, "a", None), (2, "a", None), (1, "b", Some("a")), (2, "c", Some("a")), (1, "d", Some("b"))];
        let folders = folders.map(|(disk, path, parent)| Folder { disk, path: path.into(), parent_path: parent.map(Into::into) });
        Folder::insert_all(folders).execute(db).await?;
        let tops = Folder::query().filter(|f| f.parent_path.is_null()).order_by(|f| f.disk.asc());
        let trees = assert_statements!(db, 4, tops.tree(|f| f.folders()).all(db).await?);
        let paths: Vec<Vec<&str>> =
            trees.iter().map(|tree| tree.rows().map(|(_, folder)| folder.path.as_str()).collect()).collect();
        assert_eq!(paths, [vec!["a", "b", "d"], vec!["a", "c"]]);
    }

    async fn are_loaded_with_other_rows(db: Database) {
        staff(db).await?;
        let by_key = |e: EmployeeFields| e.reports().order_by(|r| r.id.asc());
        let pairs: Vec<(Employee, Vec<Tree<Employee>>)> =
            assert_statements!(db, 5, tops().with(|e| by_key(e).tree(by_key)).all(db).await?);
        assert_eq!(pairs.iter().map(|(_, trees)| of_staff(trees)).collect::<Vec<_>>(), ["2(4(7) 5) 3(6)", "9"]);
        let (_, flat) = Employee::find(1).with(|e| by_key(e).tree(by_key).depth(1)).one(db).await?;
        assert_eq!(of_staff(&flat), "2(4 5) 3(6)");
        let above: Vec<(Employee, Option<Tree<Employee>>)> =
            Employee::query().filter(|e| e.id.is_in([5, 8])).order_by(|e| e.id.asc()).with(|e| e.manager().tree(by_key)).all(db).await?;
        assert_eq!(above[0].1.as_ref().map(|tree| of_staff(std::slice::from_ref(tree))).as_deref(), Some("2(4(7) 5)"));
        assert_eq!(above[1].1, None);

        #[derive(Graph)]
        struct Team {
            #[orm(root)]
            boss: Employee,
            #[orm(load = |e| e.reports().order_by(|r| r.id.asc()).tree(|e| e.reports().order_by(|r| r.id.asc())))]
            below: Vec<Tree<Employee>>,
        }
        let team: Team = Employee::find(1).graph().one(db).await?;
        assert_eq!((team.boss.id, of_staff(&team.below).as_str()), (1, "2(4(7) 5) 3(6)"));

        let rows = Employee::query().filter(|e| e.id.lt(4)).order_by(|e| e.id.asc()).all(db).await?;
        let below = Employee::load(&rows, |e| by_key(e).tree(by_key)).all(db).await?;
        assert_eq!(below.iter().map(|trees| of_staff(trees)).collect::<Vec<_>>(), ["2(4(7) 5) 3(6)", "4(7) 5", "6"]);
    }

    async fn are_paged_and_streamed(db: Database) {
        async fn rest(mut trees: RowStream<'_, Tree<Employee>>) -> orm::Result<Vec<Tree<Employee>>> {
            let mut rest = Vec::new();
            while let Some(tree) = trees.next().await? {
                rest.push(tree);
            }
            Ok(rest)
        }
        staff(db).await?;
        let trees = || tops().tree(|e| e.reports().order_by(|r| r.id.asc()));
        let page = trees().page(2, 1, db).await?;
        assert_eq!((of_staff(&page.rows), page.total), ("8(9)".to_owned(), 2));
        let first = trees().limit(1).after(None, db).await?;
        assert_eq!(of_staff(&trees().limit(1).after(first.next.as_ref(), db).await?.rows), "8(9)");
        let streamed = assert_statements!(db, 5 + 3 + 1, rest(trees().stream(db).portions(1)).await?);
        assert_eq!(of_staff(&streamed), "1(2(4(7) 5) 3(6)) 8(9)");
    }

    async fn are_tracked(db: Database) {
        staff(db).await?;
        let mut s = db.session();
        let trees: Vec<Tree<Handle<Employee>>> = tops().tree(|e| e.reports().order_by(|r| r.id.asc())).track(&mut s).await?;
        for (level, &employee) in trees.iter().flat_map(Tree::rows) {
            s[employee].name = format!("level {level}");
        }
        // A whole branch is moved.
        s.link(trees[0].children[0].row, |e| e.manager(), trees[1].row)?;
        s.commit().await?;
        let trees = tops().tree(|e| e.reports().order_by(|r| r.id.asc())).all(db).await?;
        assert_eq!(of_staff(&trees), "1(3(6)) 8(2(4(7) 5) 9)");
        assert_eq!(trees[1].children[0].row.name, "level 1");
    }

    async fn have_a_limit_to_their_depth(db: Database) {
        chain(db, 1_001).await?;
        let tree = tops().tree(|e| e.reports()).one(db).await?;
        let levels: Vec<usize> = tree.rows().map(|(level, _)| level).collect();
        assert_eq!(levels, (0..=1_000).collect::<Vec<_>>());
        // Recursive code has enough stack for it.
        assert_eq!(tree.clone(), tree);
        assert!(format!("{tree:?}").contains("1001"));
        sql!("INSERT INTO {@Employee} (id, name, manager_id) VALUES (1002, 'one too many', 1001)").execute(db).await?;
        for depth in [None, Some(5_000)] {
            let trees = tops().tree(|e| e.reports());
            let error = match depth {
                None => trees.one(db).await.unwrap_err(),
                Some(depth) => trees.depth(depth).one(db).await.unwrap_err(),
            };
            assert!(error.is_invalid_query());
            assert!(error.to_string().starts_with("the tree of `Employee` by `manager` goes more than 1000 levels down"), "{error}");
        }
        assert_eq!(tops().tree(|e| e.reports()).depth(1_000).one(db).await?, tree);
    }
}
