//! Compiles the pages' style and script with the packages of `assets/package-lock.json` and writes the table that `src/assets.rs` serves.
//!
//! Everything is made in cargo's output folder; the source tree is only read. The packages are installed again only
//! when the lock file changes, so a build without network works once the first one has run.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The oldest Node.js that the packages in the lock file run on.
const OLDEST_NODE: u32 = 20;
/// How much of a failed tool's last words is worth showing, in lines.
const LAST_LINES: usize = 12;
/// What npm reads before it installs, in the order that the stamp holds them.
const PACKAGE_FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=assets");
    if let Err(trouble) = make_assets() {
        for line in trouble.lines() {
            println!("cargo::error={line}");
        }
    }
}

fn make_assets() -> Result<(), String> {
    let sources = folder("CARGO_MANIFEST_DIR")?.join("assets");
    let out = folder("OUT_DIR")?;
    let (packages, results) = (out.join("npm"), out.join("assets"));
    require_node()?;
    install(&sources, &packages)?;
    compile(&sources, &packages, &results)?;
    let table = fs::read_to_string(results.join("table.tsv")).map_err(file_trouble(&results))?;
    fs::write(out.join("assets_table.rs"), rust_table(&table, &results)?).map_err(file_trouble(&out))
}

fn folder(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| format!("{variable} is not set: build this package with cargo."))
}

fn require_node() -> Result<(), String> {
    let advice = format!(
        "The pages' style and script are compiled with Node.js {OLDEST_NODE} or newer and npm, which comes with it. \
         Install Node.js from your system's packages or from nodejs.org, check that `node --version` and `npm --version` \
         answer, and build again. Running Redress afterwards needs neither."
    );
    let version = match Command::new("node").arg("--version").output() {
        Ok(output) if output.status.success() => text(&output.stdout),
        _ => return Err(format!("Node.js was not found. {advice}")),
    };
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => {}
        _ => return Err(format!("Node.js {} is too old. {advice}", version.trim())),
    }
    match npm().arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        _ => Err(format!("npm was not found. {advice}")),
    }
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Installs what the lock file names, unless that is what is there.
fn install(sources: &Path, packages: &Path) -> Result<(), String> {
    fs::create_dir_all(packages).map_err(file_trouble(packages))?;
    let mut wanted = String::new();
    for name in PACKAGE_FILES {
        let from = sources.join(name);
        wanted += &fs::read_to_string(&from).map_err(file_trouble(&from))?;
        copy(&from, &packages.join(name))?;
    }
    let stamp = packages.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let mut install = npm();
    install
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
        .current_dir(packages);
    run(
        install,
        "npm could not install the packages that the pages' style and script are compiled from. \
                  The first build needs the network, or a filled npm cache.",
    )?;
    fs::write(&stamp, wanted).map_err(file_trouble(&stamp))
}

fn compile(sources: &Path, packages: &Path, results: &Path) -> Result<(), String> {
    // The compiler stands beside the packages, because Node.js looks for them from where a file is.
    let compiler = packages.join("build.mjs");
    copy(&sources.join("build.mjs"), &compiler)?;
    let mut node = Command::new("node");
    node.arg(&compiler).args([sources, packages, results]);
    run(node, "The pages' style and script could not be compiled.")
}

fn run(mut command: Command, what_failed: &str) -> Result<(), String> {
    let output = command.output().map_err(|why| format!("{what_failed} {why}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{what_failed} Its last words:\n{}", last_words(&output)))
}

fn last_words(output: &Output) -> String {
    let said = text(&output.stdout) + &text(&output.stderr);
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.trim_start().starts_with("at "))
        .collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
}

/// One `Asset` for each line of `name, hashed name, content type, hash, compressions`, with tabs between.
fn rust_table(table: &str, results: &Path) -> Result<String, String> {
    let mut rust = String::from("[\n");
    for line in table.lines() {
        let mut parts = line.split('\t');
        let (Some(name), Some(hashed), Some(content_type), Some(hash), Some(kinds)) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(format!("The asset compiler wrote a line that nobody can read: {line}"));
        };
        let file = results.join(hashed);
        let bytes = |path: &Path| format!("include_bytes!({:?})", path.display().to_string());
        let squeezed = |kind: &str| {
            if kinds.split(' ').any(|one| one == kind) {
                format!("Some({})", bytes(&PathBuf::from(format!("{}.{kind}", file.display()))))
            } else {
                "None".to_owned()
            }
        };
        rust += &format!(
            "    Asset {{ name: {name:?}, path: {:?}, content_type: {content_type:?}, etag: {:?}, plain: {}, gzip: {}, brotli: {} }},\n",
            format!("/assets/{hashed}"),
            format!("\"{hash}\""),
            bytes(&file),
            squeezed("gz"),
            squeezed("br"),
        );
    }
    rust.push(']');
    Ok(rust)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(file_trouble(from))
}

fn file_trouble(path: &Path) -> impl Fn(io::Error) -> String + use<> {
    let path = path.display().to_string();
    move |why| format!("{path} could not be read or written: {why}")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
