//! Tables that become cards on a small screen.

use askama::Template;
use askama::filters::HtmlSafe;

use super::icon::Icon;
use super::link::{Button, Link, href};
use super::rich::Rich;
use super::tag::{Light, Tag};
use super::time::Countdown;
use crate::domain::base::{Area, Day, Fen, Instant};

/// A column: its name, and how it sorts.
#[derive(Clone, Debug, Default)]
pub struct Column {
    label: String,
    numeric: bool,
    sort: Option<String>,
    sorted: Option<bool>,
}

impl Column {
    /// A column of words.
    pub fn new(label: impl Into<String>) -> Column {
        Column { label: label.into(), ..Column::default() }
    }

    /// A column of figures, flush right.
    pub fn numeric(label: impl Into<String>) -> Column {
        Column { numeric: true, ..Column::new(label) }
    }

    /// The address that sorts by it.
    #[must_use]
    pub fn sort(mut self, to: impl Into<String>) -> Column {
        self.sort = Some(href(to));
        self
    }

    /// The rows stand in its order now: ascending or not.
    #[must_use]
    pub fn sorted(mut self, ascending: bool) -> Column {
        self.sorted = Some(ascending);
        self
    }

    fn aria(&self) -> &'static str {
        match self.sorted {
            Some(true) => "ascending",
            Some(false) => "descending",
            None => "none",
        }
    }
}

impl From<&str> for Column {
    fn from(label: &str) -> Column {
        Column::new(label)
    }
}

/// What stands where a row and a column meet.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    parts: Vec<Rich>,
    actions: bool,
}

impl Cell {
    /// A cell.
    pub fn new(content: impl Into<Rich>) -> Cell {
        Cell { parts: vec![content.into()], actions: false }
    }

    /// Money and its unit.
    pub fn money(amount: Fen, unit: impl Into<String>) -> Cell {
        Cell::new(Rich::new().money(amount, unit))
    }

    /// A cell of links and buttons.
    pub fn actions(parts: impl IntoIterator<Item = Rich>) -> Cell {
        Cell { parts: parts.into_iter().collect(), actions: true }
    }

    /// Another line below.
    #[must_use]
    pub fn and(mut self, content: impl Into<Rich>) -> Cell {
        self.parts.push(content.into());
        self
    }
}

macro_rules! cell_from {
    ($($t:ty),+) => {
        $(impl From<$t> for Cell {
            fn from(content: $t) -> Cell {
                Cell::new(content)
            }
        })+
    };
}

cell_from!(&str, String, &String, Rich, Link, Button, Tag, Light, Countdown, Fen, Area, Day, Instant);

/// A row; its first cell is the row's heading.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: Vec<Cell>,
    class: &'static str,
}

impl Row {
    /// An empty row.
    pub fn new() -> Row {
        Row::default()
    }

    /// Adds a cell.
    #[must_use]
    pub fn cell(mut self, cell: impl Into<Cell>) -> Row {
        self.cells.push(cell.into());
        self
    }

    /// Tinted by a light; green is not tinted.
    #[must_use]
    pub fn light(mut self, light: Light) -> Row {
        self.class = match light {
            Light::Green => "",
            Light::Yellow => "row-warm",
            Light::Red => "row-hot",
        };
        self
    }

    /// The reader's own row.
    #[must_use]
    pub fn mine(mut self) -> Row {
        self.class = "row-mine";
        self
    }
}

/// The way to the pages before and after.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "kit/pager.html")]
pub struct Pager {
    say: String,
    previous: Option<String>,
    next: Option<String>,
}

impl Pager {
    /// `say` tells what is shown, such as 共 128 个项目，第 1—20 个.
    pub fn new(say: impl Into<String>) -> Pager {
        Pager { say: say.into(), ..Pager::default() }
    }

    /// The page before (or the first page, with cursors).
    #[must_use]
    pub fn previous(mut self, to: Option<impl Into<String>>) -> Pager {
        self.previous = to.map(href);
        self
    }

    /// The page after.
    #[must_use]
    pub fn next(mut self, to: Option<impl Into<String>>) -> Pager {
        self.next = to.map(href);
        self
    }
}

impl HtmlSafe for Pager {}

/// A table.
#[derive(Clone, Debug, Template)]
#[template(path = "kit/table.html")]
pub struct Table {
    caption: String,
    note: Rich,
    columns: Vec<Column>,
    rows: Vec<Row>,
    total: Option<Row>,
    empty: Rich,
    pager: Option<Pager>,
}

impl Table {
    /// A table named by its caption.
    pub fn new(caption: impl Into<String>) -> Table {
        Table {
            caption: caption.into(),
            note: Rich::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            total: None,
            empty: "现在没有内容。".into(),
            pager: None,
        }
    }

    /// A remark below the caption.
    #[must_use]
    pub fn note(mut self, note: impl Into<Rich>) -> Table {
        self.note = note.into();
        self
    }

    /// The columns in order.
    #[must_use]
    pub fn columns<C: Into<Column>>(mut self, columns: impl IntoIterator<Item = C>) -> Table {
        self.columns.extend(columns.into_iter().map(Into::into));
        self
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, column: impl Into<Column>) -> Table {
        self.columns.push(column.into());
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: Row) -> Table {
        self.rows.push(row);
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Table {
        self.rows.extend(rows);
        self
    }

    /// The sum below.
    #[must_use]
    pub fn total(mut self, row: Row) -> Table {
        self.total = Some(row);
        self
    }

    /// What to say, and do next, when there is no row.
    #[must_use]
    pub fn empty(mut self, say: impl Into<Rich>) -> Table {
        self.empty = say.into();
        self
    }

    /// The way to other pages.
    #[must_use]
    pub fn pager(mut self, pager: Pager) -> Table {
        self.pager = Some(pager);
        self
    }

    fn label(&self, index: &usize) -> &str {
        self.columns.get(*index).map(|c| c.label.as_str()).unwrap_or_default()
    }

    fn class(&self, index: &usize, cell: &Cell) -> &'static str {
        if cell.parts.iter().all(Rich::is_empty) {
            return "cell-none";
        }
        match (cell.actions, self.columns.get(*index).is_some_and(|c| c.numeric)) {
            (true, _) => "cell-actions",
            (false, true) => "num",
            (false, false) if cell.parts.iter().all(Rich::is_brief) => "brief",
            (false, false) => "",
        }
    }
}

impl HtmlSafe for Table {}
