//! Names that are made to be taken for others: the same to the eye, or with letters of several alphabets in one word.
//!
//! A name is brought to a bare form in which letters that look alike are one, and marks, spaces and case are gone (after Unicode Technical
//! Standard 39, section 4, for the letters that pass for Latin ones). It is a hint for people and decides nothing.

/// Whether two names look alike.
pub(super) fn look_alike(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    !one.is_empty() && one == other
}

/// Whether a word of the name mixes Latin letters with Cyrillic or Greek ones.
pub(super) fn mixes_alphabets(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic()).any(|word| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c));
        let other = word.chars().any(|c| ('\u{370}'..='\u{52f}').contains(&c));
        latin && other
    })
}

fn bare(name: &str) -> String {
    let mut bare = String::with_capacity(name.len());
    for letter in name.chars().flat_map(full_width).flat_map(char::to_lowercase) {
        match letter {
            // Several letters for one.
            'æ' => bare.push_str("ae"),
            'œ' => bare.push_str("oe"),
            'ß' => bare.push_str("ss"),
            _ => bare.extend(Some(latin(letter)).filter(|letter| letter.is_alphanumeric())),
        }
    }
    // Two that pass for one.
    bare.replace("rn", "m").replace("vv", "w")
}

/// Full-width letters are the narrow ones at a fixed distance.
fn full_width(letter: char) -> Option<char> {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0),
        other => Some(other),
    }
}

/// The Latin letter that a small letter passes for.
fn latin(letter: char) -> char {
    match letter {
        '0' | 'о' | 'ο' | 'օ' | 'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ơ' => 'o',
        '1' | '|' | 'ı' | 'і' | 'ι' | 'ї' | 'í' | 'ì' | 'î' | 'ï' | 'ī' | 'l' | 'ł' | 'ӏ' | 'i' => 'i',
        '5' | 'ѕ' | 'š' | 'ś' | 'ş' => 's',
        'а' | 'α' | 'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'е' | 'ё' | 'ε' | 'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' => 'e',
        'с' | 'ϲ' | 'ç' | 'ć' | 'č' => 'c',
        'р' | 'ρ' => 'p',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ý' | 'ÿ' | 'υ' => 'y',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'т' | 'τ' => 't',
        'в' | 'β' => 'b',
        'н' | 'η' | 'ñ' | 'ń' => 'n',
        'ν' | 'ѵ' => 'v',
        'ԁ' | 'đ' => 'd',
        'ɡ' | 'ğ' => 'g',
        'һ' => 'h',
        'ј' => 'j',
        'ω' | 'ш' | 'ԝ' => 'w',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ž' | 'ź' | 'ż' | 'ζ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_the_same_are_found() {
        for other in [
            "Acme Works",
            "ACME-WORKS",
            "Асmе Works",
            "Acrne Works",
            "Ａｃｍｅ Works",
            "Acme\u{200b} W0rks",
            "Äcmé Works",
        ] {
            assert!(look_alike("Acme Works", other), "{other}");
        }
        for other in ["Acme", "Acme Work", "Works Acme", "", "日本"] {
            assert!(!look_alike("Acme Works", other), "{other}");
        }
        assert!(!look_alike("", " - "));
        for (one, other) in [("Æon Œuvre", "Aeon Oeuvre"), ("Weiß", "Weiss"), ("vvest", "West")] {
            assert!(look_alike(one, other), "{one}");
        }
        for (one, other) in [("Æon", "Aon"), ("Æon", "Eon"), ("Œuvre", "Uvre"), ("Weiß", "Wei")] {
            assert!(!look_alike(one, other), "{one}");
        }
    }

    #[test]
    fn a_word_of_two_alphabets_is_found_and_a_name_in_two_is_not() {
        assert!(mixes_alphabets("Асme"));
        assert!(mixes_alphabets("The Αcme"));
        for fine in ["Acme", "Сбер", "Acme Россия", "Öresund", "日本 Acme", ""] {
            assert!(!mixes_alphabets(fine), "{fine}");
        }
    }
}
