//! How JSON's own numbers and booleans become literals (CRED-RDFC-7, OB3-CTX-10).

use std::sync::Arc;

use serde_json::Number;

use super::error::Problem;
use crate::rdf::{Literal, XSD_BOOLEAN, XSD_DOUBLE, XSD_INTEGER};

/// The greatest integer that every JSON reader holds exactly, 2⁵³−1 (CRED-SAFE-9).
const INTEGER_MAX: u64 = (1 << 53) - 1;
/// From here on a whole number is written as a double (JSON-LD 1.1 API, section 8.2).
const DOUBLE_FROM: f64 = 1e21;

/// `true` or `false`, of the datatype of its term or else `xsd:boolean`.
pub(super) fn boolean(value: bool, datatype: Option<&Arc<str>>) -> Literal {
    let lexical = if value { "true" } else { "false" };
    Literal::typed(lexical, Arc::clone(datatype.unwrap_or(&XSD_BOOLEAN)))
}

/// A number: without fraction as an integer, else as a canonical double, whatever the datatype of its term is called.
///
/// A whole number stays an integer also when it is written with a fraction (`3.0`) or stands for a `float`; only the
/// datatype `xsd:double` itself asks for the other form.
pub(super) fn number(value: &Number, datatype: Option<&Arc<str>>) -> Result<Literal, Problem> {
    let wants_double = datatype.is_some_and(|datatype| *datatype == *XSD_DOUBLE);
    let integer = value.as_i64().map(i64::unsigned_abs).or_else(|| value.as_u64());
    if integer.is_some_and(|magnitude| magnitude > INTEGER_MAX) {
        return Err(Problem::Number);
    }
    let (lexical, native) = match (value.as_i64(), value.as_f64()) {
        (Some(integer), _) if !wants_double => (integer.to_string(), &XSD_INTEGER),
        (_, Some(float)) if float.fract() == 0.0 && float.abs() < DOUBLE_FROM && !wants_double => {
            // Adding zero turns −0 into 0, as ECMAScript's `toFixed` does.
            (format!("{:.0}", float + 0.0), &XSD_INTEGER)
        }
        (_, Some(float)) if float.is_finite() => (canonical_double(float), &XSD_DOUBLE),
        _ => return Err(Problem::Number),
    };
    Ok(Literal::typed(lexical, Arc::clone(datatype.unwrap_or(native))))
}

/// The canonical form of `xsd:double`, from 16 significant digits (`%1.15E` without the zeros at the end).
fn canonical_double(value: f64) -> String {
    let text = format!("{value:.15E}");
    let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0');
    let point = if mantissa.ends_with('.') { "0" } else { "" };
    format!("{mantissa}{point}E{exponent}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOAT: &str = "https://www.w3.org/2001/XMLSchema#float";
    const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
    const DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";

    fn written(json: &str, datatype: Option<&str>) -> (String, String) {
        let value: Number = serde_json::from_str(json).unwrap();
        let literal = number(&value, datatype.map(Arc::from).as_ref()).unwrap();
        (literal.lexical().to_owned(), literal.datatype().to_owned())
    }

    /// CRED-RDFC-7, OB3-CTX-10.
    #[test]
    fn numbers_become_the_literals_the_standard_says() {
        for (json, datatype, lexical, expected) in [
            ("3", Some(FLOAT), "3", FLOAT),
            ("3.0", Some(FLOAT), "3", FLOAT),
            ("3.5", Some(FLOAT), "3.5E0", FLOAT),
            ("0.1", Some(FLOAT), "1.0E-1", FLOAT),
            ("50", None, "50", INTEGER),
            ("14.42", None, "1.442E1", DOUBLE),
            ("-0.0", None, "0", INTEGER),
            ("3", Some(DOUBLE), "3.0E0", DOUBLE),
            ("1e20", None, "100000000000000000000", INTEGER),
            ("1e21", None, "1.0E21", DOUBLE),
            ("-1.5e-10", None, "-1.5E-10", DOUBLE),
            ("0.30000000000000004", None, "3.0E-1", DOUBLE),
            ("9007199254740991", None, "9007199254740991", INTEGER),
        ] {
            let expected = (lexical.to_owned(), expected.to_owned());
            assert_eq!(written(json, datatype), expected, "{json} as {datatype:?}");
        }
    }

    /// CRED-SAFE-9.
    #[test]
    fn an_integer_that_readers_would_round_is_refused() {
        for json in ["9007199254740992", "-9007199254740992", "18446744073709551615"] {
            let value: Number = serde_json::from_str(json).unwrap();
            assert_eq!(number(&value, None), Err(Problem::Number), "{json}");
        }
    }
}
