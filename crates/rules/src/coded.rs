//! Closed lists: enums whose members have a code (kept in files and events) and words (read by people).

/// Declares an enum with `code()`, `words()`, `ALL` and `from_code()`; serde keeps the code.
macro_rules! coded {
    ($(#[$outer:meta])* $vis:vis enum $name:ident {
        $($(#[$inner:meta])* $variant:ident = $code:literal, $label:literal;)+
    }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$inner])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every member, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code used in files and stored events.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The words that people read.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The member with this code, if the list has one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.words())
            }
        }

        impl $crate::coded::Coded for $name {
            const MEMBERS: &'static [Self] = Self::ALL;
            fn as_code(self) -> &'static str { self.code() }
        }
    };
}
pub(crate) use coded;

/// What a reader of files needs to know of a closed list: its members and their codes.
pub(crate) trait Coded: Copy + Sized + 'static {
    /// Every member.
    const MEMBERS: &'static [Self];
    /// The code of this member.
    fn as_code(self) -> &'static str;
}
