//! What a person must be told beside the data themselves, in plain words (UK GDPR article 15(1) and (2)).

use serde::Serialize;

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The letter of article 15(1) that asks for it.
    pub article: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// The words.
    pub words: String,
}

/// All of it. Every copy says the same, whatever is kept: nobody can tell from it what is not in it (invariant 12).
pub fn told(organisation: &str, contact: &str) -> Vec<Told> {
    let part = |article, heading, words: String| Told {
        article,
        heading,
        words,
    };
    vec![
        part(
            "15(1)(a)",
            "What we use it for",
            format!(
                "{organisation} uses these data to deal with what you told us, to answer you, to put things right, to learn from complaints and to \
                 count them."
            ),
        ),
        part(
            "15(1)(b)",
            "What kinds of data there are",
            "Your name and how we reach you; what you wrote and the files you sent; what we wrote to you, decided and noted; dates and categories."
                .to_owned(),
        ),
        part(
            "15(1)(c)",
            "Who gets to see it",
            "The people here who deal with the case, decide on it, sign letters and review complaints each month. With each case stands who else has \
             had data of it."
                .to_owned(),
        ),
        part(
            "15(1)(d)",
            "How long we keep it",
            "With each case stands until when. Afterwards it is erased; figures without names stay.".to_owned(),
        ),
        part(
            "15(1)(e)",
            "What you can ask for",
            format!(
                "You can ask us to correct data that are wrong, to erase them, to use them less, or to stop using them. Write to {contact}."
            ),
        ),
        part(
            "15(1)(f)",
            "Whom you can complain to about this",
            "You can complain to the Information Commissioner about how we use your data.".to_owned(),
        ),
        part(
            "15(1)(g)",
            "Where it comes from",
            "From you; from the people here who dealt with it; and where a note says so, from others whom we asked.".to_owned(),
        ),
        part(
            "15(1)(h)",
            "What machines decide",
            "Nothing is decided about you by a machine alone. Programs count dates and suggest names in a text; a person decides.".to_owned(),
        ),
        part(
            "15(4)",
            "What is left out",
            "Where you read [left out] there are words about other people. The law also lets us keep back some data, for instance to protect other \
             people. We never say in a copy whether there are such data: this sentence stands in every one."
                .to_owned(),
        ),
    ]
}
