//! JSON literals in canonical form (RFC 8785), the lexical form of rdf:JSON (JSON-LD 1.1 §10.2), and numbers as RDF writes them.

use std::fmt::Write;

use serde_json::Value;

/// Writes a value as RFC 8785 does.
pub(super) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => *out += "null",
        Value::Bool(true) => *out += "true",
        Value::Bool(false) => *out += "false",
        Value::Number(number) => write_number(number.as_f64().unwrap_or_default(), out),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => *out += "\\\"",
            '\\' => *out += "\\\\",
            '\u{8}' => *out += "\\b",
            '\t' => *out += "\\t",
            '\n' => *out += "\\n",
            '\u{C}' => *out += "\\f",
            '\r' => *out += "\\r",
            '\0'..='\u{1F}' => *out += &format!("\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// A number as ECMAScript writes it (ECMA-262 Number::toString): the shortest digits that read back as the same double.
fn write_number(number: f64, out: &mut String) {
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let point = exponent.parse::<i32>().unwrap_or_default() + 1;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |mantissa| ("-", mantissa));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if number != 0.0 {
        *out += sign;
    }
    let _ = match point {
        1..=21 if count <= point => write!(out, "{digits}{}", "0".repeat((point - count) as usize)),
        1..=21 => write!(out, "{}.{}", &digits[..point as usize], &digits[point as usize..]),
        -5..=0 => write!(out, "0.{}{digits}", "0".repeat(-point as usize)),
        _ => {
            let fraction = if count > 1 { format!(".{}", &digits[1..]) } else { String::new() };
            write!(out, "{}{fraction}e{}{}", &digits[..1], if point > 0 { "+" } else { "-" }, (point - 1).abs())
        }
    };
}

/// The canonical xsd:double form with 15 decimals at most (JSON-LD API §8.6), or nothing where it would not read back as the
/// same number: two different numbers must never be signed as one.
pub(super) fn double(number: f64) -> Option<String> {
    let text = format!("{number:.15E}");
    if text.parse::<f64>().ok()?.to_bits() != number.to_bits() || (number == 0.0 && number.is_sign_negative()) {
        return None;
    }
    let (mantissa, exponent) = text.split_once('E')?;
    let trimmed = mantissa.trim_end_matches('0');
    let padding = if trimmed.ends_with('.') { "0" } else { "" };
    Some(format!("{trimmed}{padding}E{exponent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_as_ecmascript_does() {
        for (number, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (9007199254740992.0, "9007199254740992"),
            (295147905179352830000.0, "295147905179352830000"),
            (1e21, "1e+21"),
            (9.999999999999997e22, "9.999999999999997e+22"),
            (1e23, "1e+23"),
            (1e-7, "1e-7"),
            (0.000001, "0.000001"),
            (333333333.3333332, "333333333.3333332"),
            (-1.5, "-1.5"),
            (4.5, "4.5"),
            (0.002, "0.002"),
            (1e30, "1e+30"),
        ] {
            let mut out = String::new();
            write_number(number, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn writes_doubles_as_xsd_does_or_not_at_all() {
        for (number, expected) in [
            (5.3, "5.3E0"),
            (0.1, "1.0E-1"),
            (1e21, "1.0E21"),
            (-2.5e-10, "-2.5E-10"),
            (100.0, "1.0E2"),
            (0.0, "0.0E0"),
        ] {
            assert_eq!(double(number).as_deref(), Some(expected));
        }
        assert_eq!(double(0.1 + 0.2), None);
        assert_eq!(double(-0.0), None);
    }

    #[test]
    fn sorts_keys_by_utf_16() {
        let value =
            serde_json::json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "ö": 7});
        let mut out = String::new();
        write(&value, &mut out);
        assert_eq!(out, "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}");
    }
}
