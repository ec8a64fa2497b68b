//! `vectors/baking`: what every picture there carries, to the byte, and which ones are refused.
//!
//! Spec: OB2-BAKE-1 … 18, OB3-BAKE-1 … 9.

use std::process::ExitCode;

use accolade_tests::{read, read_json, run, same_text, suite};
use camino::Utf8Path;
use libtest_mimic::{Failed, Trial};
use openbadges::bake::{
    Baked, Form, Kind, Oddity, PictureError, PngError, Record, Slot, SlotError, SvgError, bake,
    extract,
};
use serde_json::Value;

fn main() -> ExitCode {
    run(suite("vectors/baking/index.json", collect))
}

fn collect(index: &Utf8Path) -> Result<Vec<Trial>, Failed> {
    let folder = index.parent().unwrap_or(index).to_owned();
    let index = read_json(index)?;
    let cases = index.get("files").and_then(Value::as_array).ok_or("`files` is missing")?.clone();
    let mut trials = Vec::new();
    for case in cases {
        let name = text(&case, "file").ok_or("a case has no `file`")?.to_owned();
        let (one, path) = (case.clone(), folder.join(&name));
        trials.push(Trial::test(format!("baking/extract {name}"), move || check(&one, &path)));
        if text(&case, "kind").is_some() {
            let folder = folder.clone();
            trials.push(Trial::test(format!("baking/rebake {name}"), move || {
                rebake(&case, &folder.join("unbaked.png"))?;
                rebake(&case, &folder.join("unbaked.svg"))
            }));
        }
    }
    Ok(trials)
}

fn check(case: &Value, path: &Utf8Path) -> Result<(), Failed> {
    let image = read(path)?;
    let found = extract(&image);
    match case["expect"].as_str() {
        None => {
            let slot = slot_of(case);
            let form = match case["kind"].as_str().unwrap_or_default() {
                "hosted-json" | "data-integrity-json" => Form::Json,
                "jws" | "jwt" => Form::Jws,
                kind if kind.contains("url") => Form::Url,
                kind => return Err(format!("unknown kind `{kind}`").into()),
            };
            let found = found?;
            holds(&found, slot, payload(case)?)?;
            holds_nothing(&found, other(slot))?;
            expect(&Some(form), &found.get(slot)?.map(|found| found.form))?;
            let legacy = case["version"] == "legacy";
            expect(&Some(legacy), &found.get(slot)?.map(|it| it.oddities == [Oddity::LegacyChunk]))
        }
        Some("no-badge") => expect(&true, &found?.is_unbaked()),
        // A second record is an error of its own, not "no badge" and not "the first one".
        Some("error" | "error-or-first") => {
            expect(&Err(&SlotError::Several { count: 2 }), &found?.get(Slot::OpenBadges2))
        }
        Some("tolerate" | "tolerate-or-reject") => {
            let found = found?;
            holds(&found, Slot::OpenBadges2, payload(case)?)?;
            let oddities = found.get(Slot::OpenBadges2)?.map(|it| it.oddities.len());
            expect(&Some(1), &oddities)
        }
        Some("two-badges-different-keywords") => {
            let found = found?;
            for slot in Slot::ALL {
                let payload = case.get("payloads").and_then(|all| text(all, slot.keyword()));
                holds(&found, slot, payload.ok_or("a payload is missing")?)?;
            }
            Ok(())
        }
        Some("reject") => {
            let expected = match path.file_name().unwrap_or_default() {
                "bad-crc.png" => PictureError::Png(PngError::Checksum { at: 33 }),
                "truncated.png" | "huge-length.png" => {
                    PictureError::Png(PngError::Truncated { at: 33 })
                }
                "not-a-png.png" => PictureError::NeitherPngNorSvg,
                "xxe.svg" | "billion-laughs.svg" => {
                    PictureError::Svg(SvgError::DocumentType { at: 22 })
                }
                other => return Err(format!("`{other}` has no reason to be refused yet").into()),
            };
            expect(&Err(expected), &found)
        }
        Some(other) => Err(format!("unknown expectation `{other}`").into()),
    }
}

/// Bakes the same record into a clean picture and takes it out again, and once more over itself.
fn rebake(case: &Value, clean: &Utf8Path) -> Result<(), Failed> {
    let (slot, text) = (slot_of(case), payload(case)?);
    let record = Record::new(slot, text)?.hosted_at("https://badges.example/a/1.json")?;
    let baked = bake(&read(clean)?, &[record])?;
    let found = extract(&baked)?;
    let is_svg = Kind::detect(&baked)? == Kind::Svg;
    // OB2-BAKE-13: one CDATA section, so `]]>` is escaped the JSON way.
    let expected = if is_svg { text.replace("]]>", "]]\\u003e") } else { text.to_owned() };
    holds(&found, slot, &expected)?;
    expect(&true, &(bake(&baked, &[record])? == baked))
}

fn text<'a>(case: &'a Value, name: &str) -> Option<&'a str> {
    case.get(name).and_then(Value::as_str)
}

fn slot_of(case: &Value) -> Slot {
    if case["version"] == "3.0" { Slot::OpenBadges3 } else { Slot::OpenBadges2 }
}

fn other(slot: Slot) -> Slot {
    match slot {
        Slot::OpenBadges2 => Slot::OpenBadges3,
        Slot::OpenBadges3 => Slot::OpenBadges2,
    }
}

fn payload(case: &Value) -> Result<&str, Failed> {
    Ok(case["payload"].as_str().ok_or("`payload` is missing")?)
}

fn holds(found: &Baked, slot: Slot, expected: &str) -> Result<(), Failed> {
    let found = found.get(slot)?.ok_or("nothing is there")?;
    same_text(expected, &found.text)
}

fn holds_nothing(found: &Baked, slot: Slot) -> Result<(), Failed> {
    expect(&Ok(None), &found.get(slot))
}

fn expect<T: PartialEq + std::fmt::Debug>(expected: &T, found: &T) -> Result<(), Failed> {
    if expected == found {
        Ok(())
    } else {
        Err(format!("expected {expected:?}\n   found {found:?}").into())
    }
}
