//! From a filled paper to the bytes of its PDF.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst::syntax::{FileId, Source};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::fonts::Fonts;
use crate::paper::Template;
use crate::world::{PaperWorld, file_id};
use crate::{Paper, PapersError, qr};

/// The press: fonts and templates, loaded once and shared by all threads. Rendering is CPU work of 10 to 200 ms; call
/// it from a blocking worker.
pub struct Papers {
    fonts: Fonts,
    library: LazyHash<Library>,
    templates: HashMap<FileId, Source>,
}

impl Papers {
    /// Loads fonts (system folders, then `extra_font_dirs`, where an operator may put fonts with rare characters) and
    /// templates. Fails when no Chinese font is installed, saying what to install.
    pub fn load(extra_font_dirs: &[PathBuf]) -> Result<Papers, PapersError> {
        Ok(Papers::with(Fonts::load(extra_font_dirs)?))
    }

    /// The same without the system's fonts: for installations that bring their own, and for the test
    /// of a machine that has none.
    pub fn load_only(font_dirs: &[PathBuf]) -> Result<Papers, PapersError> {
        Ok(Papers::with(Fonts::from(&[], font_dirs)?))
    }

    fn with(fonts: Fonts) -> Papers {
        let templates = Template::sources()
            .filter_map(|(path, text)| file_id(path).map(|id| (id, Source::new(id, text.to_owned()))))
            .collect();
        Papers { fonts, library: LazyHash::new(Library::default()), templates }
    }

    /// Sets `paper` and answers the PDF. `ident` names the document stably (its number, say) and goes, hashed, into the
    /// PDF's identifier; equal paper and ident give equal bytes. A paper dated by
    /// an ordinary day (2026年11月22日) comes out as PDF/A-2a, the fixed format archives ask for. A character that no font can draw refuses the paper.
    pub fn render(&self, paper: &Paper, ident: &str) -> Result<Vec<u8>, PapersError> {
        let template = paper.template();
        let mut data = paper.data().map_err(|e| template.fault(&e.to_string()))?;
        let mut text = String::new();
        collect_text(&data, &mut text);
        let missing = self.missing_glyphs(&text);
        if !missing.is_empty() {
            return Err(PapersError::MissingGlyphs(missing));
        }
        let mut files: Vec<(&'static str, Vec<u8>)> = Vec::new();
        if let Some(text) = paper.qr_text() {
            files.push(("/qr.svg", qr::svg(text)?.into_bytes()));
        }
        let day = day_of(data["head"]["date"].as_str().unwrap_or_default());
        data["issued"] = day.map_or(Value::Null, |day| serde_json::json!(day));
        data["long_run"] = Value::Bool(has_long_run(&text));
        data["qr"] = Value::Bool(!files.is_empty());
        files.push(("/data.json", data.to_string().into_bytes()));
        files.push(("/fonts.json", self.fonts.families.to_string().into_bytes()));
        let pdf = self.typeset(template, files, ident, day.is_some());
        // Without this, typst keeps every intermediate result of every paper ever printed.
        typst::comemo::evict(0);
        pdf
    }

    /// The characters of `text` that cannot be printed, each once, in order of code point: those no loaded font draws,
    /// and those without a fixed shape (controls, direction marks, private use). Line breaks are fine.
    pub fn missing_glyphs(&self, text: &str) -> Vec<char> {
        let printable = |c: char| c == '\n' || (!is_shapeless(c) && self.fonts.covers(c));
        let missing: BTreeSet<char> = text.chars().filter(|c| !printable(*c)).collect();
        missing.into_iter().collect()
    }

    fn typeset(
        &self,
        template: &Template,
        files: Vec<(&'static str, Vec<u8>)>,
        ident: &str,
        archival: bool,
    ) -> Result<Vec<u8>, PapersError> {
        let main = file_id(template.path).ok_or_else(|| template.fault("path"))?;
        let files = files.into_iter().filter_map(|(path, data)| Some((file_id(path)?, Bytes::new(data)))).collect();
        let world = PaperWorld { library: &self.library, fonts: &self.fonts, templates: &self.templates, main, files };
        let document = typst::compile::<PagedDocument>(&world).output.map_err(|e| template.fault(&describe(&e)))?;
        let standard: &[PdfStandard] = if archival { &[PdfStandard::A_2a] } else { &[] };
        let standards = PdfStandards::new(standard).map_err(|e| template.fault(e.message()))?;
        let ident = Smart::Custom(ident.to_owned());
        let options = PdfOptions { ident, standards, ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|e| template.fault(&describe(&e)))
    }
}

fn describe(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// Characters that show nothing, turn the text around, or mean something else in every font.
fn is_shapeless(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Year, month and day out of a text such as 2026年11月22日; nothing if it is no such day.
fn day_of(text: &str) -> Option<[u32; 3]> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    let [year, month, day] = [year, month, day].map(|part| part.trim().parse::<u32>().ok());
    let (year, month, day) = (year?, month?, day?);
    ((1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=last_day(year, month)).contains(&day))
        .then_some([year, month, day])
}

fn last_day(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether some run of printable ASCII is too long for a line and needs places to break. Forty is the templates' limit.
fn has_long_run(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_graphic()).any(|run| run.len() >= 40)
}

/// Every text value of the data, one a line (keys are ours and not printed).
fn collect_text(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| collect_text(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect_text(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
