//! What people write about reports, pass on, or answer automatically: never a report of a mail system.

use super::{LETTER, delivery_status, in_words, report};

const FIELDS: &str = "Reporting-MTA: dns; mail.example.net\n\nFinal-Recipient: rfc822; help@example.ac.uk\nAction: failed\nStatus: 5.2.2\n\
                      Diagnostic-Code: smtp; 552 5.2.2 Mailbox full";

fn from_ann(subject: &str, words: &str) -> String {
    format!(
        "Return-Path: <ann@example.org>\nFrom: Ann Other <ann@example.org>\nTo: complaints@example.ac.uk\nSubject: {subject}\nMessage-ID: <1@example.org>\n\n{words}\n"
    )
}

#[test]
fn a_complaint_about_a_report_is_a_complaint() {
    for (subject, words) in [
        (
            "Your mailbox is full",
            "Dear all,\n\nmy mail to help@example.ac.uk came back: 552 5.2.2 Mailbox full. Please empty it.\n\nAnn",
        ),
        (
            "Undeliverable: my complaint",
            "I wrote to you and this is what I got:\n\n<help@example.ac.uk>: 550 5.1.1 User unknown\n\nWhat now?",
        ),
        (
            "Returned mail",
            "My letter was returned to me by the post. Delivery failed twice. I am angry.",
        ),
        (
            "Delivery failure",
            "The parcel with my certificate could not be delivered and I was not told.",
        ),
        (
            "Mail delivery failed",
            "Each time I write, I get \"Mail delivery failed: returning message to sender\". I want this mended.",
        ),
        (
            "Re: Undelivered Mail Returned to Sender",
            "I do not understand this message. Can you help?\n\n> <help@example.ac.uk>: 550 5.1.1 User unknown",
        ),
        (
            "Bounce",
            "Your cheque bounced. The bank says account closed. I want my money.",
        ),
        (
            "Problem",
            "The server says 550 5.7.1 Access denied when I send my essay.",
        ),
        (
            "Unzustellbar",
            "Meine E-Mail an Sie war unzustellbar: 550 Postfach voll. Bitte um Hilfe.",
        ),
    ] {
        assert_eq!(report(&from_ann(subject, words)), None, "{subject}");
    }
}

#[test]
fn a_report_that_a_person_passes_on_with_words_of_their_own_is_a_complaint() {
    let quoted: String = FIELDS.lines().map(|line| format!("> {line}\n")).collect();
    let words = format!(
        "Dear complaints team, this is the third time that my mail to you comes back. Please mend your mailbox.\n\nBegin forwarded message:\n\n> From: Mail Delivery System <MAILER-DAEMON@mail.example.net>\n> Subject: Undelivered Mail\n>\n{quoted}"
    );
    assert_eq!(
        report(&from_ann("Fwd: Undelivered Mail Returned to Sender", &words)),
        None
    );
}

#[test]
fn a_report_about_a_letter_to_us_is_never_taken_from_a_person() {
    let quoted: String = FIELDS.lines().map(|line| format!("> {line}\n")).collect();
    let words = format!(
        "See below.\n\nBegin forwarded message:\n\n> From: Mail Delivery System <MAILER-DAEMON@mail.example.net>\n>\n{quoted}"
    );
    assert_eq!(report(&from_ann("Fwd: Undelivered Mail", &words)), None);
}

#[test]
fn a_report_about_another_letter_passed_on_without_a_word_is_a_report() {
    let quoted: String = FIELDS
        .replace("help@example.ac.uk", "bob@example.com")
        .lines()
        .map(|line| format!("> {line}\n"))
        .collect();
    let words = format!(
        "See below.\n\nBegin forwarded message:\n\n> From: Mail Delivery System <MAILER-DAEMON@mail.example.net>\n>\n{quoted}"
    );
    let told = report(&from_ann("Fwd: Undelivered Mail", &words)).unwrap();
    assert_eq!(told.recipients[0].address.as_deref(), Some("bob@example.com"));
}

#[test]
fn a_report_attached_by_a_person_is_a_complaint() {
    let attached = format!(
        "From: Ann Other <ann@example.org>\nTo: complaints@example.ac.uk\nSubject: Your mail does not work\nContent-Type: multipart/mixed; boundary=outer\n\n\
         --outer\nContent-Type: text/plain\n\nMy complaint of Monday came back, see the report that I attach. Please read it now.\n\n\
         --outer\nContent-Type: message/rfc822\n\n{}\n--outer--\n",
        delivery_status(FIELDS)
    );
    assert_eq!(report(&attached), None);
}

#[test]
fn fields_of_a_report_attached_by_a_person_make_none() {
    let attached = format!(
        "From: Ann Other <ann@example.org>\nTo: complaints@example.ac.uk\nSubject: Your mail does not work\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nI attach what your server said.\n\n--b\nContent-Type: message/delivery-status\n\n{FIELDS}\n\n--b--\n"
    );
    assert_eq!(report(&attached), None);
}

#[test]
fn an_answer_with_our_letter_attached_is_an_answer() {
    let answer = format!(
        "From: Ann Other <ann@example.org>\nTo: complaints@example.ac.uk\nSubject: Re: Your complaint FC-10482\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nYour letter was rejected by my spam filter, so I answer late: I do not agree.\n\n--b\nContent-Type: message/rfc822\n\n{LETTER}\n--b--\n"
    );
    assert_eq!(report(&answer), None);
}

#[test]
fn a_postmaster_who_writes_is_a_person() {
    for (from, subject, words) in [
        (
            "Jo Field <postmaster@example.org>",
            "Meeting on Monday",
            "Dear colleagues,\n\ncan we meet on Monday at ten?\n\nJo",
        ),
        (
            "postmaster@example.org",
            "Question about FC-10482",
            "We have read your letter and have a question about point 2.",
        ),
    ] {
        let message = in_words(from, subject, words).replace("Return-Path: <>\n", "");
        assert_eq!(report(&message), None, "{subject}");
    }
}

#[test]
fn an_absence_note_without_a_way_back_is_no_report() {
    for words in [
        "I am out of the office until 9 March. In urgent cases ring 01632 960001.",
        "Ich bin bis 9. März nicht im Büro.\n\n> Dear Ann Other, we have your complaint.",
        "I am away. Your message is below.\n\n-----Original Message-----\nFrom: Complaints <complaints@example.ac.uk>\nSent: Monday\nTo: Ann\nSubject: Your complaint\n\nDear Ann Other",
    ] {
        assert_eq!(
            report(&in_words(
                "Ann Other <ann@example.org>",
                "Automatic reply: Your complaint",
                words
            )),
            None,
            "{words}"
        );
    }
}

#[test]
fn an_absence_note_about_a_subject_that_speaks_of_delivery_is_no_report() {
    let note = in_words(
        "Ann Other <ann@example.org>",
        "Automatic reply: Undelivered parcel, complaint FC-10482",
        "I am away until 9 March and cannot be reached. Parcels that could not be delivered: ring 550 1234.",
    );
    assert_eq!(report(&note), None);
}

#[test]
fn a_newsletter_is_no_report() {
    let letter = "Return-Path: <bounce+17@lists.example.com>\nFrom: Deliveries Weekly <no-reply@lists.example.com>\nTo: complaints@example.ac.uk\n\
                  Subject: Delivery trends of the week\nList-Unsubscribe: <https://lists.example.com/u>\nPrecedence: bulk\n\n\
                  Parcels that could not be delivered fell by 5.1.1 percent. Read more.\n";
    assert_eq!(report(letter), None);
}

#[test]
fn an_empty_message_is_no_report() {
    assert_eq!(report("From: a@example.org\n\n"), None);
    assert_eq!(report("\n"), None);
}
