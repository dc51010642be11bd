//! QR codes as SVG.

use qrcode::{EcLevel, QrCode, render::svg};

use crate::PapersError;

/// The code for `text` as an SVG picture, black on white with the quiet zone the standard asks for.
pub(crate) fn svg(text: &str) -> Result<String, PapersError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|e| PapersError::Qr(e.to_string()))?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(240, 240).build())
}
