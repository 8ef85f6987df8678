//! PNG: the credential stands in an iTXt chunk with the keyword `openbadgecredential`, uncompressed, before the picture's data.
//! A badge of Open Badges 2 or 1 stands in an iTXt or tEXt chunk with the keyword `openbadges`: it is read and replaced, never written.
//!
//! Chunks are moved as bytes, so the picture stays as it was. Every checksum on the way is checked.

use std::io::Read;

use super::{BakeError, LARGEST_CREDENTIAL, LARGEST_PICTURE};

pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
const KEYWORD: &[u8] = b"openbadgecredential";
/// Of Open Badges 2 and 1.
const OLD_KEYWORD: &[u8] = b"openbadges";
/// A picture of 8 MiB has a thousand or two.
const MOST_CHUNKS: usize = 16_384;
const MALFORMED: BakeError = BakeError::Unreadable("its text chunk is malformed");

/// Puts a credential into a PNG, in the place of any that is there.
pub fn bake_png(png: &[u8], credential: &str) -> Result<Vec<u8>, BakeError> {
    if credential.len() > LARGEST_CREDENTIAL {
        return Err(BakeError::CredentialTooLarge);
    }
    let mut baked = Vec::with_capacity(png.len() + credential.len() + 64);
    baked.extend_from_slice(&SIGNATURE);
    let mut written = false;
    for chunk in chunks(png)? {
        if chunk.kind == b"IDAT" && !written {
            baked.extend_from_slice(&credential_chunk(credential));
            written = true;
        }
        if !chunk.is_credential() {
            baked.extend_from_slice(chunk.whole);
        }
    }
    if written { Ok(baked) } else { Err(BakeError::Png("it has no picture in it")) }
}

/// Takes the credential out of a PNG.
pub fn unbake_png(png: &[u8]) -> Result<String, BakeError> {
    let chunks = chunks(png)?;
    let mut credentials = chunks.iter().filter(|chunk| chunk.is_credential());
    let chunk = credentials.next().ok_or(BakeError::NoCredential)?;
    if credentials.next().is_some() {
        return Err(BakeError::TwoCredentials);
    }
    chunk.credential().map_or_else(|| Err(MALFORMED), |body| text_of(chunk.kind, body))
}

struct Chunk<'a> {
    kind: &'a [u8],
    data: &'a [u8],
    /// Length, type, data and checksum.
    whole: &'a [u8],
}

impl Chunk<'_> {
    fn is_credential(&self) -> bool {
        self.credential().is_some()
    }

    /// What stands behind the keyword of a credential and its end.
    fn credential(&self) -> Option<&[u8]> {
        let behind = |keyword| self.data.strip_prefix(keyword)?.strip_prefix(&[0]);
        match self.kind {
            b"iTXt" => behind(KEYWORD).or_else(|| behind(OLD_KEYWORD)),
            b"tEXt" => behind(OLD_KEYWORD),
            _ => None,
        }
    }
}

/// The chunks up to IEND. What stands behind it is not part of the picture.
fn chunks(png: &[u8]) -> Result<Vec<Chunk<'_>>, BakeError> {
    if png.len() > LARGEST_PICTURE {
        return Err(BakeError::PictureTooLarge);
    }
    let mut rest = png.strip_prefix(&SIGNATURE).ok_or(BakeError::Png("it does not begin like one"))?;
    let mut chunks = Vec::new();
    loop {
        let cut = || BakeError::Png("it is cut off");
        let (length, _) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (whole, after) = rest.split_at_checked(length.saturating_add(12)).ok_or_else(cut)?;
        let (_, body) = whole.split_at_checked(4).ok_or_else(cut)?;
        let (signed, checksum) = body.split_last_chunk::<4>().ok_or_else(cut)?;
        if crc(signed) != u32::from_be_bytes(*checksum) {
            return Err(BakeError::Png("a checksum in it is wrong"));
        }
        let (kind, data) = signed.split_at_checked(4).ok_or_else(cut)?;
        if chunks.is_empty() && kind != b"IHDR" {
            return Err(BakeError::Png("it has no header"));
        }
        if chunks.len() == MOST_CHUNKS {
            return Err(BakeError::Png("it has more parts than a picture needs"));
        }
        chunks.push(Chunk { kind, data, whole });
        if kind == b"IEND" {
            return Ok(chunks);
        }
        rest = after;
    }
}

fn credential_chunk(credential: &str) -> Vec<u8> {
    let mut body = b"iTXt".to_vec();
    body.extend_from_slice(KEYWORD);
    // Keyword's end, no compression, method 0, no language, no translated keyword (PNG, section 11.3.3.4).
    body.extend_from_slice(&[0, 0, 0, 0, 0]);
    body.extend_from_slice(credential.as_bytes());
    let length = (body.len() - 4) as u32;
    let mut chunk = length.to_be_bytes().to_vec();
    let checksum = crc(&body);
    chunk.append(&mut body);
    chunk.extend_from_slice(&checksum.to_be_bytes());
    chunk
}

/// The text of a chunk behind its keyword, unpacked within the limit.
fn text_of(kind: &[u8], body: &[u8]) -> Result<String, BakeError> {
    let (compressed, text) = if kind == b"tEXt" { (false, body) } else { international(body)? };
    let text = if compressed {
        let mut unpacked = Vec::new();
        flate2::bufread::ZlibDecoder::new(text)
            .take(LARGEST_CREDENTIAL as u64 + 1)
            .read_to_end(&mut unpacked)
            .map_err(|_| BakeError::Unreadable("its text chunk is packed badly"))?;
        unpacked
    } else {
        text.to_vec()
    };
    if text.len() > LARGEST_CREDENTIAL {
        return Err(BakeError::CredentialTooLarge);
    }
    String::from_utf8(text).map_err(|_| BakeError::Unreadable("it is not UTF-8"))
}

/// Whether the text of an iTXt chunk is packed, and the text (PNG, section 11.3.3.4).
fn international(body: &[u8]) -> Result<(bool, &[u8]), BakeError> {
    let (compressed, rest) = match body {
        [0, _, rest @ ..] => (false, rest),
        [1, 0, rest @ ..] => (true, rest),
        _ => return Err(MALFORMED),
    };
    let mut fields = rest.splitn(3, |byte| *byte == 0);
    match (fields.next(), fields.next(), fields.next()) {
        (Some(_language), Some(_translated), Some(text)) => Ok((compressed, text)),
        _ => Err(MALFORMED),
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}
