//! How much an SVG takes to draw, before anything is drawn: a small file can ask for a billion shapes.
//!
//! - Every element counts once wherever it is drawn: a `use`, and a pattern, mask, clip or gradient that something names, counts with all that is in it.
//! - What a group is filled or stroked with counts for all that is in it, since that inherits it. A marker is drawn at every corner: there is none.
//! - What a style sheet names counts for every element, since any may be meant.
//! - Filters are those of drawing programs, for shadows and glows; others may take as long as they like.

use resvg::usvg::roxmltree::{Document, Node, NodeId};
use std::collections::HashMap;

/// Elements drawn; badges have some hundreds.
const MOST: u64 = 50_000;
const DEEPEST: u32 = 128;
const MOST_FILTERS: usize = 100;
/// What the shapes inside inherit.
const INHERITED: [&str; 2] = ["fill", "stroke"];
/// What shadows and glows are made of: each takes a time that the picture's size bounds.
const FILTERS: [&str; 11] = [
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "feTile",
];

#[derive(Debug, PartialEq, thiserror::Error)]
pub enum TooMuch {
    #[error("it draws more than {MOST} shapes")]
    Shapes,
    #[error("its elements stand more than {DEEPEST} deep in each other")]
    Depth,
    #[error("something in it draws itself")]
    Circle,
    #[error("it has markers; draw the ends of lines as shapes")]
    Marker,
    #[error("it has a filter “{0}”; use shapes, blurs and shadows only")]
    Filter(String),
    #[error("it has more than {MOST_FILTERS} filters")]
    Filters,
}

/// Refuses what would take too long.
pub fn check(document: &Document) -> Result<(), TooMuch> {
    let elements = || document.descendants().filter(Node::is_element);
    let filters = elements().filter(|node| node.tag_name().name().starts_with("fe"));
    for filter in filters.clone() {
        let name = filter.tag_name().name();
        // A function of a component transfer is a part of it.
        if !FILTERS.contains(&name) && !name.starts_with("feFunc") {
            return Err(TooMuch::Filter(name.to_owned()));
        }
    }
    if filters.count() > MOST_FILTERS {
        return Err(TooMuch::Filters);
    }
    if elements().any(|node| node.tag_name().name() == "marker") {
        return Err(TooMuch::Marker);
    }
    let named = elements().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let styles: Vec<&str> =
        elements().filter(|node| node.tag_name().name() == "style").filter_map(|node| node.text()).collect();
    let mut weighing = Weighing { named, weights: HashMap::new() };
    let mut of_styles = 0_u64;
    for id in styles.iter().flat_map(|style| references(style)) {
        of_styles = of_styles.saturating_add(weighing.of_named(id, 0)?);
    }
    let count = u64::try_from(elements().count()).unwrap_or(u64::MAX);
    let all = weighing.of(document.root_element(), 0)?.saturating_add(of_styles.saturating_mul(count));
    if all > MOST { Err(TooMuch::Shapes) } else { Ok(()) }
}

struct Weighing<'a, 'input> {
    named: HashMap<&'a str, Node<'a, 'input>>,
    /// None while it is being weighed.
    weights: HashMap<NodeId, Option<u64>>,
}

impl<'a, 'input> Weighing<'a, 'input> {
    fn of(&mut self, node: Node<'a, 'input>, depth: u32) -> Result<u64, TooMuch> {
        if depth > DEEPEST {
            return Err(TooMuch::Depth);
        }
        match self.weights.get(&node.id()) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(TooMuch::Circle),
            None => {}
        }
        self.weights.insert(node.id(), None);
        let mut weight = 1_u64;
        for child in node.children().filter(Node::is_element) {
            weight = weight.saturating_add(self.of(child, depth + 1)?);
        }
        for link in node.attributes().filter(|attribute| attribute.name() == "href") {
            let id = link.value().trim().strip_prefix('#').unwrap_or_default();
            weight = weight.saturating_add(self.of_named(id, depth + 1)?);
        }
        let inside = weight;
        for (name, value) in node.attributes().flat_map(|attribute| properties(attribute.name(), attribute.value())) {
            let times = if INHERITED.contains(&name) { inside } else { 1 };
            for id in references(value) {
                weight = weight.saturating_add(self.of_named(id, depth + 1)?.saturating_mul(times));
            }
        }
        self.weights.insert(node.id(), Some(weight));
        Ok(weight)
    }

    fn of_named(&mut self, id: &str, depth: u32) -> Result<u64, TooMuch> {
        let node = self.named.get(id).copied();
        node.map_or(Ok(0), |node| self.of(node, depth))
    }
}

/// What an attribute sets: itself, or what stands in `style`.
fn properties<'a>(name: &'a str, value: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let styles = value.split(';').filter_map(|one| one.split_once(':')).map(|(name, value)| (name.trim(), value));
    let (styles, plain) = match name {
        "style" => (Some(styles), None),
        _ => (None, Some((name, value))),
    };
    styles.into_iter().flatten().chain(plain)
}

/// The names in `url(#name)`, with quotes or without. Where a name could end in two ways, both are told.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).flat_map(|rest| {
        let rest = rest.trim_start();
        let quoted = rest.chars().next().filter(|first| ['"', '\''].contains(first));
        let within = quoted.and_then(|quote| rest[1..].split(quote).next());
        let plain = rest.split(')').next().map(|plain| plain.trim_matches(['"', '\'', ' ']));
        let names = [within, plain].map(|name| name.and_then(|name| name.trim().strip_prefix('#')));
        let [first, second] = names;
        first.into_iter().chain(second.filter(|second| first != Some(*second)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::art::{Colour, Design, badge_svg};

    fn checked(inner: &str) -> Result<(), TooMuch> {
        let head = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
        let svg = format!("<svg {head} viewBox='0 0 9 9'>{inner}</svg>");
        check(&Document::parse(&svg).expect("XML"))
    }

    #[test]
    fn a_badge_is_drawn_and_so_is_what_drawing_programs_write() {
        let own = badge_svg(&Design { accent: Colour::parse("#2F5D3A"), level: 3, levels: 3 });
        assert_eq!(check(&Document::parse(&own).expect("XML")), Ok(()));
        assert_eq!(
            checked(
                "<style>.a{fill:url(#g)}</style><linearGradient id='g'><stop offset='0'/></linearGradient>\
                 <filter id='s'><feGaussianBlur stdDeviation='2'/><feComponentTransfer><feFuncA type='linear'/></feComponentTransfer></filter>\
                 <g id='leaf'><path class='a' d='M0 0h4v4z' filter='url(#s)'/></g><use xlink:href='#leaf'/><use href='#leaf'/>"
            ),
            Ok(())
        );
    }

    #[test]
    fn shapes_that_multiply_are_counted_before_they_are_drawn() {
        for by in ["use", "pattern", "mask"] {
            let mut inner = String::from("<g id='l0'><path d='M0 0h1v1z'/></g>");
            for level in 1..9 {
                let ten = match by {
                    "use" => format!("<use href='#l{}'/>", level - 1).repeat(10),
                    "pattern" => format!("<path d='M0 0h1v1z' fill='url( \"#l{}\")'/>", level - 1).repeat(10),
                    _ => format!("<path d='M0 0h1v1z' style='mask:url(#l{})'/>", level - 1).repeat(10),
                };
                let (name, end) = if by == "use" { ("g", "g") } else { (by, by) };
                inner += &format!("<{name} id='l{level}'>{ten}</{end}>");
            }
            assert_eq!(checked(&inner), Err(TooMuch::Shapes), "{by}");
        }
        // What is inherited is drawn for every shape that inherits it, through a `use` too.
        let pattern = format!("<pattern id='p'>{}</pattern>", "<rect/>".repeat(300));
        let shapes = "<rect/>".repeat(300);
        for inherited in [
            format!("{pattern}<g fill='url(#p)'>{shapes}</g>"),
            format!("{pattern}<g style='opacity:1; stroke : url(#p)'>{shapes}</g>"),
            format!("{pattern}<defs><g id='s'>{shapes}</g></defs><use href='#s' fill='url(#p)'/>"),
        ] {
            assert_eq!(checked(&inherited), Err(TooMuch::Shapes), "{inherited}");
        }
        let masked = format!("<mask id='p'>{shapes}</mask><g mask='url(#p)'>{shapes}</g>");
        assert_eq!(checked(&masked), Ok(()), "a mask is drawn once for its group");
        // However a name is written.
        for (id, name) in [("p", "url(' #p ')"), ("p)q", "url('#p)q')"), ("p", "url( #p )")] {
            let inner = format!("<mask id='{id}'>{shapes}</mask>") + &format!("<path mask=\"{name}\"/>").repeat(300);
            assert_eq!(checked(&inner), Err(TooMuch::Shapes), "{name}");
        }
        let linked = format!("<g id='s'>{shapes}</g>") + &"<use href=' #s'/>".repeat(300);
        assert_eq!(checked(&linked), Err(TooMuch::Shapes));
        let named = "<style>*{fill:url(#p)}</style><pattern id='p'>".to_owned() + &"<rect/>".repeat(300) + "</pattern>";
        assert_eq!(checked(&(named + &"<rect/>".repeat(300))), Err(TooMuch::Shapes));
    }

    #[test]
    fn what_draws_itself_stands_too_deep_or_takes_as_long_as_it_likes_is_refused() {
        assert_eq!(checked("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>"), Err(TooMuch::Circle));
        assert_eq!(checked(&format!("{}{}", "<g>".repeat(200), "</g>".repeat(200))), Err(TooMuch::Depth));
        assert_eq!(checked("<marker id='m'/><path marker-mid='url(#m)'/>"), Err(TooMuch::Marker));
        let turbulence =
            checked("<filter id='f'><feTurbulence numOctaves='4000000000'/></filter><path filter='url(#f)'/>");
        assert_eq!(turbulence, Err(TooMuch::Filter("feTurbulence".into())));
        let blurs = format!("<filter id='f'>{}</filter>", "<feGaussianBlur stdDeviation='99'/>".repeat(101));
        assert_eq!(checked(&blurs), Err(TooMuch::Filters));
    }
}
