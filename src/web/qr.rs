//! QR codes (ISO/IEC 18004) as inline SVG, so a page with a strict content policy can show them.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// A QR code ready for a template: one path in a square of `size` modules, the quiet zone of 4 included.
/// `None` from [`Qr::of`] when the text is too long for any QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    pub size: usize,
    pub path: String,
    /// Its dark runs: where each begins, and how many modules it is long.
    pub runs: Vec<(usize, usize, usize)>,
}

const QUIET: usize = 4;

impl Qr {
    /// The code of a link, with medium error correction.
    pub fn of(link: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(link, EcLevel::M).ok()?;
        let width = code.width();
        let modules = code.to_colors();
        let (mut path, mut runs) = (String::new(), Vec::new());
        for (y, row) in modules.chunks(width).enumerate() {
            let mut x = 0;
            while let Some(start) = row.iter().skip(x).position(|&module| module == Color::Dark).map(|at| at + x) {
                let length = row.iter().skip(start).take_while(|&&module| module == Color::Dark).count();
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", start + QUIET, y + QUIET);
                runs.push((start + QUIET, y + QUIET, length));
                x = start + length;
            }
        }
        Some(Self { size: width + 2 * QUIET, path, runs })
    }

    /// As a picture of its own, dark on white.
    pub fn svg(&self) -> String {
        let Qr { size, path, .. } = self;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path d="M0 0h{size}v{size}H0z" fill="#fff"/><path d="{path}"/></svg>"##
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_draws_every_dark_module_once() {
        let link = "https://badges.example.com/certifications/0198f0a1-7c7e-7d2a-9c0e-5a3c1e6b7f10";
        let qr = Qr::of(link).expect("short enough");
        let code = QrCode::with_error_correction_level(link, EcLevel::M).expect("a code");
        let dark = code.to_colors().iter().filter(|&&module| module == Color::Dark).count();
        let drawn: usize = qr
            .path
            .split('h')
            .skip(1)
            .filter_map(|part| part.split('v').next())
            .filter_map(|length| length.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
        assert_eq!(qr.size, code.width() + 8);
    }

    #[test]
    fn a_link_too_long_for_a_code_gives_none() {
        assert!(Qr::of(&"x".repeat(10_000)).is_none());
    }
}
