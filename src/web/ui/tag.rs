//! Tags (stages, kinds) and supervision lights.

use askama::Template;
use askama::filters::HtmlSafe;

/// The colour family of a tag or glyph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to notice.
    #[default]
    Neutral,
    /// Open, passed, in order.
    Green,
    /// Wants attention.
    Ochre,
    /// Failed, refused, overdue, final.
    Red,
    /// Live now.
    Ink,
}

impl Tone {
    fn suffix(self) -> &'static str {
        match self {
            Tone::Neutral => "",
            Tone::Green => " tag-green",
            Tone::Ochre => " tag-ochre",
            Tone::Red => " tag-red",
            Tone::Ink => " tag-ink",
        }
    }
}

/// A short word in a rounded frame, such as a stage.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(source = r#"<span class="tag{{ tone.suffix() }}">{{ text }}</span>"#, ext = "html")]
pub struct Tag {
    text: String,
    tone: Tone,
}

impl Tag {
    /// A tag of a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Tag {
        Tag { text: text.into(), tone }
    }
}

impl HtmlSafe for Tag {}

/// A supervision light (rulebook 9.1); colour, shape and word together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Template)]
#[template(path = "kit/light.html")]
pub enum Light {
    /// 绿灯: within the limit.
    Green,
    /// 黄灯: the limit is near.
    Yellow,
    /// 红灯: overdue.
    Red,
}

impl Light {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Light::Green => "绿灯 正常",
            Light::Yellow => "黄灯 将到期",
            Light::Red => "红灯 已超期",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Light::Green => "green",
            Light::Yellow => "yellow",
            Light::Red => "red",
        }
    }

    fn shape(self) -> &'static str {
        match self {
            Light::Green => "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
            Light::Yellow => "M8 1 15.5 14.5H.5Z",
            Light::Red => "M4.8.8h6.4L15.2 4.8v6.4L11.2 15.2H4.8L.8 11.2V4.8Z",
        }
    }
}

impl HtmlSafe for Light {}
