//! Line icons on a 24-unit grid, drawn inline so that a page needs no further request.

use std::fmt;

use askama::filters::HtmlSafe;

/// A picture that goes with a word, never instead of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "a picture is what its name says")]
pub enum Icon {
    Alert,
    ArrowLeft,
    ArrowRight,
    Bell,
    Check,
    CheckCircle,
    Clock,
    Cross,
    CrossCircle,
    Down,
    Download,
    Edit,
    Empty,
    Eye,
    File,
    Help,
    Home,
    Info,
    Key,
    Lock,
    Logout,
    Phone,
    Pin,
    Plus,
    Print,
    Search,
    Seal,
    Shield,
    Sort,
    Text,
    Up,
    Upload,
    User,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::Alert => "M12 3.5 22 20.5H2ZM12 10v5M12 17.7v.3",
            Icon::ArrowLeft => "M20 12H5M11 6l-6 6 6 6",
            Icon::ArrowRight => "M4 12h15M13 6l6 6-6 6",
            Icon::Bell => "M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15ZM10 21h4",
            Icon::Check => "M4.5 12.5 10 18 19.5 7",
            Icon::CheckCircle => "M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4ZM7.8 12.4l3 3 5.6-6.2",
            Icon::Clock => "M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4ZM12 7v5.3l3.4 2",
            Icon::Cross => "M6 6l12 12M18 6 6 18",
            Icon::CrossCircle => "M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4ZM8.7 8.7l6.6 6.6M15.3 8.7l-6.6 6.6",
            Icon::Down => "M12 5v14M6 13l6 6 6-6",
            Icon::Download => "M12 3.5v12M6.5 10.5 12 16l5.5-5.5M4 20.5h16",
            Icon::Edit => "M4 20h4.5L20 8.5 15.5 4 4 15.5ZM13 6.5l4.5 4.5",
            Icon::Empty => "M3 13.5 6 5h12l3 8.5V19H3ZM3 13.5h5.5a3.5 3.5 0 0 0 7 0H21",
            Icon::Eye => {
                "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"
            }
            Icon::File => "M6 2.8h8l4.5 4.5v14H6ZM13.5 3v5h5M9 13h6M9 17h6",
            Icon::Help => {
                "M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4ZM9.5 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.9M12 16.8v.3"
            }
            Icon::Home => "M3 11.5 12 4l9 7.5M5.5 10v10h13V10M10 20v-5.5h4V20",
            Icon::Info => "M12 2.8a9.2 9.2 0 1 0 0 18.4 9.2 9.2 0 0 0 0-18.4ZM12 11v5.5M12 7.5v.3",
            Icon::Key => "M8 11.5a4.3 4.3 0 1 0 0 8.5 4.3 4.3 0 0 0 0-8.5ZM11.2 12.8 20.5 3.5M16 8l3.2 3.2",
            Icon::Lock => "M5 10.5h14v10H5ZM8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2.5",
            Icon::Logout => "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
            Icon::Phone => {
                "M5 3.5h4l2 5-2.5 1.5a12 12 0 0 0 5.5 5.5L15.5 13l5 2v4a1.5 1.5 0 0 1-1.5 1.5C10.5 20 4 13.5 3.5 5A1.5 1.5 0 0 1 5 3.5Z"
            }
            Icon::Pin => {
                "M12 21.5s7-6.7 7-12a7 7 0 0 0-14 0c0 5.3 7 12 7 12ZM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
            }
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Print => "M7 8V3.5h10V8M7 17H3.5V8h17v9H17M7 14h10v6.5H7Z",
            Icon::Search => "M10.5 3.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM15.7 15.7 21 21",
            Icon::Seal => {
                "M9 13.5c.8-2-1.5-4-1.5-6.5a4.5 4.5 0 0 1 9 0c0 2.5-2.3 4.5-1.5 6.5h4.5V18h-15v-4.5ZM4.5 21h15"
            }
            Icon::Shield => "M12 2.8 4.5 5.5v6c0 4.7 3.2 8 7.5 9.7 4.3-1.7 7.5-5 7.5-9.7v-6ZM8.5 12l2.5 2.5 4.5-5",
            Icon::Sort => "M8 5v14M4.5 8.5 8 5l3.5 3.5M16 19V5M12.5 15.5 16 19l3.5-3.5",
            Icon::Text => "M3 18 8 5.5 13 18M4.8 14h6.4M14.5 18l3.25-8 3.25 8M15.7 15.3h4.1",
            Icon::Up => "M12 19V5M6 11l6-6 6 6",
            Icon::Upload => "M12 16V4M6.5 9.5 12 4l5.5 5.5M4 20.5h16",
            Icon::User => "M12 3.5a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4ZM4 20.5c.6-4 3.7-6 8-6s7.4 2 8 6",
        }
    }
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>"#,
            self.path()
        )
    }
}

impl HtmlSafe for Icon {}
