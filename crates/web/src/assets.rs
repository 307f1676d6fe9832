//! Style, script, typeface and icon: compiled by `build.rs`, held in the binary, served under names that change with their content.

/// One file that pages load. Its address holds a hash of its content, so a browser may keep it for ever.
#[derive(Debug)]
pub struct Asset {
    /// What templates call it, such as `public.css`.
    pub name: &'static str,
    /// Its address, such as `/assets/public-0123456789abcdef.css`.
    pub path: &'static str,
    /// For the `Content-Type` header.
    pub content_type: &'static str,
    /// For the `ETag` header, with its quotation marks.
    pub etag: &'static str,
    /// The bytes as they are.
    pub plain: &'static [u8],
    /// The bytes in gzip, where that saves anything.
    pub gzip: Option<&'static [u8]>,
    /// The bytes in Brotli, where that saves anything.
    pub brotli: Option<&'static [u8]>,
}

const ASSETS: &[Asset] = &include!(concat!(env!("OUT_DIR"), "/assets_table.rs"));

/// Every asset.
#[must_use]
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The asset at this address, `None` if there is none (an old page may still ask for a file of an older build).
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// The address of the asset with this name. Call it in a `const`, so that a wrong name does not compile.
///
/// # Panics
///
/// If there is no such asset; in a `const` that is a compile error.
#[must_use]
pub const fn url(name: &str) -> &'static str {
    let mut at = 0;
    while at < ASSETS.len() {
        if same(ASSETS[at].name, name) {
            return ASSETS[at].path;
        }
        at += 1;
    }
    panic!("no asset has this name")
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_found_at_its_address_and_nothing_else_is() {
        for asset in all() {
            assert_eq!(url(asset.name), asset.path);
            assert_eq!(find(asset.path).map(|found| found.name), Some(asset.name));
            assert!(!asset.plain.is_empty(), "{}", asset.name);
        }
        for stranger in ["/assets/public.css", "/assets/", "", "/assets/../Cargo.toml"] {
            assert!(find(stranger).is_none(), "{stranger}");
        }
    }

    #[test]
    fn text_is_squeezed_both_ways_and_fonts_are_left_alone() {
        for asset in all() {
            let text = asset.content_type.contains("utf-8");
            assert_eq!(asset.gzip.is_some(), text || asset.name == "icon.svg", "{}", asset.name);
            if let (Some(gzip), Some(brotli)) = (asset.gzip, asset.brotli) {
                assert!(gzip.starts_with(&[0x1f, 0x8b]) && gzip.len() < asset.plain.len());
                assert!(brotli.len() <= gzip.len() + 64, "{}", asset.name);
            }
        }
    }

    #[test]
    fn the_style_names_its_fonts_by_their_own_addresses() {
        for bundle in ["public.css", "staff.css"] {
            let style = all().iter().find(|asset| asset.name == bundle).map(|asset| asset.plain);
            let style = String::from_utf8_lossy(style.unwrap_or_default()).into_owned();
            let names: Vec<&str> = style
                .split("url(")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
                .map(|name| name.trim_matches('"'))
                .collect();
            assert_eq!(names.len(), 2, "{bundle}: {names:?}");
            for name in names {
                assert!(find(&format!("/assets/{name}")).is_some(), "{bundle} asks for {name}");
            }
        }
    }

    #[test]
    fn no_script_builds_code_from_text() {
        // The content security policy would refuse it, and the page would lose its script.
        for asset in all()
            .iter()
            .filter(|asset| asset.content_type.starts_with("text/javascript"))
        {
            let script = String::from_utf8_lossy(asset.plain);
            assert!(
                !script.contains("eval(") && !script.contains("new Function"),
                "{}",
                asset.name
            );
        }
    }
}
