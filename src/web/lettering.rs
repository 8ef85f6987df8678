//! Words set in the bundled serif: how wide they are, where they break, and at which size they fit. What it can't write is known before it is drawn.

use super::picture::{self, SERIF};

/// Words in one weight (400 or 600), set in lines of at most `width`; in the picture's units.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub width: f32,
    pub weight: u32,
}

impl Column {
    /// The first of the sizes at which the text takes no more than the lines named beside it, and its lines. When it fits at none,
    /// the last size, with an ellipsis where it was cut.
    pub fn fitted(&self, text: &str, sizes: &[(f32, usize)]) -> (f32, Vec<String>) {
        for (size, most) in sizes {
            let lines = self.wrapped(text, *size);
            if lines.len() <= *most && lines.iter().all(|line| measure(line, *size, self.weight) <= self.width) {
                return (*size, lines);
            }
        }
        let Some((size, most)) = sizes.last() else { return (0.0, Vec::new()) };
        let mut lines = self.wrapped(text, *size);
        let more = lines.len() > *most;
        lines.truncate(*most);
        let last = lines.len().saturating_sub(1);
        let lines = lines.iter().enumerate().map(|(at, line)| self.cut(line, *size, more && at == last));
        (*size, lines.collect())
    }

    /// The line with an ellipsis when it is too wide, or when more follows.
    pub fn cut(&self, line: &str, size: f32, more: bool) -> String {
        let mut kept = line.to_owned();
        let mut shown = if more { format!("{kept} …") } else { kept.clone() };
        while measure(&shown, size, self.weight) > self.width && kept.pop().is_some() {
            shown = format!("{}…", kept.trim_end());
        }
        shown
    }

    fn wrapped(&self, text: &str, size: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        // A line may also end after a hyphen.
        let parts = text.split_whitespace().flat_map(|word| {
            let part = |(at, part)| (if at == 0 { " " } else { "" }, part);
            word.split_inclusive('-').enumerate().map(part)
        });
        for (space, part) in parts {
            match lines.last_mut() {
                Some(line) if measure(&format!("{line}{space}{part}"), size, self.weight) <= self.width => {
                    line.push_str(space);
                    line.push_str(part);
                }
                _ => lines.push(part.to_owned()),
            }
        }
        lines
    }
}

/// The width of a line.
pub fn measure(text: &str, size: f32, weight: u32) -> f32 {
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="9999" height="99"><text y="50" font-family="'{SERIF}'" font-size="{size}" font-weight="{weight}">{}</text></svg>"#,
        escaped(text),
    );
    picture::read(&svg).map_or(0.0, |tree| tree.root().abs_layer_bounding_box().width())
}

/// Whether the bundled font has these letters, in both weights: Latin, Greek and Cyrillic, with their marks.
pub fn can_write(text: &str) -> bool {
    text.chars().all(has)
}

/// The text without what the font lacks.
pub fn writable(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| has(*c)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has(c: char) -> bool {
    matches!(u32::from(c),
        0x20..=0x7e | 0xa0..=0x12b | 0x12e..=0x131 | 0x134..=0x165 | 0x168..=0x17f | 0x18f | 0x1a0..=0x1a1 | 0x1af..=0x1b0
        | 0x1cd..=0x1dc | 0x218..=0x21b | 0x259 | 0x2bb..=0x2bc | 0x300..=0x304 | 0x306..=0x30c | 0x323 | 0x326..=0x328
        | 0x384..=0x38a | 0x38c | 0x38e..=0x3a1 | 0x3a3..=0x3ce | 0x400..=0x45f | 0x490..=0x491 | 0x1e80..=0x1e85 | 0x1e9e
        | 0x1ea0..=0x1ef9 | 0x2010 | 0x2012..=0x2015 | 0x2018..=0x201a | 0x201c..=0x201e | 0x2022 | 0x2026 | 0x2039..=0x203a
        | 0x20ac | 0x2122)
}

pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMN: Column = Column { width: 588.0, weight: 600 };
    const SIZES: [(f32, usize); 3] = [(76.0, 2), (56.0, 3), (40.0, 5)];

    #[test]
    fn a_long_title_wraps_inside_its_column_and_what_fits_nowhere_is_cut() {
        let title = "Responsible Data Stewardship and Applied Analytics: Principal";
        let (size, lines) = COLUMN.fitted(title, &SIZES);
        assert!(
            lines.len() > 1 && lines.iter().all(|line| measure(line, size, 600) <= COLUMN.width),
            "{size} {lines:?}"
        );
        assert_eq!(lines.join(" "), title);
        for endless in ["W".repeat(200), "word ".repeat(200)] {
            let (size, lines) = COLUMN.fitted(&endless, &SIZES);
            assert!(lines.len() <= 5 && lines.iter().all(|line| measure(line, size, 600) <= COLUMN.width));
            assert!(lines.last().is_some_and(|line| line.ends_with('…')), "{lines:?}");
        }
    }

    #[test]
    fn what_the_font_lacks_is_known_and_left_out() {
        assert!(can_write("Nguyễn Thị Minh Khai") && can_write("Юлия Ковалёва") && !can_write("山田太郎"));
        assert_eq!(writable("Ana 山田 Lindqvist 🎉\nRAST"), "Ana Lindqvist RAST");
    }
}
