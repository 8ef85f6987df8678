//! Reads and writes the ZIP archives of kept verifications.
//!
//! Reading trusts nothing: few members, each unpacked up to its limit and not a byte further, plain relative names, none twice, nothing
//! encrypted, no link, no folder. Only memory is written. Writing gives the same bytes for the same members.

use crate::credential::bundle::{LARGEST_MEMBER, LARGEST_TOTAL, MOST_MEMBERS, Member};
use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The most bytes of an archive: its members unpacked, and some for their names.
pub const LARGEST_ARCHIVE: usize = LARGEST_TOTAL + 64 * 1024;

/// The end record without a comment (APPNOTE.TXT, section 4.3.16).
const END: usize = 22;
const END_SIGNATURE: &[u8] = b"PK\x05\x06";
const FIRST_SIGNATURE: &[u8] = b"PK\x03\x04";

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    #[error("it is larger than {LARGEST_ARCHIVE} bytes")]
    TooLarge,
    #[error("it is not a whole ZIP archive")]
    NotZip,
    #[error("it has more than {MOST_MEMBERS} members")]
    TooMany,
    #[error("it has two members of one name")]
    Twins,
    #[error("the name of its member “{0}” is not a plain path inside the archive")]
    Name(String),
    #[error("its member {0} is a folder, a link or encrypted")]
    NoFile(String),
    #[error("its member {0} has more than {LARGEST_MEMBER} bytes")]
    MemberTooLarge(String),
    #[error("its members have more than {LARGEST_TOTAL} bytes together")]
    MembersTooLarge,
    #[error("its member {0} can't be unpacked")]
    Unreadable(String),
    #[error("the archive could not be written: {0}")]
    Unwritten(String),
}

/// The archive of some members, in their order.
pub fn pack(members: &[Member]) -> Result<Vec<u8>, ArchiveError> {
    if members.len() > MOST_MEMBERS {
        return Err(ArchiveError::TooMany);
    }
    if members.iter().map(|member| member.bytes.len()).sum::<usize>() > LARGEST_TOTAL {
        return Err(ArchiveError::MembersTooLarge);
    }
    let unwritten = |why: &dyn std::fmt::Display| ArchiveError::Unwritten(why.to_string());
    // No time of day and no machine's habits: the same members are the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        if member.bytes.len() > LARGEST_MEMBER {
            return Err(ArchiveError::MemberTooLarge(member.name.clone()));
        }
        writer.start_file(member.name.as_str(), options).map_err(|why| unwritten(&why))?;
        writer.write_all(&member.bytes).map_err(|why| unwritten(&why))?;
    }
    Ok(writer.finish().map_err(|why| unwritten(&why))?.into_inner())
}

/// The members of an archive, in their order.
pub fn unpack(bytes: &[u8]) -> Result<Vec<Member>, ArchiveError> {
    let count = members_told(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::NotZip)?;
    // The library keeps one of two members with the same name.
    if archive.len() != count {
        return Err(ArchiveError::Twins);
    }
    let mut members = Vec::with_capacity(count);
    let mut total = 0;
    for at in 0..count {
        let mut file = archive.by_index(at).map_err(|_| ArchiveError::NoFile(format!("no. {}", at + 1)))?;
        let name = plain_name(file.name_raw())?;
        if file.is_dir() || file.is_symlink() || file.encrypted() {
            return Err(ArchiveError::NoFile(name));
        }
        let mut bytes = Vec::new();
        let most = LARGEST_MEMBER as u64 + 1;
        file.by_ref().take(most).read_to_end(&mut bytes).map_err(|_| ArchiveError::Unreadable(name.clone()))?;
        if bytes.len() > LARGEST_MEMBER {
            return Err(ArchiveError::MemberTooLarge(name));
        }
        total += bytes.len();
        if total > LARGEST_TOTAL {
            return Err(ArchiveError::MembersTooLarge);
        }
        members.push(Member { name, bytes });
    }
    Ok(members)
}

/// How many members the end record tells of. It must stand at the very end, so that nothing hides behind it.
fn members_told(bytes: &[u8]) -> Result<usize, ArchiveError> {
    if bytes.len() > LARGEST_ARCHIVE {
        return Err(ArchiveError::TooLarge);
    }
    let end = bytes.len().checked_sub(END).and_then(|at| bytes.get(at..)).ok_or(ArchiveError::NotZip)?;
    let comment = end.get(20..22);
    if !bytes.starts_with(FIRST_SIGNATURE) || !end.starts_with(END_SIGNATURE) || comment != Some(&[0, 0]) {
        return Err(ArchiveError::NotZip);
    }
    let count = end.get(10..12).and_then(|pair| <[u8; 2]>::try_from(pair).ok()).map(u16::from_le_bytes);
    match usize::from(count.ok_or(ArchiveError::NotZip)?) {
        count if count > MOST_MEMBERS => Err(ArchiveError::TooMany),
        count => Ok(count),
    }
}

/// Small letters, digits and a few marks, in parts that are not empty and do not begin with a dot.
fn plain_name(raw: &[u8]) -> Result<String, ArchiveError> {
    let told = || String::from_utf8_lossy(raw).chars().take(80).collect();
    let name = std::str::from_utf8(raw).map_err(|_| ArchiveError::Name(told()))?;
    let plain = |part: &str| {
        let marks = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(marks)
    };
    if raw.len() <= 100 && name.split('/').all(plain) { Ok(name.to_owned()) } else { Err(ArchiveError::Name(told())) }
}
