//! Pictures from SVG: shapes and nothing else, so that they look the same on every machine.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("the picture is not an SVG that can be drawn: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("the picture is not a PNG that can be read")]
    Png,
    #[error("a picture of {0} × {1} pixels can't be made")]
    Size(u32, u32),
}

/// The SVG as a square PNG of `size` pixels, in the middle of a transparent ground.
pub fn square_png(svg: &str, size: u32) -> Result<Vec<u8>, PictureError> {
    let mut pixels = Pixmap::new(size, size).ok_or(PictureError::Size(size, size))?;
    draw(&mut pixels, svg, 0.0, 0.0, size as f32)?;
    encode(&pixels)
}

/// The same as RGBA pixels that aren't premultiplied, with width and height.
pub fn square_rgba(svg: &str, size: u32) -> Result<(Vec<u8>, u32, u32), PictureError> {
    let mut pixels = Pixmap::new(size, size).ok_or(PictureError::Size(size, size))?;
    draw(&mut pixels, svg, 0.0, 0.0, size as f32)?;
    Ok((plain(&pixels), size, size))
}

/// A PNG as RGBA pixels that aren't premultiplied, with width and height.
pub fn png_rgba(png: &[u8]) -> Result<(Vec<u8>, u32, u32), PictureError> {
    let pixels = Pixmap::decode_png(png).map_err(|_| PictureError::Png)?;
    Ok((plain(&pixels), pixels.width(), pixels.height()))
}

fn plain(pixels: &Pixmap) -> Vec<u8> {
    let colours = pixels.pixels().iter().map(|pixel| pixel.demultiply());
    colours.flat_map(|colour| [colour.red(), colour.green(), colour.blue(), colour.alpha()]).collect()
}

/// Draws an SVG into the square of side `side` at `x`, `y`, as large as it fits.
pub(super) fn draw(pixels: &mut Pixmap, svg: &str, x: f32, y: f32, side: f32) -> Result<(), PictureError> {
    let tree = read(svg)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = side / width.max(height);
    let (left, top) = (x + (side - width * scale) / 2.0, y + (side - height * scale) / 2.0);
    resvg::render(&tree, Transform::from_row(scale, 0.0, 0.0, scale, left, top), &mut pixels.as_mut());
    Ok(())
}

/// An SVG as a tree; links to other files lead nowhere.
pub(super) fn read(svg: &str) -> Result<Tree, PictureError> {
    let mut options = Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    Ok(Tree::from_str(svg, &options)?)
}

pub(super) fn encode(pixels: &Pixmap) -> Result<Vec<u8>, PictureError> {
    pixels.encode_png().map_err(|_| PictureError::Size(pixels.width(), pixels.height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_drawn_in_the_size_asked_for() {
        let png = square_png(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path d="M0 0h8v4H0z"/></svg>"#,
            64,
        );
        let pixels = Pixmap::decode_png(&png.expect("drawn")).expect("a PNG");
        assert_eq!((pixels.width(), pixels.height()), (64, 64));
        assert_eq!(pixels.pixel(32, 32).expect("inside").alpha(), 255);
        assert_eq!(pixels.pixel(32, 2).expect("inside").alpha(), 0);
    }

    #[test]
    fn what_is_not_an_svg_is_refused() {
        assert!(square_png("{}", 64).is_err());
        assert!(square_png("<svg", 64).is_err());
    }
}
