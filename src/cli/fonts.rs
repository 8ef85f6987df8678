//! The operator's own fonts: every TrueType or OpenType file of one folder, in the order of their names.
//!
//! A file that can't be used is told at the start, and not by letters that are missing on a certificate.

use super::Failure;
use crate::{actions::config::Fonts, web::typefaces::Typefaces};
use std::path::{Path, PathBuf};

/// All of them stay in memory.
const MOST: usize = 64;

pub(super) fn read(folder: &Path) -> Result<Fonts, Failure> {
    let wrong = |path: &Path, why: &dyn std::fmt::Display| Failure::Usage(format!("fonts: {}: {why}", path.display()));
    let entries = std::fs::read_dir(folder).map_err(|why| wrong(folder, &why))?;
    let mut paths: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| is_font(path)).collect();
    paths.sort();
    if paths.len() > MOST {
        return Err(wrong(folder, &format!("holds more than {MOST} fonts")));
    }
    let fonts = paths.iter().map(|path| {
        let bytes = std::fs::read(path).map_err(|why| wrong(path, &why))?;
        Typefaces::with(std::slice::from_ref(&bytes)).map_err(|why| wrong(path, &why))?;
        Ok(bytes)
    });
    Ok(Fonts(fonts.collect::<Result<_, Failure>>()?))
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_of_a_folder_are_read_and_one_that_is_none_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("README.txt"), "Our fonts").unwrap();
        assert!(read(folder.path()).unwrap().0.is_empty());
        std::fs::copy("src/web/fonts/noto-serif-hebrew-400.ttf", folder.path().join("Hebrew.TTF")).unwrap();
        assert_eq!(read(folder.path()).unwrap().0.len(), 1);
        std::fs::write(folder.path().join("broken.otf"), "no font").unwrap();
        let Err(Failure::Usage(why)) = read(folder.path()) else { panic!() };
        assert!(why.contains("broken.otf"), "{why}");
        assert!(read(&folder.path().join("nowhere")).is_err());
    }
}
