//! Absence notes: what they put before the subject and how they begin, in the languages of the mail programs that people use.

use mail_parser::Message;

/// How subjects of absence notes begin; lower case. What comes next must be nothing, a mark or the subject of the letter.
const BEGINNINGS: [&str; 52] = [
    "out of office",
    "out of the office",
    "out-of-office",
    "ooo",
    "automatic reply",
    "automatic response",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "auto:",
    "away from",
    "away until",
    "on leave",
    "on holiday",
    "on vacation",
    "annual leave",
    "vacation",
    "abwesenheitsnotiz",
    "abwesenheit",
    "abwesend",
    "automatische antwort",
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "absent(e)",
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "fuera de oficina",
    "resposta automática",
    "resposta automatica",
    "fora do escritório",
    "ausência temporária",
    "risposta automatica",
    "fuori sede",
    "fuori ufficio",
    "automatisch antwoord",
    "automatische reactie",
    "afwezig",
    "automatiskt svar",
    "frånvaro",
    "autosvar",
    "automatisk svar",
    "fravær",
    "automaattinen vastaus",
    "poissaolo",
    "automatyczna odpowiedź",
    "odpowiedź automatyczna",
    "nieobecność",
];

/// The same in scripts of their own and further languages.
const MORE_BEGINNINGS: [&str; 26] = [
    "automatická odpověď",
    "automatická odpoveď",
    "mimo kancelář",
    "automatikus válasz",
    "házon kívül",
    "răspuns automat",
    "otomatik yanıt",
    "ofis dışında",
    "автоматический ответ",
    "автоответ",
    "нет на работе",
    "вне офиса",
    "автоматична відповідь",
    "автоматичен отговор",
    "αυτόματη απάντηση",
    "εκτός γραφείου",
    "自动回复",
    "自動回覆",
    "自動返信",
    "自動応答",
    "不在通知",
    "不在のお知らせ",
    "외출 중",
    "자동 회신",
    "רד אוטומטי",
    "رد تلقائي",
];

/// What absence notes say in their first lines; lower case.
const WORDS: [&str; 44] = [
    "out of the office",
    "out of office",
    "away from the office",
    "away from my desk",
    "away from my email",
    "on annual leave",
    "on leave until",
    "on holiday until",
    "on vacation",
    "currently away",
    "limited access to email",
    "limited access to my email",
    "no access to email",
    "will be back on",
    "upon my return",
    "when i return",
    "maternity leave",
    "parental leave",
    "automatic reply",
    "automated response",
    "automatic response",
    "nicht im büro",
    "nicht im hause",
    "nicht am arbeitsplatz",
    "bin im urlaub",
    "bin abwesend",
    "wieder erreichbar",
    "absent du bureau",
    "absente du bureau",
    "actuellement absent",
    "en congé",
    "fuera de la oficina",
    "estoy de vacaciones",
    "de férias",
    "fora do escritório",
    "fuori ufficio",
    "fuori sede",
    "in ferie",
    "afwezig",
    "op vakantie",
    "på semester",
    "inte på kontoret",
    "på ferie",
    "poza biurem",
];

/// The same in scripts of their own and further languages.
const MORE_WORDS: [&str; 18] = [
    "na urlopie",
    "mimo kancelář",
    "na dovolené",
    "szabadságon",
    "în concediu",
    "izindeyim",
    "ofis dışında",
    "в отпуске",
    "отсутствую",
    "у відпустці",
    "σε άδεια",
    "休假",
    "不在办公室",
    "自动回复",
    "不在にして",
    "休暇",
    "휴가",
    "부재중",
];

/// How many characters of the text are read for the words: a note comes to the point.
const READ: usize = 600;

/// True when a subject begins like that of an absence note. It makes none by itself: something else has to speak for it.
pub(crate) fn begins_like_a_note(message: &Message<'_>) -> bool {
    beginning(&subject(message)).is_some()
}

/// True when a mark of an absence note stands before the subject of the letter: "Automatic reply: Your complaint".
pub(super) fn is_named_before_a_subject(message: &Message<'_>) -> bool {
    let subject = subject(message);
    beginning(&subject)
        .and_then(|beginning| subject.get(beginning.len()..))
        .is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
}

fn subject(message: &Message<'_>) -> String {
    let subject = message.subject().unwrap_or_default().trim().to_lowercase();
    subject
        .trim_start_matches(['*', '[', '(', '"', '\'', '【', ' '])
        .to_owned()
}

fn beginning(subject: &str) -> Option<&'static str> {
    let known = BEGINNINGS.iter().chain(&MORE_BEGINNINGS);
    known.copied().find(|beginning| begins_with(subject, beginning))
}

/// Beginnings that go on with anything.
const OPEN: [&str; 3] = ["away from", "away until", "auto:"];

/// Words that may follow the beginning without a mark between them: "Automatic reply until", "Out of office autoreply".
const FOLLOWING: [&str; 14] = [
    "re",
    "fw",
    "fwd",
    "auto",
    "autoreply",
    "reply",
    "response",
    "message",
    "notification",
    "notice",
    "assistant",
    "until",
    "from",
    "till",
];

/// True when the subject is the beginning alone, or goes on as absence notes do. "Out of office hours nobody answers" does not.
fn begins_with(subject: &str, beginning: &str) -> bool {
    let Some(rest) = subject.strip_prefix(beginning) else {
        return false;
    };
    if !beginning.is_ascii() || OPEN.contains(&beginning) {
        return true;
    }
    let word: String = rest
        .trim_start()
        .chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect();
    if rest.starts_with(char::is_alphanumeric) {
        return false;
    }
    word.is_empty() || !rest.starts_with(' ') || FOLLOWING.contains(&word.as_str())
}

/// True when the first lines speak of being away.
pub(super) fn speaks_of_absence(message: &Message<'_>) -> bool {
    let Some(text) = message.body_text(0) else {
        return false;
    };
    // Quoted words are somebody else's.
    let own_words: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .flat_map(|line| line.chars().chain([' ']))
        .take(READ)
        .collect();
    let own_words = own_words.to_lowercase();
    WORDS.iter().chain(&MORE_WORDS).any(|words| own_words.contains(words))
}
