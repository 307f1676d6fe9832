//! What nobody should send, and what breaks on the way: each is said in words that tell what to do, and no word of the form is lost.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use casework::files::check::{Depth, check};
use casework::files::sweep::sweep;

use super::sent::{BOUNDARY, Form, MEGABYTE, Sender, picture};
use crate::support::{Answer, OpenSite};

fn complaint() -> Form {
    Form::of(&[("key", "k1"), ("what", "My words"), ("name", "Priya")])
}

async fn names(site: &OpenSite) -> Vec<String> {
    let files = site.office.case(&"FC-10001".parse().unwrap()).await.files;
    files.iter().map(|kept| kept.file.name.to_string()).collect()
}

async fn lying(site: &OpenSite) -> Vec<String> {
    let lying = site.office.office.store().files().list().await.unwrap();
    lying.into_iter().map(|one| one.name).collect()
}

#[tokio::test]
async fn whatever_would_run_is_refused_one_by_one_under_any_name() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let form = complaint()
        .file("holiday.jpg", b"MZ\x90\0\x03\0\0\0")
        .file("tool", b"\x7FELF\x02\x01\x01\0")
        .file("fix.ps1", b"Remove-Item x")
        .file("notes.txt", b"#!/bin/sh\nrm -r x\n")
        .file("page.html", b"<p>x</p>")
        .file("report.txt", b"<!DOCTYPE html><script>alert(1)</script>")
        .file(
            "logo.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        )
        .file("logo.png", b"<?xml version=\"1.0\"?><svg onload=\"alert(1)\"/>");
    let again = person.send("/complain", &form).await;
    again.says(
        422,
        &[
            "We could not accept \"holiday.jpg\" because it is a program",
            "We could not accept \"tool\" because it is a program",
            "We could not accept \"fix.ps1\" because it is a script",
            "We could not accept \"notes.txt\" because it is a script",
            "We could not accept \"page.html\" because it is a web page",
            "We could not accept \"report.txt\" because it is a web page",
            "We could not accept \"logo.svg\" because",
            "We could not accept \"logo.png\" because",
            "My words",
            "value=\"Priya\"",
        ],
    );
    assert_eq!(again.html.matches("href=\"#files\"").count(), 8, "one by one");
    assert_eq!(lying(&site).await, [""; 0]);
}

#[tokio::test]
async fn a_file_under_a_wrong_ending_is_taken_as_what_it_is_and_staff_are_told() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    let reference = person
        .complains("k1", &[("scan.pdf", &picture(500)), ("photo.qqq", b"only words")])
        .await;
    let staff = Sender::staff(&site, &testkit::people::ruth()).await;
    let page = staff.page(&format!("/staff/c/{reference}")).await;
    assert!(
        page.contains("PNG picture (its name says PDF document), 500 bytes"),
        "{page}"
    );
    assert!(page.contains("Text, 10 bytes"), "{page}");
    let id = &site.office.case(&reference.parse().unwrap()).await.files[0].file.id;
    let file = person.get(&format!("/track/{reference}/files/{id}")).await;
    assert_eq!(file.headers[header::CONTENT_TYPE], "image/png");
}

#[tokio::test]
async fn words_and_names_in_no_known_encoding_are_kept_as_far_as_they_can_be_read() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let mut bytes = complaint().file("NAME.png", &picture(500)).bytes();
    for (plain, wrong) in [
        (&b"My words"[..], &b"My \xFF\xFEwo"[..]),
        (b"NAME.png", b"\xE9\xFFt.png"),
    ] {
        let at = bytes.windows(plain.len()).position(|window| window == plain).unwrap();
        bytes.splice(at..at + plain.len(), wrong.iter().copied());
    }
    person
        .send_bytes("/complain", bytes, BOUNDARY)
        .await
        .leads_to("/complain/sent");
    let case = site.office.case(&"FC-10001".parse().unwrap()).await;
    assert_eq!(case.received.words, "My \u{FFFD}\u{FFFD}wo");
    let name = names(&site).await.remove(0);
    assert!(name.ends_with("t.png") && name.contains('\u{FFFD}'), "{name:?}");
}

#[tokio::test]
async fn a_megabyte_of_words_comes_back_whole_with_its_file_kept() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let words = "Every word counts. ".repeat(MEGABYTE / 19);
    let form = Form::of(&[("key", "k1"), ("what", &words)]).file("a.png", &picture(500));
    let again = person.send("/complain", &form).await;
    again.says(
        422,
        &["Shorten this to 200,000 characters", "We have these already", "a.png"],
    );
    let (_, box_) = again.html.split_once("name=\"what\"").unwrap();
    let kept = box_.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    assert_eq!(kept.trim().len(), words.trim().len(), "not a word is lost");
    let shorter = Form::of(&[("key", "k1"), ("what", &words[..150_000])]);
    person.send("/complain", &shorter).await.leads_to("/complain/sent");
    assert_eq!(names(&site).await, ["a.png"]);
}

/// The body of a form whose connection ends after some bytes, or stays silent for ever.
struct BrokenOff {
    left: VecDeque<Bytes>,
    then: Then,
}

#[derive(Clone, Copy)]
enum Then {
    Breaks,
    Silence,
}

impl http_body::Body for BrokenOff {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        match (self.left.pop_front(), self.then) {
            (Some(piece), _) => Poll::Ready(Some(Ok(http_body::Frame::data(piece)))),
            (None, Then::Breaks) => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into()))),
            (None, Then::Silence) => Poll::Pending,
        }
    }
}

fn broken_off(bytes: &[u8], then: Then) -> Request<Body> {
    let left = bytes.chunks(16_384).map(Bytes::copy_from_slice).collect();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    Request::post("/complain")
        .header(header::CONTENT_TYPE, kind)
        .body(Body::new(BrokenOff { left, then }))
        .unwrap()
}

#[tokio::test]
async fn a_connection_that_ends_in_the_middle_leaves_the_whole_files_and_no_part_of_one() {
    let site = OpenSite::open().await;
    let person = Sender::outside(&site);
    let whole = complaint()
        .file("first.png", &picture(5_000))
        .file("second.png", &picture(400_000))
        .bytes();
    let cut = &whole[..300_000];
    let answer = Answer::of(site.answer(broken_off(cut, Then::Breaks)).await).await;
    answer.says(422, &["\"second.png\" did not arrive whole", "My words", "first.png"]);
    assert_eq!(lying(&site).await.len(), 1, "the first one waits for the next try");

    // The sender goes away and the server drops what it was doing.
    let gone = site.answer(broken_off(cut, Then::Silence));
    let waited = tokio::time::timeout(std::time::Duration::from_millis(300), gone).await;
    assert!(waited.is_err(), "nobody answers who is still listening");
    assert_eq!(lying(&site).await.len(), 1, "no part of a file lies there");

    person.send("/complain", &complaint()).await.leads_to("/complain/sent");
    assert_eq!(names(&site).await, ["first.png"]);
    site.office.on("2026-06-10 10:00");
    assert_eq!(
        sweep(&site.office.office).await.unwrap().files,
        1,
        "the row of what broke off"
    );
    let found = check(&site.office.office, Depth::Bytes).await.unwrap();
    assert_eq!((found.whole, found.waiting, found.faults), (1, 0, Vec::new()));
}

#[tokio::test]
async fn a_disk_that_fails_while_a_file_comes_is_said_and_the_words_can_be_sent() {
    let site = OpenSite::open().await;
    let mut person = Sender::outside(&site);
    person.complains("k0", &[("there.png", &picture(500))]).await;
    // The folder goes away and something else stands in its place.
    let folder = site.office.office.store().files().path().to_owned();
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    let form = complaint()
        .file("a.png", &picture(MEGABYTE))
        .file("b.png", &picture(100));
    let again = person.send("/complain", &form).await;
    again.says(
        503,
        &[
            "We could not keep \"a.png\", because our store for files is not working.",
            "We could not keep \"b.png\"",
            "My words",
            "value=\"Priya\"",
        ],
    );
    person.send("/complain", &complaint()).await.leads_to("/complain/sent");
    std::fs::remove_file(&folder).unwrap();
    let later = Form::of(&[("key", "k2"), ("what", "Again")]).file("a.png", &picture(500));
    person.send("/complain", &later).await.leads_to("/complain/sent");
}
