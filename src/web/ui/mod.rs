//! The UI kit: every page of every role is made of these components.
//!
//! A page is [`Page`]`::new(chrome)` with blocks pushed in order. Each component is one struct with a builder, one template
//! in `templates/kit/` of the same name and one section of the style sheet; `/style` shows all of them ([`style`]).
//! Components render themselves (`Display`), so a page with a template of its own can also place them by `{{ form }}`.
//!
//! **Invariant**: text is escaped by the templates alone. Nothing here takes ready-made HTML; only components of this
//! module are trusted as HTML. Addresses pass [`href`], which knows no `javascript:`.

mod actions;
mod block;
mod case;
mod chart;
mod checks;
mod chrome;
mod confirm;
mod faults;
mod field;
mod flow;
mod form;
mod hall;
mod heading;
mod icon;
mod kind;
mod link;
mod page;
mod panel;
mod paper;
mod portal;
mod price;
mod rich;
mod room;
mod section;
pub mod style;
mod table;
mod tag;
mod time;
mod timeline;
mod todo;

pub use actions::{Action, Actions};
pub use block::{Block, Blocks};
pub use case::{Doc, Docs, Entry, Facts, History};
pub use chart::{Band, Bars};
pub use checks::{Check, Checklist, TaskList, Verdict};
pub use chrome::{Chrome, Contact, Flash, NavItem};
pub use confirm::{Confirm, StepUp};
pub use faults::{parse_moment, search_words};
pub use field::Field;
pub use flow::{Flow, FlowStep};
pub use form::{CSRF_FIELD, Form, NONCE_FIELD};
pub use hall::{Hall, Slide};
pub use heading::Heading;
pub use icon::Icon;
pub use kind::{Choice, FieldKind};
pub use link::{Button, Link, Weight, href};
pub use page::Page;
pub use panel::{Mood, Panel};
pub use paper::Paper;
pub use portal::{Categories, Category, Filters, Hero, LotCard, LotCards, Stats};
pub use price::Price;
pub use rich::{Rich, Span};
pub use room::{BidForm, Ladder, Room, Rung, Standing};
pub use section::{Columns, Grid, Live, Section};
pub use table::{Cell, Column, Pager, Row, Table};
pub use tag::{Light, Tag, Tone};
pub use time::Countdown;
pub use timeline::{Phases, State, Step, Timeline};
pub use todo::{Tabs, Todo, Todos, Work};
