//! Writes a ZIP archive piece by piece: what is written is taken away at once, so that no more than a piece is ever in memory.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions, write::StreamWriter};

/// From here on a member needs the wide form of its size (APPNOTE.TXT, section 4.3.9.2), with room for what packing may add.
const WIDE: u64 = 0xF000_0000;

pub struct StreamedArchive {
    writer: ZipWriter<StreamWriter<Tray>>,
    tray: Tray,
}

/// Where written bytes lie until they are taken.
#[derive(Clone, Default)]
struct Tray(Arc<Mutex<Vec<u8>>>);

impl StreamedArchive {
    pub fn new() -> Self {
        let tray = Tray::default();
        StreamedArchive { writer: ZipWriter::new_stream(tray.clone()), tray }
    }

    /// The next member; `size` is how many bytes it will have at most.
    pub fn begin(&mut self, name: &str, size: u64) -> Result<(), ZipError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .unix_permissions(0o600)
            .large_file(size >= WIDE);
        self.writer.start_file(name, options)
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes)
    }

    /// What is written so far and was not taken yet.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.tray.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends the archive; answers its last bytes.
    pub fn finish(self) -> Result<Vec<u8>, ZipError> {
        let tray = self.tray.clone();
        self.writer.finish()?;
        Ok(std::mem::take(&mut *tray.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Default for StreamedArchive {
    fn default() -> Self {
        StreamedArchive::new()
    }
}

impl Write for Tray {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A name that any system takes as a file's, made of one that someone gave.
pub fn plain_name(name: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() || "._- ".contains(letter) { letter } else { '_' };
    let kept: String = name.chars().map(plain).collect();
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() { "file".to_owned() } else { kept.chars().take(100).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};
    use zip::ZipArchive;

    #[test]
    fn an_archive_is_whole_though_it_was_taken_away_in_pieces() {
        let mut archive = StreamedArchive::new();
        let mut bytes = Vec::new();
        for (name, parts) in [("a.txt", vec!["one ", "two"]), ("b/ä.txt", vec!["three"])] {
            archive.begin(name, 10).unwrap();
            for part in parts {
                archive.write(part.as_bytes()).unwrap();
                bytes.extend(archive.take());
            }
        }
        bytes.extend(archive.finish().unwrap());
        let mut read = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        read.by_name("a.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((read.len(), text.as_str()), (2, "one two"));
    }

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(plain_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(plain_name("Übersicht 1.pdf"), "Übersicht 1.pdf");
        assert_eq!(plain_name(".. "), "file");
    }
}
