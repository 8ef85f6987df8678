//! A badge in a frame on somebody else's page: its picture, what it is, whose, and how it stands now. No script, no form, nothing of who looks.

use askama::Template;

use super::{Link, Site, Standing};

/// Width and height in CSS pixels.
pub type Size = (u32, u32);

/// What the frame takes up; it can be narrower down to [`LEAST_EMBED`].
pub const EMBED_SIZE: Size = (440, 180);
pub const LEAST_EMBED: Size = (240, 180);

#[derive(Template)]
#[template(path = "embed.html")]
pub struct EmbedPage {
    pub site: Site,
    pub title: String,
    pub image_url: String,
    pub issuer: Link,
    /// The name, only with the person's consent.
    pub person: Option<String>,
    pub standing: Standing,
    /// The page that people share, absolute.
    pub page_url: String,
}

/// What an oEmbed consumer asks about a page.
pub fn oembed_url(site: &Site, page: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("url", page).finish();
    site.absolute(&format!("/oembed?{query}"))
}

/// The frame, to be put into another page.
pub fn embed_html(url: &str, title: &str, (width, height): Size) -> String {
    let frame = Frame { url, title, width, height };
    frame.render().unwrap_or_default()
}

#[derive(Template)]
#[template(
    source = r#"<iframe src="{{ url }}" title="{{ title }}" width="{{ width }}" height="{{ height }}" frameborder="0" loading="lazy"></iframe>"#,
    ext = "html"
)]
struct Frame<'a> {
    url: &'a str,
    title: &'a str,
    width: u32,
    height: u32,
}
