//! Finding and loading the fonts. No font is part of the project; the system's Noto CJK fonts are used.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::PapersError;

/// Where Linux distributions keep fonts.
const SYSTEM_DIRS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];
/// Song-style families for running text, in order of preference.
const SERIF: [&str; 4] = ["Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Source Han Serif CN"];
/// Hei-style families for labels; also the second source for rare characters of names.
const SANS: [&str; 4] = ["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Source Han Sans CN"];
/// How deep below a font folder is searched.
const DEPTH: usize = 6;

/// The loaded fonts with typst's index over them.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
    /// Families for the templates, as `/fonts.json`.
    pub(crate) families: serde_json::Value,
}

impl Fonts {
    /// Loads the system fonts and everything in `extra`. The serif family is required.
    pub(crate) fn load(extra: &[PathBuf]) -> Result<Fonts, PapersError> {
        Fonts::from(&SYSTEM_DIRS.map(Path::new), extra)
    }

    /// The same with other folders in place of the system's.
    pub(crate) fn from(system: &[&Path], extra: &[PathBuf]) -> Result<Fonts, PapersError> {
        let mut found = Found::default();
        for dir in system {
            for file in font_files(dir, DEPTH) {
                if is_wanted_system_file(&file) {
                    found.take(&file, false);
                }
            }
        }
        for dir in extra {
            for file in font_files(dir, DEPTH) {
                found.take(&file, true);
            }
        }
        if found.serif.is_empty() {
            let mut dirs: Vec<String> = system.iter().map(|d| d.display().to_string()).collect();
            dirs.extend(extra.iter().map(|d| d.display().to_string()));
            return Err(PapersError::NoFont { searched: dirs.join("、") });
        }
        let families = serde_json::json!({ "serif": found.serif, "sans": found.sans, "rare": found.rare });
        Ok(Fonts { book: LazyHash::new(FontBook::from_fonts(&found.faces)), faces: found.faces, families })
    }

    /// Whether some loaded face can draw the character. The templates fall back over all of them.
    pub(crate) fn covers(&self, c: char) -> bool {
        self.faces.iter().any(|face| face.info().coverage.contains(u32::from(c)))
    }
}

#[derive(Default)]
struct Found {
    faces: Vec<Font>,
    serif: Vec<String>,
    sans: Vec<String>,
    rare: Vec<String>,
}

impl Found {
    /// Loads the Simplified Chinese face of a file; with `any_family` (folders an operator named) every other face too,
    /// as a last source for rare characters. An unreadable file is passed over: `load` complains if nothing remains.
    fn take(&mut self, file: &Path, any_family: bool) {
        let Ok(data) = std::fs::read(file) else { return };
        let wanted = wanted_faces(&data, any_family);
        if wanted.is_empty() {
            return;
        }
        let data = Bytes::new(data);
        for (index, family) in wanted {
            let Some(face) = Font::new(data.clone(), index) else { continue };
            let list = if SERIF.contains(&family.as_str()) {
                &mut self.serif
            } else if SANS.contains(&family.as_str()) {
                &mut self.sans
            } else {
                &mut self.rare
            };
            if !list.contains(&family) {
                list.push(family);
            }
            self.faces.push(face);
        }
    }
}

/// The indexes of the faces to load, with their family names.
fn wanted_faces(data: &[u8], any_family: bool) -> Vec<(u32, String)> {
    let count = ttf_parser::fonts_in_collection(data).unwrap_or(1);
    (0..count)
        .filter_map(|index| {
            let family = family_name(&ttf_parser::Face::parse(data, index).ok()?)?;
            let known = SERIF.contains(&family.as_str()) || SANS.contains(&family.as_str());
            (known || any_family).then_some((index, family))
        })
        .collect()
}

/// The typographic family in English, else the plain family.
fn family_name(face: &ttf_parser::Face<'_>) -> Option<String> {
    use ttf_parser::name_id::{FAMILY, TYPOGRAPHIC_FAMILY};
    [TYPOGRAPHIC_FAMILY, FAMILY]
        .iter()
        .find_map(|id| face.names().into_iter().filter(|n| n.name_id == *id).find_map(|n| n.to_string()))
}

/// Regular and bold of the known families; the other weights would only cost memory (20 MB each).
fn is_wanted_system_file(file: &Path) -> bool {
    let Some(stem) = file.file_stem().and_then(|s| s.to_str()) else { return false };
    let family = ["NotoSerifCJK", "NotoSerifSC", "SourceHanSerif", "NotoSansCJK", "NotoSansSC", "SourceHanSans"];
    let serif = stem.contains("Serif");
    family.iter().any(|f| stem.starts_with(f)) && (stem.ends_with("-Regular") || (serif && stem.ends_with("-Bold")))
}

/// All font files below a folder, sorted, so that the choice does not depend on the file system's order.
fn font_files(dir: &Path, depth: usize) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = std::fs::read_dir(dir) else { return files };
    for path in entries.flatten().map(|e| e.path()) {
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if path.is_dir() && depth > 0 {
            files.extend(font_files(&path, depth - 1));
        } else if matches!(extension.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
            files.push(path);
        }
    }
    files.sort();
    files
}
