//! Golden files: the table of permissions, and how the others are held.

use std::path::Path;

pub(crate) use testkit::golden::check;

#[test]
fn who_may_do_what_is_as_stored() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/permissions.txt");
    check(&path, &rules::people::permission::table());
}
