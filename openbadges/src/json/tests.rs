use proptest::prelude::*;
use serde_json::json;

use super::*;

fn kind(text: &str) -> JsonErrorKind {
    parse(text.as_bytes()).expect_err(text).kind
}

#[test]
fn every_kind_of_value_is_read() {
    let text = " {\"a\" : [1, -2, 0.5, 1e3, true, false, null, {}, []],\r\n\t\"é\\u00e9\":\"\\ud83d\\ude00/\\/\"}\n";
    assert_eq!(
        parse(text.as_bytes()),
        Ok(json!({"a": [1, -2, 0.5, 1e3, true, false, null, {}, []], "éé": "😀//"}))
    );
}

/// CRED-SAFE-9: `serde_json` keeps the last one; an escaped spelling is the same name.
#[test]
fn a_member_that_occurs_twice_is_refused_at_any_depth() {
    let twice = r#"{"a": [{"b": {"name": 1, "n\u0061me": 2}}]}"#;
    assert_eq!(serde_json::from_str::<Value>(twice).unwrap()["a"][0]["b"]["name"], 2);
    assert_eq!(
        parse(twice.as_bytes()),
        Err(JsonError {
            kind: JsonErrorKind::DuplicateMember,
            line: 1,
            column: 26,
            member: Some("name".to_owned()),
        })
    );
}

#[test]
fn an_error_names_line_column_and_member() {
    let error = parse("{\n  \"été\": {\n    \"été\": \"ça\", \"n\": 01\n  }\n}".as_bytes());
    let error = error.unwrap_err();
    assert_eq!((error.line, error.column), (3, 23));
    assert_eq!(error.member.as_deref(), Some("n"));
    assert_eq!(
        error.to_string(),
        "line 3, column 23: this is not a number as JSON writes it, in member `n`"
    );
}

#[test]
fn half_a_surrogate_pair_is_refused() {
    for text in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, r#""\ud800x""#] {
        assert_eq!(kind(text), JsonErrorKind::LoneSurrogate, "{text}");
    }
    for text in [r#""\ud800\ud800""#, r#""\udc00\ud800""#, r#""\udc00\udc00""#] {
        assert_eq!(kind(text), JsonErrorKind::LoneSurrogate, "{text}");
    }
}

#[test]
fn depth_is_bounded_before_the_stack_is() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(nested(64).as_bytes()).is_ok());
    assert_eq!(kind(&nested(65)), JsonErrorKind::TooDeep { depth_max: 64 });
    assert_eq!(kind(&"[".repeat(1 << 20)), JsonErrorKind::TooDeep { depth_max: 64 });
    assert_eq!(kind(&"{\"a\":".repeat(100_000)), JsonErrorKind::TooDeep { depth_max: 64 });
}

#[test]
fn size_is_bounded() {
    let bounds = Bounds { bytes_max: 4, ..Bounds::RECORD };
    assert_eq!(parse_with(b"1234", &bounds), Ok(json!(1234)));
    let error = parse_with(b"12345", &bounds).unwrap_err();
    assert_eq!(error.kind, JsonErrorKind::TooLarge { bytes_max: 4 });
}

#[test]
fn integers_stay_within_what_every_reader_keeps() {
    assert_eq!(parse(b"9007199254740991"), Ok(json!(9_007_199_254_740_991_i64)));
    assert_eq!(parse(b"-9007199254740991"), Ok(json!(-9_007_199_254_740_991_i64)));
    for text in ["9007199254740992", "-9007199254740992", "123456789012345678901234567890"] {
        assert_eq!(kind(text), JsonErrorKind::IntegerRange, "{text}");
    }
    assert_eq!(parse(b"1e30"), Ok(json!(1e30)));
    assert_eq!(kind("1e400"), JsonErrorKind::NumberRange);
}

#[test]
fn what_the_grammar_does_not_have_is_refused_for_its_own_reason() {
    for (text, expected) in [
        ("", JsonErrorKind::UnexpectedEnd),
        ("[1,]", JsonErrorKind::Expected("a value")),
        ("{\"a\":1,}", JsonErrorKind::Expected("a member name in double quotes")),
        ("{a:1}", JsonErrorKind::Expected("a member name in double quotes")),
        ("{\"a\" 1}", JsonErrorKind::Expected("`:` after the member name")),
        ("[1 2]", JsonErrorKind::Expected("`,` or `]`")),
        ("{\"a\":1 \"b\":2}", JsonErrorKind::Expected("`,` or `}`")),
        ("tru", JsonErrorKind::Expected("a value")),
        ("'a'", JsonErrorKind::Expected("a value")),
        ("{} {}", JsonErrorKind::Trailing),
        ("{\"a\"", JsonErrorKind::UnexpectedEnd),
        ("\"a", JsonErrorKind::UnexpectedEnd),
        ("\"\\", JsonErrorKind::UnexpectedEnd),
        ("\"a\nb\"", JsonErrorKind::ControlCharacter),
        ("\"\\x41\"", JsonErrorKind::Escape),
        ("\"\\u+041\"", JsonErrorKind::Escape),
        ("\"\\u00é\"", JsonErrorKind::Escape),
        ("01", JsonErrorKind::Number),
        ("-", JsonErrorKind::Number),
        ("1.", JsonErrorKind::Number),
        ("1e", JsonErrorKind::Number),
        (".5", JsonErrorKind::Expected("a value")),
        ("+1", JsonErrorKind::Expected("a value")),
        ("NaN", JsonErrorKind::Expected("a value")),
        ("\u{feff}{}", JsonErrorKind::ByteOrderMark),
        ("\u{a0}{}", JsonErrorKind::Expected("a value")),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
    let error = parse(b"{\"a\":\n \"\xff\"}").unwrap_err();
    assert_eq!((error.kind, error.line, error.column), (JsonErrorKind::NotUtf8, 2, 3));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-INTEGER_MAX..=INTEGER_MAX).prop_map(Value::from),
        any::<f64>()
            .prop_filter_map("finite", |number| Number::from_f64(number).map(Value::Number)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read_back_equal(value in any_json()) {
        let pretty = serde_json::to_vec_pretty(&value).unwrap();
        prop_assert_eq!(parse(&pretty), Ok(value.clone()));
        prop_assert_eq!(parse(value.to_string().as_bytes()), Ok(value));
    }

    #[test]
    fn nothing_is_read_that_serde_json_refuses(text in "[\\[\\]{}\",:0-9eE.+\\-\\\\u a-ftrn]{0,24}") {
        if let Ok(value) = parse(text.as_bytes()) {
            let other: Value = serde_json::from_str(&text).unwrap();
            // `-0` is the one text both read and differ about: an integer here, a float there.
            prop_assert!(value == other || text.contains("-0"));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _answer = parse(&bytes);
    }
}
