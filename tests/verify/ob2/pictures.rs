//! Badges from pictures that were baked before version 3.

use laurel::credential::bake::unbake;

use super::*;

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    [&(data.len() as u32).to_be_bytes(), kind.as_slice(), data, &crc.sum().to_be_bytes()].concat()
}

fn picture(extra: &[u8]) -> Vec<u8> {
    let mut png = Vec::new();
    let mut writer = png::Encoder::new(&mut png, 1, 1).write_header().unwrap();
    writer.write_image_data(&[7]).unwrap();
    writer.finish().unwrap();
    [&png[..33], extra, &png[33..]].concat()
}

#[test]
fn a_badge_from_an_old_picture_is_judged_like_any_other() {
    let text = assertion().to_string();
    for (kind, start) in [(b"iTXt", b"openbadges\0\0\0\0\0".as_slice()), (b"tEXt", b"openbadges\0")] {
        for said in [text.as_str(), BADGE] {
            let png = picture(&chunk(kind, &[start, said.as_bytes()].concat()));
            let document = unbake(&png).unwrap();
            assert_eq!(document, said.as_bytes());
            assert_eq!(report_of(&document, &site(), None).verdict, Verdict::Valid);
        }
    }
    let svg = format!(
        "<svg xmlns:o=\"http://openbadges.org\"><o:assertion verify=\"{BADGE}\"><![CDATA[{text}]]></o:assertion></svg>"
    );
    assert_eq!(report_of(&unbake(svg.as_bytes()).unwrap(), &site(), None).verdict, Verdict::Valid);
    // An address that is not a badge's is no badge.
    assert!(told(&report_of(CLASS.as_bytes(), &site(), None)).starts_with("Invalid: well_formed !hosted_differs"));
}
