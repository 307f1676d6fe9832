//! Whether files can be kept, and whether those that were are as they were.

use casework::Office;
use casework::files::check::{self, Depth, FilesFound};
use storage::files::Probe;

use super::finding::Finding;

/// Looks at the store of files. One that cannot be reached is told, and stops nothing else.
pub(super) async fn look(office: &Office, depth: Depth) -> Vec<Finding> {
    let store = office.store().files();
    let todo = "Is its disk mounted and writable, or the bucket reachable ([files])? Complaints are taken meanwhile, without files.";
    let mut found = vec![match store.probe().await {
        Ok(probe) => Finding::well("files", written(&store.place(), probe)),
        Err(fault) => Finding::fault("files", format!("Files cannot be kept now. {fault}."), todo),
    }];
    match check::check(office, depth).await {
        Ok(files) => found.extend(told(&files, depth)),
        Err(fault) => found.push(Finding::fault(
            "files",
            format!("Files could not be looked at. {fault}."),
            todo,
        )),
    }
    found
}

fn written(place: &str, probe: Probe) -> String {
    match probe.refuses_to_overwrite {
        true => format!("Files can be kept: {place} was written, read and emptied again."),
        false => format!(
            "Files can be kept: {place} was written, read and emptied again. It writes over what is there where S3 would refuse; names are random, so nothing is lost by it."
        ),
    }
}

/// What was found of files.
fn told(found: &FilesFound, depth: Depth) -> Vec<Finding> {
    let kept = match (found.whole, depth) {
        (1, Depth::Bytes) => "1 file is as it was kept".to_owned(),
        (many, Depth::Bytes) => format!("{many} files are as they were kept"),
        (1, Depth::Lengths) => "1 file is there with its length (--read-files reads it)".to_owned(),
        (many, Depth::Lengths) => format!("{many} files are there with their lengths (--read-files reads them)"),
    };
    let waiting = match found.waiting {
        1 => "1 waits for its form".to_owned(),
        many => format!("{many} wait for their form"),
    };
    let faults = found.faults.iter().map(|fault| {
        let todo = "Put it back from a backup; what belongs to nothing can be taken away.";
        Finding::fault("files", format!("{fault}."), todo)
    });
    let well = Finding::well("files", format!("{kept}, {waiting}."));
    std::iter::once(well).chain(faults).collect()
}
