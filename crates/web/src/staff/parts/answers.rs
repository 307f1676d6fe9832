//! What somebody typed into a form, exactly as typed, so that a page can show it again beside its errors.

use std::fmt;

use hypertext::prelude::*;

/// The answers of one form, in order; a name may come several times (checkboxes).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answers(Vec<(String, String)>);

impl Answers {
    /// Answers from pairs of name and value.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// The first answer to `name`; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(had, _)| had == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Every answer to `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(had, _)| had == name)
            .map(|(_, value)| value.as_str())
    }

    /// All answers, as pairs of name and value.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Whether `value` is among the answers to `name`.
    pub fn chose(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|had| had == value)
    }

    /// The same answers with one more.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// These answers, and every one of `others` that does not bear the name `but`.
    #[must_use]
    pub fn with_all_but(mut self, but: &str, others: &Answers) -> Self {
        self.0.extend(others.0.iter().filter(|(name, _)| name != but).cloned());
        self
    }

    /// Carries every answer as a hidden field, apart from the names in `but`.
    pub fn hidden<'a>(&'a self, but: &'a [&'a str]) -> impl Renderable + 'a {
        maud! {
            @for (name, value) in self.0.iter().filter(|(name, _)| !but.contains(&name.as_str())) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// What a posted form held.
impl From<&[(String, String)]> for Answers {
    fn from(pairs: &[(String, String)]) -> Self {
        Self(pairs.to_vec())
    }
}

/// Names only: answers hold personal data and passwords, and nothing may log them (R31).
impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_several_answers() {
        let answers = Answers::of(&[("remedy", "apology"), ("remedy", "fix"), ("found", "It failed")]);
        assert_eq!(answers.get("remedy"), "apology");
        assert_eq!(answers.all("remedy").collect::<Vec<_>>(), ["apology", "fix"]);
        assert!(answers.chose("remedy", "fix"));
        assert!(!answers.chose("remedy", "refund"));
        assert_eq!(answers.get("nothing"), "");
    }

    #[test]
    fn hidden_fields_carry_everything_else_and_escape_it() {
        let answers = Answers::of(&[("csrf", "x"), ("found", "\"a\" < b")]);
        let html = answers.hidden(&["csrf"]).render().into_inner();
        assert_eq!(
            html,
            r#"<input type="hidden" name="found" value="&quot;a&quot; &lt; b">"#
        );
    }

    #[test]
    fn debug_output_shows_no_answer() {
        assert_eq!(
            format!("{:?}", Answers::of(&[("password", "hunter2")])),
            r#"["password"]"#
        );
    }
}
