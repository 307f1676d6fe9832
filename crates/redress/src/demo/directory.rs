//! The directory of Calderbrook University: the people of its IT Services and some beside them, with what directories get wrong.

use std::path::Path;

use crate::config::Directory;

/// The people, as a personnel system would export them.
const PEOPLE: &str = include_str!("../../demo/directory.csv");
/// What the file is called in the folder of the demonstration.
const FILE: &str = "directory.csv";

/// The section of the configuration.
const SECTION: &str = r#"
[directory]
csv = "directory.csv"
vip_groups = ["executive"]
nominated = { name = "Rhiannon Bell", email = "r.bell@registry.calderbrook.example" }
"#;

/// Writes the file into the folder of the demonstration, and answers what its configuration says of it.
pub(crate) fn write(folder: &Path) -> std::io::Result<&'static str> {
    std::fs::write(folder.join(FILE), PEOPLE)?;
    Ok(SECTION)
}

/// The same for the demonstration that runs in this folder.
///
/// # Errors
/// When the section cannot be read.
pub(crate) fn section(folder: &Path) -> Result<Directory, toml::de::Error> {
    #[derive(serde::Deserialize)]
    struct Whole {
        directory: Directory,
    }
    let Whole { mut directory } = toml::from_str(SECTION)?;
    directory.csv = directory.csv.map(|file| folder.join(file));
    Ok(directory)
}

#[cfg(test)]
mod tests {
    use rules::directory::check::check;
    use rules::directory::{Directory, Kind};

    #[tokio::test]
    async fn the_demonstration_has_everybody_who_signs_in_and_what_directories_get_wrong() {
        let folder = std::env::temp_dir().join(format!("redress-demo-directory-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        super::write(&folder).expect("a file");
        let section = super::section(&folder).expect("the section");
        let parts = section.parts().expect("a source");
        let reading = parts.source.read().await.expect("people");
        std::fs::remove_dir_all(&folder).expect("it can go");
        assert_eq!(reading.findings, []);
        let directory = Directory::new(reading.people);
        for sign_in in crate::demo::SIGN_INS {
            assert_eq!(directory.known_as(sign_in.username).len(), 1, "{}", sign_in.username);
        }
        let kinds: Vec<Kind> = check(&directory).iter().map(|finding| finding.kind).collect();
        assert_eq!(
            kinds,
            [
                Kind::Dangling,
                Kind::ManagerAway,
                Kind::Top,
                Kind::Several,
                Kind::SameName
            ]
        );
    }
}
