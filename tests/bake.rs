//! Baked badges: what goes into a picture comes out of it, and hostile pictures are refused.

use std::io::Write;

use laurel::credential::bake::{
    BakeError, LARGEST_CREDENTIAL, LARGEST_PICTURE, bake_png, bake_svg, unbake, unbake_png, unbake_svg,
};

use crate::vectors::vector;

const CREDENTIAL: &str = r#"{"name":"]]> & <b> ünïcode 🏅 ]]]]>","type":["x"]}"#;
const SVG: &str = r##"<?xml version="1.0"?>
<!-- a picture --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#2F5D3A"/></svg>
"##;

fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 4, 4);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_text_chunk("Title".into(), "A leaf".into()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&(0..48).collect::<Vec<u8>>()).unwrap();
    writer.finish().unwrap();
    bytes
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    [&(data.len() as u32).to_be_bytes(), kind.as_slice(), data, &crc.sum().to_be_bytes()].concat()
}

/// The picture with a chunk put in after its header.
fn picture_with(extra: &[u8]) -> Vec<u8> {
    let png = picture();
    [&png[..33], extra, &png[33..]].concat()
}

#[test]
fn a_png_carries_one_uncompressed_credential_before_its_data_and_the_same_picture() {
    let baked = bake_png(&picture(), CREDENTIAL).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&baked)).read_info().unwrap();
    let texts = reader.info().utf8_text.clone();
    assert_eq!(texts.len(), 1);
    assert_eq!((texts[0].keyword.as_str(), texts[0].compressed), ("openbadgecredential", false));
    assert_eq!(texts[0].get_text().unwrap(), CREDENTIAL);
    assert_eq!(reader.info().uncompressed_latin1_text[0].text, "A leaf");
    let mut pixels = vec![0; 48];
    reader.next_frame(&mut pixels).unwrap();
    assert_eq!(pixels, (0..48).collect::<Vec<u8>>());
    assert_eq!(unbake_png(&baked).unwrap(), CREDENTIAL);
    assert_eq!(unbake(&baked).unwrap(), CREDENTIAL.as_bytes());
}

#[test]
fn baking_again_replaces_the_credential() {
    let once = bake_png(&picture(), "{\"first\":1}").unwrap();
    assert_eq!(bake_png(&once, CREDENTIAL).unwrap(), bake_png(&picture(), CREDENTIAL).unwrap());
    let once = bake_svg(SVG, "{\"first\":1}").unwrap();
    assert_eq!(bake_svg(&once, CREDENTIAL).unwrap(), bake_svg(SVG, CREDENTIAL).unwrap());
}

#[test]
fn a_png_with_two_credentials_or_none_is_refused() {
    let body = b"openbadgecredential\0\0\0\0\0{}";
    let two = picture_with(&[chunk(b"iTXt", body), chunk(b"iTXt", body)].concat());
    assert_eq!(unbake_png(&two), Err(BakeError::TwoCredentials));
    assert_eq!(unbake_png(&picture()), Err(BakeError::NoCredential));
    let longer_keyword = picture_with(&chunk(b"iTXt", b"openbadgecredentials\0\0\0\0\0{}"));
    assert_eq!(unbake_png(&longer_keyword), Err(BakeError::NoCredential));
}

#[test]
fn a_packed_credential_is_unpacked_within_the_limit() {
    let packed = |text: &[u8]| {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        zlib.write_all(text).unwrap();
        [b"openbadgecredential\0\x01\0en\0\0".as_slice(), &zlib.finish().unwrap()].concat()
    };
    assert_eq!(unbake_png(&picture_with(&chunk(b"iTXt", &packed(CREDENTIAL.as_bytes())))).unwrap(), CREDENTIAL);
    let bomb = packed(&vec![b' '; 64 * LARGEST_CREDENTIAL]);
    assert_eq!(unbake_png(&picture_with(&chunk(b"iTXt", &bomb))), Err(BakeError::CredentialTooLarge));
    let broken = [b"openbadgecredential\0\x01\0\0\0".as_slice(), b"not zlib"].concat();
    assert!(matches!(unbake_png(&picture_with(&chunk(b"iTXt", &broken))), Err(BakeError::Unreadable(_))));
}

#[test]
fn broken_pngs_are_refused_wherever_they_break() {
    let baked = bake_png(&picture(), CREDENTIAL).unwrap();
    for length in 0..baked.len() {
        assert!(unbake_png(&baked[..length]).is_err(), "cut at {length}");
        assert!(bake_png(&baked[..length], "{}").is_err(), "cut at {length}");
    }
    for at in 8..baked.len() {
        let mut flipped = baked.clone();
        flipped[at] ^= 0x20;
        assert!(unbake_png(&flipped).is_err(), "flipped at {at}");
    }
    let no_utf8 = picture_with(&chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{\xff}"));
    assert_eq!(unbake_png(&no_utf8), Err(BakeError::Unreadable("it is not UTF-8")));
    let huge = chunk(b"iTXt", &vec![b'x'; LARGEST_CREDENTIAL + 64]);
    assert!(unbake_png(&picture_with(&huge)).is_err());
    assert_eq!(unbake(&vec![b'{'; LARGEST_PICTURE + 1]), Err(BakeError::PictureTooLarge));
    let headerless = [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IEND", b"")].concat();
    assert!(matches!(bake_png(&headerless, "{}"), Err(BakeError::Png(_))));
}

#[test]
fn an_svg_carries_the_credential_right_after_its_opening_tag() {
    let baked = bake_svg(SVG, CREDENTIAL).unwrap();
    let (before, after) = SVG.split_once("<rect").unwrap();
    let start = "<openbadges:credential xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"><![CDATA[";
    assert!(baked.starts_with(&format!("{before}{start}")), "{baked}");
    assert!(baked.ends_with(&format!("]]></openbadges:credential><rect{after}")), "{baked}");
    assert_eq!(unbake_svg(&baked).unwrap(), CREDENTIAL);
    assert_eq!(unbake(baked.as_bytes()).unwrap(), CREDENTIAL.as_bytes());
    resvg::usvg::Tree::from_str(&baked, &resvg::usvg::Options::default()).unwrap();
}

#[test]
fn an_svg_without_content_is_opened_up() {
    let baked = bake_svg("<s:svg xmlns:s='http://www.w3.org/2000/svg'/>", "{}").unwrap();
    assert!(baked.starts_with("<s:svg xmlns:s='http://www.w3.org/2000/svg'><openbadges:credential"), "{baked}");
    assert!(baked.ends_with("</openbadges:credential></s:svg>"), "{baked}");
    assert_eq!(unbake_svg(&baked).unwrap(), "{}");
}

#[test]
fn an_svg_credential_is_known_by_its_namespace() {
    let svg = |root: &str, inside: &str| format!("<svg {root}>{inside}</svg>");
    let ns = "https://purl.imsglobal.org/ob/v3p0";
    assert_eq!(
        unbake_svg(&svg(&format!("xmlns:b='{ns}'"), "<b:credential>{&quot;a&quot;:&#49;}</b:credential>")).unwrap(),
        "{\"a\":1}"
    );
    assert_eq!(unbake_svg(&svg("", &format!("<g><credential xmlns='{ns}'>{{}}</credential></g>"))).unwrap(), "{}");
    assert_eq!(unbake_svg(&svg("", &format!("<b:credential xmlns:b='{ns}' verify='eyJ.e.s'/>"))).unwrap(), "eyJ.e.s");
    assert_eq!(
        unbake_svg(&svg("xmlns:b='https://other.example'", "<b:credential>{}</b:credential>")),
        Err(BakeError::NoCredential)
    );
    assert_eq!(
        unbake_svg(&svg(&format!("xmlns:b='{ns}'"), "<g><g/></g><b:credential>{}</b:credential>")).unwrap(),
        "{}",
        "the root's prefix holds to its end"
    );
    let gone = format!("<g xmlns:b='{ns}'/><b:credential>{{}}</b:credential>");
    assert_eq!(unbake_svg(&svg("", &gone)), Err(BakeError::NoCredential));
    let two = format!("<credential xmlns='{ns}'>{{}}</credential>").repeat(2);
    assert_eq!(unbake_svg(&svg("", &two)), Err(BakeError::TwoCredentials));
}

#[test]
fn the_five_entities_of_xml_and_characters_by_number_are_written_out() {
    let inside = "{&quot;a&quot;:&quot;&lt;&gt;&amp;&apos;&#66;&#x43;&quot;}";
    let svg = format!("<svg><credential xmlns='https://purl.imsglobal.org/ob/v3p0'>{inside}</credential></svg>");
    assert_eq!(unbake_svg(&svg).unwrap(), "{\"a\":\"<>&'BC\"}");
}

#[test]
fn hostile_svgs_are_refused() {
    let ns = "https://purl.imsglobal.org/ob/v3p0";
    let bomb = format!("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg><credential xmlns='{ns}'>&a;</credential></svg>");
    assert!(matches!(unbake_svg(&bomb), Err(BakeError::Svg(_))));
    let entity = format!("<svg><credential xmlns='{ns}'>&a;</credential></svg>");
    assert!(matches!(unbake_svg(&entity), Err(BakeError::Unreadable(_))));
    assert!(matches!(unbake_svg(&"<svg>".repeat(100_000)), Err(BakeError::Svg(_))));
    for broken in ["", "<svg>", "</svg>", "<svg></g>", "<html></html>", "<svg/><svg/>", "<svg><", "text", "<svg a='"] {
        assert!(matches!(unbake_svg(broken), Err(BakeError::Svg(_))), "{broken}");
        assert!(matches!(bake_svg(broken, "{}"), Err(BakeError::Svg(_))), "{broken}");
    }
    let long = format!("<svg><credential xmlns='{ns}'>{}</credential></svg>", "x".repeat(LARGEST_CREDENTIAL + 5000));
    assert_eq!(unbake_svg(&long), Err(BakeError::CredentialTooLarge));
    let declared: String = (0..17).map(|n| format!(" xmlns:p{n}='{ns}'")).collect();
    assert!(matches!(unbake_svg(&format!("<svg{declared}/>")), Err(BakeError::Svg(_))));
}

#[test]
fn an_svg_may_nest_256_elements_and_its_credential_stand_between_4096_spaces() {
    let nested =
        |depth: usize| unbake_svg(&format!("<svg>{}{}</svg>", "<g>".repeat(depth - 1), "</g>".repeat(depth - 1)));
    assert_eq!(nested(256), Err(BakeError::NoCredential));
    for deeper in [257, 258] {
        assert!(matches!(nested(deeper), Err(BakeError::Svg(_))), "{deeper}");
    }
    let with = |text: &str| {
        unbake_svg(&format!("<svg><credential xmlns='https://purl.imsglobal.org/ob/v3p0'>{text}</credential></svg>"))
    };
    let most = "x".repeat(LARGEST_CREDENTIAL);
    assert_eq!(with(&format!("{most}{}", " ".repeat(4096))).as_ref(), Ok(&most));
    assert_eq!(with(&format!("{most}{}", " ".repeat(4097))), Err(BakeError::CredentialTooLarge));
    // Its pieces are counted together.
    let half = "x".repeat(2000);
    assert_eq!(with(&format!("{half}&amp;{half}")), Ok(format!("{half}&{half}")));
}

#[test]
fn a_picture_that_would_run_something_or_read_a_file_is_refused() {
    let around = |inside: &str| {
        format!("<svg xmlns:o='https://purl.imsglobal.org/ob/v3p0'><o:credential>{{}}</o:credential>{inside}</svg>")
    };
    for harmless in [
        "",
        "<a href='https://a.example/on/javascript'/>",
        "<g on='x' data-on='x'/>",
        "<image href='data:image/png;base64,AAAA'/><use href='#a'/><g style='fill:red' xml:space='preserve'/>",
        "<scripts/><text>javascript:alert(1) &amp; file:///etc/passwd</text>",
        "<desc a='javascript' b='profile:x' c='A &amp; B: c'/>",
    ] {
        assert_eq!(unbake_svg(&around(harmless)).unwrap(), "{}", "{harmless}");
    }
    for hostile in [
        "<script/>",
        "<SCRIPT>x</SCRIPT>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
        "<g onload='x'/>",
        "<g ONFOCUS='x'/>",
        "<a href='javascript:x'/>",
        "<a href='&#106;avascript:x'/>",
        "<a href='javascript&#58;x'/>",
        "<a href=' java\tscript:x'/>",
        "<a xlink:href='VBScript:x'/>",
        "<set to='JavaScript:x'/>",
        "<image href='file:///etc/passwd'/>",
    ] {
        assert!(matches!(unbake_svg(&around(hostile)), Err(BakeError::Svg(_))), "{hostile}");
        assert!(matches!(bake_svg(&around(hostile), "{}"), Err(BakeError::Svg(_))), "{hostile}");
    }
    for (document_type, is_read) in [
        ("<!DOCTYPE svg>", true),
        (
            "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">",
            true,
        ),
        ("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'https://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>", true),
        ("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>", false),
        ("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'https://a.example/svg11.dtd'>", false),
        ("<!DOCTYPE svg [<!ENTITY a 'a'>]>", false),
    ] {
        assert_eq!(unbake_svg(&format!("{document_type}{}", around(""))).is_ok(), is_read, "{document_type}");
    }
}

#[test]
fn a_picture_of_too_many_chunks_is_refused() {
    let of = |number: usize| unbake(&picture_with(&chunk(b"tEXt", b"a\0b").repeat(number)));
    assert_eq!(of(16_000), Err(BakeError::NoCredential));
    assert!(matches!(of(17_000), Err(BakeError::Png(_))));
}

#[test]
fn the_largest_credential_and_the_largest_picture_are_still_taken() {
    let (most, more) = ("x".repeat(LARGEST_CREDENTIAL), "x".repeat(LARGEST_CREDENTIAL + 1));
    let plain = picture_with(&[]);
    assert_eq!(unbake_png(&bake_png(&plain, &most).unwrap()).unwrap(), most);
    assert_eq!(bake_png(&plain, &more), Err(BakeError::CredentialTooLarge));
    assert_eq!(unbake_svg(&bake_svg("<svg/>", &most).unwrap()).unwrap(), most);
    assert_eq!(bake_svg("<svg/>", &more), Err(BakeError::CredentialTooLarge));
    let png = |size: usize| picture_with(&chunk(b"tEXt", &vec![b'x'; size - plain.len() - 12]));
    let svg = |size: usize| format!("<svg>{}</svg>", " ".repeat(size - 11));
    assert_eq!((png(LARGEST_PICTURE).len(), svg(LARGEST_PICTURE).len()), (LARGEST_PICTURE, LARGEST_PICTURE));
    assert_eq!(unbake_png(&png(LARGEST_PICTURE)), Err(BakeError::NoCredential));
    assert_eq!(unbake_png(&png(LARGEST_PICTURE + 1)), Err(BakeError::PictureTooLarge));
    assert_eq!(unbake_svg(&svg(LARGEST_PICTURE)), Err(BakeError::NoCredential));
    assert_eq!(unbake_svg(&svg(LARGEST_PICTURE + 1)), Err(BakeError::PictureTooLarge));
    assert_eq!(unbake(svg(LARGEST_PICTURE).as_bytes()), Err(BakeError::NoCredential));
    assert_eq!(unbake(svg(LARGEST_PICTURE + 1).as_bytes()), Err(BakeError::PictureTooLarge));
}

#[test]
fn other_files_are_named_as_such() {
    assert_eq!(unbake(b""), Err(BakeError::Empty));
    assert_eq!(unbake(b" \n"), Err(BakeError::Empty));
    assert_eq!(unbake(b"GIF89a"), Err(BakeError::OtherFile));
    assert_eq!(unbake(b" {}").unwrap(), b" {}");
    assert_eq!(unbake(b"eyJhbGciOi.e.s").unwrap(), b"eyJhbGciOi.e.s");
}

#[test]
fn the_published_baked_samples_are_read() {
    for name in ["ob30-samples/simple-json.png", "ob30-samples/simple-json.svg"] {
        if let Some(bytes) = vector(name) {
            let credential = String::from_utf8(unbake(&bytes).unwrap()).unwrap();
            assert!(credential.starts_with('{') && credential.contains("OpenBadgeCredential"), "{name}: {credential}");
        }
    }
}

#[test]
fn badges_of_open_badges_2_and_1_are_read_from_their_own_places() {
    for (kind, start) in [(b"iTXt", b"openbadges\0\0\0\0\0".as_slice()), (b"tEXt", b"openbadges\0")] {
        let png = picture_with(&chunk(kind, &[start, b"https://a.example/1"].concat()));
        assert_eq!(unbake(&png).unwrap(), b"https://a.example/1");
    }
    assert_eq!(unbake(&picture_with(&chunk(b"tEXt", b"openbadges2\0{}"))), Err(BakeError::NoCredential));
    assert_eq!(unbake(&picture_with(&chunk(b"tEXt", b"openbadgecredential\0{}"))), Err(BakeError::NoCredential));
    let svg = |inside: &str| format!("<svg xmlns:openbadges=\"http://openbadges.org\">{inside}<g/></svg>");
    for (inside, said) in [
        ("<openbadges:assertion verify=\"https://a.example/?a=1&amp;b=2\"/>", "https://a.example/?a=1&b=2"),
        (
            "<openbadges:assertion verify=\"https://a.example/1\"><![CDATA[{\"a\":1}]]></openbadges:assertion>",
            "{\"a\":1}",
        ),
        ("<openbadges:assertion verify=\"eyJ.e.s\"><![CDATA[{\"a\":1}]]></openbadges:assertion>", "eyJ.e.s"),
    ] {
        assert_eq!(unbake(svg(inside).as_bytes()).unwrap(), said.as_bytes());
    }
    // The name of one version in the namespace of another is nothing.
    assert_eq!(unbake(svg("<openbadges:credential verify=\"eyJ.e.s\"/>").as_bytes()), Err(BakeError::NoCredential));
    for odd in ["&made;", "&amp", "&#x110000;"] {
        let inside = format!("<openbadges:assertion verify=\"https://a.example/{odd}\"/>");
        assert!(matches!(unbake(svg(&inside).as_bytes()), Err(BakeError::Unreadable(_) | BakeError::Svg(_))), "{odd}");
    }
}

#[test]
fn a_new_badge_takes_the_place_of_an_old_one_in_a_picture() {
    let old = chunk(b"tEXt", b"openbadges\0https://a.example/1");
    assert_eq!(unbake(&bake_png(&picture_with(&old), CREDENTIAL).unwrap()).unwrap(), CREDENTIAL.as_bytes());
    let both = picture_with(&[old, chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")].concat());
    assert_eq!(unbake(&both), Err(BakeError::TwoCredentials));
    let svg = "<svg xmlns:o=\"http://openbadges.org\"><o:assertion verify=\"https://a.example/1\"/></svg>";
    assert_eq!(unbake(bake_svg(svg, CREDENTIAL).unwrap().as_bytes()).unwrap(), CREDENTIAL.as_bytes());
}
