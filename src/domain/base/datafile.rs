//! Reading the market's data files and saying exactly where a fault is.

use std::fmt;

use serde::de::DeserializeOwned;

/// A fault in a file of `catalog/`: which file, which line, what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogFault {
    /// Path below `catalog/`, for example `varieties/05-pond.toml`.
    pub file: String,
    /// Line, from 1; `None` when the whole file (or its absence) is the fault.
    pub line: Option<usize>,
    /// What is wrong, in plain words.
    pub fault: String,
}

impl CatalogFault {
    /// A fault of the whole file.
    pub fn file(file: &str, fault: impl Into<String>) -> CatalogFault {
        CatalogFault { file: file.to_owned(), line: None, fault: fault.into() }
    }

    /// A fault in this line.
    pub fn line(file: &str, line: usize, fault: impl Into<String>) -> CatalogFault {
        CatalogFault { file: file.to_owned(), line: Some(line), fault: fault.into() }
    }

    /// A fault at this byte offset of the text.
    pub fn at(file: &str, text: &str, offset: usize, fault: impl Into<String>) -> CatalogFault {
        CatalogFault::line(file, line_of(text, offset), fault)
    }
}

impl fmt::Display for CatalogFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "catalog/{} 第 {line} 行：{}", self.file, self.fault),
            None => write!(f, "catalog/{}：{}", self.file, self.fault),
        }
    }
}

impl std::error::Error for CatalogFault {}

/// The line, from 1, in which this byte offset stands.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// Reads TOML into `T`; the fault names the line.
pub fn read_toml<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, CatalogFault> {
    toml::from_str(text).map_err(|e| {
        let fault = plain(e.message());
        match e.span() {
            Some(span) => CatalogFault::at(file, text, span.start, fault),
            None => CatalogFault::file(file, fault),
        }
    })
}

/// Reads CSV with a header row into rows of `T`, each with its line. All faults are told.
pub fn read_csv<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<(usize, T)>, Vec<CatalogFault>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = match reader.headers() {
        Ok(h) => h.clone(),
        Err(e) => return Err(vec![CatalogFault::line(file, 1, plain(&e.to_string()))]),
    };
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(r) => {
                let line = r.position().map_or(1, |p| p.line() as usize);
                match r.deserialize(Some(&headers)) {
                    Ok(row) => rows.push((line, row)),
                    Err(e) => faults.push(CatalogFault::line(file, line, plain(&e.to_string()))),
                }
            }
            Err(e) => {
                let line = e.position().map_or(1, |p| p.line() as usize);
                faults.push(CatalogFault::line(file, line, "列数与表头不一致"));
            }
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// The parsers speak English; the four faults people really make are told in Chinese.
fn plain(message: &str) -> String {
    let quoted = |m: &str| m.split('`').nth(1).unwrap_or_default().to_owned();
    let expected = |m: &str| {
        let list = m.split_once("expected ").map(|(_, e)| e).unwrap_or_default();
        list.replace("one of ", "").replace(" or ", "、").replace(", ", "、").replace('`', "")
    };
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return format!("不认识的键“{}”，可用的键：{}", quoted(rest), expected(rest));
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        return format!("缺少键“{}”", quoted(rest));
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return format!("不认识的取值“{}”，可用的取值：{}", quoted(rest), expected(rest));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        return format!("类型不对，应为 {}（原文：{rest}）", expected(rest));
    }
    format!("格式有误（{message}）")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        name: String,
        #[serde(default)]
        days: u32,
    }

    #[test]
    fn toml_faults_name_line_and_fault() {
        let read = |text: &str| read_toml::<Sample>("a.toml", text).map(|s| (s.name, s.days));
        assert_eq!(read("name = \"x\"\ndays = 2\n"), Ok(("x".into(), 2)));
        let fault = read("name = \"x\"\n\nspam = 1\n").unwrap_err();
        assert_eq!(fault.line, Some(3));
        assert_eq!(fault.to_string(), "catalog/a.toml 第 3 行：不认识的键“spam”，可用的键：name、days");
        assert!(read("days = 1").unwrap_err().fault.contains("缺少键“name”"));
        let fault = read("name = \"x\"\ndays = \"two\"\n").unwrap_err();
        assert_eq!((fault.line, fault.fault.contains("类型不对")), (Some(2), true));
        assert_eq!(read("name = \"x\"\ndays = = 2\n").unwrap_err().line, Some(2));
    }

    #[test]
    fn csv_faults_name_line() {
        assert_eq!(read_csv::<Sample>("a.csv", "name,days\nx,2\n").unwrap().len(), 1);
        let faults = read_csv::<Sample>("a.csv", "name,days\nx,2\ny\nz,four\n").unwrap_err();
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [Some(3), Some(4)]);
    }
}
