//! Pictures of levels: an SVG is rewritten to plain shapes, a PNG is decoded and encoded anew, so that nothing of the file
//! that was given can run, load or hide in what is served.

use super::drawing_cost::{self, TooMuch};
use crate::domain::digesting::sha256;
use base64::{Engine, engine::general_purpose::STANDARD};
use resvg::{tiny_skia, usvg};

/// A picture ready to be stored under its hash.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// SHA-256 of `svg`, in hex.
    pub sha256: String,
    pub svg: String,
    pub png: Vec<u8>,
}

/// The side of the PNG made from an SVG, in pixels.
const SIDE: u32 = 800;
const LARGEST_FILE: usize = 2 * 1024 * 1024;
const LARGEST_SIDE: u32 = 2_048;
/// How a PNG begins where it stands in a text.
const PNG_URL: &str = "data:image/png;base64,";

#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("the picture is larger than 2 MiB")]
    TooLarge,
    #[error("the picture is neither an SVG nor a PNG")]
    Unknown,
    #[error("the SVG can't be read: {0}")]
    Svg(String),
    #[error("the SVG contains <{0}>; {1}")]
    Unsupported(&'static str, &'static str),
    #[error("the SVG takes too much to draw: {0}")]
    TooMuch(#[from] TooMuch),
    #[error("the PNG can't be read: {0}")]
    Png(String),
    #[error("the PNG is {0} × {1} pixels; give a square-ish one of 64 to 2048")]
    Size(u32, u32),
    #[error("the PNG is {0} × {1} pixels; give one of 32 to 2048, at most eight times as wide as it is tall")]
    SignatureSize(u32, u32),
}

/// Reads an SVG or a PNG file.
pub fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    if bytes.len() > LARGEST_FILE {
        return Err(PictureError::TooLarge);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return read_png(bytes);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| PictureError::Unknown)?;
    if !text.contains("<svg") {
        return Err(PictureError::Unknown);
    }
    let svg = clean(text)?;
    let png = rasterize(&svg, SIDE)?;
    Ok(Picture { sha256: sha256(&svg), svg, png })
}

/// The hash that a picture has once it is read: what an SVG takes to draw is saved.
pub fn identity(bytes: &[u8]) -> Result<String, PictureError> {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() <= LARGEST_FILE && text.contains("<svg") => Ok(sha256(clean(text)?)),
        _ => read(bytes).map(|picture| picture.sha256),
    }
}

/// The PNG inside a kept picture; none where it is an SVG of its own.
pub fn as_png(svg: &str) -> Option<Vec<u8>> {
    let (frame, rest) = svg.split_once(" href=\"data:image/png;base64,")?;
    let data = rest.strip_suffix("\"/></svg>").filter(|_| frame.contains("<image "))?;
    STANDARD.decode(data).ok()
}

/// A picture as text that stands in a program file: an SVG as it is, a PNG as a data URL.
pub fn inlined(svg: &str) -> String {
    match as_png(svg) {
        None => svg.to_owned(),
        Some(png) => format!("{PNG_URL}{}", STANDARD.encode(png)),
    }
}

/// Reads a picture that stands in a program file.
pub fn read_inline(text: &str) -> Result<Picture, PictureError> {
    read(&bytes_of(text)?)
}

/// The same as [`identity`] of a picture that stands in a program file.
pub fn identity_inline(text: &str) -> Result<String, PictureError> {
    identity(&bytes_of(text)?)
}

fn bytes_of(text: &str) -> Result<Vec<u8>, PictureError> {
    match text.trim().strip_prefix(PNG_URL) {
        None => Ok(text.as_bytes().to_vec()),
        Some(data) => STANDARD.decode(data).map_err(|why| PictureError::Png(why.to_string())),
    }
}

/// Reads the picture of a signature or a mark to stand on a certificate: a PNG, encoded anew.
pub fn signature(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    if bytes.len() > LARGEST_FILE {
        return Err(PictureError::TooLarge);
    }
    let (width, height) = png_size(bytes)?;
    let fits = |side: u32| (32..=LARGEST_SIDE).contains(&side);
    if !fits(width) || !fits(height) || width > 8 * height || height > 2 * width {
        return Err(PictureError::SignatureSize(width, height));
    }
    encoded_anew(bytes)
}

/// Draws an SVG at `width` pixels, as tall as its shape asks.
pub fn rasterize(svg: &str, width: u32) -> Result<Vec<u8>, PictureError> {
    let tree = usvg::Tree::from_str(svg, &closed_options()).map_err(|why| PictureError::Svg(why.to_string()))?;
    let size = tree.size();
    let scale = width as f32 / size.width();
    let height = ((size.height() * scale).round() as u32).clamp(1, 4 * width);
    let mut canvas = tiny_skia::Pixmap::new(width, height).ok_or(PictureError::Size(width, height))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().map_err(|why| PictureError::Png(why.to_string()))
}

/// Shapes, gradients and clips only. Text is refused rather than lost: it would need a font that isn't there.
fn clean(text: &str) -> Result<String, PictureError> {
    let document = usvg::roxmltree::Document::parse(text).map_err(|why| PictureError::Svg(why.to_string()))?;
    drawing_cost::check(&document)?;
    for node in document.descendants().filter(|node| node.is_element()) {
        match node.tag_name().name() {
            "text" => return Err(PictureError::Unsupported("text", "convert the text to outlines first")),
            "image" => return Err(PictureError::Unsupported("image", "use shapes only, or give a PNG instead")),
            _ => {}
        }
    }
    let tree =
        usvg::Tree::from_xmltree(&document, &closed_options()).map_err(|why| PictureError::Svg(why.to_string()))?;
    let clean = tree.to_string(&usvg::WriteOptions { indent: usvg::Indent::None, ..Default::default() });
    // What is kept is read again by whoever exports the program.
    if clean.len() > LARGEST_FILE { Err(PictureError::TooLarge) } else { Ok(clean) }
}

/// Nothing is looked up: no files, no data URLs.
fn closed_options() -> usvg::Options<'static> {
    usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

fn read_png(bytes: &[u8]) -> Result<Picture, PictureError> {
    let (width, height) = png_size(bytes)?;
    let fits = |side: u32| (64..=LARGEST_SIDE).contains(&side);
    if !fits(width) || !fits(height) || width > 2 * height || height > 2 * width {
        return Err(PictureError::Size(width, height));
    }
    let png = encoded_anew(bytes)?;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
         <image width=\"{width}\" height=\"{height}\" href=\"data:image/png;base64,{}\"/></svg>",
        STANDARD.encode(&png)
    );
    Ok(Picture { sha256: sha256(&svg), svg, png })
}

/// Width and height, before a pixel is unpacked.
fn png_size(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let limits = png::Limits { bytes: 32 * 1024 * 1024 };
    png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits)
        .read_info()
        .map(|reader| (reader.info().width, reader.info().height))
        .map_err(|why| PictureError::Png(why.to_string()))
}

/// The pixels alone: nothing else of the file is left.
fn encoded_anew(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let wrong = |why: &dyn std::fmt::Display| PictureError::Png(why.to_string());
    let pixels = tiny_skia::Pixmap::decode_png(bytes).map_err(|why| wrong(&why))?;
    pixels.encode_png().map_err(|why| wrong(&why))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' onload='alert(1)'>\
        <script>alert(1)</script><circle cx='50' cy='50' r='40' fill='#2F5D3A'/></svg>";

    #[test]
    fn a_picture_is_the_same_when_it_is_read_from_the_text_that_was_written_of_it() {
        let mut pixels = tiny_skia::Pixmap::new(64, 64).unwrap();
        pixels.fill(tiny_skia::Color::from_rgba8(40, 90, 60, 130));
        for bytes in [SVG.as_bytes().to_vec(), pixels.encode_png().unwrap()] {
            let picture = read(&bytes).unwrap();
            assert_eq!(identity(&bytes).unwrap(), picture.sha256);
            let text = inlined(&picture.svg);
            assert_eq!(read_inline(&text).unwrap(), picture, "{text}");
            assert_eq!(identity_inline(&text).unwrap(), picture.sha256);
        }
        assert!(read_inline("data:image/png;base64,!").is_err() && read_inline("<b>").is_err());
    }

    #[test]
    fn an_svg_keeps_its_shapes_and_loses_its_scripts() {
        let picture = read(SVG.as_bytes()).unwrap();
        assert!(!picture.svg.contains("alert") && picture.svg.contains("#2f5d3a"), "{}", picture.svg);
        assert!(picture.png.starts_with(b"\x89PNG"));
    }

    #[test]
    fn a_png_comes_back_as_a_picture_of_both_kinds() {
        let png = read(SVG.as_bytes()).unwrap().png;
        let picture = read(&png).unwrap();
        assert!(picture.svg.contains("data:image/png;base64,"));
    }

    #[test]
    fn a_signature_is_a_png_and_keeps_nothing_but_its_pixels() {
        let mut pixels = tiny_skia::Pixmap::new(600, 120).unwrap();
        pixels.fill(tiny_skia::Color::from_rgba8(10, 20, 60, 255));
        let mut png = pixels.encode_png().unwrap();
        let plain = signature(&png).unwrap();
        png.extend_from_slice(b"<script>alert(1)</script>");
        assert_eq!(signature(&png).unwrap(), plain);
        assert!(matches!(signature(SVG.as_bytes()), Err(PictureError::Png(_))));
        let thin = tiny_skia::Pixmap::new(900, 40).unwrap().encode_png().unwrap();
        assert!(matches!(signature(&thin), Err(PictureError::SignatureSize(900, 40))));
    }

    #[test]
    fn nothing_of_a_cleaned_svg_can_run_load_or_lead_anywhere() {
        let hostile = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 100 100'>\
            <style>@import url('https://a.example/x.css'); circle{background:url(https://a.example/y)}</style>\
            <script href='https://a.example/x.js'/><foreignObject width='9' height='9'><body xmlns='http://www.w3.org/1999/xhtml'><iframe src='javascript:alert(1)'/></body></foreignObject>\
            <a href='javascript:alert(1)'><circle cx='50' cy='50' r='40' fill='#2F5D3A' onclick='alert(1)'/></a>\
            <use href='https://a.example/sprite.svg#x'/><path d='M0 0h9v9z' fill='url(https://a.example/z.svg#p)'/>\
            <animate attributeName='href' to='javascript:alert(1)'/><set attributeName='onload' to='alert(1)'/>\
            <metadata>secret</metadata><title>secret</title><!-- secret --></svg>";
        let picture = read(hostile.as_bytes()).unwrap();
        let gone = [
            "alert",
            "script",
            "a.example",
            "foreign",
            "iframe",
            "secret",
            "import",
            "onclick",
            "animate",
            "<a",
            "<style",
        ];
        for word in gone {
            assert!(!picture.svg.contains(word), "{word}: {}", picture.svg);
        }
        assert!(picture.svg.contains("#2f5d3a"));
    }

    #[test]
    fn entities_and_sizes_that_grow_are_refused_or_bounded() {
        let laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><title>&b;</title></svg>";
        assert!(matches!(read(laughs.as_bytes()), Err(PictureError::Svg(_))));
        let outside = "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><title>&a;</title></svg>";
        assert!(matches!(read(outside.as_bytes()), Err(PictureError::Svg(_))));
        // However it is called, it is drawn in our size.
        for (size, side) in [("width='1e9' height='1e9'", SIDE), ("width='1' height='1e9'", 4 * SIDE)] {
            let svg =
                format!("<svg xmlns='http://www.w3.org/2000/svg' {size} viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>");
            let png = read(svg.as_bytes()).unwrap().png;
            assert_eq!(tiny_skia::Pixmap::decode_png(&png).unwrap().height(), side, "{size}");
        }
        let deep = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{}{}</svg>",
            "<g>".repeat(900),
            "</g>".repeat(900)
        );
        assert!(matches!(read(deep.as_bytes()), Err(PictureError::TooMuch(TooMuch::Depth))));
        assert!(matches!(read(&vec![b' '; LARGEST_FILE + 1]), Err(PictureError::TooLarge)));
        // A PNG of few bytes and many pixels.
        let mut wide = Vec::new();
        let mut encoder = png::Encoder::new(&mut wide, 8_000, 4_000);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.write_header().unwrap().write_image_data(&vec![0; 1_000 * 4_000]).unwrap();
        assert!(wide.len() < 20_000, "{} bytes", wide.len());
        assert!(matches!(read(&wide), Err(PictureError::Size(8_000, 4_000))));
    }

    #[test]
    fn what_can_not_be_shown_whole_is_refused() {
        let with = |inner: &str| {
            read(format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inner}</svg>").as_bytes())
        };
        assert!(matches!(with("<text>Hi</text>"), Err(PictureError::Unsupported("text", _))));
        assert!(matches!(with("<image href='file:///etc/passwd'/>"), Err(PictureError::Unsupported("image", _))));
        assert!(matches!(read(b"GIF89a"), Err(PictureError::Unknown)));
        assert!(matches!(read(b"<svg"), Err(PictureError::Svg(_))));
        assert!(matches!(read(b"\x89PNG\r\n\x1a\nxxxx"), Err(PictureError::Png(_))));
    }
}
