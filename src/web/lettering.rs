//! Words set in lines: which font has each letter, how wide they are, where they break, at which size they fit.
//!
//! - Lines are laid out in the order in which they are seen (Unicode's bidirectional algorithm), letters shaped as their script asks.
//! - A letter that no font has is shown as a square, and stays itself in the text that a PDF gives back.
//! - Controls, and signs that turn the direction of what follows, are left out: a name must not turn the words beside it.

use super::typefaces::{Face, Typefaces};
use harfrust::{Direction, UnicodeBuffer};
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::linebreaks;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// Stands for a letter that no font has.
const REPLACEMENT: &str = "\u{25a1}";
/// No place has room for more characters; what follows them is not even looked at.
const LONGEST: usize = 2_000;

/// Words in one weight (400 or 600), set in lines of at most `width`; in the picture's units.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    pub faces: &'a Typefaces,
    pub width: f32,
    pub weight: u32,
}

/// One line, ready to be drawn. Lengths are in ems: times the size of the letters.
pub struct Line<'a> {
    pub text: String,
    /// From left to right, as they are seen.
    pub runs: Vec<Run<'a>>,
    pub width: f32,
    /// Whether its paragraph reads from right to left.
    pub leftward: bool,
}

/// Glyphs of one font beside each other.
pub struct Run<'a> {
    pub face: &'a Face,
    pub glyphs: Vec<Glyph>,
}

pub struct Glyph {
    pub id: u32,
    pub advance: f32,
    pub dx: f32,
    /// Upward.
    pub dy: f32,
    /// What it stands for in the line's text, in bytes.
    pub of: Range<usize>,
}

impl<'a> Column<'a> {
    /// The first of the sizes at which the text takes no more than the lines named beside it, and its lines. When it fits at none,
    /// the last size, with an ellipsis where it was cut.
    pub fn fitted(&self, text: &str, sizes: &[(f32, usize)]) -> (f32, Vec<Line<'a>>) {
        let text = clean(text);
        let leftward = leftward(&text);
        let pieces = self.pieces(&text, leftward);
        for (size, most) in sizes {
            let lines = wrapped(&pieces, self.width / size);
            if lines.len() <= *most && lines.iter().all(|line| line.width * size <= self.width) {
                return (*size, lines.iter().map(|line| self.set(&line.text, leftward)).collect());
            }
        }
        let Some((size, most)) = sizes.last() else { return (0.0, Vec::new()) };
        let mut lines = wrapped(&pieces, self.width / size);
        let more = lines.len() > *most;
        lines.truncate(*most);
        let last = lines.len().saturating_sub(1);
        let lines = lines.iter().enumerate();
        (*size, lines.map(|(at, line)| self.cut(&line.text, *size, more && at == last, leftward)).collect())
    }

    /// All of it in one line of this size, with an ellipsis when it is too wide.
    pub fn line(&self, text: &str, size: f32) -> Line<'a> {
        let text = clean(text);
        let leftward = leftward(&text);
        self.cut(&text, size, false, leftward)
    }

    /// How wide the text is in one line of this size.
    pub fn measure(&self, text: &str, size: f32) -> f32 {
        let text = clean(text);
        self.set(&text, leftward(&text)).width * size
    }

    /// The line with an ellipsis when it is too wide, or when more follows.
    fn cut(&self, text: &str, size: f32, more: bool, leftward: bool) -> Line<'a> {
        let line = if more { self.set(&format!("{text} …"), leftward) } else { self.set(text, leftward) };
        if line.width * size <= self.width {
            return line;
        }
        let reach = line.reach();
        let fits = |end: &usize| reach.get(*end).is_some_and(|reach| reach * size <= self.width);
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).take_while(fits).collect();
        // What joins to the ellipsis may be a little wider than it was before.
        let mut cut = line;
        for end in ends.into_iter().rev() {
            cut = self.set(&format!("{}…", text.get(..end).unwrap_or_default().trim_end()), leftward);
            if cut.width * size <= self.width {
                break;
            }
        }
        cut
    }

    /// What may stand in a line of its own, with its width.
    fn pieces(&self, text: &str, leftward: bool) -> Vec<Piece> {
        let reach = self.set(text, leftward).reach();
        let at = |place: usize| reach.get(place).copied().unwrap_or_default();
        let mut from = 0;
        let mut pieces = Vec::new();
        for (to, _) in linebreaks(text).filter(|(to, _)| !within_korean_word(text, *to)) {
            let piece = text.get(from..to).unwrap_or_default();
            let end = from + piece.trim_end().len();
            if end > from {
                pieces.push(Piece { text: piece.to_owned(), width: at(end) - at(from), gap: at(to) - at(end) });
            }
            from = to;
        }
        pieces
    }

    fn set(&self, text: &str, leftward: bool) -> Line<'a> {
        let base = if leftward { Level::rtl() } else { Level::ltr() };
        let order = BidiInfo::new(text, Some(base));
        let mut runs = Vec::new();
        for paragraph in &order.paragraphs {
            let (levels, visual) = order.visual_runs(paragraph, paragraph.range.clone());
            for range in visual {
                let turned = levels.get(range.start).is_some_and(Level::is_rtl);
                let mut parts = self.parts(text, range);
                if turned {
                    parts.reverse();
                }
                runs.extend(parts.into_iter().filter_map(|part| part.shaped(turned)));
            }
        }
        let width = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.advance).sum();
        Line { text: text.to_owned(), runs, width, leftward }
    }

    /// Cuts letters of one direction where the font or the script changes.
    fn parts(&self, text: &str, range: Range<usize>) -> Vec<Part<'a>> {
        let mut parts: Vec<Part<'a>> = Vec::new();
        for (at, cluster) in text.get(range.clone()).unwrap_or_default().grapheme_indices(true) {
            let start = range.start + at;
            let end = start + cluster.len();
            let found = self.faces.find(cluster, self.weight).map(|face| (face, cluster));
            let Some((face, shown)) =
                found.or_else(|| self.faces.find(REPLACEMENT, self.weight).map(|face| (face, REPLACEMENT)))
            else {
                continue;
            };
            let letters = shown.chars().filter(|letter| face.has(*letter)).map(|letter| (letter, start));
            let script = shown.chars().map(|letter| letter.script()).find(|script| is_one(*script));
            match parts.last_mut() {
                Some(part) if part.goes_on(face, script) => {
                    part.letters.extend(letters);
                    part.end = end;
                    part.script = part.script.or(script);
                }
                _ => parts.push(Part { face, script, letters: letters.collect(), end }),
            }
        }
        parts
    }
}

impl Line<'_> {
    /// For every byte of the text, how wide all before it is.
    fn reach(&self) -> Vec<f32> {
        let mut advances = vec![0.0; self.text.len() + 1];
        for glyph in self.runs.iter().flat_map(|run| &run.glyphs) {
            if let Some(advance) = advances.get_mut(glyph.of.start + 1) {
                *advance += glyph.advance;
            }
        }
        let mut sum = 0.0;
        advances.iter().map(|advance| (sum += advance, sum).1).collect()
    }
}

struct Piece {
    text: String,
    /// In ems, without the space after it and of that space.
    width: f32,
    gap: f32,
}

fn wrapped(pieces: &[Piece], width: f32) -> Vec<Piece> {
    let mut lines: Vec<Piece> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.width + line.gap + piece.width <= width => {
                line.text.push_str(&piece.text);
                line.width += line.gap + piece.width;
                line.gap = piece.gap;
            }
            _ => lines.push(Piece { text: piece.text.clone(), ..*piece }),
        }
    }
    lines.iter_mut().for_each(|line| line.text.truncate(line.text.trim_end().len()));
    lines
}

/// Letters of one font, one script and one direction, each with the place in the text of what it belongs to.
struct Part<'a> {
    face: &'a Face,
    script: Option<Script>,
    letters: Vec<(char, usize)>,
    end: usize,
}

impl<'a> Part<'a> {
    fn goes_on(&self, face: &Face, script: Option<Script>) -> bool {
        let same = self.script.is_none() || script.is_none() || self.script == script;
        std::ptr::eq(self.face, face) && same
    }

    fn shaped(self, turned: bool) -> Option<Run<'a>> {
        let mut buffer = UnicodeBuffer::new();
        for (letter, at) in &self.letters {
            buffer.add(*letter, u32::try_from(*at).unwrap_or(u32::MAX));
        }
        buffer.guess_segment_properties();
        buffer.set_direction(if turned { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = self.face.shape(buffer)?;
        let place = |at: usize| shaped.glyph_infos().get(at).map(|info| info.cluster as usize);
        let mut starts: Vec<usize> = (0..shaped.len()).filter_map(place).collect();
        starts.sort_unstable();
        let end_of = |start: usize| starts.iter().copied().find(|next| *next > start).unwrap_or(self.end);
        let ems = |units: i32| units as f32 / self.face.units_per_em();
        let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| Glyph {
            id: info.glyph_id,
            advance: ems(position.x_advance),
            dx: ems(position.x_offset),
            dy: ems(position.y_offset),
            of: info.cluster as usize..end_of(info.cluster as usize),
        });
        Some(Run { face: self.face, glyphs: glyphs.collect() })
    }
}

fn is_one(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

/// Korean may break anywhere, but is read more easily where it breaks between words.
fn within_korean_word(text: &str, at: usize) -> bool {
    let hangul = |letter: Option<char>| letter.is_some_and(|letter| letter.script() == Script::Hangul);
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    hangul(before.chars().next_back()) && hangul(after.chars().next())
}

/// Composed, in one line, without controls and without what turns the direction of other letters.
fn clean(text: &str) -> String {
    let turns = |letter: char| matches!(letter, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let plain = |letter: char| if letter.is_whitespace() || letter.is_control() { ' ' } else { letter };
    let kept: String = text.nfc().filter(|letter| !turns(*letter)).map(plain).take(LONGEST).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the first letter that has a direction reads from right to left.
fn leftward(text: &str) -> bool {
    BidiInfo::new(text, None).paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl())
}

/// Names of 60 letters and of many scripts: what each is called, a title, a person.
#[cfg(test)]
pub(super) const SCRIPTS: [(&str, &str, &str); 8] = [
    (
        "latin",
        "Responsible Data Stewardship and Applied Analytics: Principal",
        "Maximiliana Konstantinopoulou-Featherstonehaugh de Vasconcelos",
    ),
    (
        "arabic",
        "إدارة البيانات المسؤولة والتحليلات التطبيقية: المستوى الثالث",
        "عبد الرحمن بن محمد بن عبد العزيز آل الشيخ الهاشمي القرشي المكي",
    ),
    ("hebrew", "ניהול נתונים אחראי (רמה 3): מומחית ראשית", "שׁוּלַמִּית בת־שבע רוזנברג־כהן"),
    (
        "chinese",
        "负责任的数据管理与应用分析高级专业人员认证计划第三级首席专家",
        "欧阳诸葛慕容司马上官夏侯端木皇甫尉迟公孙",
    ),
    (
        "japanese",
        "責任あるデータ管理と応用分析の認定プログラム・主任レベル",
        "勅使河原 健太郎ジョナサン・フェザーストンハウ",
    ),
    ("korean", "책임 있는 데이터 관리와 응용 분석 인증 프로그램 수석 단계", "남궁민수 알렉산드라 황보 제갈 선우 독고"),
    ("emoji", "🚀 Launch Craft 🏆 Level 3️⃣", "Ana 🎉 Lindqvist 👩\u{200d}🚀 🇸🇪 ❤\u{fe0f} 👍🏽"),
    ("mixed", "Data Craft 数据 データ: משולב ومتقدم (Level 3)", "محمد Ana 山田 김민준 ꦗꦮ שרה 🎉 Ковалёва"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, LazyLock};

    static FACES: LazyLock<Arc<Typefaces>> = LazyLock::new(Typefaces::bundled);
    const SIZES: [(f32, usize); 3] = [(76.0, 2), (56.0, 3), (40.0, 5)];

    fn column() -> Column<'static> {
        Column { faces: &FACES, width: 588.0, weight: 600 }
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.text.clone()).collect()
    }

    #[test]
    fn a_long_title_wraps_inside_its_column_and_what_fits_nowhere_is_cut() {
        let title = "Responsible Data Stewardship and Applied Analytics: Principal";
        let (size, lines) = column().fitted(title, &SIZES);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.width * size <= 589.0), "{size} {:?}", texts(&lines));
        assert_eq!(texts(&lines).join(" "), title);
        for endless in ["W".repeat(200), "word ".repeat(200), "数".repeat(200), "م".repeat(300)] {
            let (size, lines) = column().fitted(&endless, &SIZES);
            assert!(lines.len() <= 5 && lines.iter().all(|line| line.width * size <= 589.0));
            assert!(lines.last().is_some_and(|line| line.text.ends_with('…')), "{:?}", texts(&lines));
        }
    }

    #[test]
    fn words_without_spaces_break_between_their_signs_and_lose_none() {
        let title = "负责任的数据管理与应用分析高级专业人员认证计划第三级首席专家（二〇二六年版）";
        let (size, lines) = column().fitted(title, &SIZES);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.width * size <= 589.0));
        assert_eq!(texts(&lines).concat(), title);
        assert!(!texts(&lines).iter().any(|line| line.starts_with('）')), "{:?}", texts(&lines));
    }

    #[test]
    fn korean_breaks_between_its_words() {
        let title = "책임 있는 데이터 관리와 응용 분석 인증 프로그램 수석 단계";
        let (_, lines) = column().fitted(title, &SIZES);
        assert!(lines.len() > 1);
        assert_eq!(texts(&lines).join(" "), title);
    }

    #[test]
    fn arabic_runs_from_right_to_left_in_joined_forms() {
        let line = column().line("محمد", 40.0);
        let glyphs: Vec<&Glyph> = line.runs.iter().flat_map(|run| &run.glyphs).collect();
        assert!(line.leftward && glyphs.len() == 4);
        assert!(glyphs.windows(2).all(|pair| pair[0].of.start > pair[1].of.start), "the last letter is leftmost");
        // The two م have different forms, by their places.
        assert_ne!(glyphs[3].id, glyphs[1].id);
        let apart: f32 = "محمد".chars().map(|letter| column().measure(&letter.to_string(), 1.0)).sum();
        assert!(line.width < apart, "joined letters are narrower than the same ones alone");
    }

    #[test]
    fn mixed_directions_stand_as_their_paragraph_reads() {
        let order = |text: &str| -> Vec<usize> {
            let line = column().line(text, 10.0);
            line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.of.start).collect()
        };
        let english = order("Ana شكر 2026");
        assert_eq!((english[0], english.last()), (0, Some(&4)));
        assert_eq!(order("שלום (Ana)").last(), Some(&0), "the first letter of a text in Hebrew is rightmost");
    }

    #[test]
    fn a_letter_that_no_font_has_is_a_square_that_still_stands_for_it() {
        let line = column().line("Aꦗ山", 40.0);
        let squares: Vec<(u32, Range<usize>)> =
            line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| (glyph.id, glyph.of.clone())).collect();
        let square = column().line("□", 40.0).runs[0].glyphs[0].id;
        assert_eq!(squares[1], (square, 1..4));
        assert_eq!(line.text, "Aꦗ山");
        assert!(squares.iter().all(|(id, _)| *id != 0));
    }

    #[test]
    fn no_sign_whatever_is_drawn_as_the_empty_box_of_a_font() {
        let signs: Vec<char> = ('\u{20}'..='\u{ffff}').chain('\u{1f000}'..='\u{1ffff}').collect();
        for some in signs.chunks(400) {
            let line = Column { width: f32::MAX, ..column() }.line(&some.iter().collect::<String>(), 10.0);
            let missing = line.runs.iter().flat_map(|run| &run.glyphs).find(|glyph| glyph.id == 0);
            let missing = missing.and_then(|glyph| line.text.get(glyph.of.clone()));
            assert_eq!(missing, None);
        }
    }

    #[test]
    fn what_would_turn_other_words_is_left_out_and_a_decomposed_name_is_composed() {
        assert_eq!(clean("Ana\u{202e}\u{0}  evil\u{2066}\n\u{feff}"), "Ana evil");
        assert_eq!(clean("Zo\u{65}\u{301} \u{1112}\u{1161}\u{11ab}"), "Zoé 한");
        assert_eq!(clean("👩\u{200d}🚀 ❤\u{fe0f}"), "👩\u{200d}🚀 ❤\u{fe0f}");
    }

    #[test]
    fn emoji_that_are_joined_are_one_glyph_and_are_never_cut_in_two() {
        let one = |text: &str| {
            let line = column().line(text, 40.0);
            line.runs.iter().flat_map(|run| &run.glyphs).filter(|glyph| glyph.advance > 0.0).count()
        };
        assert_eq!((one("🎉"), one("👩\u{200d}🚀")), (1, 1));
        let cut = Column { width: 200.0, ..column() }.line(&"👩\u{200d}🚀".repeat(9), 40.0);
        assert!(cut.text.trim_end_matches('…').chars().count().is_multiple_of(3), "{}", cut.text);
    }
}
