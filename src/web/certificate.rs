//! A certificate to print: one page of PDF/A-3b (ISO 19005-3) with the signed badge attached, its words as text, and a code that leads to
//! how the badge stands today.
//!
//! A pure function of its facts and the fonts. It says of which day it is, since paper doesn't change. Its words can be selected and
//! searched for in any script, also where no font has their letters.

use super::{
    lettering::{Column, Line},
    picture::{self, PictureError},
    qr::Qr,
    typefaces::Typefaces,
    view::Tone,
};
use crate::domain::{art::Colour, certificate_look::Paper, digesting::sha256};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use krilla::{
    Document, SerializeSettings,
    action::LinkAction,
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    configure::{Archival, ConfigurationBuilder},
    embed::{AssociationKind, EmbeddedFile, MimeType},
    geom::{PathBuilder, Point, Rect, Size, Transform},
    image::Image,
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    text::{GlyphId, KrillaGlyph},
};

/// What a certificate says, in the reader's language.
#[derive(Clone, Debug)]
pub struct CertificateFacts {
    pub language: &'static str,
    pub look: CertificateLook,
    /// “Certificate”, above the title.
    pub heading: String,
    pub title: String,
    pub description: String,
    /// “awarded to”, above the name; both only with the person's consent.
    pub awarded_to: String,
    pub person: Option<String>,
    /// Labels and values, such as who issued it and when it ends.
    pub facts: Vec<(String, String)>,
    /// “On 28 November 2026: valid until 3 May 2028”.
    pub standing: String,
    pub tone: Tone,
    /// “How it stands today”, beside the address that the code leads to.
    pub today: String,
    pub url: String,
    pub attached: String,
    /// Of the level, as SVG.
    pub picture: String,
    /// The signed badge, byte for byte, and when it was signed.
    pub credential: String,
    pub issued_at: Timestamp,
    /// The day of the certificate, and the award's id.
    pub on: Date,
    pub id: String,
}

/// What its program chose.
#[derive(Clone, Debug)]
pub struct CertificateLook {
    pub accent: Colour,
    pub paper: Paper,
    /// Who signs for the issuer, and as what; empty for nobody.
    pub signatory: String,
    pub signatory_title: String,
    pub signature: Option<SignaturePicture>,
}

/// A PNG. Shown by its digest where facts are written down.
#[derive(Clone)]
pub struct SignaturePicture(pub Vec<u8>);

impl std::fmt::Debug for SignaturePicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&sha256(&self.0))
    }
}

/// Why a certificate could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error("the certificate can't be written as PDF/A: {0}")]
    Pdf(String),
}

const PAPER: (u8, u8, u8) = (0xfb, 0xfa, 0xf6);
const INK: (u8, u8, u8) = (0x1b, 0x1f, 0x1a);
const QUIET: (u8, u8, u8) = (0x4d, 0x53, 0x49);
const RULE: (u8, u8, u8) = (0xd9, 0xd8, 0xcf);
/// The room of a signature above its line.
const SIGNATURE: (f32, f32) = (170.0, 48.0);

/// Paper on its side, in points of 1/72 inch.
struct Sheet {
    width: f32,
    height: f32,
    /// Where the words begin, how wide they may be, and where the picture stands.
    left: f32,
    line: f32,
    picture: (f32, f32, f32),
    /// How much further down its lower part is than that of A4.
    low: f32,
}

impl Sheet {
    fn of(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Sheet {
                width: 841.89,
                height: 595.28,
                left: 384.0,
                line: 400.0,
                picture: (58.0, 122.0, 270.0),
                low: 0.0,
            },
            Paper::Letter => Sheet {
                width: 792.0,
                height: 612.0,
                left: 356.0,
                line: 382.0,
                picture: (50.0, 126.0, 256.0),
                low: 16.0,
            },
        }
    }
}

/// The side of the code that leads to the badge.
const CODE: f32 = 84.0;
/// Pixels of the picture: 300 an inch.
const PIXELS: u32 = 1125;
const TITLE_SIZES: [(f32, usize); 5] = [(42.0, 2), (36.0, 3), (30.0, 3), (25.0, 4), (21.0, 5)];
const NAME_SIZES: [(f32, usize); 4] = [(27.0, 1), (23.0, 2), (19.0, 2), (16.0, 3)];

/// The certificate as a PDF.
pub fn certificate_pdf(facts: &CertificateFacts, faces: &Typefaces) -> Result<Vec<u8>, CertificateError> {
    let pdf = |why: &dyn std::fmt::Debug| CertificateError::Pdf(format!("{why:?}"));
    let archival = ConfigurationBuilder::new().with_archival_validator(Archival::A3_B);
    let configuration = archival.finish().map_err(|why| pdf(&why))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    document.set_metadata(
        Metadata::new()
            .title(facts.title.clone())
            .language(facts.language.to_owned())
            .creator("Laurel".into())
            .document_id(facts.id.clone())
            .creation_date(day(facts.on)),
    );
    let attached = document.embed_file(EmbeddedFile {
        path: "badge.json".into(),
        mime_type: MimeType::new("application/json"),
        description: Some(facts.attached.clone()),
        association_kind: AssociationKind::Source,
        data: facts.credential.clone().into_bytes().into(),
        modification_date: Some(day(facts.issued_at.to_zoned_datetime(TimeZone::UTC).date())),
        compress: Some(true),
        location: None,
    });
    attached.ok_or_else(|| pdf(&"two files of one name"))?;
    let sheet = Sheet::of(facts.look.paper);
    let (left, line, low) = (sheet.left, sheet.line, sheet.low);
    let size = PageSettings::from_wh(sheet.width, sheet.height).ok_or_else(|| pdf(&"no such page"))?;
    let mut page = document.start_page_with(size);
    {
        let mut pen = Pen { surface: page.surface(), faces, sheet };
        pen.page(facts)?;
    }
    if let Some(place) = Rect::from_xywh(left, 520.0 + low, line - CODE - 12.0, 14.0) {
        let target = Target::Action(LinkAction::new(facts.url.clone()).into());
        page.add_annotation(Annotation::new_link(LinkAnnotation::new(place, target), Some(facts.today.clone())));
    }
    page.finish();
    document.finish().map_err(|why| pdf(&why))
}

fn day(date: Date) -> DateTime {
    let part = |number: i8| number.unsigned_abs();
    DateTime::new(date.year().unsigned_abs()).month(part(date.month())).day(part(date.day()))
}

/// Draws on the page; `y` grows downward.
struct Pen<'a> {
    surface: Surface<'a>,
    faces: &'a Typefaces,
    sheet: Sheet,
}

impl<'a> Pen<'a> {
    fn page(&mut self, facts: &CertificateFacts) -> Result<(), CertificateError> {
        let (state, accent) = (tone(facts.tone), facts.look.accent.rgb());
        let Sheet { width, height, left, line, low, .. } = self.sheet;
        self.rect((0.0, 0.0, width, height), PAPER);
        self.rect((0.0, 0.0, width, 9.0), accent);
        self.picture(&facts.picture)?;

        let mut y = 118.0;
        self.line(&facts.heading, (left, y), 13.0, accent, 600);
        y += 12.0;
        y = self.block(&facts.title, 600, &TITLE_SIZES, y, INK);
        if let Some(person) = facts.person.as_deref() {
            y += 30.0;
            self.line(&facts.awarded_to, (left, y), 13.0, QUIET, 400);
            y = self.block(person, 400, &NAME_SIZES, y + 6.0, INK);
        }
        self.block(&facts.description, 400, &[(13.5, 3), (12.0, 4)], y + 16.0, INK);
        self.facts(&facts.facts, 424.0 + low);
        self.signed(&facts.look, 466.0 + low)?;

        self.rect((left, 466.0 + low, line, 0.6), RULE);
        self.beside_code(&facts.standing, 492.0 + low, &[(12.0, 1), (10.0, 1), (8.0, 1)], state, 600);
        self.beside_code(&facts.today, 514.0 + low, &[(10.0, 1), (8.0, 1)], QUIET, 400);
        self.beside_code(&facts.url, 529.0 + low, &[(10.0, 1), (8.5, 1), (7.0, 1)], INK, 400);
        self.beside_code(&facts.attached, 546.0 + low, &[(10.0, 1), (8.0, 1)], QUIET, 400);
        self.code(&facts.url, (left + line - CODE, 476.0 + low), CODE);
        Ok(())
    }

    /// Who signs, under the picture.
    fn signed(&mut self, look: &CertificateLook, y: f32) -> Result<(), CertificateError> {
        if look.signatory.is_empty() {
            return Ok(());
        }
        let (x, _, side) = self.sheet.picture;
        if let Some(SignaturePicture(png)) = &look.signature {
            let (pixels, width, height) = picture::png_rgba(png)?;
            let scale = (SIGNATURE.0 / width as f32).min(SIGNATURE.1 / height as f32);
            let (wide, tall) = (width as f32 * scale, height as f32 * scale);
            let image = Image::from_rgba8(pixels, width, height);
            self.surface.push_transform(&Transform::from_translate(x, y - tall - 4.0));
            Size::from_wh(wide, tall).into_iter().for_each(|size| self.surface.draw_image(image.clone(), size));
            self.surface.pop();
        }
        self.rect((x, y, side, 0.6), RULE);
        for (words, down, sizes, colour, weight) in [
            (&look.signatory, 18.0, [(12.0, 1), (9.0, 1)], INK, 600),
            (&look.signatory_title, 33.0, [(10.0, 1), (8.0, 1)], QUIET, 400),
        ] {
            let (size, lines) = Column { faces: self.faces, width: side, weight }.fitted(words, &sizes);
            lines.iter().for_each(|line| self.set(line, (x, y + down), size, colour));
        }
        Ok(())
    }

    /// Lines below `y`, at the largest size at which they fit; answers where they end. Those that read from right to left end below each other.
    fn block(&mut self, text: &str, weight: u32, sizes: &[(f32, usize)], y: f32, colour: (u8, u8, u8)) -> f32 {
        let (size, lines) = Column { faces: self.faces, width: self.sheet.line, weight }.fitted(text, sizes);
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        lines.iter().fold(y, |y, line| {
            let next = y + size * 1.16;
            let indent = if line.leftward { (widest - line.width) * size } else { 0.0 };
            self.set(line, (self.sheet.left + indent, next), size, colour);
            next
        })
    }

    /// Labels above values, beside each other.
    fn facts(&mut self, facts: &[(String, String)], y: f32) {
        let width = self.sheet.line / facts.len().max(1) as f32;
        for (at, (label, value)) in facts.iter().enumerate() {
            let x = self.sheet.left + width * at as f32;
            self.line(label, (x, y), 10.0, QUIET, 400);
            let column = Column { faces: self.faces, width: width - 10.0, weight: 400 };
            let (size, lines) = column.fitted(value, &[(13.0, 1), (10.5, 1)]);
            for line in &lines {
                self.set(line, (x, y + 17.0), size, INK);
            }
        }
    }

    /// One line, as large as it fits beside the code.
    fn beside_code(&mut self, text: &str, y: f32, sizes: &[(f32, usize)], colour: (u8, u8, u8), weight: u32) {
        let (size, lines) =
            Column { faces: self.faces, width: self.sheet.line - CODE - 12.0, weight }.fitted(text, sizes);
        lines.iter().for_each(|line| self.set(line, (self.sheet.left, y), size, colour));
    }

    fn line(&mut self, text: &str, at: (f32, f32), size: f32, colour: (u8, u8, u8), weight: u32) {
        let line = Column { faces: self.faces, width: self.sheet.line, weight }.line(text, size);
        self.set(&line, at, size, colour);
    }

    fn set(&mut self, line: &Line, (mut x, y): (f32, f32), size: f32, colour: (u8, u8, u8)) {
        self.surface.set_fill(Some(fill(colour)));
        for run in &line.runs {
            let glyphs = run.glyphs.iter().map(|glyph| {
                let id = GlyphId::new(glyph.id);
                KrillaGlyph::new(id, glyph.advance, glyph.dx, glyph.dy, 0.0, glyph.of.clone(), None)
            });
            let glyphs: Vec<KrillaGlyph> = glyphs.collect();
            if let Some(font) = run.face.pdf() {
                self.surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &line.text, size, false);
            }
            x += run.glyphs.iter().map(|glyph| glyph.advance * size).sum::<f32>();
        }
    }

    fn rect(&mut self, (x, y, width, height): (f32, f32, f32, f32), colour: (u8, u8, u8)) {
        let mut path = PathBuilder::new();
        Rect::from_xywh(x, y, width, height).into_iter().for_each(|rect| path.push_rect(rect));
        self.surface.set_fill(Some(fill(colour)));
        path.finish().iter().for_each(|path| self.surface.draw_path(path));
    }

    fn picture(&mut self, svg: &str) -> Result<(), CertificateError> {
        let (x, y, side) = self.sheet.picture;
        let (pixels, width, height) = picture::square_rgba(svg, PIXELS)?;
        let image = Image::from_rgba8(pixels, width, height);
        self.surface.push_transform(&Transform::from_translate(x, y));
        Size::from_wh(side, side).into_iter().for_each(|size| self.surface.draw_image(image.clone(), size));
        self.surface.pop();
        Ok(())
    }

    fn code(&mut self, url: &str, (x, y): (f32, f32), side: f32) {
        let Some(code) = Qr::of(url) else { return };
        let module = side / code.size as f32;
        let mut path = PathBuilder::new();
        for (column, row, length) in code.runs {
            let at = |place: usize| place as f32 * module;
            let run = Rect::from_xywh(x + at(column), y + at(row), at(length), module);
            run.into_iter().for_each(|run| path.push_rect(run));
        }
        self.surface.set_fill(Some(fill(INK)));
        path.finish().iter().for_each(|path| self.surface.draw_path(path));
    }
}

fn fill((red, green, blue): (u8, u8, u8)) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn tone(tone: Tone) -> (u8, u8, u8) {
    match tone {
        Tone::Valid => (0x2f, 0x5d, 0x3a),
        Tone::Attention => (0x7a, 0x52, 0x08),
        Tone::Invalid => (0x9c, 0x2b, 0x22),
        Tone::Unknown => (0x3f, 0x54, 0x68),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::art::{Design, badge_svg};

    fn facts(title: &str, person: Option<&str>) -> CertificateFacts {
        CertificateFacts {
            language: "en",
            look: usual(),
            heading: "Certificate".into(),
            title: title.into(),
            description: "Shapes how the company builds software, and is asked for by others.".into(),
            awarded_to: "awarded to".into(),
            person: person.map(str::to_owned),
            facts: vec![
                ("Issued by".into(), "Northwind Cartography".into()),
                ("Awarded".into(), "3 May 2026".into()),
                ("Valid until".into(), "3 May 2028".into()),
            ],
            standing: "On 28 November 2026: valid until 3 May 2028".into(),
            tone: Tone::Valid,
            today: "How it stands today".into(),
            url: "https://badges.northwind.example/certifications/2w4y6a8c0e2g4j6m8p0r2t4v6x".into(),
            attached: "The signed badge is attached to this file.".into(),
            picture: badge_svg(&Design { accent: Colour::parse("#2F5D3A"), level: 3, levels: 3 }),
            credential: r#"{"id": "https://badges.northwind.example/badges/1"}"#.into(),
            issued_at: Timestamp::UNIX_EPOCH,
            on: Date::constant(2026, 11, 28),
            id: "1".into(),
        }
    }

    fn usual() -> CertificateLook {
        CertificateLook {
            accent: Colour::default(),
            paper: Paper::A4,
            signatory: String::new(),
            signatory_title: String::new(),
            signature: None,
        }
    }

    /// Signed, on other paper, in another colour.
    fn chosen() -> CertificateLook {
        let ink = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M4 40q10-30 16 0t16-6 24 2" fill="none" stroke="#123" stroke-width="3"/></svg>"##;
        CertificateLook {
            accent: Colour::of(0x2b, 0x5c, 0x8a),
            paper: Paper::Letter,
            signatory: "Beatrix van der Linden-Konstantinopoulou".into(),
            signatory_title: "Head of the Northwind Academy".into(),
            signature: Some(SignaturePicture(picture::square_png(ink, 160).expect("drawn"))),
        }
    }

    #[test]
    fn what_a_program_chose_is_on_its_certificates() {
        let plain = written(&facts("Craft", Some("Ana Lindqvist")));
        let changed = written(&CertificateFacts { look: chosen(), ..facts("Craft", Some("Ana Lindqvist")) });
        let size = |pdf: &[u8], sides: &str| String::from_utf8_lossy(pdf).contains(sides);
        assert!(size(&plain, "841.89 595.28") && size(&changed, "792 612"));
        let unsigned = CertificateLook { signature: None, ..chosen() };
        assert!(
            written(&CertificateFacts { look: unsigned, ..facts("Craft", Some("Ana Lindqvist")) }).len()
                < changed.len()
        );
    }

    fn written(facts: &CertificateFacts) -> Vec<u8> {
        certificate_pdf(facts, &Typefaces::bundled()).expect("written")
    }

    #[test]
    fn a_certificate_is_written_whatever_it_says_and_the_same_facts_give_the_same_bytes() {
        let title = "Responsible Data Stewardship and Applied Analytics: Principal";
        // PDF/A allows no letter that is missing in its font, and a name may hold anything.
        let odd =
            "\u{0}\u{202e}\u{ad}\u{e000}\u{fffe}\u{fffd}\u{10ffff}\u{200d}\u{fe0f} ꦗ א\u{5b0} ﷺ \u{301}é 1️⃣ 🇪🇺 👩‍👩‍👧";
        for facts in [
            facts("Software Craft: Master", Some("Ana Lindqvist")),
            facts(title, Some("Maximiliana Konstantinopoulou-Featherstonehaugh de Vasconcelos")),
            facts("数据 🎉", Some("山田太郎")),
            facts("", None),
            facts(odd, Some(odd)),
            CertificateFacts { description: odd.into(), standing: odd.into(), ..facts("A", Some("Юлия Nguyễn")) },
        ] {
            let pdf = written(&facts);
            assert!(pdf.starts_with(b"%PDF-1."));
            assert_eq!(written(&facts), pdf);
        }
    }

    #[test]
    fn with_laurel_look_the_certificates_are_written_to_be_looked_at() {
        let Ok(folder) = std::env::var("LAUREL_LOOK") else { return };
        let plain = [("nameless", "Software Craft: Master", "")];
        for (name, title, person) in crate::web::lettering::SCRIPTS.into_iter().chain(plain) {
            let pdf = written(&facts(title, Some(person).filter(|person| !person.is_empty())));
            std::fs::write(format!("{folder}/certificate-{name}.pdf"), pdf).expect("a folder");
        }
        let pdf =
            written(&CertificateFacts { look: chosen(), ..facts("Software Craft: Master", Some("Ana Lindqvist")) });
        std::fs::write(format!("{folder}/certificate-chosen.pdf"), pdf).expect("a folder");
    }
}
