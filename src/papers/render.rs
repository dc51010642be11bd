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
use typst_pdf::PdfOptions;

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
        let fonts = Fonts::load(extra_font_dirs)?;
        let templates = Template::sources()
            .filter_map(|(path, text)| file_id(path).map(|id| (id, Source::new(id, text.to_owned()))))
            .collect();
        Ok(Papers { fonts, library: LazyHash::new(Library::default()), templates })
    }

    /// Sets `paper` and answers the PDF. `ident` names the document stably (its number, say) and goes, hashed, into the
    /// PDF's identifier; equal paper and ident give equal bytes. A character that no font can draw refuses the paper.
    pub fn render(&self, paper: &Paper, ident: &str) -> Result<Vec<u8>, PapersError> {
        let template = paper.template();
        let mut data = paper.data().map_err(|e| template.fault(&e.to_string()))?;
        let missing = self.missing_in(&data);
        if !missing.is_empty() {
            return Err(PapersError::MissingGlyphs(missing));
        }
        let mut files: Vec<(&'static str, Vec<u8>)> = Vec::new();
        if let Some(text) = paper.qr_text() {
            files.push(("/qr.svg", qr::svg(text)?.into_bytes()));
        }
        data["qr"] = Value::Bool(!files.is_empty());
        files.push(("/data.json", data.to_string().into_bytes()));
        files.push(("/fonts.json", self.fonts.families.to_string().into_bytes()));
        let pdf = self.typeset(template, files, ident);
        // Without this, typst keeps every intermediate result of every paper ever printed.
        typst::comemo::evict(0);
        pdf
    }

    /// The characters of `text` that no loaded font can draw, each once, in order of code point. Line breaks are fine;
    /// other control characters count as missing.
    pub fn missing_glyphs(&self, text: &str) -> Vec<char> {
        let missing: BTreeSet<char> = text.chars().filter(|c| *c != '\n' && !self.fonts.covers(*c)).collect();
        missing.into_iter().collect()
    }

    fn missing_in(&self, data: &Value) -> Vec<char> {
        let mut text = String::new();
        collect_text(data, &mut text);
        self.missing_glyphs(&text)
    }

    fn typeset(
        &self,
        template: &Template,
        files: Vec<(&'static str, Vec<u8>)>,
        ident: &str,
    ) -> Result<Vec<u8>, PapersError> {
        let main = file_id(template.path).ok_or_else(|| template.fault("path"))?;
        let files = files.into_iter().filter_map(|(path, data)| Some((file_id(path)?, Bytes::new(data)))).collect();
        let world = PaperWorld { library: &self.library, fonts: &self.fonts, templates: &self.templates, main, files };
        let document = typst::compile::<PagedDocument>(&world).output.map_err(|e| template.fault(&describe(&e)))?;
        let options = PdfOptions { ident: Smart::Custom(ident.to_owned()), ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|e| template.fault(&describe(&e)))
    }
}

fn describe(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// Every text value of the data (keys are ours and not printed).
fn collect_text(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => into.push_str(text),
        Value::Array(items) => items.iter().for_each(|item| collect_text(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect_text(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
