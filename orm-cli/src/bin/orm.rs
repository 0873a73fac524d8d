//! The command `orm`, without models.

fn main() -> std::process::ExitCode {
    orm_cli::run_without_models()
}
