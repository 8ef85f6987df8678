//! What a file is, by its first bytes and never by its name.
//!
//! Taken are PDF, office documents, images, video and plain text. Pages, drawings that can hold scripts, programs and scripts are
//! refused, and so is whatever is none of these: evidence is opened on the computers of those who assess it.

use memchr::memmem;

/// So many of a file's first bytes are enough to know it.
pub const HEAD: usize = 64 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    /// Word, Excel or PowerPoint before 2007.
    OldOffice,
    Rtf,
    Png,
    Jpeg,
    Gif,
    Webp,
    Heic,
    Avif,
    Mp4,
    QuickTime,
    WebM,
    Text,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaRefused {
    #[error("is empty; choose the file again")]
    Empty,
    #[error("is a web page or drawing that can run scripts; save it as PDF or as a picture and send that")]
    Page,
    #[error("is a program or script; send a document, picture, video or plain text that shows your work")]
    Program,
    #[error(
        "is of a kind that is not taken; send PDF, an office document, a picture, a video (MP4, MOV or WebM) or plain text"
    )]
    Unknown,
}

impl Media {
    pub const ALL: [Media; 19] = [
        Media::Pdf,
        Media::Docx,
        Media::Xlsx,
        Media::Pptx,
        Media::Odt,
        Media::Ods,
        Media::Odp,
        Media::OldOffice,
        Media::Rtf,
        Media::Png,
        Media::Jpeg,
        Media::Gif,
        Media::Webp,
        Media::Heic,
        Media::Avif,
        Media::Mp4,
        Media::QuickTime,
        Media::WebM,
        Media::Text,
    ];

    /// The media type it is kept and sent as.
    pub fn as_str(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Media::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Media::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Media::Odt => "application/vnd.oasis.opendocument.text",
            Media::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Media::Odp => "application/vnd.oasis.opendocument.presentation",
            Media::OldOffice => "application/x-ole-storage",
            Media::Rtf => "application/rtf",
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
            Media::Gif => "image/gif",
            Media::Webp => "image/webp",
            Media::Heic => "image/heic",
            Media::Avif => "image/avif",
            Media::Mp4 => "video/mp4",
            Media::QuickTime => "video/quicktime",
            Media::WebM => "video/webm",
            Media::Text => "text/plain",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        let found = Media::ALL.into_iter().find(|media| media.as_str() == text);
        found.ok_or_else(|| format!("“{text}” is not a kind of file that is taken"))
    }

    /// May be larger than the others.
    pub fn is_video(self) -> bool {
        matches!(self, Media::Mp4 | Media::QuickTime | Media::WebM)
    }

    /// As a badge calls it.
    pub fn genre(self) -> &'static str {
        match self {
            Media::Png | Media::Jpeg | Media::Gif | Media::Webp | Media::Heic | Media::Avif => "Image",
            Media::Mp4 | Media::QuickTime | Media::WebM => "Video",
            Media::Xlsx | Media::Ods => "Spreadsheet",
            Media::Pptx | Media::Odp => "Presentation",
            Media::Text => "Text",
            Media::Pdf | Media::Docx | Media::Odt | Media::OldOffice | Media::Rtf => "Document",
        }
    }
}

/// What a file is that begins with these bytes: the first [`HEAD`], or all of a smaller one.
pub fn sniff(head: &[u8]) -> Result<Media, MediaRefused> {
    let begins = |mark: &[u8]| head.starts_with(mark);
    let at = |place: usize, mark: &[u8]| head.get(place..).is_some_and(|rest| rest.starts_with(mark));
    if head.is_empty() {
        return Err(MediaRefused::Empty);
    }
    let program = [&b"MZ"[..], b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!"];
    if program.into_iter().any(begins) {
        return Err(MediaRefused::Program);
    }
    if begins(b"%PDF-") {
        Ok(Media::Pdf)
    } else if begins(b"PK\x03\x04") {
        zipped(head)
    } else if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        Ok(Media::OldOffice)
    } else if begins(b"{\\rtf") {
        Ok(Media::Rtf)
    } else if begins(b"\x89PNG\r\n\x1a\n") {
        Ok(Media::Png)
    } else if begins(b"\xff\xd8\xff") {
        Ok(Media::Jpeg)
    } else if begins(b"GIF87a") || begins(b"GIF89a") {
        Ok(Media::Gif)
    } else if begins(b"RIFF") && at(8, b"WEBP") {
        Ok(Media::Webp)
    } else if at(4, b"ftyp") {
        boxed(head.get(8..12).unwrap_or_default())
    } else if begins(b"\x1a\x45\xdf\xa3") {
        // WebM and Matroska begin alike and say which they are within the first bytes (RFC 9559).
        let start = head.get(..64).unwrap_or(head);
        if memmem::find(start, b"webm").or_else(|| memmem::find(start, b"matroska")).is_some() {
            Ok(Media::WebM)
        } else {
            Err(MediaRefused::Unknown)
        }
    } else {
        text(head)
    }
}

/// By the brand of ISO/IEC 14496-12.
fn boxed(brand: &[u8]) -> Result<Media, MediaRefused> {
    match brand {
        b"qt  " => Ok(Media::QuickTime),
        b"heic" | b"heix" | b"mif1" | b"msf1" | b"heim" | b"heis" => Ok(Media::Heic),
        b"avif" | b"avis" => Ok(Media::Avif),
        b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"MSNV" | b"dash" => {
            Ok(Media::Mp4)
        }
        _ => Err(MediaRefused::Unknown),
    }
}

/// An office document is a ZIP archive that says so with its first members; any other archive is not taken.
fn zipped(head: &[u8]) -> Result<Media, MediaRefused> {
    // OpenDocument 1.2, part 3, section 3.3: `mimetype` comes first and is not packed.
    if head.get(30..38) == Some(b"mimetype") {
        let kind = head.get(38..).unwrap_or_default();
        let odf = |media: Media| kind.starts_with(media.as_str().as_bytes()).then_some(media);
        return odf(Media::Odt).or(odf(Media::Ods)).or(odf(Media::Odp)).ok_or(MediaRefused::Unknown);
    }
    let names = members(head);
    let packaged = names.iter().any(|name| matches!(*name, b"[Content_Types].xml" | b"_rels/.rels"));
    let holds = |folder: &[u8]| names.iter().any(|name| name.starts_with(folder));
    // A document that brings macros is a program.
    if holds(b"word/vbaProject") || holds(b"xl/vbaProject") || holds(b"ppt/vbaProject") {
        return Err(MediaRefused::Program);
    }
    match packaged {
        true if holds(b"word/") => Ok(Media::Docx),
        true if holds(b"xl/") => Ok(Media::Xlsx),
        true if holds(b"ppt/") => Ok(Media::Pptx),
        _ => Err(MediaRefused::Unknown),
    }
}

/// The names of the members whose local headers lie in these bytes (APPNOTE.TXT, section 4.3.7).
fn members(head: &[u8]) -> Vec<&[u8]> {
    let name = |start: usize| {
        let length = head.get(start + 26..start + 28)?;
        let length = usize::from(length[0]) | usize::from(length[1]) << 8;
        head.get(start + 30..start + 30 + length)
    };
    memmem::find_iter(head, b"PK\x03\x04").filter_map(name).collect()
}

/// UTF-8 without control characters that is no page. The last letter may be cut.
fn text(head: &[u8]) -> Result<Media, MediaRefused> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let words = match std::str::from_utf8(head) {
        Ok(words) => words,
        Err(why) if why.error_len().is_none() && why.valid_up_to() > 0 => {
            std::str::from_utf8(head.get(..why.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return Err(MediaRefused::Unknown),
    };
    if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
        return Err(MediaRefused::Unknown);
    }
    let small = words.to_ascii_lowercase();
    let start = small.trim_start();
    let page = start.starts_with("<!")
        || start.starts_with("<?")
        || start.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    if page || ["<script", "<svg", "<html", "<iframe", "<body"].into_iter().any(|mark| small.contains(mark)) {
        return Err(MediaRefused::Page);
    }
    if start.starts_with("#!") || start.starts_with("@echo off") {
        return Err(MediaRefused::Program);
    }
    Ok(Media::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The local header of a member, and its bytes.
    fn member(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut header = b"PK\x03\x04".to_vec();
        header.resize(26, 0);
        header.extend_from_slice(&(name.len() as u16).to_le_bytes());
        header.extend_from_slice(&[0, 0]);
        header.extend_from_slice(name.as_bytes());
        header.extend_from_slice(bytes);
        header
    }

    #[test]
    fn what_is_taken_is_known_by_its_first_bytes() {
        let docx = [member("[Content_Types].xml", b"x"), member("word/document.xml", b"y")].concat();
        let odp = member("mimetype", b"application/vnd.oasis.opendocument.presentationPK");
        for (bytes, media) in [
            (&b"%PDF-1.7\n"[..], Media::Pdf),
            (&docx, Media::Docx),
            (&odp, Media::Odp),
            (b"\x89PNG\r\n\x1a\n....", Media::Png),
            (b"\xff\xd8\xff\xe0", Media::Jpeg),
            (b"RIFF....WEBPVP8 ", Media::Webp),
            (b"\0\0\0\x20ftypisom\0\0", Media::Mp4),
            (b"\0\0\0\x14ftypqt  ", Media::QuickTime),
            (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", Media::WebM),
            (b"{\\rtf1\\ansi", Media::Rtf),
            ("Größe < 3\nund mehr".as_bytes(), Media::Text),
            (b"\xef\xbb\xbfa;b\n1;2\n", Media::Text),
            // The last letter is cut.
            (&"Größe".as_bytes()[..3], Media::Text),
        ] {
            assert_eq!(sniff(bytes), Ok(media), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn pages_programs_and_what_is_not_known_are_refused() {
        let zip = member("photos/1.png", b"x");
        let macros = [member("[Content_Types].xml", b"x"), member("word/vbaProject.bin", b"y")].concat();
        for (bytes, why) in [
            (&b""[..], MediaRefused::Empty),
            (b"<!DOCTYPE html><p>Hi", MediaRefused::Page),
            (b"  \n<html>", MediaRefused::Page),
            (b"\xef\xbb\xbf<svg xmlns=\"http://www.w3.org/2000/svg\"/>", MediaRefused::Page),
            (b"<?xml version=\"1.0\"?><svg/>", MediaRefused::Page),
            (b"notes first <SCRIPT>alert(1)</SCRIPT>", MediaRefused::Page),
            (b"#!/bin/sh\nrm -rf /", MediaRefused::Program),
            (b"MZ\x90\0", MediaRefused::Program),
            (b"\x7fELF\x02", MediaRefused::Program),
            (&macros, MediaRefused::Program),
            (&zip, MediaRefused::Unknown),
            (b"\0\0\0\0", MediaRefused::Unknown),
            (b"a\x08b", MediaRefused::Unknown),
            (b"\xff\xfea\0b\0", MediaRefused::Unknown),
        ] {
            assert_eq!(sniff(bytes), Err(why), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn every_kind_is_read_back_as_it_is_written() {
        assert!(Media::ALL.into_iter().all(|media| Media::parse(media.as_str()) == Ok(media)));
        assert!(Media::parse("text/html").is_err());
    }
}
