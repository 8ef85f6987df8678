//! Draws what was chosen. Whatever that is can be seen: the sign is white or ink, whichever stands out on the shape, and marks that would not
//! stand out in the second colour take the sign's. There is no text in it, and one large sign, so that it is known at 32 px.

use super::{Choice, MOST_MARKS, Marks, Ribbon, Shape};
use crate::domain::art::{self, Colour, Design, INK, WHITE, star};
use std::{f64::consts::PI, fmt::Write as _};

/// How well marks must be seen, as WCAG 2.2 asks of what is no text.
const SEEN: f64 = 3.0;
const MIDDLE: f64 = 256.0;
const DISC: &str = "M256 52a204 204 0 1 0 0 408a204 204 0 1 0 0-408z";

impl Choice {
    /// The badge as an SVG document of 512 × 512 units on a transparent ground.
    pub fn svg(&self) -> String {
        let mut svg = art::begun(self.colour);
        // The ends lie behind, and lift the rest.
        let lifted = self.ribbon == Ribbon::Tails;
        if lifted {
            self.tails(&mut svg);
            svg.push_str(r#"<g transform="translate(35.8 0) scale(.86)">"#);
        }
        self.body(&mut svg);
        self.sign(&mut svg);
        if self.ribbon == Ribbon::Banner {
            self.banner(&mut svg);
        }
        self.marks(&mut svg);
        svg.push_str(if lifted { "</g></svg>" } else { "</svg>" });
        svg
    }

    fn body(&self, svg: &mut String) {
        let outline = match self.shape {
            Shape::Disc => DISC.to_owned(),
            Shape::Shield => {
                "M256 40C312 76 374 92 444 96V260C444 372 358 446 256 480C154 446 68 372 68 260V96C138 92 200 76 256 40z".into()
            }
            Shape::Hexagon => hexagon(),
            Shape::Seal => seal(),
            Shape::Laurel => {
                let design = Design { accent: self.colour, level: self.count.max(1), levels: MOST_MARKS };
                art::wreath(svg, &design);
                art::disc(svg, &design);
                return;
            }
        };
        let line = self.beside(self.second);
        // Within the arcs of a seal it is quieter as a circle.
        let within = if self.shape == Shape::Seal { DISC.to_owned() } else { outline.clone() };
        let _ = write!(
            svg,
            r#"<path d="{outline}" fill="url(#disc)"/><path transform="translate(23 23) scale(.91)" d="{within}" fill="none" stroke="{line}" stroke-width="5"/>"#
        );
    }

    fn sign(&self, svg: &mut String) {
        let (y, size) = match (self.shape, self.ribbon, self.count) {
            (Shape::Laurel, Ribbon::Banner, _) => (224.0, 128.0),
            (Shape::Laurel, _, 0) => (MIDDLE, 150.0),
            (Shape::Laurel, ..) => (238.0, 124.0),
            (Shape::Shield, Ribbon::Banner, _) => (214.0, 180.0),
            (Shape::Shield, _, 0) => (248.0, 204.0),
            (Shape::Shield, ..) => (222.0, 180.0),
            (_, Ribbon::Banner, _) => (208.0, 176.0),
            (_, _, 0) => (MIDDLE, 212.0),
            _ => (230.0, 180.0),
        };
        let colour = on(self.colour);
        let _ = write!(
            svg,
            r#"<g transform="translate({} {}) scale({:.3})" fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</g>"#,
            MIDDLE - size / 2.0,
            y - size / 2.0,
            size / 24.0,
            self.sign.shapes.trim().replace("currentColor", &colour.to_string()),
        );
    }

    fn banner(&self, svg: &mut String) {
        let (front, back, fold) = (self.second, self.second.with(INK, 0.3), self.second.with(INK, 0.55));
        let _ = write!(
            svg,
            r#"<path d="M20 360H104V432H20L44 396zM492 360H408V432H492L468 396z" fill="{back}"/><path d="M64 412H104V432zM448 412H408V432z" fill="{fold}"/><rect x="64" y="340" width="384" height="72" rx="4" fill="{front}"/>"#
        );
    }

    fn tails(&self, svg: &mut String) {
        let (one, other) = (self.second, self.second.with(INK, 0.2));
        let _ = write!(
            svg,
            r#"<path d="M176 320L112 492L168 480L204 506L262 352z" fill="{other}"/><path d="M336 320L400 492L344 480L308 506L250 352z" fill="{one}"/>"#
        );
    }

    fn marks(&self, svg: &mut String) {
        let (y, apart, fill) = match (self.ribbon, self.shape) {
            (Ribbon::Banner, _) => (376.0, 52.0, on(self.second)),
            (_, Shape::Laurel) => (342.0, 32.0, self.beside(self.second)),
            (_, Shape::Shield) => (366.0, 40.0, self.beside(self.second)),
            _ => (378.0, 42.0, self.beside(self.second)),
        };
        let size = apart * 0.42;
        for place in 0..self.count {
            let x = MIDDLE + apart * (f64::from(place) - f64::from(self.count - 1) / 2.0);
            match self.marks {
                Marks::Stars => star(svg, (x, y), size, fill),
                Marks::Dots => {
                    let _ = write!(svg, r#"<circle cx="{x}" cy="{y}" r="{:.1}" fill="{fill}"/>"#, size * 0.6);
                }
                Marks::Chevrons => {
                    let (wide, tall) = (size * 0.85, size * 0.45);
                    let _ = write!(
                        svg,
                        r#"<path d="M{:.1} {:.1}L{x:.1} {:.1}L{:.1} {:.1}" fill="none" stroke="{fill}" stroke-width="{:.1}" stroke-linecap="round" stroke-linejoin="round"/>"#,
                        x - wide,
                        y + tall,
                        y - tall,
                        x + wide,
                        y + tall,
                        size * 0.4,
                    );
                }
            }
        }
    }

    /// This colour where it is seen on the shape; else what is.
    fn beside(&self, colour: Colour) -> Colour {
        if colour.contrast(self.colour) >= SEEN { colour } else { on(self.colour) }
    }
}

/// White or ink, whichever is seen better.
fn on(ground: Colour) -> Colour {
    if ground.contrast(WHITE) >= ground.contrast(INK) { WHITE } else { INK }
}

/// On its tip, with rounded corners.
fn hexagon() -> String {
    let corner = |turn: f64, reach: f64| {
        let turn = turn * PI / 3.0;
        (MIDDLE + reach * turn.sin(), MIDDLE - reach * turn.cos())
    };
    // On the two edges beside a corner, a little before and after it.
    let along = |from: (f64, f64), to: (f64, f64)| (from.0 + (to.0 - from.0) * 0.14, from.1 + (to.1 - from.1) * 0.14);
    let mut path = String::new();
    for place in 0..6 {
        let [before, here, after] = [-1, 0, 1].map(|step| corner(f64::from(place + step), 220.0));
        let (begin, end) = (along(here, before), along(here, after));
        let step = if place == 0 { 'M' } else { 'L' };
        let _ =
            write!(path, "{step}{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", begin.0, begin.1, here.0, here.1, end.0, end.1);
    }
    path + "z"
}

/// A disc with an edge of small arcs.
fn seal() -> String {
    const ARCS: i32 = 18;
    let mut path = String::from("M256 60");
    for place in 1..=ARCS {
        let turn = 2.0 * PI * f64::from(place) / f64::from(ARCS);
        let _ = write!(path, "A38 38 0 0 1 {:.1} {:.1}", MIDDLE + 196.0 * turn.sin(), MIDDLE - 196.0 * turn.cos());
    }
    path + "z"
}

#[cfg(test)]
mod tests {
    use super::{super::tests::all, *};

    #[test]
    fn the_sign_and_the_marks_are_seen_on_every_colour() {
        for choice in all() {
            assert!(on(choice.colour).contrast(choice.colour) >= SEEN, "{choice:?}");
            let marks = choice.beside(choice.second);
            assert!(marks.contrast(choice.colour) >= SEEN, "{choice:?}");
        }
    }

    #[test]
    fn nothing_is_drawn_that_can_t_be() {
        for choice in all() {
            let svg = choice.svg();
            assert!(!svg.contains("NaN") && svg.len() < 20_000, "{choice:?}");
        }
    }
}
