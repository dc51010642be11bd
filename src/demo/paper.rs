//! Small real papers for the demonstration: PDFs of one page and pictures of a landscape. Every
//! one differs, as papers do.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::context::App;
use crate::files::kind::judge;
use crate::files::{FileKind, Received, Slot, display_name};
use crate::store::{Fault, Stop};

/// Puts a paper of one page into the store, as an upload would be.
pub(super) fn page(app: &App, title: &str, lines: &[String]) -> Result<Received, Stop> {
    keep(app, &pdf(title, lines), title, &Slot::PAPER)
}

/// Puts a picture into the store; `number` decides what it shows.
pub(super) fn picture(app: &App, title: &str, number: u32) -> Result<Received, Stop> {
    let bytes = png(number).map_err(|e| Fault::Files(e.to_string()))?;
    keep(app, &bytes, title, &Slot::PICTURE)
}

/// Judged and kept like whatever a person uploads.
fn keep(app: &App, bytes: &[u8], title: &str, slot: &Slot) -> Result<Received, Stop> {
    let refused = |e: crate::files::FileRefusal| Fault::Files(e.zh());
    let kind = judge(bytes, slot).map_err(refused)?;
    let ending = if kind == FileKind::Pdf { "pdf" } else { "png" };
    let name = display_name(&format!("{title}.{ending}"), kind).map_err(refused)?;
    let content = app.files.put(bytes).map_err(|e| Fault::Files(e.to_string()))?;
    Ok(Received { content, size: bytes.len() as u64, kind, name })
}

/// Text for a font that reads two bytes a character.
fn two_byte_hex(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("{unit:04X}")).collect()
}

/// A page in the Song face that every PDF reader brings along for Chinese.
fn pdf(title: &str, lines: &[String]) -> Vec<u8> {
    let mut content = format!("BT /F1 20 Tf 60 760 Td <{}> Tj ET\n", two_byte_hex(title));
    for (at, line) in lines.iter().enumerate() {
        let y = 712 - 24 * at;
        content.push_str(&format!("BT /F1 12 Tf 60 {y} Td <{}> Tj ET\n", two_byte_hex(line)));
    }
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 6 0 R>>".to_owned(),
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}endstream", content.len()),
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0\
         /Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
            .to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    let size = objects.len() + 1;
    out.push_str(&format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"));
    out.into_bytes()
}

const WIDTH: u32 = 300;
const HEIGHT: u32 = 200;

/// Hills under a sky, a pond or field before them: colours and lines follow from the number.
fn png(number: u32) -> std::io::Result<Vec<u8>> {
    let mut rows = Vec::with_capacity(((WIDTH * 3 + 1) * HEIGHT) as usize);
    for y in 0..HEIGHT {
        rows.push(0);
        for x in 0..WIDTH {
            rows.extend(colour(number, x, y));
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&rows)?;
    let mut head = Vec::new();
    head.extend(WIDTH.to_be_bytes());
    head.extend(HEIGHT.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut out, b"IHDR", &head);
    chunk(&mut out, b"tEXt", format!("Comment\0demo {number}").as_bytes());
    chunk(&mut out, b"IDAT", &packed.finish()?);
    chunk(&mut out, b"IEND", &[]);
    Ok(out)
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    out.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
    out.extend(name);
    out.extend(body);
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(body);
    out.extend(crc.sum().to_be_bytes());
}

fn colour(number: u32, x: u32, y: u32) -> [u8; 3] {
    let shade = |v: u32| u8::try_from(v.min(255)).unwrap_or(255);
    // Two ranges of hills as triangle waves; the number moves them.
    let wave = |x: u32, period: u32, height: u32| {
        let at = x % period;
        at.min(period - at) * height / period
    };
    let far = 70 - wave(x + number * 37, 150, 44);
    let near = 106 - wave(x + number * 71, 106, 38);
    let shore = 134 + wave(x + number * 13, 200, 8);
    let water = number.is_multiple_of(2);
    if y < far {
        [shade(150 + y / 2), shade(190 + y / 3), 235]
    } else if y < near {
        [shade(96 + number % 30), 140, shade(120 + y / 8)]
    } else if y < shore {
        [70, shade(118 + number % 40), 72]
    } else if water {
        let ripple = if (y + x / 9).is_multiple_of(11) { 26 } else { 0 };
        [shade(84 + ripple), shade(136 + ripple), shade(168 + ripple)]
    } else {
        let furrow = if (x + y * 2 + number) % 26 < 5 { 30 } else { 0 };
        [shade(150 + number % 50 - furrow), shade(158 - furrow), 76]
    }
}
