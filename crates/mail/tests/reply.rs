//! The new words of replies, as mail programs of many countries write them.

use mail::reply::new_words;

/// The words before and after every introduction below.
const NEW: &str = "Thank you, but the printer in room 4 is still broken.\nPlease tell me when it will be mended.";

/// Lines with which mail programs introduce what they mark as quoted, and what they do not mark.
const INTRODUCTIONS: &[&str] = &[
    "On Mon, 2 Mar 2026 at 10:04, Help Desk <help@example.ac.uk> wrote:",
    "On Mon, Mar 2, 2026 at 10:04 AM Help Desk <help@example.ac.uk> wrote:",
    "On 02/03/2026 10:04, Help Desk wrote:",
    "On 2 Mar 2026, at 10:04, Help Desk <help@example.ac.uk> wrote:",
    "On Monday, 2 March 2026 at 10:04:13 GMT, Help Desk <help@example.ac.uk> wrote:",
    "On Monday, March 2nd, 2026 at 10:04, Help Desk <help@example.ac.uk> wrote:",
    "On Mon, 2 Mar 2026 at 10:04, Help Desk via Complaints of the University of Example\n<help@example.ac.uk> wrote:",
    "On Mon, Mar 2, 2026 at 10:04 AM Help Desk <\nhelp@example.ac.uk> wrote:",
    "On Mon, Mar 2, 2026 at 10:04 AM Help Desk <help@example.ac.uk>\nwrote:",
    "Help Desk <help@example.ac.uk> wrote on Mon, 2 Mar 2026 10:04:",
    "Help Desk <help@example.ac.uk> writes:",
    "Quoting Help Desk <help@example.ac.uk>:",
    "On Mon, 2 Mar 2026 at 10:04, Help Desk <help@example.ac.uk> wrote",
    "---- On Mon, 02 Mar 2026 10:04:13 +0000 Help Desk <help@example.ac.uk> wrote ----",
    "2026-03-02 10:04 GMT+01:00 Help Desk <help@example.ac.uk>:",
    "Am 02.03.2026 um 10:04 schrieb Help Desk:",
    "Am 2. März 2026 um 10:04:13 schrieb Help Desk <help@example.ac.uk>:",
    "Am Mo., 2. März 2026 um 10:04 Uhr schrieb Help Desk <help@example.ac.uk>:",
    "Am Mo., 2. März 2026 um 10:04 Uhr schrieb Help Desk <\nhelp@example.ac.uk>:",
    "Help Desk <help@example.ac.uk> schrieb am Mo., 2. März 2026,\n10:04:",
    "Le 02/03/2026 à 10:04, Help Desk a écrit :",
    "Le lun. 2 mars 2026 à 10:04, Help Desk <help@example.ac.uk> a écrit :",
    "Le 2 mars 2026 à 10:04, Help Desk <help@example.ac.uk> a écrit\u{a0}:",
    "El 2/3/26 a las 10:04, Help Desk escribió:",
    "El lun, 2 mar 2026 a las 10:04, Help Desk (<help@example.ac.uk>) escribió:",
    "Em seg., 2 de mar. de 2026 às 10:04, Help Desk <help@example.ac.uk> escreveu:",
    "Em 02/03/2026 10:04, Help Desk escreveu:",
    "No dia 2 de março de 2026, às 10:04, Help Desk <help@example.ac.uk> escreveu:",
    "Il giorno lun 2 mar 2026 alle ore 10:04 Help Desk <help@example.ac.uk> ha scritto:",
    "Il 02/03/2026 10:04, Help Desk ha scritto:",
    "Op ma 2 mrt 2026 om 10:04 schreef Help Desk <help@example.ac.uk>:",
    "Op 2 mrt. 2026 om 10:04 heeft Help Desk <help@example.ac.uk> het volgende geschreven:",
    "Help Desk <help@example.ac.uk> schreef op 2 maart 2026 om 10:04:",
    "Den mån 2 mars 2026 kl 10:04 skrev Help Desk <help@example.ac.uk>:",
    "2 mars 2026 kl. 10:04 skrev Help Desk <help@example.ac.uk>:",
    "Den man. 2. mar. 2026 kl. 10.04 skrev Help Desk <help@example.ac.uk>:",
    "man. 2. mars 2026 kl. 10:04 skrev Help Desk <help@example.ac.uk>:",
    "ma 2. maalisk. 2026 klo 10.04 Help Desk (help@example.ac.uk) kirjoitti:",
    "pon., 2 mar 2026 o 10:04 Help Desk <help@example.ac.uk> napisał(a):",
    "W dniu 2.03.2026 o 10:04, Help Desk pisze:",
    "po 2. 3. 2026 v 10:04 odesílatel Help Desk <help@example.ac.uk> napsal:",
    "Dne 02. 03. 26 v 10:04 Help Desk napsal(a):",
    "po 2. 3. 2026 o 10:04 Help Desk <help@example.ac.uk> napísal(a):",
    "Help Desk <help@example.ac.uk> ezt írta (időpont: 2026. márc. 2., H, 10:04):",
    "În lun., 2 mar. 2026 la 10:04, Help Desk <help@example.ac.uk> a scris:",
    "Help Desk <help@example.ac.uk>, 2 Mar 2026 Pzt, 10:04 tarihinde şunu yazdı:",
    "пн, 2 мар. 2026 г. в 10:04, Help Desk <help@example.ac.uk>:",
    "02.03.2026 10:04, Help Desk пишет:",
    "2 марта 2026 г., 10:04, Help Desk <help@example.ac.uk> написал:",
    "Понедельник, 2 марта 2026, 10:04 +03:00 от Help Desk <help@example.ac.uk>:",
    "пн, 2 бер. 2026 р. о 10:04 Help Desk <help@example.ac.uk> пише:",
    "На пн, 2.03.2026 г. в 10:04 Help Desk <help@example.ac.uk> написа:",
    "Στις Δευ 2 Μαρ 2026 στις 10:04 π.μ., ο/η Help Desk <help@example.ac.uk> έγραψε:",
    "pon, 2. ožu 2026. u 10:04 Help Desk <help@example.ac.uk> je napisao/la:",
    "V V pon., 2. mar. 2026 ob 10:04 je oseba Help Desk <help@example.ac.uk> napisala:",
    "在 2026年3月2日，上午10:04，Help Desk <help@example.ac.uk> 写道：",
    "Help Desk <help@example.ac.uk> 于2026年3月2日周一 10:04写道：",
    "Help Desk <help@example.ac.uk> 於 2026年3月2日 週一 上午10:04寫道：",
    "2026年3月2日(月) 10:04 Help Desk <help@example.ac.uk>:",
    "2026/03/02 10:04、Help Desk <help@example.ac.uk>のメール:",
    "2026年 3月 2日 (월) 오전 10:04, Help Desk <help@example.ac.uk>님이 작성:",
    "\u{202b}בתאריך יום ב׳, 2 במרץ 2026 ב-10:04 מאת \u{202a}Help Desk\u{202c}\u{200f} <\u{202a}help@example.ac.uk\u{202c}\u{200f}>:\u{202c}",
    "في الاثنين، 2 مارس 2026 في 10:04 كتب Help Desk <help@example.ac.uk>:",
    "Vào Th 2, 2 thg 3, 2026 vào lúc 10:04 Help Desk <help@example.ac.uk> đã viết:",
    "Pada tanggal Sen, 2 Mar 2026 pukul 10:04 Help Desk <help@example.ac.uk> menulis:",
];

#[test]
fn what_is_marked_as_quoted_goes_with_its_introduction() {
    for introduction in INTRODUCTIONS {
        let reply = format!("{NEW}\n\n{introduction}\n\n> We have mended it on 1 March.\n>\n> Help Desk\n");
        assert_eq!(new_words(&reply), NEW, "{introduction}");
    }
}

#[test]
fn what_is_not_marked_as_quoted_goes_as_well() {
    for introduction in INTRODUCTIONS {
        let reply = format!("{NEW}\n\n{introduction}\n\nWe have mended it on 1 March.\n\nHelp Desk\n");
        if introduction.contains('@')
            || introduction.contains(':') && introduction.matches(|c: char| c.is_ascii_digit()).count() > 6
        {
            assert_eq!(new_words(&reply), NEW, "{introduction}");
        }
    }
}

#[test]
fn words_below_the_quotation_are_kept_and_the_quotation_goes() {
    for introduction in INTRODUCTIONS {
        let reply = format!("{introduction}\n> We have mended it on 1 March.\n> Help Desk\n\n{NEW}\n");
        assert_eq!(new_words(&reply), NEW, "{introduction}");
    }
}

/// Heads that Outlook and others put before a letter that they do not mark: from, sent, to, subject.
const HEADS: &[[&str; 4]] = &[
    ["From", "Sent", "To", "Subject"],
    ["Von", "Gesendet", "An", "Betreff"],
    ["De", "Envoyé", "À", "Objet"],
    ["De", "Enviado el", "Para", "Asunto"],
    ["De", "Enviada em", "Para", "Assunto"],
    ["Da", "Inviato", "A", "Oggetto"],
    ["Van", "Verzonden", "Aan", "Onderwerp"],
    ["Från", "Skickat", "Till", "Ämne"],
    ["Fra", "Sendt", "Til", "Emne"],
    ["Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"],
    ["Od", "Wysłano", "Do", "Temat"],
    ["Od", "Odesláno", "Komu", "Předmět"],
    ["Od", "Odoslané", "Komu", "Predmet"],
    ["Feladó", "Elküldve", "Címzett", "Tárgy"],
    ["De la", "Trimis", "Către", "Subiect"],
    ["Kimden", "Gönderildi", "Kime", "Konu"],
    ["От", "Отправлено", "Кому", "Тема"],
    ["Від", "Надіслано", "Кому", "Тема"],
    ["Από", "Στάλθηκε", "Προς", "Θέμα"],
    ["发件人", "发送时间", "收件人", "主题"],
    ["寄件者", "寄件日期", "收件者", "主旨"],
    ["差出人", "送信日時", "宛先", "件名"],
    ["보낸 사람", "보낸 날짜", "받는 사람", "제목"],
    ["מאת", "נשלח", "אל", "נושא"],
    ["من", "تاريخ الإرسال", "إلى", "الموضوع"],
];

fn head([from, sent, to, subject]: &[&str; 4]) -> String {
    format!(
        "{from}: Help Desk <help@example.ac.uk>\n{sent}: 2 March 2026 10:04\n{to}: Ann Other\n{subject}: Your complaint FC-10482"
    )
}

#[test]
fn a_letter_below_a_head_goes_in_every_language() {
    for names in HEADS {
        let reply = format!("{NEW}\n\n{}\n\nWe have mended it.\n\nHelp Desk\n", head(names));
        assert_eq!(new_words(&reply), NEW, "{names:?}");
    }
}

#[test]
fn a_head_in_bold_and_below_a_line_is_one_as_well() {
    for names in HEADS {
        let bold: String = head(names)
            .lines()
            .map(|line| format!("*{}*\n", line.replacen(": ", ":* ", 1).trim_end_matches('*')))
            .collect();
        let bold = bold.replace("*\n", "\n");
        let reply = format!("{NEW}\n________________________________\n{bold}\nWe have mended it.\n");
        assert_eq!(new_words(&reply), NEW, "{names:?}");
    }
}

#[test]
fn an_announcement_without_dashes_counts_where_a_head_follows() {
    let reply = format!(
        "{NEW}\n\n  Original Message  \n{}\n\nWe have mended it.",
        head(&HEADS[0])
    );
    assert_eq!(new_words(&reply), NEW);
}

#[test]
fn a_head_with_empty_lines_between_is_one_as_well() {
    let spread = head(&HEADS[0]).replace('\n', "\n\n");
    assert_eq!(new_words(&format!("{NEW}\n\n{spread}\n\nWe have mended it.")), NEW);
}

/// Lines that announce the letter.
const ANNOUNCEMENTS: &[&str] = &[
    "-----Original Message-----",
    "----- Original Message -----",
    "-------- Original Message --------",
    "---------- Forwarded message ---------",
    "Begin forwarded message:",
    "-----Ursprüngliche Nachricht-----",
    "-------- Weitergeleitete Nachricht --------",
    "-----Message d'origine-----",
    "-------- Message transféré --------",
    "-----Mensaje original-----",
    "-----Mensagem original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----",
    "-----Opprinnelig melding-----",
    "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----",
    "---------- Původní zpráva ----------",
    "-----Eredeti üzenet-----",
    "-----Исходное сообщение-----",
    "-------- Пересылаемое сообщение --------",
    "------------------ 原始邮件 ------------------",
    "-----元のメッセージ-----",
    "-----원본 메시지-----",
    "--- Reply above this line ---",
];

#[test]
fn a_letter_below_an_announcement_goes() {
    for announcement in ANNOUNCEMENTS {
        let reply = format!("{NEW}\n\n{announcement}\nWe have mended it.\n\nHelp Desk\n");
        assert_eq!(new_words(&reply), NEW, "{announcement}");
        let marked = format!("{NEW}\n\n{announcement}\n> We have mended it.\n> Help Desk\n");
        assert_eq!(new_words(&marked), NEW, "{announcement}");
    }
}

/// What devices and mail programs add.
const DEVICES: &[&str] = &[
    "Sent from my iPhone",
    "Sent from my Galaxy",
    "Sent from Outlook for Android",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Mail for Windows",
    "Get Outlook for iOS",
    "Get [Outlook for Android](https://example.com/x)",
    "Von meinem iPhone gesendet",
    "Gesendet von meinem Samsung Gerät",
    "Diese Nachricht wurde von meinem Android-Mobiltelefon gesendet.",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Verzonden met Outlook voor iOS",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "Στάλθηκε από το iPhone μου",
    "iPhone'umdan gönderildi",
    "发自我的 iPhone",
    "從我的 iPhone 傳送",
    "iPhoneから送信",
    "나의 iPhone에서 보냄",
    "נשלח מה-iPhone שלי",
    "أرسلت من الـ iPhone",
    "Đã gửi từ iPhone của tôi",
    "Dikirim dari iPhone saya",
];

#[test]
fn what_a_device_adds_goes() {
    for device in DEVICES {
        assert_eq!(new_words(&format!("{NEW}\n\n{device}\n")), NEW, "{device}");
        let above = format!("{NEW}\n\n{device}\n\n{}\n> We have mended it.\n", INTRODUCTIONS[0]);
        assert_eq!(new_words(&above), NEW, "{device}");
    }
}

#[test]
fn a_signature_below_two_dashes_goes() {
    for mark in ["-- ", "--", "—", "-- \u{a0}"] {
        let reply = format!("{NEW}\n\n{mark}\nAnn Other\nDepartment of Physics\n+44 1632 960001\n");
        assert_eq!(new_words(&reply), NEW, "{mark:?}");
    }
}

#[test]
fn a_long_text_below_two_dashes_is_no_signature() {
    let more = "And there is more to say about what happened on that day in the library, which I would like to tell.\n"
        .repeat(20);
    let reply = format!("{NEW}\n--\n{more}");
    assert!(new_words(&reply).contains("more to say"));
}

#[test]
fn a_closing_phrase_is_kept() {
    let reply = format!("{NEW}\n\nKind regards\nAnn");
    assert_eq!(new_words(&reply), reply);
}

#[test]
fn answers_between_quotations_are_kept_with_what_they_answer() {
    let reply = "Here are my answers.\n\nOn Mon, 2 Mar 2026 at 10:04, Help Desk <help@example.ac.uk> wrote:\n> Which room was it?\n\nRoom 4.\n\n> When was it?\n\nOn Monday.\n\n> Thank you,\n> Help Desk";
    assert_eq!(
        new_words(reply),
        "Here are my answers.\n\n> Which room was it?\n\nRoom 4.\n\n> When was it?\n\nOn Monday."
    );
}

#[test]
fn answers_between_quotations_are_kept_where_nothing_stands_above() {
    let reply = "On Mon, 2 Mar 2026 at 10:04, Help Desk <help@example.ac.uk> wrote:\n> Which room was it?\nRoom 4.\n> When was it?\nOn Monday.";
    assert_eq!(
        new_words(reply),
        "> Which room was it?\nRoom 4.\n> When was it?\nOn Monday."
    );
}

#[test]
fn nothing_but_quotation_has_no_new_words() {
    assert_eq!(new_words("> We have mended it.\n>\n>> It is broken."), "");
    assert_eq!(new_words(&format!("{}\n> We have mended it.", INTRODUCTIONS[0])), "");
    assert_eq!(new_words(""), "");
    assert_eq!(new_words("\n \n\t\n"), "");
}

#[test]
fn a_letter_passed_on_without_a_word_is_kept() {
    for announcement in ANNOUNCEMENTS {
        let passed = format!(
            "{announcement}\n{}\n\nWe have mended it, and it cost 40 pounds.",
            head(&HEADS[0])
        );
        assert!(new_words(&passed).contains("40 pounds"), "{announcement}");
    }
}

#[test]
fn several_replies_below_each_other_go_together() {
    let reply = format!(
        "{NEW}\n\n{}\n\nSecond.\n\n{}\n\nFirst.\n",
        INTRODUCTIONS[0], INTRODUCTIONS[13]
    );
    assert_eq!(new_words(&reply), NEW);
}

/// What people write in complaints and what is no quotation.
const COMPLAINTS: &[&str] = &[
    "On 3 May 2025 I wrote:\nplease refund the 40 pounds.\nNothing came of it.",
    "On 3 May your adviser wrote to me that all was well. It was not.\nI want an apology.",
    "As I wrote on 3 May at 10:30:\nthe heating does not work.",
    "My journey was\nFrom: London\nTo: Leeds\nDate: 3 May\nand the train was two hours late.",
    "Dear all,\nmy complaint has three points:\n1) the room was cold\n2) the lift was broken\n3) nobody answered.",
    "First part.\n----------\nSecond part, which matters more than the first and is longer as well.\nIt goes on over a second line.",
    "The letter was sent from your office in March and I got it in May.\nWhy?",
    "I was told:\n\"It is not our fault.\"\nI do not agree.",
    "Room > 30 degrees in July.\nI measured it myself.",
    "Subject: heating\nThe heating is broken.\nFrom: Ann",
    "Time: 10:30\nPlace: Library\nWhat happened: somebody shouted at me.",
    "He said on the phone at 10:30: come tomorrow.\nI came and nobody was there.",
];

#[test]
fn words_of_a_complaint_are_never_taken_for_a_quotation() {
    for complaint in COMPLAINTS {
        assert_eq!(&new_words(complaint), complaint);
    }
}

#[test]
fn words_of_a_complaint_stay_above_a_quotation() {
    for complaint in COMPLAINTS {
        let reply = format!(
            "Dear Sir or Madam,\n\n{complaint}\n\n{}\n> We have mended it.\n",
            INTRODUCTIONS[0]
        );
        assert_eq!(new_words(&reply), format!("Dear Sir or Madam,\n\n{complaint}"));
    }
}

#[test]
fn a_quoted_line_that_was_broken_goes_on_without_its_mark() {
    let reply = format!(
        "{NEW}\n\n{}\n> We have mended the printer in room 4 yesterday and tried it with several\nletters\n> and it works.\n",
        INTRODUCTIONS[0]
    );
    assert_eq!(new_words(&reply), NEW);
}

#[test]
fn lines_may_end_as_on_other_systems() {
    assert_eq!(new_words("One.\r\nTwo.\r\n\r\n> Three.\r\n"), "One.\nTwo.");
}

#[test]
fn a_hostile_text_comes_to_an_end() {
    let hostile = [
        ">".repeat(1 << 20),
        ">\n".repeat(1 << 19),
        "On 1 May 2026 at 10:04 <a@b>\n".repeat(10_000),
        "--\n".repeat(90_000),
        "From: a@b\n".repeat(25_000),
        "wrote: ".repeat(40_000),
        "-----\nx\n".repeat(35_000),
        "On ".repeat(90_000),
        "From: a@b\nSent: 1\nTo: b\nSubject: x\n".repeat(8_000),
        "@".repeat(1 << 20),
        "10:04 ".repeat(45_000),
        "> a\nb\n".repeat(45_000),
    ];
    // No clock is read here: a text that takes longer than in proportion to its length would not come to an end in the time of a test.
    for text in hostile {
        let words = new_words(&text);
        assert!(words.len() <= text.len());
    }
}
