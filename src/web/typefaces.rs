//! The fonts that cards and certificates are set in, read once and shared: the bundled ones (fonts/README.md), and any that an operator adds.
//!
//! A letter is looked for in the serif first, then in the operator's fonts, then in the bundled ones for other scripts and for emoji. What
//! none of them has is known here, so that it can be shown as something else than an empty box.

use harfrust::{ShaperData, ShaperInstance};
use krilla::text::Font;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, pen::SvgPen},
    raw::TableProvider,
};
use std::sync::{Arc, LazyLock, OnceLock};

/// From this weight on a font counts as bold.
const BOLD: u16 = 600;
/// Bundled, in the order in which they are asked; each goes before those after it, whatever its weight.
const BUNDLED: [(Group, &[u8]); 8] = [
    (Group::Serif, include_bytes!("fonts/source-serif-400.ttf")),
    (Group::Serif, include_bytes!("fonts/source-serif-600.ttf")),
    (Group::Arabic, include_bytes!("fonts/noto-naskh-arabic-400.ttf")),
    (Group::Arabic, include_bytes!("fonts/noto-naskh-arabic-600.ttf")),
    (Group::Hebrew, include_bytes!("fonts/noto-serif-hebrew-400.ttf")),
    (Group::Hebrew, include_bytes!("fonts/noto-serif-hebrew-600.ttf")),
    (Group::EastAsia, include_bytes!("fonts/noto-serif-cjk.otf")),
    (Group::Emoji, include_bytes!("fonts/noto-emoji.ttf")),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Serif,
    Own,
    Arabic,
    Hebrew,
    EastAsia,
    Emoji,
}

/// Fonts in the order in which they are asked for a letter.
pub struct Typefaces {
    faces: Vec<Face>,
}

/// One font of one weight.
pub struct Face {
    bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    index: u32,
    group: Group,
    bold: bool,
    units_per_em: f32,
    shaper: ShaperData,
    pdf: OnceLock<Option<Font>>,
}

/// Why a file can't be used as a font.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("it is no TrueType or OpenType font")]
    Unreadable,
    #[error("it has no outlines: a font of pictures alone can't be drawn")]
    NoOutlines,
}

impl Typefaces {
    /// The bundled fonts.
    pub fn bundled() -> Arc<Self> {
        static BUNDLED: LazyLock<Arc<Typefaces>> = LazyLock::new(|| Arc::new(Typefaces::of(Vec::new())));
        BUNDLED.clone()
    }

    /// The bundled fonts and those of these files.
    pub fn with(files: &[Vec<u8>]) -> Result<Arc<Self>, FontError> {
        if files.is_empty() {
            return Ok(Typefaces::bundled());
        }
        let mut own = Vec::new();
        for file in files {
            let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(file.clone());
            let collected = FontRef::fonts(file).count().max(1);
            for index in 0..u32::try_from(collected).unwrap_or(1) {
                own.push(Face::read(bytes.clone(), index, Group::Own)?);
            }
        }
        Ok(Arc::new(Typefaces::of(own)))
    }

    fn of(own: Vec<Face>) -> Self {
        let bundled = BUNDLED.into_iter().filter_map(|(group, bytes)| Face::read(Arc::new(bytes), 0, group).ok());
        let mut faces: Vec<Face> = bundled.chain(own).collect();
        faces.sort_by_key(|face| face.group);
        Typefaces { faces }
    }

    /// The font for letters that stand as one, in a weight of 400 or 600; none where no font has the first of them. Emoji are taken from
    /// the font of emoji where they ask for it.
    pub fn find(&self, cluster: &str, weight: u32) -> Option<&Face> {
        let bold = weight >= u32::from(BOLD);
        let pictured = cluster.contains('\u{fe0f}');
        let rank = |face: &Face| (pictured && face.group != Group::Emoji, face.group, face.bold != bold);
        let all = |face: &&Face| seen(cluster).all(|letter| face.has(letter));
        let first = |face: &&Face| seen(cluster).next().is_some_and(|letter| face.has(letter));
        let best = self.faces.iter().filter(all).min_by_key(|face| rank(face));
        best.or_else(|| self.faces.iter().filter(first).min_by_key(|face| rank(face)))
    }
}

/// The letters of a cluster without those that only join or choose others.
fn seen(cluster: &str) -> impl Iterator<Item = char> {
    cluster.chars().filter(|letter| !matches!(letter, '\u{200c}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}'))
}

impl Face {
    fn read(bytes: Arc<dyn AsRef<[u8]> + Send + Sync>, index: u32, group: Group) -> Result<Self, FontError> {
        let font = FontRef::from_index((*bytes).as_ref(), index).map_err(|_| FontError::Unreadable)?;
        let units_per_em = font.head().map_err(|_| FontError::Unreadable)?.units_per_em();
        if font.glyf().is_err() && font.cff().is_err() && font.cff2().is_err() {
            return Err(FontError::NoOutlines);
        }
        let bold = font.os2().is_ok_and(|table| table.us_weight_class() >= BOLD);
        let shaper = ShaperData::new(&font);
        let units_per_em = f32::from(units_per_em.max(1));
        Ok(Face { bytes, index, group, bold, units_per_em, shaper, pdf: OnceLock::new() })
    }

    pub fn has(&self, letter: char) -> bool {
        self.font().is_some_and(|font| font.charmap().map(letter).is_some_and(|glyph| glyph != GlyphId::NOTDEF))
    }

    pub fn units_per_em(&self) -> f32 {
        self.units_per_em
    }

    /// Shapes letters, of one script and one direction, which this font has.
    pub fn shape(&self, letters: harfrust::UnicodeBuffer) -> Option<harfrust::GlyphBuffer> {
        let font = self.font()?;
        let instance = ShaperInstance::default();
        let shaper = self.shaper.shaper(&font).instance(Some(&instance)).build();
        Some(shaper.shape(letters, harfrust::ShapeOptions::new()))
    }

    /// The outline of a glyph as an SVG path, in the font's units with y upward; none where there is nothing to see.
    pub fn outline(&self, glyph: u32) -> Option<String> {
        let font = self.font()?;
        let mut pen = SvgPen::with_precision(0);
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        font.outline_glyphs().get(GlyphId::new(glyph))?.draw(settings, &mut pen).ok()?;
        Some(pen.to_string()).filter(|path| !path.is_empty())
    }

    /// As what is written into a PDF.
    pub fn pdf(&self) -> Option<Font> {
        self.pdf.get_or_init(|| Font::new(self.bytes.clone().into(), self.index)).clone()
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.bytes).as_ref(), self.index).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_from_the_serif_where_it_has_them_and_else_from_the_font_of_their_script() {
        let faces = Typefaces::bundled();
        let group = |letters: &str| faces.find(letters, 400).map(|face| face.group);
        for (letters, wanted) in [
            ("A", Group::Serif),
            ("ж", Group::Serif),
            ("ễ", Group::Serif),
            ("م", Group::Arabic),
            ("שׁ", Group::Hebrew),
            ("山", Group::EastAsia),
            ("劉", Group::EastAsia),
            ("한", Group::EastAsia),
            ("ぬ", Group::EastAsia),
            ("🎉", Group::Emoji),
            ("👩‍🚀", Group::Emoji),
            ("1\u{fe0f}\u{20e3}", Group::Emoji),
        ] {
            assert_eq!(group(letters), Some(wanted), "{letters}");
        }
        assert_eq!(group("ꦗ"), None, "no font has Javanese");
    }

    #[test]
    fn the_weight_asked_for_is_taken_where_there_are_two() {
        let faces = Typefaces::bundled();
        for letters in ["A", "م", "ש"] {
            assert!(faces.find(letters, 600).unwrap().bold && !faces.find(letters, 400).unwrap().bold, "{letters}");
        }
        assert!(faces.find("山", 600).is_some());
    }

    #[test]
    fn an_operators_font_goes_before_the_bundled_ones_of_its_script_and_what_is_no_font_is_refused() {
        let own = include_bytes!("fonts/noto-serif-hebrew-400.ttf").to_vec();
        let faces = Typefaces::with(&[own]).unwrap();
        assert_eq!(faces.find("ש", 600).map(|face| face.group), Some(Group::Own));
        assert_eq!(faces.find("A", 400).map(|face| face.group), Some(Group::Serif));
        assert!(Typefaces::with(&[b"no font".to_vec()]).is_err());
    }
}
