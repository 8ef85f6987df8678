//! Strict I-JSON (RFC 7493), read before any signature is looked at. What two readers could understand differently is
//! refused: duplicate keys, lone surrogates and noncharacters, a byte order mark, integers beyond ±(2^53−1), numbers a double
//! cannot hold as written, negative zero, and anything after the value. Size and depth are limited. An error names the cause,
//! the byte and the path.

use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

/// The largest integer every JSON reader holds exactly, 2^53 − 1 (RFC 7493 §2.2).
pub const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// What a document may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest document, in bytes.
    pub bytes: usize,
    /// Deepest nesting of arrays and objects.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 64 }
    }
}

/// Why a document is not I-JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause} (byte {offset}{})", if path.is_empty() { String::new() } else { format!(", in {path}") })]
pub struct JsonError {
    pub cause: JsonCause,
    /// Byte offset in the input.
    pub offset: usize,
    /// The member being read, such as `credentialSubject.result[2].value`; empty at the top.
    pub path: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonCause {
    #[error("the document is longer than {0} bytes")]
    TooLong(usize),
    #[error("the document is nested deeper than {0} levels")]
    TooDeep(usize),
    #[error("the document starts with a byte order mark")]
    ByteOrderMark,
    #[error("the document is not UTF-8")]
    NotUtf8,
    #[error("the document ends too early")]
    UnexpectedEnd,
    #[error("unexpected character {0:?}")]
    Unexpected(char),
    #[error("there is something after the value")]
    TrailingData,
    #[error("the key {0:?} occurs twice in one object")]
    DuplicateKey(String),
    #[error("a string holds half of a surrogate pair")]
    LoneSurrogate,
    #[error("a string holds the noncharacter U+{0:04X}")]
    Noncharacter(u32),
    #[error("a string holds an unescaped control character")]
    ControlCharacter,
    #[error("a string holds an escape JSON does not know")]
    UnknownEscape,
    #[error("a number is not written as JSON numbers are")]
    MalformedNumber,
    #[error("the integer is beyond ±(2^53−1)")]
    IntegerTooLarge,
    #[error("the number has more digits than a double holds")]
    TooManyDigits,
    #[error("the number is too large or too small for a double")]
    NumberOutOfRange,
    #[error("negative zero has no value of its own")]
    NegativeZero,
}

/// Reads one I-JSON document of at most 1 MiB and 64 levels (RFC 7493).
pub fn parse(bytes: &[u8]) -> Result<Value, JsonError> {
    parse_within(bytes, Limits::default())
}

/// Reads one I-JSON document within the given limits (RFC 7493).
pub fn parse_within(bytes: &[u8], limits: Limits) -> Result<Value, JsonError> {
    let at = |offset, cause| JsonError { cause, offset, path: String::new() };
    if bytes.len() > limits.bytes {
        return Err(at(limits.bytes, JsonCause::TooLong(limits.bytes)));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) || bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
        return Err(at(0, JsonCause::ByteOrderMark));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| at(error.valid_up_to(), JsonCause::NotUtf8))?;
    let mut reader = Reader { text, bytes, at: 0, depth: limits.depth, limit: limits.depth };
    reader.skip_space();
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < bytes.len() {
        return Err(reader.error(JsonCause::TrailingData));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    limit: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self) -> Result<Value, JsonError> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.unexpected()),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, JsonError>) -> Result<Value, JsonError> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(self.error(JsonCause::TooDeep(self.limit)));
        };
        self.depth = depth;
        self.at += 1;
        self.skip_space();
        let value = read(self)?;
        self.depth += 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, JsonError> {
        // Most have some members; growing for each few would cost more than the room.
        let mut map = Map::with_capacity(8);
        if self.take(b'}') {
            return Ok(Value::Object(map));
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let key = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.unexpected());
            }
            self.skip_space();
            let value = self.value().map_err(|error| error.within(&key))?;
            match map.entry(key) {
                Entry::Vacant(place) => place.insert(value),
                Entry::Occupied(twin) => {
                    let cause = JsonCause::DuplicateKey(twin.key().clone());
                    return Err(JsonError { cause, offset: start, path: String::new() });
                }
            };
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(map));
            }
            if !self.take(b',') {
                return Err(self.unexpected());
            }
            self.skip_space();
        }
    }

    fn array(&mut self) -> Result<Value, JsonError> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            let item = self.value().map_err(|error| error.within(&format!("[{}]", items.len())))?;
            items.push(item);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.unexpected());
            }
            self.skip_space();
        }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        self.at += 1;
        let mut start = self.at;
        let mut read = String::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)).unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => {
                    read.push_str(self.slice(start)?);
                    self.at += 1;
                    return Ok(read);
                }
                Some(b'\\') => {
                    read.push_str(self.slice(start)?);
                    let escaped = self.escape()?;
                    read.push(escaped);
                    start = self.at;
                }
                Some(_) => return Err(self.error(JsonCause::ControlCharacter)),
                None => return Err(self.error(JsonCause::UnexpectedEnd)),
            }
        }
    }

    /// The unescaped characters since `start`; only U+FDD0… and U+xFFFE… can be wrong in valid UTF-8.
    fn slice(&self, start: usize) -> Result<&'a str, JsonError> {
        let slice = self.text.get(start..self.at).unwrap_or_default();
        if !slice.is_ascii() {
            for (offset, c) in slice.char_indices() {
                if is_noncharacter(c) {
                    return Err(JsonError {
                        cause: JsonCause::Noncharacter(c as u32),
                        offset: start + offset,
                        path: String::new(),
                    });
                }
            }
        }
        Ok(slice)
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let start = self.at;
        self.at += 1;
        let escaped = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                let c = self.code_unit().and_then(|unit| self.code_point(unit));
                return c.map_err(|error| JsonError { offset: start, ..error });
            }
            Some(_) => return Err(self.error(JsonCause::UnknownEscape)),
            None => return Err(self.error(JsonCause::UnexpectedEnd)),
        };
        self.at += 1;
        Ok(escaped)
    }

    fn code_point(&mut self, unit: u32) -> Result<char, JsonError> {
        let code = match unit {
            0xD800..=0xDBFF if self.bytes.get(self.at..self.at + 2) == Some(br"\u") => {
                self.at += 2;
                match self.code_unit()? {
                    low @ 0xDC00..=0xDFFF => 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00),
                    _ => return Err(self.error(JsonCause::LoneSurrogate)),
                }
            }
            code => code,
        };
        let c = char::from_u32(code).ok_or_else(|| self.error(JsonCause::LoneSurrogate))?;
        if is_noncharacter(c) {
            return Err(self.error(JsonCause::Noncharacter(code)));
        }
        Ok(c)
    }

    fn code_unit(&mut self) -> Result<u32, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = match self.peek() {
                Some(byte) => char::from(byte).to_digit(16).ok_or_else(|| self.error(JsonCause::UnknownEscape))?,
                None => return Err(self.error(JsonCause::UnexpectedEnd)),
            };
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Number, JsonError> {
        let start = self.at;
        let fail = |cause| JsonError { cause, offset: start, path: String::new() };
        let negative = self.take(b'-');
        let whole = self.digits();
        let leading_zero = whole > 1 && self.bytes.get(self.at - whole) == Some(&b'0');
        let fraction = if self.take(b'.') { Some(self.digits()) } else { None };
        let exponent = if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            Some(self.digits())
        } else {
            None
        };
        if whole == 0 || leading_zero || fraction == Some(0) || exponent == Some(0) {
            return Err(fail(JsonCause::MalformedNumber));
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        if fraction.is_none() && exponent.is_none() {
            let integer = text.parse::<i64>().map_err(|_| fail(JsonCause::IntegerTooLarge))?;
            if integer == 0 && negative {
                return Err(fail(JsonCause::NegativeZero));
            }
            if integer.abs() > MAX_SAFE_INTEGER {
                return Err(fail(JsonCause::IntegerTooLarge));
            }
            return Ok(Number::from(integer));
        }
        let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
        let digits =
            mantissa.trim_start_matches(['-', '0', '.']).trim_end_matches('0').bytes().filter(u8::is_ascii_digit);
        let significant = digits.count();
        if significant > 17 {
            return Err(fail(JsonCause::TooManyDigits));
        }
        let double = text.parse::<f64>().map_err(|_| fail(JsonCause::MalformedNumber))?;
        if significant == 0 && negative {
            return Err(fail(JsonCause::NegativeZero));
        }
        if double == 0.0 && significant > 0 {
            return Err(fail(JsonCause::NumberOutOfRange));
        }
        Number::from_f64(double).ok_or_else(|| fail(JsonCause::NumberOutOfRange))
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JsonError> {
        if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.unexpected())
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.peek() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn unexpected(&self) -> JsonError {
        match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            Some(c) => self.error(JsonCause::Unexpected(c)),
            None => self.error(JsonCause::UnexpectedEnd),
        }
    }

    fn error(&self, cause: JsonCause) -> JsonError {
        JsonError { cause, offset: self.at.min(self.bytes.len()), path: String::new() }
    }
}

impl JsonError {
    fn within(mut self, step: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{separator}{}", self.path);
        self
    }
}

/// Code points that are never characters (Unicode 23.7); I-JSON forbids them.
pub fn is_noncharacter(c: char) -> bool {
    let code = c as u32;
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(text: &str) -> JsonCause {
        parse(text.as_bytes()).expect_err(text).cause
    }

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            "{}",
            "[]",
            "null",
            "true",
            " false ",
            "\"\"",
            "0",
            "-1",
            "9007199254740991",
            "-9007199254740991",
            "1.5",
            "1e3",
            "2.5E-3",
            "1e21",
            "0.1",
            "[1,[2,[3]]]",
            "{\"a\":{\"b\":[null,true,\"x\"]}}",
            "\"\\u0041\\n\\\\\\/\\\"\"",
            "\"\\uD83D\\uDE00\"",
            "\"é😀\"",
            "\t\r\n[ 1 , 2 ]\n",
            "{\"\":1}",
            "5e-324",
            "1.7976931348623157e308",
            "123.4567",
            "-1.5",
            "0.0",
            "0e5",
        ] {
            assert_eq!(parse(text.as_bytes()).expect(text), serde_json::from_str::<Value>(text).expect(text), "{text}");
        }
    }

    #[test]
    fn reads_a_double_to_its_last_bit() {
        let value = parse(b"123.45678901234567").expect("valid");
        assert_eq!(value.as_f64().map(f64::to_bits), Some(123.45678901234567_f64.to_bits()));
    }

    #[test]
    fn keeps_the_order_of_keys() {
        let value = parse(br#"{"z":1,"a":2,"m":3}"#).expect("valid");
        assert_eq!(serde_json::to_string(&value).expect("json"), r#"{"z":1,"a":2,"m":3}"#);
    }

    #[test]
    fn refuses_what_two_readers_could_read_differently() {
        use JsonCause::*;
        for (text, expected) in [
            ("", UnexpectedEnd),
            ("   ", UnexpectedEnd),
            ("{\"a\":1,\"a\":2}", DuplicateKey("a".into())),
            ("{\"a\":1,\"\\u0061\":2}", DuplicateKey("a".into())),
            ("\"\\uD800\"", LoneSurrogate),
            ("\"\\uDC00\"", LoneSurrogate),
            ("\"\\uD800\\u0041\"", LoneSurrogate),
            ("\"\\uFFFF\"", Noncharacter(0xFFFF)),
            ("\"\u{FDD0}\"", Noncharacter(0xFDD0)),
            ("\u{FEFF}{}", ByteOrderMark),
            ("9007199254740992", IntegerTooLarge),
            ("-9007199254740992", IntegerTooLarge),
            ("123456789012345678901234567890", IntegerTooLarge),
            ("1.000000000000000001", TooManyDigits),
            ("1e309", NumberOutOfRange),
            ("1e-400", NumberOutOfRange),
            ("-1e-400", NumberOutOfRange),
            ("-0", NegativeZero),
            ("-0.0", NegativeZero),
            ("-0e1", NegativeZero),
            ("01", MalformedNumber),
            ("1.", MalformedNumber),
            (".5", Unexpected('.')),
            ("1e", MalformedNumber),
            ("-", MalformedNumber),
            ("+1", Unexpected('+')),
            ("NaN", Unexpected('N')),
            ("Infinity", Unexpected('I')),
            ("nul", Unexpected('n')),
            ("{} {}", TrailingData),
            ("1 2", TrailingData),
            ("[1,]", Unexpected(']')),
            ("{\"a\":1,}", Unexpected('}')),
            ("{a:1}", Unexpected('a')),
            ("{\"a\" 1}", Unexpected('1')),
            ("[1 2]", Unexpected('2')),
            ("'a'", Unexpected('\'')),
            ("// x\n1", Unexpected('/')),
            ("\"a", UnexpectedEnd),
            ("\"\\x\"", UnknownEscape),
            ("\"\\u12\"", UnknownEscape),
            ("\"\t\"", ControlCharacter),
            ("[1", UnexpectedEnd),
            ("\u{A0}1", Unexpected('\u{A0}')),
        ] {
            assert_eq!(cause(text), expected, "{text:?}");
        }
    }

    #[test]
    fn refuses_bytes_that_are_not_utf8() {
        let error = parse(b"\"\xC3\x28\"").expect_err("not UTF-8");
        assert_eq!((error.cause, error.offset), (JsonCause::NotUtf8, 1));
        for mark in [&b"\xEF\xBB\xBF"[..], b"\xFE\xFF", b"\xFF\xFE"] {
            assert_eq!(parse(&[mark, b"{}"].concat()).expect_err("a mark").cause, JsonCause::ByteOrderMark);
        }
        assert_eq!(parse(b"\"\xED\xA0\x80\"").expect_err("surrogate in UTF-8").cause, JsonCause::NotUtf8);
    }

    #[test]
    fn holds_the_limits_of_size_and_depth() {
        let limits = Limits { bytes: 10, depth: 2 };
        assert_eq!(parse_within(b"[1,2,3,4,5]", limits).expect_err("long").cause, JsonCause::TooLong(10));
        assert!(parse_within(b"[1,2,3,45]", limits).is_ok());
        assert!(parse_within(b"[[1],[2]]", limits).is_ok());
        assert_eq!(parse_within(b"[[[1]]]", limits).expect_err("deep").cause, JsonCause::TooDeep(2));
        assert_eq!(cause(&"[".repeat(100_000)), JsonCause::TooDeep(64));
    }

    #[test]
    fn names_the_byte_and_the_path() {
        let error = parse(br#"{"a":{"b":[1,{"c":9007199254740993}]}}"#).expect_err("too large");
        assert_eq!(error.to_string(), "the integer is beyond ±(2^53−1) (byte 18, in a.b[1].c)");
    }

    #[test]
    fn names_the_byte_of_what_is_wrong_in_a_text() {
        let offset = |text: &str| parse(text.as_bytes()).expect_err(text).offset;
        assert_eq!(offset("[\"é\u{FDD0}\"]"), 4);
        assert_eq!(offset("[\"é\\n\u{FDD0}\"]"), 6);
        assert_eq!(offset(r#"["a\uD800"]"#), 3);
        assert_eq!(offset(r#"["a\u12"]"#), 3);
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_serde_json_on_any_text(text in "[\\[\\]{}:,\"\\\\ a-c0-9.eEu+-]{0,24}") {
            if let Ok(value) = parse(text.as_bytes()) {
                proptest::prop_assert_eq!(value, serde_json::from_str::<Value>(&text).expect("stricter than serde_json"));
            }
        }
    }
}
