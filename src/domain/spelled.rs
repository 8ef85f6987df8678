//! Enums whose cases are words, spelled alike in the database, in forms, on the command line and in what is sent.

/// An enum with the word of each case. A word that is none of them is refused with what is said of it and of all that are known.
macro_rules! spelled {
    ($(#[$about:meta])* $name:ident, $refusal:expr, { $($(#[$note:meta])* $case:ident => $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$note])* $case,)*
        }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$case,)*];

            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$case => $word,)*
                }
            }

            pub fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok($name::$case),)*
                    _ => Err($refusal(text, &[$($word),*])),
                }
            }
        }
    };
}
pub(super) use spelled;
