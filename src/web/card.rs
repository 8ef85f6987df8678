//! The card of a shared badge: 1200 × 630 pixels with its picture, what it is, whose it is and how it stands.
//!
//! A pure function of its facts and the fonts. Titles of 60 characters wrap and shrink until they fit, in any script that a font has.

use std::fmt::Write as _;

use resvg::tiny_skia::Pixmap;

use super::lettering::{Column, Line};
use super::picture::{self, PictureError};
use super::typefaces::Typefaces;
use super::view::Tone;

pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;
/// Where the words begin, and how wide a line may be.
const LEFT: f32 = 540.0;
const LINE: f32 = 588.0;
/// Sizes, each with the most lines it may take.
const TITLE_SIZES: [(f32, usize); 5] = [(76.0, 2), (66.0, 3), (56.0, 3), (48.0, 4), (40.0, 5)];
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
pub fn card_png(facts: &CardFacts, faces: &Typefaces) -> Result<Vec<u8>, PictureError> {
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or(PictureError::Size(WIDTH, HEIGHT))?;
    let tree = picture::read(&layout(facts, faces))?;
    resvg::render(&tree, Default::default(), &mut pixels.as_mut());
    match &facts.picture {
        CardPicture::Svg(svg) => picture::draw(&mut pixels, svg, 72.0, 105.0, 420.0)?,
        CardPicture::Png(png) => draw_png(&mut pixels, png)?,
    }
    picture::encode(&pixels)
}

fn layout(facts: &CardFacts, faces: &Typefaces) -> String {
    let (ink, ground, icon) = tone(facts.tone);
    let (bold, regular) = (Column { faces, width: LINE, weight: 600 }, Column { faces, width: LINE, weight: 400 });
    let (size, lines) = bold.fitted(&facts.title, &TITLE_SIZES);
    let (name_size, names) = regular.fitted(facts.person.as_deref().unwrap_or_default(), &NAME_SIZES);
    let (line_height, name_height) = (size * 1.12, name_size * 1.26);
    let block = line_height * lines.len() as f32 + names.len() as f32 * name_height;
    let mut y = 72.0 + (352.0 - block) / 2.0 + size * 0.85;

    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" fill="#1b1f1a"><path d="M0 0h1200v630H0z" fill="#fbfaf6"/><path d="M0 0h1200v10H0z" fill="{ink}"/>"##
    );
    block_of(&mut svg, &lines, y, size, line_height);
    y += line_height * lines.len() as f32 + name_size + 16.0 - line_height + size * 0.15;
    block_of(&mut svg, &names, y, name_size, name_height);

    let (standing_size, standing) = one_line(bold, &facts.standing, 30.0);
    let (issuer_size, issuer) = one_line(regular, &facts.issuer, 28.0);
    let width = 84.0 + standing.width * standing_size;
    let _ = write!(
        svg,
        r##"<g transform="translate({LEFT} 452)"><rect width="{width:.1}" height="60" rx="6" fill="{ground}"/><g transform="translate(16 14) scale(1.3333)">{icon}</g><g fill="{ink}">"##
    );
    drawn(&mut svg, &standing, (62.0, 40.0), standing_size);
    svg.push_str("</g></g><g fill=\"#4d5349\">");
    drawn(&mut svg, &issuer, (LEFT, 568.0), issuer_size);
    svg.push_str("</g></svg>");
    svg
}

/// Lines below each other; those that read from right to left end below each other.
fn block_of(svg: &mut String, lines: &[Line], y: f32, size: f32, height: f32) {
    let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    for (at, line) in lines.iter().enumerate() {
        let indent = if line.leftward { (widest - line.width) * size } else { 0.0 };
        drawn(svg, line, (LEFT + indent, y + at as f32 * height), size);
    }
}

/// The line's glyphs as shapes.
fn drawn(svg: &mut String, line: &Line, (mut x, y): (f32, f32), size: f32) {
    for run in &line.runs {
        let scale = size / run.face.units_per_em();
        for glyph in &run.glyphs {
            if let Some(outline) = run.face.outline(glyph.id) {
                let (left, foot) = (x + glyph.dx * size, y - glyph.dy * size);
                let _ = write!(
                    svg,
                    r#"<path transform="matrix({scale:.6} 0 0 -{scale:.6} {left:.2} {foot:.2})" d="{outline}"/>"#
                );
            }
            x += glyph.advance * size;
        }
    }
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
fn one_line<'a>(column: Column<'a>, text: &str, size: f32) -> (f32, Line<'a>) {
    let width = column.measure(text, size);
    let room = LINE - 84.0;
    let size = if width <= room { size } else { (size * room / width).max(size * 0.7).floor() };
    (size, column.line(text, size))
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

    fn drawn(facts: &CardFacts) -> Vec<u8> {
        card_png(facts, &Typefaces::bundled()).expect("drawn")
    }

    #[test]
    fn a_card_has_the_size_that_networks_ask_for() {
        let card =
            drawn(&facts("Software Craft: Master", Some("Ana Lindqvist"), Tone::Valid, "Valid until 3 May 2028"));
        let pixels = Pixmap::decode_png(&card).expect("a PNG");
        assert_eq!((pixels.width(), pixels.height()), (WIDTH, HEIGHT));
    }

    #[test]
    fn a_name_in_any_script_is_seen_and_is_not_the_one_of_letters_that_no_font_has() {
        let with = |name: &str| drawn(&facts("Craft", Some(name), Tone::Valid, "Valid"));
        // Three letters each; those of Javanese are in no bundled font.
        let names = ["Ana", "山田太", "محم", "שלו", "김민준", "🎉🚀🏆", "ꦗꦮꦒ"];
        let cards: Vec<Vec<u8>> = names.iter().map(|name| with(name)).collect();
        let nameless = drawn(&facts("Craft", None, Tone::Valid, "Valid"));
        for (at, card) in cards.iter().enumerate() {
            assert!(!cards[..at].contains(card) && *card != nameless, "{}", names[at]);
        }
        assert_eq!(with("ꦗꦮꦒ"), with("□□□"));
    }

    #[test]
    fn what_a_card_says_is_never_markup() {
        let svg = layout(&facts("A <script> & c", Some("<b>"), Tone::Unknown, "?"), &Typefaces::bundled());
        assert!(!svg.contains("script") && !svg.contains("<b>"));
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        let facts = facts("Software Craft: Master", None, Tone::Invalid, "Revoked on 3 May 2028");
        assert_eq!(drawn(&facts), drawn(&facts));
    }

    #[test]
    fn with_laurel_look_cards_in_many_scripts_are_written_to_be_looked_at() {
        let Ok(folder) = std::env::var("LAUREL_LOOK") else { return };
        for (name, title, person) in crate::web::lettering::SCRIPTS {
            let card = drawn(&facts(title, Some(person), Tone::Valid, "Valid until 3 May 2028"));
            std::fs::write(format!("{folder}/card-{name}.png"), card).expect("a folder");
        }
    }
}
