//! The public pages: hero, categories, lot cards, filters, figures.

use askama::Template;
use askama::filters::HtmlSafe;

use super::faults::search_words;
use super::field::Field;
use super::icon::Icon;
use super::kind::FieldKind;
use super::link::{Link, href};
use super::rich::Rich;
use super::tag::Tag;

/// The opening of the home page.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/hero.html")]
pub struct Hero {
    title: String,
    lead: Rich,
    search: Option<(String, String)>,
    links: Vec<Link>,
}

impl Hero {
    /// The title.
    pub fn new(title: impl Into<String>) -> Hero {
        Hero { title: title.into(), lead: Rich::new(), search: None, links: Vec::new() }
    }

    /// A sentence below.
    #[must_use]
    pub fn lead(mut self, lead: impl Into<Rich>) -> Hero {
        self.lead = lead.into();
        self
    }

    /// A search box: address and field name.
    #[must_use]
    pub fn search(mut self, action: impl Into<String>, name: impl Into<String>) -> Hero {
        self.search = Some((href(action), name.into()));
        self
    }

    /// A link, as a button or plain.
    #[must_use]
    pub fn link(mut self, link: Link) -> Hero {
        self.links.push(link);
        self
    }
}

impl HtmlSafe for Hero {}

/// One of the plan's fourteen categories.
#[derive(Clone, Debug)]
pub struct Category {
    name: String,
    glyph: &'static str,
    tone: &'static str,
    to: String,
    count: u32,
}

impl Category {
    /// `number` is the plan's (1 to 14) and chooses the character that stands for it.
    pub fn new(number: u8, name: impl Into<String>, to: impl Into<String>, count: u32) -> Category {
        let (glyph, tone) = glyph(number);
        Category { name: name.into(), glyph, tone, to: href(to), count }
    }
}

/// A character and colour for each category of the plan.
fn glyph(number: u8) -> (&'static str, &'static str) {
    match number {
        1 => ("田", "glyph"),
        2 => ("林", "glyph"),
        3 => ("荒", "glyph glyph-ochre"),
        4 => ("产", "glyph glyph-ochre"),
        5 => ("地", "glyph"),
        6 => ("股", "glyph glyph-ink"),
        7 => ("机", "glyph glyph-ink"),
        8 => ("采", "glyph glyph-ink"),
        9 => ("水", "glyph"),
        10 => ("宅", "glyph glyph-ochre"),
        11 => ("企", "glyph glyph-ink"),
        12 => ("供", "glyph glyph-ochre"),
        13 => ("知", "glyph glyph-ink"),
        _ => ("他", "glyph glyph-ink"),
    }
}

/// The categories with how many lots each has.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/categories.html")]
pub struct Categories {
    items: Vec<Category>,
}

impl Categories {
    /// In the plan's order.
    pub fn new(items: impl IntoIterator<Item = Category>) -> Categories {
        Categories { items: items.into_iter().collect() }
    }
}

impl HtmlSafe for Categories {}

/// A lot in a list.
#[derive(Clone, Debug)]
pub struct LotCard {
    title: String,
    to: String,
    category: Option<Category>,
    place: Vec<String>,
    price: (String, String, String),
    total: Option<String>,
    stage: Option<Tag>,
    foot: Rich,
}

impl LotCard {
    /// Its title and page.
    pub fn new(title: impl Into<String>, to: impl Into<String>) -> LotCard {
        LotCard {
            title: title.into(),
            to: href(to),
            category: None,
            place: Vec::new(),
            price: Default::default(),
            total: None,
            stage: None,
            foot: Rich::new(),
        }
    }

    /// Its category by number and name.
    #[must_use]
    pub fn category(mut self, number: u8, name: impl Into<String>) -> LotCard {
        self.category = Some(Category::new(number, name, "#", 0));
        self
    }

    /// Township, village, area, term: short facts in order.
    #[must_use]
    pub fn fact(mut self, fact: impl Into<String>) -> LotCard {
        self.place.push(fact.into());
        self
    }

    /// Label, figures and unit of the price.
    #[must_use]
    pub fn price(
        mut self,
        label: impl Into<String>,
        amount: crate::domain::base::Fen,
        unit: impl Into<String>,
    ) -> LotCard {
        self.price = (label.into(), amount.short(), unit.into());
        self
    }

    /// The contract total.
    #[must_use]
    pub fn total(mut self, total: crate::domain::base::Fen) -> LotCard {
        self.total = Some(total.short());
        self
    }

    /// Its stage.
    #[must_use]
    pub fn stage(mut self, tag: Tag) -> LotCard {
        self.stage = Some(tag);
        self
    }

    /// The line at the foot, such as a countdown.
    #[must_use]
    pub fn foot(mut self, foot: impl Into<Rich>) -> LotCard {
        self.foot = foot.into();
        self
    }
}

/// Lots side by side.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/lotcards.html")]
pub struct LotCards {
    lots: Vec<LotCard>,
    empty: Rich,
    heading: String,
}

impl LotCards {
    /// In the order given.
    pub fn new(lots: impl IntoIterator<Item = LotCard>) -> LotCards {
        LotCards {
            lots: lots.into_iter().collect(), empty: "没有符合条件的项目。".into(), heading: String::new()
        }
    }

    /// A heading for people who hear the page, where the cards stand right below the page's title.
    #[must_use]
    pub fn heading(mut self, heading: impl Into<String>) -> LotCards {
        self.heading = heading.into();
        self
    }

    /// What to say when there is none.
    #[must_use]
    pub fn empty(mut self, say: impl Into<Rich>) -> LotCards {
        self.empty = say.into();
        self
    }
}

impl HtmlSafe for LotCards {}

/// A search form above a list, with what is chosen now.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/filters.html")]
pub struct Filters {
    action: String,
    fields: Vec<Field>,
    chosen: Vec<Link>,
    clear: Option<String>,
}

impl Filters {
    /// A form that looks up `action`.
    pub fn new(action: impl Into<String>) -> Filters {
        Filters { action: href(action), fields: Vec::new(), chosen: Vec::new(), clear: None }
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Filters {
        // An address somebody typed or kept may ask for what is no choice: said here, it filters nothing.
        let unknown = match &field.kind {
            FieldKind::Select(options) => !field.first().is_empty() && options.iter().all(|o| o.value != field.first()),
            _ => false,
        };
        let field =
            if unknown { field.error("没有这个选项，没有按它筛选，请重新选择。") } else { field };
        self.fields.push(field.optional_quietly());
        self
    }

    /// The box for words to look for.
    #[must_use]
    pub fn words(self, name: &str, typed: &str) -> Filters {
        let field = Field::text(name, "关键词").value(typed);
        self.field(match search_words(typed) {
            Ok(_) => field,
            Err(why) => field.error(format!("没有按关键词查找：{why}")),
        })
    }

    /// A choice in force and the address without it.
    #[must_use]
    pub fn chosen(mut self, label: impl Into<String>, without: impl Into<String>) -> Filters {
        self.chosen.push(Link::new(label, without));
        self
    }

    /// The address without any choice.
    #[must_use]
    pub fn clear(mut self, to: impl Into<String>) -> Filters {
        self.clear = Some(href(to));
        self
    }
}

impl HtmlSafe for Filters {}

/// A strip of figures.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/stats.html")]
pub struct Stats {
    stats: Vec<(String, String, String, String)>,
}

impl Stats {
    /// An empty strip.
    pub fn new() -> Stats {
        Stats::default()
    }

    /// Adds a figure: label, figures, unit.
    #[must_use]
    pub fn stat(mut self, label: impl Into<String>, figures: impl Into<String>, unit: impl Into<String>) -> Stats {
        self.stats.push((label.into(), figures.into(), unit.into(), String::new()));
        self
    }

    /// A remark below the last figure.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Stats {
        if let Some(stat) = self.stats.last_mut() {
            stat.3 = note.into();
        }
        self
    }
}

impl HtmlSafe for Stats {}
