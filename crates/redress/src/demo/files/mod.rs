//! What people of the demonstration send with their words: pictures of a screen, logs and a letter, all made here.

mod picture;

use super::story::What;
use picture::{Shown, picture};

/// A file and its name.
pub(super) type Prop = (&'static str, Vec<u8>);

/// What comes with a step of the story that tells this text.
pub(super) fn brought(text: &str, what: &What) -> Vec<Prop> {
    match (text, what) {
        ("wifi-library-test", What::Arrives) => vec![
            ("test-disconnected.png", picture(Shown::Stopped)),
            ("wifi-log.txt", WIFI_LOG.into()),
        ],
        ("wifi-library-test", What::Note { .. }) => vec![("access-points.log", ACCESS_POINTS.into())],
        ("wifi-library-test", What::Update { .. }) => vec![("letter-for-your-department.pdf", letter())],
        ("vpn-drops", What::Arrives) => vec![("vpn.log", VPN_LOG.into())],
        ("phishing-locked", What::Arrives) => vec![("message-i-got.txt", MESSAGE.into())],
        ("print-charged-twice" | "charge-lost-adapter", What::Arrives) => {
            vec![("my-account.png", picture(Shown::Listed))]
        }
        ("vle-exam-crash" | "virtual-apps-exam" | "capture-missing", What::Arrives) => {
            vec![("what-i-saw.png", picture(Shown::Stopped))]
        }
        ("projector-room", What::Arrives) => vec![("room.png", picture(Shown::Dark))],
        _ => Vec::new(),
    }
}

const WIFI_LOG: &str = "14:02:11 connected to CampusNet, signal 61%\n14:09:40 connection lost\n14:11:02 connected to CampusNet, signal 58%\n\
14:23:17 connection lost\n14:24:55 connected to CampusNet, signal 60%\n14:38:03 connection lost\n14:42:30 connected to CampusNet, signal 57%\n\
14:51:19 connection lost\n14:55:08 connected to CampusNet, signal 62%\n";

const ACCESS_POINTS: &str = "ML-2-07 restarted, watchdog, uptime 41 min\nML-2-07 restarted, watchdog, uptime 13 min\n\
ML-2-08 restarted, watchdog, uptime 14 min\nML-2-07 restarted, watchdog, uptime 12 min\n";

const VPN_LOG: &str = "09:14:20 session up\n09:31:02 no answer from the gateway, 3 tries\n09:31:44 session down\n09:33:10 session up\n\
09:50:51 no answer from the gateway, 3 tries\n09:51:33 session down\n";

const MESSAGE: &str = "From: IT Support <support@calderbrok.example>\nSubject: Your mailbox is full\n\n\
Your mailbox will be closed today. Sign in here to keep it.\n";

/// A letter of one page. The numbers behind `xref` are the places of its objects.
fn letter() -> Vec<u8> {
    const WORDS: &str = "BT /F1 14 Tf 72 760 Td (To whom it may concern) Tj 0 -32 Td \
        (The Wi-Fi in the Main Library failed four times between 2pm and 3pm that day,) Tj 0 -20 Td \
        (while the person who brings this letter took a timed test there. The fault was ours.) Tj 0 -40 Td (Amara Osei, IT Helpline) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{WORDS}\nendstream", WORDS.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", text.len()));
        text.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = text.len();
    text.push_str(&format!(
        "xref\n0 6\n0000000000 65535 f \n{places}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use rules::files::{FileName, Kind, Look};

    use super::*;

    fn kind(name: &str, bytes: &[u8]) -> Kind {
        let mut look = Look::at(FileName::of(name));
        look.take(bytes);
        look.verdict().unwrap()
    }

    #[test]
    fn everything_that_is_sent_is_what_its_name_says_and_is_taken() {
        let steps = [
            What::Arrives,
            What::Note {
                by: "amara",
                words: String::new(),
            },
        ];
        let texts = [
            "wifi-library-test",
            "vpn-drops",
            "phishing-locked",
            "print-charged-twice",
            "projector-room",
        ];
        let all: Vec<Prop> = texts
            .iter()
            .flat_map(|text| steps.iter().flat_map(|step| brought(text, step)))
            .collect();
        assert_eq!(all.len(), 7);
        for (name, bytes) in all {
            assert!(
                FileName::of(name).claims_other_than(kind(name, &bytes)).is_none(),
                "{name}"
            );
            assert!(bytes.len() < 60_000, "{name}: {}", bytes.len());
        }
        assert_eq!(kind("letter.pdf", &letter()), Kind::Pdf);
    }
}
