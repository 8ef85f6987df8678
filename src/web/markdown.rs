//! Markdown to HTML that is safe on our pages: no HTML of its own, no pictures, only http, https and mail links.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The markdown as HTML. Headings come out at level 3 and below, since they stand inside a section of a page.
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(tamed);
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

fn tamed(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: lower(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        Event::Start(Tag::Link { link_type, dest_url, .. }) => {
            Event::Start(Tag::Link { link_type, dest_url: safe(dest_url), title: "".into(), id: "".into() })
        }
        // What a picture says stays as words.
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        other => other,
    }
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

fn safe(address: CowStr<'_>) -> CowStr<'_> {
    let fits = url::Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    if fits { address } else { "#".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_emphasis_and_links_come_through() {
        let html = to_html("# You can\n\n- plan *and* [build](https://a.example/b)\n");
        assert!(
            html.contains("<h3>You can</h3>") && html.contains("<a href=\"https://a.example/b\">build</a>"),
            "{html}"
        );
    }

    #[test]
    fn nothing_in_it_can_run_or_load() {
        let html = to_html(
            "<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b [c](javascript:alert(1)) ![d](https://t.example/p.gif) \
             [e](<data:text/html,x>) [f](//t.example)",
        );
        for bad in ["<script", "<img", "javascript:", "p.gif", "data:", "//t.example"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }
}
