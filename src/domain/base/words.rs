//! One table for a closed list: the stored name and the Chinese word stand side by side.

/// Declares an enum whose variants each have a stable stored name and a Chinese word.
///
/// The stored name is what databases, files and the API carry and never changes;
/// the Chinese word is what people read. Gives `ALL`, `name()`, `zh()`, serde by
/// stored name, `FromStr` by stored name and `Display` as the Chinese word.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($var:ident = $key:literal, $zh:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = $zh] #[serde(rename = $key)] $var,)+
        }

        #[allow(dead_code, reason = "a list private to one file need not use all of these")]
        impl $name {
            /// Every value, in the order of the rulebook.
            pub const ALL: &'static [$name] = &[$($name::$var),+];

            /// The stored name; never changes.
            pub const fn name(self) -> &'static str {
                match self { $($name::$var => $key,)+ }
            }

            /// The word people read.
            pub const fn zh(self) -> &'static str {
                match self { $($name::$var => $zh,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::base::words::UnknownWord;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                match s {
                    $($key => Ok($name::$var),)+
                    other => Err($crate::base::words::UnknownWord { list: stringify!($name), word: other.to_owned() }),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.zh())
            }
        }
    };
}
pub(crate) use words;

/// A stored name that is not in its closed list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{word}”不在 {list} 的取值范围内")]
pub struct UnknownWord {
    /// The list (the enum's name).
    pub list: &'static str,
    /// What was read.
    pub word: String,
}
