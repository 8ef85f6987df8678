//! The built-in badge designs: a laurel that closes to a ring as levels rise, around a sprig that grows with them.
//!
//! The first level's wreath is open, the last one's is full under a star; a sprig of as many pairs of leaves as the level
//! has climbed (at most four) stands on a disc of the program's accent colour. There is no text, so it is known at 32 px.

use serde::{Deserialize, Serialize};
use std::f64::consts::PI;
use std::fmt::Write as _;

/// One badge of a program's ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Design {
    pub accent: Colour,
    /// Its place in the ladder, from 1.
    pub level: u32,
    /// How many levels the ladder has.
    pub levels: u32,
}

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Colour(u8, u8, u8);

/// Laurel green.
impl Default for Colour {
    fn default() -> Self {
        Self(0x2f, 0x5d, 0x3a)
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Colour::read(&text).ok_or("is not a colour such as #2f5d3a")
    }
}

pub(super) const WHITE: Colour = Colour(255, 255, 255);
pub(super) const INK: Colour = Colour(16, 20, 14);
pub(super) const GOLD: Colour = Colour(0xd9, 0xae, 0x4f);
const MIDDLE: f64 = 256.0;
const RADIUS: f64 = 194.0;

impl Colour {
    pub const fn of(red: u8, green: u8, blue: u8) -> Self {
        Self(red, green, blue)
    }

    /// Reads `#rrggbb`.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && !digits.starts_with('+'))?;
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// Reads `#rrggbb`; anything else is laurel green.
    pub fn parse(text: &str) -> Self {
        Colour::read(text).unwrap_or_default()
    }

    pub fn rgb(self) -> (u8, u8, u8) {
        (self.0, self.1, self.2)
    }

    /// How well one is seen on the other, from 1 to 21 (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| match f64::from(part) / 255.0 {
            part if part <= 0.04045 => part / 12.92,
            part => ((part + 0.055) / 1.055).powf(2.4),
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// This colour with a share of another, from 0 to 1.
    pub(super) fn with(self, other: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The badge as an SVG document of 512 × 512 units on a transparent ground.
pub fn badge_svg(design: &Design) -> String {
    let mut svg = begun(design.accent);
    wreath(&mut svg, design);
    disc(&mut svg, design);
    sprig(&mut svg, design);
    if design.level >= design.levels {
        star(&mut svg, (MIDDLE, 58.0), 50.0, GOLD);
    }
    svg.push_str("</svg>");
    svg
}

/// The document up to its first shape. It defines `disc`, which is lighter above and darker below.
pub(super) fn begun(accent: Colour) -> String {
    let (light, dark) = (accent.with(WHITE, 0.1), accent.with(INK, 0.3));
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512"><defs><radialGradient id="disc" cx=".5" cy=".32" r=".75"><stop offset="0" stop-color="{light}"/><stop offset="1" stop-color="{dark}"/></radialGradient></defs>"#
    )
}

/// Two stems from six o'clock upward, each with pairs of leaves and one at its tip.
pub(super) fn wreath(svg: &mut String, design: &Design) {
    let (light, mid) = (design.accent.with(WHITE, 0.3), design.accent.with(WHITE, 0.08));
    let reach = 64.0 + 86.0 * progress(design);
    let nodes = ((reach - 12.0) / 21.0).round().max(2.0);
    for side in [-1.0, 1.0] {
        let (x, y) = on_ring(side, reach);
        let sweep = if side > 0.0 { 0 } else { 1 };
        let _ = write!(
            svg,
            r#"<path d="M{:.1} {:.1}A{RADIUS} {RADIUS} 0 0 {sweep} {x:.1} {y:.1}" fill="none" stroke="{mid}" stroke-width="8" stroke-linecap="round"/>"#,
            MIDDLE + side * 10.0,
            MIDDLE + RADIUS,
        );
        let mut node = 0.0;
        while node <= nodes {
            let along = node / nodes;
            let angle = 13.0 + (reach - 13.0) * along;
            let (x, y) = on_ring(side, angle);
            let upward = side * (90.0 - angle);
            let size = 1.0 - 0.16 * along;
            if node == nodes {
                leaf(svg, (x, y), upward - side * 8.0, (78.0 * size, 27.0 * size), light);
            } else {
                leaf(svg, (x, y), upward + side * 42.0, (80.0 * size, 28.0 * size), light);
                leaf(svg, (x, y), upward - side * 34.0, (64.0 * size, 23.0 * size), mid);
            }
            node += 1.0;
        }
    }
}

pub(super) fn disc(svg: &mut String, design: &Design) {
    let _ = write!(
        svg,
        r#"<circle cx="256" cy="256" r="142" fill="url(#disc)"/><circle cx="256" cy="256" r="128" fill="none" stroke="{}" stroke-opacity=".5" stroke-width="3"/>"#,
        pale(design),
    );
}

fn sprig(svg: &mut String, design: &Design) {
    let (gap, length) = match design.level {
        0 | 1 => (0.0, 84.0),
        2 => (44.0, 76.0),
        3 => (40.0, 68.0),
        _ => (34.0, 60.0),
    };
    let pairs = f64::from(design.level.clamp(1, 4));
    let rise = gap * (pairs - 1.0);
    let foot = MIDDLE + (rise + length * 1.45) / 2.0 + 6.0;
    let crown = foot - 22.0 - rise;
    let pale = pale(design);
    let _ = write!(
        svg,
        r#"<path d="M256 {:.1}V{:.1}" stroke="{pale}" stroke-width="9" stroke-linecap="round"/>"#,
        foot + 14.0,
        crown - 20.0,
    );
    let mut pair = 0.0;
    while pair < pairs {
        let size = length * (1.0 - 0.12 * pair);
        for side in [-1.0, 1.0] {
            leaf(svg, (MIDDLE, foot - 12.0 - gap * pair), side * 54.0, (size * 1.12, size * 0.34), pale);
        }
        pair += 1.0;
    }
    leaf(svg, (MIDDLE, crown - 14.0), 0.0, (length * 1.05 * (1.0 - 0.08 * pairs), length * 0.32), pale);
}

/// A leaf with its foot at a point, leaning clockwise from upright by an angle in degrees.
fn leaf(svg: &mut String, (x, y): (f64, f64), angle: f64, (length, width): (f64, f64), fill: Colour) {
    let (low, high, shoulder) = (-0.28 * length, -0.78 * length, 0.72 * width);
    let _ = write!(
        svg,
        r#"<path transform="translate({x:.1} {y:.1}) rotate({angle:.1})" d="M0 0C{width:.1} {low:.1} {shoulder:.1} {high:.1} 0 {:.1}C-{shoulder:.1} {high:.1} -{width:.1} {low:.1} 0 0z" fill="{fill}"/>"#,
        -length,
    );
}

/// A five-pointed star around a point.
pub(super) fn star(svg: &mut String, (x, y): (f64, f64), radius: f64, fill: Colour) {
    let corners = (0..10).map(|corner: u8| {
        let reach = if corner.is_multiple_of(2) { radius } else { radius * 0.42 };
        let turn = PI * f64::from(corner) / 5.0;
        format!("{:.1} {:.1}", x + reach * turn.sin(), y - reach * turn.cos())
    });
    let _ = write!(svg, r#"<path d="M{}z" fill="{fill}"/>"#, corners.collect::<Vec<_>>().join("L"));
}

/// A point of the wreath, by its angle from six o'clock in degrees.
fn on_ring(side: f64, angle: f64) -> (f64, f64) {
    let turn = angle.to_radians();
    (MIDDLE + side * RADIUS * turn.sin(), MIDDLE + RADIUS * turn.cos())
}

fn pale(design: &Design) -> Colour {
    design.accent.with(WHITE, 0.88)
}

/// From 0 at the first level to 1 at the last; a ladder of one level is complete.
fn progress(design: &Design) -> f64 {
    if design.levels <= 1 {
        return 1.0;
    }
    let steps = f64::from(design.levels - 1);
    (f64::from(design.level.saturating_sub(1)) / steps).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(level: u32, levels: u32) -> String {
        badge_svg(&Design { accent: Colour::parse("#2F5D3A"), level, levels })
    }

    #[test]
    fn the_wreath_gains_leaves_with_every_level_and_only_the_last_has_a_star() {
        let leaves = |level| svg(level, 3).matches("<path transform").count();
        assert!(leaves(1) < leaves(2) && leaves(2) < leaves(3));
        let gold = GOLD.to_string();
        assert!(!svg(1, 3).contains(&gold) && !svg(2, 3).contains(&gold) && svg(3, 3).contains(&gold));
    }

    #[test]
    fn no_level_draws_outside_what_can_be_drawn() {
        for levels in [1, 2, 5, 12] {
            for level in 0..=levels {
                assert!(!svg(level, levels).contains("NaN"));
            }
        }
    }

    #[test]
    fn contrast_is_from_one_to_twenty_one() {
        assert_eq!(WHITE.contrast(Colour(0, 0, 0)).round(), 21.0);
        assert_eq!(WHITE.contrast(WHITE), 1.0);
        // The palest grey that may be read on white.
        assert!(Colour(0x76, 0x76, 0x76).contrast(WHITE) >= 4.5 && Colour(0x77, 0x77, 0x77).contrast(WHITE) < 4.5);
    }

    #[test]
    fn a_colour_that_is_none_becomes_laurel_green() {
        assert_eq!(Colour::parse("#8A3b5C").to_string(), "#8a3b5c");
        assert_eq!(Colour::parse("red").to_string(), "#2f5d3a");
        assert_eq!(Colour::parse("#ééé").to_string(), "#2f5d3a");
    }
}
