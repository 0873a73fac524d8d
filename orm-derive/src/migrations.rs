//! `migrations!`: embeds a folder of migrations in the program.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

pub(crate) fn embed(input: TokenStream) -> TokenStream {
    let folder: LitStr = match syn::parse2(input) {
        Ok(folder) => folder,
        Err(error) => {
            let message = "expected the folder of the migrations as a string, relative to `Cargo.toml`: \
                `migrations!(\"migrations\")`";
            return syn::Error::new(error.span(), message).into_compile_error();
        }
    };
    match files(&folder.value()) {
        Ok(files) => {
            let count = files.len();
            let files = files.iter().map(|(name, path)| quote!((#name, ::core::include_str!(#path))));
            quote!({
                let files: [(&str, &str); #count] = [#(#files),*];
                ::orm_migrate::Migrations::from_files(files)
            })
        }
        Err(message) => syn::Error::new(folder.span(), message).into_compile_error(),
    }
}

/// Returns the files of all migrations: the path of each relative to the folder, and its location.
fn files(folder: &str) -> Result<Vec<(String, String)>, String> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default().join(folder);
    let entries = |path: &Path| -> Result<Vec<PathBuf>, String> {
        let read = || fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>();
        let mut paths = read().map_err(|_| format!("there is no folder `{folder}` beside `Cargo.toml`"))?;
        paths.retain(|path| !name(path).starts_with('.'));
        paths.sort();
        Ok(paths)
    };
    let mut files = Vec::new();
    for migration in entries(&root)?.into_iter().filter(|path| path.is_dir()) {
        for file in entries(&migration)?.into_iter().filter(|path| path.is_file()) {
            files.push((format!("{}/{}", name(&migration), name(&file)), file.display().to_string()));
        }
    }
    Ok(files)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
