//! Trays and what is put into them.

use casework::files::{NotTaken, Tray, check};
use casework::intake::Receipt;
use casework::intake::track::Complainant;
use casework::{ActError, PublicDoor};
use rules::files::{Brought, FileRefused};
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;
use testkit::words;

pub(crate) async fn office() -> OpenOffice {
    OpenOffice::at(TUESDAY).await
}

pub(crate) fn public(office: &OpenOffice) -> PublicDoor {
    PublicDoor::of(office.office.clone())
}

/// Sends a file into a tray in pieces of an awkward length.
pub(crate) async fn put(tray: &Tray, name: &str, bytes: &[u8]) -> Result<Brought, NotTaken> {
    let mut arrival = tray.begin(name).await?;
    for piece in bytes.chunks(7_001) {
        arrival.write(piece).await;
    }
    arrival.finish().await
}

/// The same, where it is refused.
pub(crate) async fn refused(tray: &Tray, name: &str, bytes: &[u8]) -> FileRefused {
    put(tray, name, bytes).await.unwrap_err().refused().clone()
}

pub(crate) async fn names(tray: &Tray) -> Vec<String> {
    let waiting = tray.waiting().await.unwrap();
    waiting.iter().map(|file| file.name.to_string()).collect()
}

/// The usual complaint with what waits under this key.
pub(crate) async fn complain(office: &OpenOffice, key: &str) -> Receipt {
    let receipt = public(office).complain(&words::form(), key).await.unwrap();
    office.letters_arrive().await;
    receipt
}

/// Whoever has the receipt.
pub(crate) async fn complainant(office: &OpenOffice, receipt: &Receipt) -> Complainant {
    let reference = receipt.reference.to_string();
    public(office).follow(&reference, &receipt.link_token).await.unwrap()
}

/// A file of their case as the complainant gets it.
pub(crate) async fn as_complainant(office: &OpenOffice, who: &Complainant, id: &str) -> Result<Vec<u8>, ActError> {
    let door = public(office);
    let case = door.case(who).await?;
    let mut download = door.open_file(&case, id).await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = download.next_chunk().await? {
        bytes.extend(chunk);
    }
    Ok(bytes)
}

/// What lies in the store of files.
pub(crate) async fn lying(office: &OpenOffice) -> Vec<String> {
    let lying = office.office.store().files().list().await.unwrap();
    lying.into_iter().map(|one| one.name).collect()
}

/// What the doctor finds wrong.
pub(crate) async fn faults(office: &OpenOffice) -> Vec<check::FileFault> {
    check::check(&office.office, check::Depth::Bytes).await.unwrap().faults
}

/// A picture of some size, never the same as one of another number.
pub(crate) fn picture(number: u8, length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0".to_vec();
    bytes.extend((0..length).map(|n| (n * 13 % 241) as u8 ^ number));
    bytes.truncate(length);
    bytes
}
