//! A young association: what `init` writes, and ten awards of its first year, two of them written in a browser. Made
//! twice, the files are the same; `tests/interop/run` puts its site before the judges, like the demonstration.

use std::fs;

use accolade::id::AwardId;
use accolade::issue::award::{AwardRequest, Decision, EvidenceRequest, To};
use accolade::issue::desk::Desk;
use accolade::issue::keygen::{self, Surety};
use accolade::issue::moment::When;
use accolade::issue::revoke::RevokeRequest;
use accolade::keys::KeyRing;
use accolade::scaffold::{self, Answers, BRANCH, Forge, issuer_slug, start};
use accolade::site::{Lang, Repository, Slug, Text, Visibility};
use accolade::words::Words;
use camino::Utf8Path;
use openbadges::iri::BaseUrl;
use openbadges::time::Timestamp;
use serde_json::{Value, json};

use crate::demo::random::Published;
use crate::demo::{Problem, moment};

/// The name the association gave to `init`.
const NAME: &str = "Les Amis du marais";

/// The address of its site.
pub const BASE_URL: &str = "https://badges.amis-marais.example";

/// The moment by which its awards are judged.
pub const CLOCK: &str = "2026-09-01T09:00:00Z";

/// The day when the association began.
const FIRST_DAY: &str = "2026-01-05";

/// A row of the year: how it is called, when, and what is asked for.
struct Row {
    n: &'static str,
    day: &'static str,
    deed: Deed,
    status: &'static str,
}

enum Deed {
    /// With `award`.
    Awarded(fn(AwardRequest) -> AwardRequest, fn() -> To),
    /// In a browser: the name of the file, and what is under `class` and `awarded`.
    Written(&'static str, &'static str),
}

const fn awarded(
    n: &'static str,
    day: &'static str,
    status: &'static str,
    to: fn() -> To,
    more: fn(AwardRequest) -> AwardRequest,
) -> Row {
    Row { n, day, deed: Deed::Awarded(more, to), status }
}

const fn written(
    n: &'static str,
    day: &'static str,
    name: &'static str,
    more: &'static str,
) -> Row {
    Row { n, day, deed: Deed::Written(name, more), status: "active" }
}

/// The year, in order.
const YEAR: [Row; 10] = [
    awarded(
        "N01",
        "2026-01-12",
        "active",
        || email("anouk.invente@personnes.example"),
        |asked| asked,
    ),
    awarded(
        "N02",
        "2026-01-30",
        "active",
        || To::Nobody,
        |asked| AwardRequest {
            visibility: Some(Visibility::Listed),
            evidence: vec![story("A tenu la buvette des trois soirées de janvier.")],
            ..asked
        },
    ),
    awarded(
        "N03",
        "2026-02-14",
        "active",
        || email("ulysse.fictif@personnes.example"),
        |asked| AwardRequest { hidden_name: Some("Ulysse Fictif".to_owned()), ..asked },
    ),
    awarded("N04", "2026-02-14", "active", did, |asked| asked),
    awarded(
        "N05",
        "2026-03-01",
        "active",
        || To::Url("https://atelier.example".to_owned()),
        |asked| AwardRequest { visibility: Some(Visibility::Listed), ..asked },
    ),
    awarded(
        "N06",
        "2026-03-08",
        "expired",
        || email("zelie.imaginaire@personnes.example"),
        |asked| AwardRequest { expires: When::parse("2026-08-31"), ..asked },
    ),
    awarded(
        "N07",
        "2026-04-11",
        "revoked",
        || email("tom.factice@personnes.example"),
        |asked| asked,
    ),
    awarded(
        "N08",
        "2026-04-11",
        "active",
        || To::Nobody,
        |asked| AwardRequest {
            shown_name: Some("Merle Fable".to_owned()),
            role: Some("trésorerie".to_owned()),
            visibility: Some(Visibility::Listed),
            ..asked
        },
    ),
    written(
        "N09",
        "2026-05-02",
        "2026-05-02-a.yaml",
        "evidence:\n  - narrative: A planté la haie.\n",
    ),
    written(
        "N10",
        "2026-06-20",
        "2026-06-20-fete.yml",
        "visibility: listed\nexpires: 2029-06-20\n",
    ),
];

/// Makes the association in the folder `root`, which is empty or absent, and gives what every judge must say of its awards.
///
/// # Errors
/// [`Problem`] says what went wrong.
pub fn make(root: &Utf8Path) -> Result<Value, Problem> {
    let answers = answers()?;
    let words = Words::of_program(&answers.lang);
    let files = scaffold::files(&answers, &words, "", "");
    let started = start::begin(root, &files, &[]).map_err(Problem::of(root))?;
    started.finish().map_err(Problem::of(root))?;
    let ring = key(root, &answers.issuer)?;
    let class = Slug::parse(answers.class()).ok_or_else(|| Problem("class".to_owned()))?;
    let mut expected = Vec::new();
    for row in &YEAR {
        let id = perform(root, row, &class, &ring)?;
        let email = match row.deed {
            Deed::Awarded(_, to) => match to() {
                To::Email(email) => Some(email),
                To::Did(_) | To::Url(_) | To::Nobody => None,
            },
            Deed::Written(..) => None,
        };
        let mut award = json!({
            "n": row.n, "id": id.text(), "class": class.as_str(), "lang": "fr", "key": "k1",
            "visibility": "unlisted", "status": row.status,
            "verdict": if row.status == "active" { "valid" } else { "invalid" },
        });
        if let (Some(award), Some(email)) = (award.as_object_mut(), email) {
            award.insert("email".to_owned(), email.into());
        }
        expected.push(award);
    }
    Ok(json!({ "now": CLOCK, "awards": expected }))
}

fn answers() -> Result<Answers, Problem> {
    Ok(Answers {
        name: NAME.to_owned(),
        issuer: issuer_slug(NAME).ok_or_else(|| Problem(NAME.to_owned()))?,
        base_url: BaseUrl::parse(BASE_URL).map_err(Problem::of(BASE_URL))?,
        lang: Lang::parse("fr").ok_or_else(|| Problem("fr".to_owned()))?,
        forge: Forge::Forgejo,
        repository: Repository::Public,
        branch: BRANCH.to_owned(),
    })
}

/// The first key, as `init` makes it; here its bytes are published, so it is worth nothing.
fn key(root: &Utf8Path, issuer: &Slug) -> Result<KeyRing, Problem> {
    let desk = open(root)?;
    let random = &mut dice("key");
    let now = evening(FIRST_DAY)?;
    let made =
        keygen::make(desk.site(), issuer, Surety::ActiveKey, &KeyRing::default(), now, random);
    let key = made.map_err(Problem::of("key"))?;
    desk.write_public_key(&key, &[]).map_err(Problem::of("key"))?;
    Ok(KeyRing::of([key.secret]))
}

/// An award from the decision to the signature, and for one of them to the end.
fn perform(root: &Utf8Path, row: &Row, class: &Slug, ring: &KeyRing) -> Result<AwardId, Problem> {
    let now = evening(row.day)?;
    let mut desk = open(root)?;
    let id = match &row.deed {
        Deed::Awarded(more, to) => {
            let asked =
                AwardRequest { public_hash: true, ..AwardRequest::new(class.clone(), to()) };
            let decision = desk.decide(&more(asked), now, &mut dice(row.n));
            let Decision::New(award) = decision.map_err(Problem::of(row.n))? else {
                return Err(Problem(format!("{} was awarded before", row.n)));
            };
            desk.write_award(&award).map_err(Problem::of(row.n))?;
            award.event.id
        }
        Deed::Written(name, more) => {
            drop(desk);
            let draft = root.join("badges/assertions/new").join(name);
            let text = format!("class: {class}\nawarded: {}\n{more}", row.day);
            fs::write(&draft, text).map_err(Problem::of(&draft))?;
            desk = open(root)?;
            let numbered = desk.number_drafts(now, &mut dice(row.n)).map_err(Problem::of(row.n))?;
            numbered.first().ok_or_else(|| Problem(format!("{}: no draft", row.n)))?.id
        }
    };
    seal(&mut desk, row, ring, now, "seal")?;
    if row.status == "revoked" {
        let now = evening("2026-07-14")?;
        let (reason, note, replaced_by, date) = Default::default();
        let request = RevokeRequest { award: id, reason, note, replaced_by, date };
        desk.revoke(&request, now).map_err(Problem::of(row.n))?;
        seal(&mut desk, row, ring, now, "withdraw")?;
    }
    Ok(id)
}

fn seal(
    desk: &mut Desk,
    row: &Row,
    ring: &KeyRing,
    now: Timestamp,
    what: &str,
) -> Result<(), Problem> {
    let sealed = desk.seal(ring, now, &mut dice(&format!("{}/{what}", row.n)));
    let report = sealed.map_err(|error| Problem(format!("{}: {error:?}", row.n)))?;
    if report.waiting.is_empty() { Ok(()) } else { Err(Problem(format!("{report:?}"))) }
}

/// The site of the judges is below another repository, whose history is none of its business.
fn open(root: &Utf8Path) -> Result<Desk, Problem> {
    Desk::open_to_remake(root).map_err(|error| Problem(format!("{error:#?}")))
}

fn dice(label: &str) -> Published {
    Published::new(&format!("a young association/{label}"), &[])
}

fn evening(day: &str) -> Result<Timestamp, Problem> {
    moment(&format!("{day}T18:00:00Z"))
}

fn email(address: &str) -> To {
    To::Email(address.to_owned())
}

fn did() -> To {
    To::Did("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK".to_owned())
}

fn story(text: &str) -> EvidenceRequest {
    let lang = Lang::parse("fr");
    let narrative = lang.map(|lang| Text([(lang, text.to_owned())].into()));
    EvidenceRequest { narrative, ..EvidenceRequest::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository as Made;
    use openbadges::iri::Iri;
    use openbadges::verify::{Input, Verdict};

    #[test]
    fn ten_awards_of_a_new_association_are_as_the_table_says_and_made_twice_they_are_the_same() {
        let (first, expected) = Made::of_an_association();
        let (second, again) = Made::of_an_association();
        assert_eq!(expected, again);
        let site = first.publish();
        let now = Timestamp::parse(CLOCK).unwrap();
        let awards = expected["awards"].as_array().unwrap();
        assert_eq!(awards.len(), 10);
        for award in awards {
            let path = format!("{BASE_URL}/a/{}/credential.json", award["id"].as_str().unwrap());
            let input = Input::Address(Iri::parse(&path).unwrap());
            let report = site.verify(&input, award["email"].as_str(), now);
            let is_good = report.verdict == Verdict::Valid;
            assert_eq!(is_good, award["verdict"] == "valid", "{award}: {report:#?}");
        }
        let _built = second.publish();
        let bytes = |made: &Made| -> Vec<(String, Vec<u8>)> {
            let all = walkdir::WalkDir::new(made.root()).sort_by_file_name().into_iter();
            let files = all.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
            let path = |path: &std::path::Path| path.strip_prefix(made.root()).unwrap().to_owned();
            files
                .map(|entry| {
                    (path(entry.path()).display().to_string(), fs::read(entry.path()).unwrap())
                })
                .filter(|(path, _)| !path.starts_with(".accolade"))
                .collect()
        };
        assert_eq!(bytes(&first), bytes(&second));
    }
}
