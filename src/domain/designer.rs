//! A badge of a program's own, put together by whoever runs it: a shape, two colours, a ribbon, a sign and marks for the level.
//!
//! Whatever is chosen can be seen: the sign is white or ink, whichever stands out on the shape, and marks that would not stand out in the
//! second colour take the sign's. There is no text in it, and one large sign, so that it is known at 32 px.
//!
//! The signs are of Lucide (ISC licence), an open set.

use super::{
    art::{self, Colour, Design, GOLD, INK, WHITE, star},
    field::{Faults, FieldError},
    spelled::spelled,
};
use serde::Deserialize;
use std::{f64::consts::PI, fmt::Write as _};

spelled!(
    /// What the rest stands on.
    Shape, none_of, {
        Disc => "disc",
        Shield => "shield",
        Hexagon => "hexagon",
        Seal => "seal",
        /// The wreath of the built-in badges, which closes as the marks grow more.
        Laurel => "laurel",
    }
);

spelled!(
    Ribbon, none_of, {
        None => "none",
        /// Across, with the marks on it.
        Banner => "banner",
        /// Two ends that hang below.
        Tails => "tails",
    }
);

spelled!(
    /// What tells the levels apart.
    Marks, none_of, {
        Stars => "stars",
        Dots => "dots",
        Chevrons => "chevrons",
    }
);

/// The most marks that stand beside each other.
pub const MOST_MARKS: u32 = 5;
/// How well marks must be seen, as WCAG 2.2 asks of what is no text.
const SEEN: f64 = 3.0;
const MIDDLE: f64 = 256.0;
const DISC: &str = "M256 52a204 204 0 1 0 0 408a204 204 0 1 0 0-408z";

/// A sign by its name, with what draws it within 24 × 24 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    pub name: &'static str,
    pub shapes: &'static str,
}

/// As it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ChoiceRequest {
    pub shape: String,
    pub colour: String,
    pub second: String,
    pub ribbon: String,
    pub sign: String,
    pub marks: String,
    pub count: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    pub shape: Shape,
    pub colour: Colour,
    /// Of the ribbon, the line within the shape, and the marks.
    pub second: Colour,
    pub ribbon: Ribbon,
    pub sign: Sign,
    pub marks: Marks,
    /// How many of them, up to [`MOST_MARKS`].
    pub count: u32,
}

impl Choice {
    /// Where someone begins who has a program of this colour.
    pub fn first(colour: Colour) -> Self {
        let [sign, ..] = signs();
        let (shape, ribbon, marks) = (Shape::Disc, Ribbon::Banner, Marks::Stars);
        Choice { shape, colour, second: GOLD, ribbon, sign, marks, count: 1 }
    }

    /// What was asked for, or all that is wrong with it.
    pub fn checked(asked: &ChoiceRequest) -> Result<Self, Vec<FieldError>> {
        let mut faults = Faults::default();
        let colour = |text: &str| Colour::read(text).ok_or_else(|| "is not a colour such as #2f5d3a".to_owned());
        let count = asked.count.parse().ok().filter(|count| *count <= MOST_MARKS);
        let count = count.ok_or_else(|| format!("is not a number from 0 to {MOST_MARKS}"));
        let sign = signs().into_iter().find(|sign| sign.name == asked.sign);
        let sign = sign.ok_or_else(|| format!("there is no sign “{}”", asked.sign));
        let read = (
            faults.take("shape", Shape::parse(&asked.shape)),
            faults.take("colour", colour(&asked.colour)),
            faults.take("second", colour(&asked.second)),
            faults.take("ribbon", Ribbon::parse(&asked.ribbon)),
            faults.take("sign", sign),
            faults.take("marks", Marks::parse(&asked.marks)),
            faults.take("count", count),
        );
        let (Some(shape), Some(colour), Some(second), Some(ribbon), Some(sign), Some(marks), Some(count)) = read else {
            return Err(faults.or(()).err().unwrap_or_default());
        };
        Ok(Choice { shape, colour, second, ribbon, sign, marks, count })
    }

    pub fn asked(&self) -> ChoiceRequest {
        ChoiceRequest {
            shape: self.shape.as_str().into(),
            colour: self.colour.to_string(),
            second: self.second.to_string(),
            ribbon: self.ribbon.as_str().into(),
            sign: self.sign.name.into(),
            marks: self.marks.as_str().into(),
            count: self.count.to_string(),
        }
    }

    /// The badge as an SVG document of 512 × 512 units on a transparent ground.
    pub fn svg(&self) -> String {
        let mut svg =
            String::from(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">"#);
        art::shading(&mut svg, self.colour);
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

fn none_of(text: &str, known: &[&str]) -> String {
    format!("“{text}” is none of {}", known.join(", "))
}

/// All signs, in the order in which they are offered.
pub fn signs() -> [Sign; 44] {
    use icondata_lu as lucide;
    [
        ("award", lucide::LuAward.data),
        ("code", lucide::LuCode.data),
        ("terminal", lucide::LuTerminal.data),
        ("database", lucide::LuDatabase.data),
        ("cloud", lucide::LuCloud.data),
        ("shield-check", lucide::LuShieldCheck.data),
        ("lock", lucide::LuLock.data),
        ("bug", lucide::LuBug.data),
        ("cpu", lucide::LuCpu.data),
        ("server", lucide::LuServer.data),
        ("network", lucide::LuNetwork.data),
        ("git-branch", lucide::LuGitBranch.data),
        ("rocket", lucide::LuRocket.data),
        ("compass", lucide::LuCompass.data),
        ("map", lucide::LuMap.data),
        ("target", lucide::LuTarget.data),
        ("lightbulb", lucide::LuLightbulb.data),
        ("book-open", lucide::LuBookOpen.data),
        ("graduation-cap", lucide::LuGraduationCap.data),
        ("pen-tool", lucide::LuPenTool.data),
        ("palette", lucide::LuPalette.data),
        ("camera", lucide::LuCamera.data),
        ("megaphone", lucide::LuMegaphone.data),
        ("messages-square", lucide::LuMessagesSquare.data),
        ("users", lucide::LuUsers.data),
        ("heart", lucide::LuHeart.data),
        ("handshake", lucide::LuHandshake.data),
        ("scale", lucide::LuScale.data),
        ("wrench", lucide::LuWrench.data),
        ("hard-hat", lucide::LuHardHat.data),
        ("truck", lucide::LuTruck.data),
        ("factory", lucide::LuFactory.data),
        ("flask-conical", lucide::LuFlaskConical.data),
        ("microscope", lucide::LuMicroscope.data),
        ("stethoscope", lucide::LuStethoscope.data),
        ("leaf", lucide::LuLeaf.data),
        ("mountain", lucide::LuMountain.data),
        ("flame", lucide::LuFlame.data),
        ("zap", lucide::LuZap.data),
        ("chart-line", lucide::LuChartLine.data),
        ("puzzle", lucide::LuPuzzle.data),
        ("gem", lucide::LuGem.data),
        ("globe", lucide::LuGlobe.data),
        ("languages", lucide::LuLanguages.data),
    ]
    .map(|(name, shapes)| Sign { name, shapes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Choice> {
        let colours = ["#2f5d3a", "#ffffff", "#101010", "#d9ae4f"].map(Colour::parse);
        let first = Choice::first(Colour::default());
        let of = move |shape: &Shape| {
            let shape = *shape;
            let with = move |ribbon: &Ribbon| {
                let ribbon = *ribbon;
                let marked = move |marks: &Marks| {
                    let marks = *marks;
                    (0..=MOST_MARKS).map(move |count| Choice { shape, ribbon, marks, count, ..first })
                };
                Marks::ALL.iter().flat_map(marked)
            };
            Ribbon::ALL.iter().flat_map(with)
        };
        let plain = Shape::ALL.iter().flat_map(of);
        plain.flat_map(move |one| colours.map(|colour| Choice { colour, second: GOLD, ..one }))
    }

    #[test]
    fn whatever_is_chosen_comes_back_as_it_was_asked_for() {
        for choice in all() {
            assert_eq!(Choice::checked(&choice.asked()), Ok(choice));
        }
        for sign in signs() {
            let choice = Choice { sign, ..Choice::first(Colour::default()) };
            assert_eq!(Choice::checked(&choice.asked()).map(|choice| choice.sign), Ok(sign));
            assert!(!choice.svg().contains("currentColor") && !sign.shapes.contains("<text"), "{}", sign.name);
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_by_its_field() {
        let wrong = Choice::checked(&ChoiceRequest { count: "6".into(), ..ChoiceRequest::default() }).unwrap_err();
        let fields: Vec<&str> = wrong.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["shape", "colour", "second", "ribbon", "sign", "marks", "count"]);
    }

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
