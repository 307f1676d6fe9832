//! What a person at their seat prefers: colours and single keys. Their browser keeps it; it says nothing about them.

use axum::http::HeaderMap;

use crate::http::cookie::Cookie;
use crate::page::staff_shell::{Shortcuts, Theme};

/// Colours and keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Light, dark, or as the machine is set.
    pub theme: Theme,
    /// Whether single keys do something.
    pub shortcuts: Shortcuts,
}

const THEMES: [(Theme, &str); 3] = [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Auto, "auto")];
const KEYS: [(Shortcuts, &str); 2] = [(Shortcuts::On, "on"), (Shortcuts::Off, "off")];

impl Preferences {
    /// Preferences from the words of a form; a word that is none means the usual.
    pub fn of(theme: &str, keys: &str) -> Preferences {
        Preferences {
            theme: meant(&THEMES, theme),
            shortcuts: meant(&KEYS, keys),
        }
    }

    /// What the browser kept.
    pub fn read(headers: &HeaderMap) -> Preferences {
        let kept = Cookie::Preferences.read(headers).unwrap_or_default();
        let (theme, keys) = kept.split_once('.').unwrap_or_default();
        Preferences::of(theme, keys)
    }

    /// The word for the colours.
    pub fn theme_word(self) -> &'static str {
        word(&THEMES, self.theme)
    }

    /// The word for the keys.
    pub fn keys_word(self) -> &'static str {
        word(&KEYS, self.shortcuts)
    }

    /// What the browser is to keep.
    pub fn to_text(self) -> String {
        format!("{}.{}", self.theme_word(), self.keys_word())
    }
}

fn meant<T: Copy + Default>(words: &[(T, &str)], text: &str) -> T {
    words
        .iter()
        .find(|(_, word)| *word == text)
        .map_or_else(T::default, |(value, _)| *value)
}

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> &'static str {
    words
        .iter()
        .find(|(known, _)| *known == value)
        .map_or("", |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;
    use axum::http::{HeaderMap, HeaderValue};

    use super::*;

    fn kept(cookie: &'static str) -> Preferences {
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(cookie))]);
        Preferences::read(&headers)
    }

    #[test]
    fn preferences_survive_the_browser() {
        let all = THEMES.iter().flat_map(|(theme, _)| {
            KEYS.iter().map(|(keys, _)| Preferences {
                theme: *theme,
                shortcuts: *keys,
            })
        });
        for preferences in all {
            let [theme, keys] = [preferences.theme_word(), preferences.keys_word()];
            assert_eq!(Preferences::of(theme, keys), preferences);
            assert_eq!(preferences.to_text(), format!("{theme}.{keys}"));
        }
        assert_eq!(
            kept("staff=x; prefs=dark.off"),
            Preferences {
                theme: Theme::Dark,
                shortcuts: Shortcuts::Off
            }
        );
    }

    #[test]
    fn what_is_no_preference_means_the_usual() {
        for cookie in ["", "prefs=", "prefs=purple.loud", "prefs=dark"] {
            assert_eq!(kept(cookie), Preferences::default(), "{cookie}");
        }
    }
}
