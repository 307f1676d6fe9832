//! What servers answer, and which reason that is.

use rules::mail::Reason;

use super::{delivery_status, in_words, report};

/// Answers as servers give them, without a status code: the words have to tell.
const ANSWERS: &[(Reason, &[&str])] = &[
    (
        Reason::UserUnknown,
        &[
            "550 User unknown",
            "550 No such user here",
            "550 Unknown user: ann",
            "550 Invalid recipient <ann@example.org>",
            "550 Recipient not found",
            "550 Mailbox not found",
            "550 mailbox unavailable",
            "550 Unrouteable address",
            "550 no mailbox here by that name",
            "553 sorry, invalid mailbox",
            "550 Recipient address rejected: User unknown in local recipient table",
            "550 The email account that you tried to reach does not exist",
            "554 delivery error: this user doesn't have an account",
            "550 Address does not exist",
            "550 ann@example.org is not a valid mailbox",
            "550 unknown recipient",
            "550 Account not found",
            "550 Kein solcher Benutzer: unbekannt",
            "550 Adresse inconnue",
            "550 El usuario no existe",
            "550 Utente sconosciuto",
            "550 bestaat niet",
            "550 nie istnieje",
            "550 Пользователь не найден",
            "550 用户不存在",
            "550 宛先不明",
        ],
    ),
    (
        Reason::MailboxFull,
        &[
            "552 Mailbox full",
            "452 mailbox is full",
            "552 User over quota",
            "552 Quota exceeded",
            "452 insufficient disk space in user's mailbox",
            "552 The inbox is full",
            "550 Mailbox size limit exceeded",
            "552 exceeded storage allocation",
            "550 recipient is over quota",
            "552 Postfach ist voll",
            "552 Boîte pleine",
            "552 buzón lleno",
            "552 Casella piena",
            "552 Почтовый ящик переполнен",
            "552 邮箱已满",
        ],
    ),
    (
        Reason::MailboxClosed,
        &[
            "550 Account disabled",
            "550 The account is suspended",
            "550 mailbox is inactive",
            "554 The email account that you tried to reach is disabled",
            "550 User is suspended",
            "550 mailbox disabled, not accepting messages",
            "550 This account has been deactivated",
            "550 mailbox is frozen",
        ],
    ),
    (
        Reason::Moved,
        &[
            "551 User has moved",
            "551 ann has a new address: ann@example.com",
            "550 recipient has moved; please update your address book",
        ],
    ),
    (
        Reason::DomainUnknown,
        &[
            "Host not found",
            "Name service error for name=example.invalid type=MX: Host not found",
            "no such domain",
            "550 Domain does not exist",
            "Unrouteable mail domain \"example.invalid\"",
            "DNS lookup failure: host example.invalid not found",
            "Host or domain name not found",
        ],
    ),
    (
        Reason::TakesNoMail,
        &[
            "556 Domain does not accept mail (nullMX)",
            "550 this host does not accept mail",
            "521 example.org does not accept mail",
        ],
    ),
    (
        Reason::Unreachable,
        &[
            "Connection refused",
            "No route to host",
            "Network is unreachable",
            "connect to mx.example.org[192.0.2.5]:25: Connection timed out",
            "lost connection with mx.example.org while receiving the initial server greeting",
        ],
    ),
    (
        Reason::Expired,
        &[
            "Message expired",
            "message has been in the queue for too long",
            "retry timeout exceeded",
            "all hosts have been failing for a long time",
        ],
    ),
    (
        Reason::TooLarge,
        &[
            "552 Message size exceeds fixed maximum message size",
            "552 message too large",
            "550 Message is larger than allowed: message size limit",
            "523 Message length exceeds administrative limit",
        ],
    ),
    (
        Reason::TooMany,
        &[
            "421 Too many connections from your host",
            "450 rate limit exceeded",
            "452 Too many recipients received this hour",
            "421 too many messages in this session",
        ],
    ),
    (
        Reason::Spam,
        &[
            "550 This message looks like spam",
            "554 Message classified as spam",
            "571 Message refused as unsolicited bulk email",
            "550 spam score too high",
        ],
    ),
    (
        Reason::Virus,
        &[
            "554 virus found: Eicar",
            "550 malware detected",
            "552 message infected with a trojan",
        ],
    ),
    (
        Reason::ServerBlocked,
        &[
            "554 Service unavailable; Client host [192.0.2.9] blocked using bl.example.net",
            "550 Your IP is on our blacklist",
            "554 poor reputation of the sending IP",
            "421 listed at a DNSBL",
            "550 connection from your IP address blocked",
        ],
    ),
    (
        Reason::NoReverseName,
        &[
            "550 reverse DNS lookup failed",
            "554 no PTR record for your address",
            "450 Client host rejected: cannot find your hostname",
            "554 missing rDNS",
        ],
    ),
    (
        Reason::NotAuthenticated,
        &[
            "550 SPF check failed",
            "550 rejected by DMARC policy of example.ac.uk",
            "550 DKIM signature did not verify",
            "550 unauthenticated email is not accepted",
        ],
    ),
    (
        Reason::SenderRefused,
        &[
            "550 Sender address rejected: not owned",
            "553 Domain of sender address does not exist",
            "550 sender verify failed",
            "550 you do not have permission to post to this group",
        ],
    ),
    (
        Reason::NoRelay,
        &[
            "550 Relaying denied",
            "554 Relay access denied",
            "550 relay not permitted",
            "553 sorry, that domain isn't in my list of allowed rcpthosts",
        ],
    ),
    (
        Reason::Security,
        &[
            "530 Authentication required",
            "550 Must issue a STARTTLS command first",
            "535 Authentication failed",
            "550 RESOLVER.RST.AuthRequired; authentication required",
        ],
    ),
    (
        Reason::Malformed,
        &[
            "550 Message is not RFC 5322 compliant",
            "550 duplicate header",
            "554 message has bare LF",
        ],
    ),
    (
        Reason::Policy,
        &[
            "550 Rejected due to policy violation",
            "554 denied by policy",
            "550 administrative prohibition",
        ],
    ),
    (
        Reason::Content,
        &[
            "552 attachment not allowed",
            "550 blocked URL in message",
            "554 banned file extension",
        ],
    ),
    (
        Reason::ServerFault,
        &[
            "451 Internal server error",
            "451 local configuration error",
            "451 Temporary lookup failure",
            "554 mailer error",
        ],
    ),
    (
        Reason::ServerFull,
        &[
            "452 Insufficient system storage",
            "452 No space left on device",
            "452 4.3.1 Insufficient system resources",
        ],
    ),
    (
        Reason::Protocol,
        &[
            "500 Syntax error, command unrecognized",
            "503 Bad sequence of commands",
            "501 malformed address",
        ],
    ),
    (
        Reason::Filtered,
        &[
            "550 rejected by recipient",
            "550 recipient only accepts mail from known senders",
            "554 message refused",
        ],
    ),
];

#[test]
fn the_words_of_an_answer_tell_the_reason_in_fields() {
    for (reason, answers) in ANSWERS {
        for answer in *answers {
            let fields = format!(
                "Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; {answer}"
            );
            assert_eq!(
                report(&delivery_status(&fields)).unwrap().recipients[0].reason,
                *reason,
                "{answer}"
            );
        }
    }
}

#[test]
fn the_words_of_an_answer_tell_the_reason_in_text() {
    for (reason, answers) in ANSWERS {
        for answer in *answers {
            let words = format!(
                "Your message could not be delivered to one or more recipients.\n\n<ann@example.org>: {answer}\n"
            );
            let told = report(&in_words("MAILER-DAEMON@mail.example.net", "failure notice", &words)).unwrap();
            assert_eq!(told.recipients[0].reason, *reason, "{answer}");
        }
    }
}

#[test]
fn a_status_code_tells_the_reason_where_the_words_do_not() {
    for (status, reason) in [
        ("5.1.1", Reason::UserUnknown),
        ("5.1.2", Reason::DomainUnknown),
        ("5.1.3", Reason::UserUnknown),
        ("5.1.6", Reason::Moved),
        ("5.1.8", Reason::SenderRefused),
        ("5.1.10", Reason::TakesNoMail),
        ("5.2.1", Reason::MailboxClosed),
        ("4.2.2", Reason::MailboxFull),
        ("5.2.3", Reason::TooLarge),
        ("4.3.1", Reason::ServerFull),
        ("5.3.4", Reason::TooLarge),
        ("4.4.1", Reason::Unreachable),
        ("4.4.2", Reason::Unreachable),
        ("5.4.4", Reason::DomainUnknown),
        ("4.4.7", Reason::Expired),
        ("4.4.5", Reason::TooMany),
        ("5.5.2", Reason::Protocol),
        ("5.6.1", Reason::Content),
        ("5.7.8", Reason::Security),
        ("5.7.23", Reason::NotAuthenticated),
        ("5.7.25", Reason::NoReverseName),
        ("5.7.26", Reason::NotAuthenticated),
        ("5.7.27", Reason::SenderRefused),
        ("5.7.1", Reason::Policy),
        ("5.3.0", Reason::ServerFault),
        ("5.0.0", Reason::Unknown),
    ] {
        let fields = format!(
            "Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; 550 {status} No"
        );
        assert_eq!(
            report(&delivery_status(&fields)).unwrap().recipients[0].reason,
            reason,
            "{status}"
        );
    }
}

#[test]
fn words_go_before_the_family_of_a_code() {
    let fields = "Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 No such user";
    assert_eq!(
        report(&delivery_status(fields)).unwrap().recipients[0].reason,
        Reason::UserUnknown
    );
}

#[test]
fn numbers_that_are_no_status_are_none() {
    for words in [
        "550 see 192.5.1.1",
        "550 version 5.1.1.2",
        "550 mta-5.1.1-b said no",
        "550 on 2026.5.1",
    ] {
        let fields =
            format!("Final-Recipient: rfc822; ann@example.org\nAction: failed\nDiagnostic-Code: smtp; {words}");
        let told = report(&delivery_status(&fields)).unwrap();
        assert_eq!(told.recipients[0].status, None, "{words}");
    }
}
