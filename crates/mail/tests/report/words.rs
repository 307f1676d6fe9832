//! Reports in words: the shapes that mail systems have given them for forty years.

use rules::mail::{Reason, ReportKind};

use super::{LETTER, first, in_words, readers, report};

/// Sender, subject, words, and what the first reader is said to have.
type Shape = (
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str, Reason),
);

const SHAPES: &[Shape] = &[
    // The address as a heading, the answer of the server below or behind it.
    (
        "MAILER-DAEMON@mail.example.net",
        "failure notice",
        "Hi. This is the mail program at mail.example.net.\nI could not deliver your message to the following addresses.\n\n<ann@example.org>:\n192.0.2.5 does not like recipient.\nRemote host said: 550 5.1.1 No such user here\nGiving up on 192.0.2.5.\n",
        ("ann@example.org", "5.1.1", Reason::UserUnknown),
    ),
    (
        "MAILER-DAEMON@mail.example.net",
        "failure notice",
        "I was unable to deliver your message.\n\n<ann@example.org>:\nSorry, I couldn't find any host named example.org. (#5.1.2)\n",
        ("ann@example.org", "5.1.2", Reason::DomainUnknown),
    ),
    (
        "Mail Delivery System <Mailer-Daemon@mail.example.net>",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to all of its recipients.\nThe following address(es) failed:\n\n  ann@example.org\n    SMTP error from remote mail server after RCPT TO:<ann@example.org>:\n    host mx.example.org [192.0.2.5]: 452 4.2.2 Over quota\n",
        ("ann@example.org", "4.2.2", Reason::MailboxFull),
    ),
    (
        "Mail Delivery Subsystem <MAILER-DAEMON@mail.example.net>",
        "Returned mail: User unknown",
        "   ----- The following addresses had permanent fatal errors -----\n<ann@example.org>\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<ann@example.org>\n<<< 550 5.1.1 <ann@example.org>... User unknown\n550 5.1.1 <ann@example.org>... User unknown\n",
        ("ann@example.org", "5.1.1", Reason::UserUnknown),
    ),
    (
        "Mail Delivery Subsystem <mailer-daemon@mail.example.net>",
        "Delivery Status Notification (Failure)",
        "Delivery to the following recipient failed permanently:\n\n     ann@example.org\n\nTechnical details of permanent failure:\nThe other server returned: 550 5.7.1 Message rejected, listed at a DNS blocklist\n",
        ("ann@example.org", "5.7.1", Reason::ServerBlocked),
    ),
    (
        "Mailer Daemon <MAILER-DAEMON@mail.example.net>",
        "Delivery status notification: error",
        "    Hi!\n\n    This is the MAILER-DAEMON. An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nann@example.org: 550 5.2.1 The mailbox is disabled\n",
        ("ann@example.org", "5.2.1", Reason::MailboxClosed),
    ),
    (
        "System Administrator <postmaster@example.net>",
        "Undeliverable: Your complaint",
        "Your message did not reach some or all of the intended recipients.\n\n      Subject:\tYour complaint\n      Sent:\t3/2/26 10:04 AM\n\nThe following recipient(s) could not be reached:\n\n      ann@example.org on 3/2/26 10:04 AM\n            The recipient name is not recognized\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "postmaster@example.net",
        "NOTICE: mail delivery status.",
        "                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<ann@example.org>:\n<<< 552 Mailbox is full.\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
    (
        "Postmaster <postmaster@mail.example.net>",
        "Undeliverable Mail",
        "undeliverable to ann@example.org\n\nBody of message generated response:\n550 5.1.1 unknown user\n",
        ("ann@example.org", "5.1.1", Reason::UserUnknown),
    ),
    (
        "MAILER-DAEMON <>",
        "Mail delivery failed",
        "There was an error delivering your mail to <ann@example.org>.\n\nmx.example.org [192.0.2.5] did not like our RCPT TO:\n550 5.7.25 No PTR record for 192.0.2.9\n",
        ("ann@example.org", "5.7.25", Reason::NoReverseName),
    ),
    (
        "Postmaster@carrier.example",
        "Mail System Error - Returned Mail",
        "Each of the following recipients was rejected by a remote mail server.\n\n    Recipient: <ann@example.org>\n    >>> RCPT TO:<ann@example.org>\n    <<< 550 <ann@example.org>: User unknown\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "Postmaster <postmaster@example.net>",
        "DELIVERY FAILURE: User ann (ann@example.org) not listed in Domino Directory",
        "Your message\n\n  Subject: Your complaint\n\nwas not delivered to:\n\n  ann@example.org\n\nbecause:\n\n  User ann (ann@example.org) not listed in Domino Directory\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "post_master@phones.example",
        "Re:Your complaint",
        "Error: Invalid user address\n\nError message below:\n550 - Requested action not taken: no such user here\n\nMessage details:\n  MAIL FROM: complaints@example.ac.uk\n  RCPT TO: 5550100@phones.example\n",
        ("5550100@phones.example", "", Reason::UserUnknown),
    ),
    (
        "mailer-daemon@mail.example.net",
        "Undelivered Mail Returned to Sender",
        "A message that you sent could not be delivered. This is a permanent error.\n\nann@example.org Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <ann@example.org>... User Unknown\n",
        ("ann@example.org", "5.1.1", Reason::UserUnknown),
    ),
    // Other languages.
    (
        "Mail Delivery System <MAILER-DAEMON@mail.example.de>",
        "Unzustellbar: Ihre Beschwerde",
        "Ihre Nachricht konnte nicht zugestellt werden an:\n\nann@example.org\n\nDas Postfach des Empfängers ist voll.\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
    (
        "Postmaster <postmaster@example.de>",
        "Zustellung fehlgeschlagen",
        "Die Nachricht konnte nicht zugestellt werden.\n\n<ann@example.org>: Empfänger unbekannt\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "MAILER-DAEMON@mail.example.fr",
        "Message non distribué",
        "Votre message n'a pas pu être remis à :\n\nann@example.org\n\nLa boîte aux lettres du destinataire est pleine.\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
    (
        "postmaster@example.es",
        "No se pudo entregar: su queja",
        "No se pudo entregar el mensaje a\n\nann@example.org\n\nEl usuario no existe.\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "mailer-daemon@mail.example.ru",
        "Недоставленное сообщение",
        "Ваше сообщение не может быть доставлено:\n\nann@example.org: почтовый ящик переполнен\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
    (
        "postmaster@example.cn",
        "系统退信",
        "您的邮件无法送达:\n\nann@example.org\n\n550 用户不存在\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "MAILER-DAEMON@mail.example.jp",
        "メールエラー通知",
        "次の宛先にメールを送信できませんでした。\n\n<ann@example.org>\n\nメールボックスがいっぱいです。\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
    (
        "postmaster@example.it",
        "Mancata consegna: reclamo",
        "Non è stato possibile consegnare il messaggio a\n\nann@example.org\n\nCasella di posta piena\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
    (
        "postmaster@example.nl",
        "Onbestelbaar: uw klacht",
        "Uw bericht kon niet worden bezorgd:\n\nann@example.org\n\nHet adres is onbekend.\n",
        ("ann@example.org", "", Reason::UserUnknown),
    ),
    (
        "MAILER-DAEMON@mail.example.br",
        "Mensagem não entregue",
        "A mensagem não pôde ser entregue:\n\n<ann@example.org>: caixa de entrada está cheia\n",
        ("ann@example.org", "", Reason::MailboxFull),
    ),
];

#[test]
fn every_shape_is_a_report_about_its_reader() {
    for (from, subject, words, expected) in SHAPES {
        let told = report(&in_words(from, subject, words)).unwrap_or_else(|| panic!("no report: {subject}: {words}"));
        assert_eq!(told.kind, ReportKind::Failed, "{words}");
        assert_eq!(&first(&told), expected, "{words}");
    }
}

#[test]
fn a_letter_quoted_below_the_words_is_found_and_its_head_is_no_reader() {
    for mark in [
        "------ This is a copy of the message, including all the headers. ------",
        "--- Below this line is a copy of the message.",
        "   ----- Original message follows -----",
        "   ----- Unsent message follows -----",
        "Message headers follow.",
        "",
    ] {
        for (from, subject, words, expected) in SHAPES {
            let told = report(&in_words(from, subject, &format!("{words}\n{mark}\n\n{LETTER}"))).unwrap();
            assert_eq!(
                told.letter.as_deref(),
                Some("letter.1.token@redress.example.ac.uk"),
                "{mark}: {words}"
            );
            assert_eq!(&first(&told), expected, "{mark}: {words}");
        }
    }
}

#[test]
fn the_same_in_html_is_read_as_well() {
    let html = "Return-Path: <>\nFrom: MAILER-DAEMON@mail.example.net\nTo: complaints@example.ac.uk\nSubject: Undeliverable: x\nContent-Type: text/html\n\n\
                <html><body><p>Your message could not be delivered:</p><p>&lt;ann@example.org&gt;: 550 5.1.1 User unknown</p></body></html>\n";
    assert_eq!(
        first(&report(html).unwrap()),
        ("ann@example.org", "5.1.1", Reason::UserUnknown)
    );
}

#[test]
fn several_readers_have_each_their_own_reason() {
    let words = "The following addresses failed:\n\n  ann@example.org\n    550 5.1.1 User unknown\n\n  bob@example.org\n    552 5.2.2 Mailbox full\n\n  cat@nowhere.example\n    Host not found\n";
    let told = report(&in_words("MAILER-DAEMON@a.example", "Mail delivery failed", words)).unwrap();
    assert_eq!(
        readers(&told),
        [
            ("ann@example.org", Reason::UserUnknown),
            ("bob@example.org", Reason::MailboxFull),
            ("cat@nowhere.example", Reason::DomainUnknown)
        ]
    );
}

#[test]
fn the_field_for_failed_recipients_goes_before_everything() {
    let words = "A message could not be delivered.\n\n  pipe to |/usr/bin/x\n    generated by team@example.org\n    552 Mailbox full\n";
    let message = in_words(
        "Mail Delivery System <MAILER-DAEMON@a.example>",
        "Mail delivery failed",
        words,
    )
    .replace("Subject:", "X-Failed-Recipients: ann@example.org\nSubject:");
    assert_eq!(first(&report(&message).unwrap()).0, "ann@example.org");
}

#[test]
fn without_an_address_in_its_words_the_letter_says_whom_it_was_for() {
    let words =
        format!("Your message could not be delivered: mailbox full.\n\n----- Original message -----\n\n{LETTER}");
    let told = report(&in_words("MAILER-DAEMON@a.example", "Mail delivery failed", &words)).unwrap();
    assert_eq!(first(&told).0, "ann@example.org");
}

#[test]
fn a_warning_is_late_and_not_failed() {
    for words in [
        "Warning: message still undelivered after 4 hours. Will keep trying until message is 5 days old.\n<ann@example.org>: Connection timed out",
        "THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.\nDelivery to <ann@example.org> was not possible yet: connection timed out.",
        "Delivery to the following recipient has been delayed:\n\n  ann@example.org\n\nMessage will be retried for 2 more days. Connection refused.",
    ] {
        let told = report(&in_words(
            "MAILER-DAEMON@a.example",
            "Warning: could not send message for past 4 hours",
            words,
        ))
        .unwrap();
        assert_eq!(told.kind, ReportKind::Delayed, "{words}");
    }
}

#[test]
fn a_sender_that_takes_no_answer_reports_when_it_quotes_our_letter() {
    let message = format!(
        "From: no-reply@phones.example\nTo: complaints@example.ac.uk\nSubject: Mail error\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\nContent-Type: text/plain\n\nCould not be delivered to: <ann@example.org>\nAs their mailbox is full.\n\n--b\nContent-Type: message/rfc822\n\n{LETTER}\n--b--\n"
    );
    assert_eq!(
        first(&report(&message).unwrap()),
        ("ann@example.org", "", Reason::MailboxFull)
    );
    assert_eq!(
        report(&message.replace("no-reply@phones.example", "bob@example.org")),
        None
    );
}

#[test]
fn whoever_says_so_automatically_under_the_subject_of_a_report_reports() {
    let words = "Your message could not be delivered.\n\n<ann@example.org>: 550 5.1.1 User unknown\n";
    let message = in_words("Gateway <gateway@example.net>", "Undelivered mail", words)
        .replace("Return-Path: <>", "Auto-Submitted: auto-generated");
    assert_eq!(
        first(&report(&message).unwrap()),
        ("ann@example.org", "5.1.1", Reason::UserUnknown)
    );
    let typed = message.replace("Auto-Submitted: auto-generated", "Auto-Submitted: no");
    assert_eq!(report(&typed), None);
}

#[test]
fn a_list_that_refuses_a_letter_reports() {
    let words = "Your article was not sent to the list, because you are not a member.\n";
    let message = in_words("team-admin@lists.example.org", "Message rejected", words)
        .replace("Return-Path: <>", "X-MLServer: lists 4.0");
    assert_eq!(first(&report(&message).unwrap()).2, Reason::SenderRefused);
}
