//! Writes every sample page and every asset into a folder, ready to be served and looked at: `samples <folder>`.

use std::{env, fs, io, path::PathBuf};

use web::{assets, public, staff};

fn main() -> io::Result<()> {
    let folder = env::args_os()
        .nth(1)
        .map_or_else(|| env::temp_dir().join("redress-samples"), PathBuf::from);
    fs::create_dir_all(folder.join("assets"))?;
    for (name, page) in public::all_samples() {
        fs::write(folder.join(name).with_extension("html"), page)?;
    }
    for (name, page) in staff::all_samples() {
        fs::write(folder.join(format!("staff-{name}.html")), page)?;
    }
    for asset in assets::all() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.plain)?;
    }
    Ok(())
}
