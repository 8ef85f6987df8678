//! The card of a shared badge: 1200 × 630 pixels with its picture, what it is, whose it is and how it stands.
//!
//! A pure function of its facts. Titles of 60 characters wrap and shrink until they fit; a name that the bundled font
//! can't write is left out rather than shown as empty boxes.

use std::fmt::Write as _;

use resvg::tiny_skia::Pixmap;

use super::lettering::{Column, can_write, escaped, measure};
use super::picture::{self, PictureError, SERIF};
use super::view::Tone;

pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;
/// Where the words begin, and how wide a line may be.
const LEFT: f32 = 540.0;
const LINE: f32 = 588.0;
const TITLE: Column = Column { width: LINE, weight: 600 };
/// Sizes, each with the most lines it may take.
const TITLE_SIZES: [(f32, usize); 5] = [(76.0, 2), (66.0, 3), (56.0, 3), (48.0, 4), (40.0, 5)];
const NAME: Column = Column { width: LINE, weight: 400 };
const NAME_SIZES: [(f32, usize); 4] = [(38.0, 1), (34.0, 2), (30.0, 2), (28.0, 2)];

/// What a card says.
#[derive(Clone, Debug)]
pub struct CardFacts {
    pub title: String,
    /// The name, only with the person's consent.
    pub person: Option<String>,
    pub issuer: String,
    /// How the badge stands, in words: `Standing::headline`.
    pub standing: String,
    pub tone: Tone,
    pub picture: CardPicture,
}

#[derive(Clone, Debug)]
pub enum CardPicture {
    Svg(String),
    Png(Vec<u8>),
}

/// The card as a PNG.
pub fn card_png(facts: &CardFacts) -> Result<Vec<u8>, PictureError> {
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or(PictureError::Size(WIDTH, HEIGHT))?;
    let tree = picture::read(&layout(facts))?;
    resvg::render(&tree, Default::default(), &mut pixels.as_mut());
    match &facts.picture {
        CardPicture::Svg(svg) => picture::draw(&mut pixels, svg, 72.0, 105.0, 420.0)?,
        CardPicture::Png(png) => draw_png(&mut pixels, png)?,
    }
    picture::encode(&pixels)
}

fn layout(facts: &CardFacts) -> String {
    let (ink, ground, icon) = tone(facts.tone);
    let (size, lines) = TITLE.fitted(&facts.title, &TITLE_SIZES);
    let person = facts.person.as_deref().filter(|person| can_write(person));
    let line_height = size * 1.12;
    let (name_size, names) = person.map(|person| NAME.fitted(person, &NAME_SIZES)).unwrap_or_default();
    let name_height = name_size * 1.26;
    let block = line_height * lines.len() as f32 + names.len() as f32 * name_height;
    let mut y = 72.0 + (352.0 - block) / 2.0 + size * 0.85;

    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="'{SERIF}'" fill="#1b1f1a"><path d="M0 0h1200v630H0z" fill="#fbfaf6"/><path d="M0 0h1200v10H0z" fill="{ink}"/>"##
    );
    for line in &lines {
        let _ =
            write!(svg, r#"<text x="{LEFT}" y="{y:.1}" font-size="{size}" font-weight="600">{}</text>"#, escaped(line));
        y += line_height;
    }
    y += name_size + 16.0 - line_height + size * 0.15;
    for name in &names {
        let _ = write!(svg, r#"<text x="{LEFT}" y="{y:.1}" font-size="{name_size}">{}</text>"#, escaped(name));
        y += name_height;
    }
    let (issuer_size, issuer) = fitted_line(&facts.issuer, 28.0, 400);
    let (standing_size, standing) = fitted_line(&facts.standing, 30.0, 600);
    let width = 84.0 + measure(&standing, standing_size, 600);
    let _ = write!(
        svg,
        r##"<g transform="translate({LEFT} 452)"><rect width="{width:.1}" height="60" rx="6" fill="{ground}"/><g transform="translate(16 14) scale(1.3333)">{icon}</g><text x="62" y="40" font-size="{standing_size}" font-weight="600" fill="{ink}">{}</text></g><text x="{LEFT}" y="568" font-size="{issuer_size}" fill="#4d5349">{}</text></svg>"##,
        escaped(&standing),
        escaped(&issuer),
    );
    svg
}

/// The ink, the ground and the icon (24 × 24) of a state.
fn tone(tone: Tone) -> (&'static str, &'static str, &'static str) {
    match tone {
        Tone::Valid => (
            "#2f5d3a",
            "#e4efe4",
            r##"<circle cx="12" cy="12" r="11" fill="#2f5d3a"/><path d="M6.8 12.4l3.6 3.6 7-7.6" fill="none" stroke="#fff" stroke-width="2.4"/>"##,
        ),
        Tone::Attention => (
            "#7a5208",
            "#f8ecd0",
            r##"<circle cx="12" cy="12" r="11" fill="#7a5208"/><path d="M12 6v6.4l4 2.6" fill="none" stroke="#fff" stroke-width="2.4"/>"##,
        ),
        Tone::Invalid => (
            "#9c2b22",
            "#fae3df",
            r##"<path d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5V7.5z" fill="#9c2b22"/><path d="M8 8l8 8M16 8l-8 8" fill="none" stroke="#fff" stroke-width="2.4"/>"##,
        ),
        Tone::Unknown => (
            "#3f5468",
            "#e4eaf0",
            r##"<circle cx="12" cy="12" r="11" fill="#3f5468"/><path d="M9.2 9.3a2.9 2.9 0 1 1 4.3 2.7c-1 .6-1.5 1.1-1.5 2.3M12 17.4v.3" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>"##,
        ),
    }
}

/// One line, smaller when it must be, and cut when even that is too long.
fn fitted_line(text: &str, size: f32, weight: u32) -> (f32, String) {
    let width = measure(text, size, weight);
    if width <= LINE - 84.0 {
        return (size, text.to_owned());
    }
    let smaller = (size * (LINE - 84.0) / width).max(size * 0.7).floor();
    (smaller, Column { width: LINE, weight }.cut(text, smaller, false))
}

fn draw_png(pixels: &mut Pixmap, png: &[u8]) -> Result<(), PictureError> {
    use resvg::tiny_skia::{FilterQuality, PixmapPaint, Transform};
    let picture = Pixmap::decode_png(png).map_err(|_| PictureError::Png)?;
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let scale = 420.0 / width.max(height);
    let (left, top) = (72.0 + (420.0 - width * scale) / 2.0, 105.0 + (420.0 - height * scale) / 2.0);
    let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
    pixels.draw_pixmap(0, 0, picture.as_ref(), &paint, Transform::from_row(scale, 0.0, 0.0, scale, left, top), None);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::art::{Colour, Design, badge_svg};

    fn facts(title: &str, person: Option<&str>, tone: Tone, standing: &str) -> CardFacts {
        let design = Design { accent: Colour::parse("#2F5D3A"), level: 3, levels: 3 };
        CardFacts {
            title: title.into(),
            person: person.map(str::to_owned),
            issuer: "Northwind Cartography".into(),
            standing: standing.into(),
            tone,
            picture: CardPicture::Svg(badge_svg(&design)),
        }
    }

    #[test]
    fn a_card_has_the_size_that_networks_ask_for() {
        let card =
            card_png(&facts("Software Craft: Master", Some("Ana Lindqvist"), Tone::Valid, "Valid until 3 May 2028"));
        let pixels = Pixmap::decode_png(&card.expect("drawn")).expect("a PNG");
        assert_eq!((pixels.width(), pixels.height()), (WIDTH, HEIGHT));
    }

    #[test]
    fn a_name_the_font_cannot_write_is_left_out_and_markup_is_not_markup() {
        let svg = layout(&facts("A <b> & c", Some("山田太郎"), Tone::Unknown, "?"));
        assert!(svg.contains("A &lt;b&gt; &amp; c") && !svg.contains("山田"));
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        let facts = facts("Software Craft: Master", None, Tone::Invalid, "Revoked on 3 May 2028");
        assert_eq!(card_png(&facts).expect("drawn"), card_png(&facts).expect("drawn"));
    }
}
