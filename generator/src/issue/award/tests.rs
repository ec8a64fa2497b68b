use std::collections::BTreeSet;

use openbadges::recipient::Claim;

use super::*;
use crate::example::{award, event, id, lang, moment, site, slug, text};
use crate::issue::email::EmailProblem;
use crate::issue::event::award_file;
use crate::issue::randomness::tests::Stream;
use crate::site::Repository;

const NOW: &str = "2026-03-12T14:30:00Z";

fn request(to: To) -> AwardRequest {
    let criteria_met = vec!["presenter".to_owned(), "ecouter".to_owned()];
    AwardRequest { public_hash: true, criteria_met, ..AwardRequest::new(slug("accueil"), to) }
}

fn alizee() -> To {
    To::Email(" Alizee.Canular@Personnes.example ".to_owned())
}

/// Sealed awards that cannot be read, and no register.
const NOBODY: Known<'_> = Known { sealed: &|_| None, register: None };

fn decided(site: &Site, request: &AwardRequest) -> Result<Decision, AwardError> {
    decide(site, request, &NOBODY, moment(NOW), &mut Stream::of("award"))
}

fn new_award(site: &Site, request: &AwardRequest) -> NewAward {
    match decided(site, request) {
        Ok(Decision::New(award)) => *award,
        other => panic!("{other:?}"),
    }
}

fn refused(request: &AwardRequest) -> AwardError {
    decided(&site(), request).unwrap_err()
}

#[test]
fn an_award_of_today_takes_the_moment_and_the_end_the_class_gives() {
    let event = new_award(&site(), &request(alizee())).event;
    assert_eq!(event.awarded, moment(NOW));
    assert_eq!(event.expires, Some(moment("2029-03-12T23:59:59Z")));
    assert_eq!((event.class, event.version, event.level), (slug("accueil"), 1, None));
    assert_eq!((event.lang, event.visibility), (lang("fr"), Visibility::Unlisted));
    assert_eq!(event.file, format!("badges/assertions/2026/{}.yaml", event.id));
}

#[test]
fn an_address_is_hashed_in_lower_case_with_a_salt_of_its_own_ob2_hash_4_ob2_hash_5() {
    let mut random = Stream::of("salts");
    let mut salts = BTreeSet::new();
    for _ in 0..20 {
        let decision =
            decide(&site(), &request(alizee()), &NOBODY, moment(NOW), &mut random).unwrap();
        let Decision::New(award) = decision else { panic!("{decision:?}") };
        let Recipient::Email { hash, salt } = award.event.recipient else { panic!("not an email") };
        let claim = Claim::new(true, &hash, Some(&salt)).unwrap();
        assert!(Identity::exact("alizee.canular@personnes.example").matches(&claim));
        assert!(hash.starts_with("sha256$"));
        assert_eq!(salt.len(), 26, "128 bits");
        assert!(salts.insert(salt), "each award has its own salt");
        assert_eq!(award.register.email.as_deref(), Some("alizee.canular@personnes.example"));
    }
}

#[test]
fn a_public_repository_wants_consent_to_the_hash_and_a_private_one_does_not() {
    let mut asked = request(alizee());
    asked.public_hash = false;
    assert_eq!(refused(&asked), AwardError::PublicHash);
    let mut private = site();
    private.settings.repository = Repository::Private;
    assert!(decided(&private, &asked).is_ok());
    // Nothing of an address is published in the other modes.
    for to in [To::Nobody, To::Url("https://fablab.example".to_owned())] {
        let asked = AwardRequest { public_hash: false, ..request(to) };
        assert!(decided(&site(), &asked).is_ok());
    }
}

#[test]
fn every_other_recipient_is_kept_as_it_is_and_nobody_is_a_uuid_of_version_4_ob2_gen_8() {
    let did = "did:key:z6Mkmf8JZMZKDpQcumG94haxMEKw9FUSu1MbhBfZcq7Yez1d";
    let award = new_award(&site(), &request(To::Did(did.to_owned())));
    assert_eq!(award.event.recipient, Recipient::Did(did.to_owned()));
    let url = "https://maree-haute.example";
    let award = new_award(&site(), &request(To::Url(url.to_owned())));
    assert_eq!(award.event.recipient, Recipient::Url(url.to_owned()));
    assert_eq!(award.register, register::Entry::default());
    let award = new_award(&site(), &request(To::Nobody));
    let Recipient::Opaque(urn) = award.event.recipient else { panic!("not opaque") };
    let uuid = urn.strip_prefix("urn:uuid:").unwrap();
    let parts: Vec<usize> = uuid.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12]);
    assert_eq!(uuid.as_bytes()[14], b'4', "{uuid}");
    assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
    assert_eq!(random_urn([0xff; 16]), "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff");
    assert_eq!(random_urn([0; 16]), "urn:uuid:00000000-0000-4000-8000-000000000000");
}

#[test]
fn what_is_no_recipient_is_refused() {
    for (text, why) in [
        ("alizee", EmailProblem::NoAt),
        ("@b.example", EmailProblem::Incomplete),
        ("a b@c.example", EmailProblem::Space),
        ("a@b", EmailProblem::Domain),
    ] {
        assert_eq!(refused(&request(To::Email(text.to_owned()))), AwardError::NotAnEmail { why });
        let contact = Some(text.to_owned());
        let asked = AwardRequest { contact, ..request(To::Nobody) };
        assert_eq!(refused(&asked), AwardError::NotAnEmail { why }, "for the register too");
    }
    for text in ["z6Mk", "did:", "did:key", "did:key:", "did:Key:a", "did:web:a#b", "did:web:a b"] {
        let text = text.to_owned();
        assert_eq!(refused(&request(To::Did(text.clone()))), AwardError::NotADid { text });
    }
    for text in ["fablab.example", "http://fablab.example", "https://", "https://192.0.2.1/"] {
        let text = text.to_owned();
        assert_eq!(refused(&request(To::Url(text.clone()))), AwardError::NotAUrl { text });
    }
}

#[test]
fn a_hidden_name_is_in_the_link_and_the_register_and_only_its_hash_in_the_event() {
    let hidden_name = Some("  Ø   Simulacre ".to_owned());
    let award = new_award(&site(), &AwardRequest { hidden_name, ..request(alizee()) });
    let salt = award.register.name_salt.clone().unwrap();
    let page = format!("https://badges.example/a/{}/", award.event.id);
    assert_eq!(award.link, format!("{page}#n=%C3%98%20Simulacre&s={salt}"));
    let hash = RecipientHash::parse(award.event.hidden_name.as_deref().unwrap()).unwrap();
    assert!(hash.is_of_name("Ø Simulacre", &NameSalt::parse(&salt).unwrap()));
    assert_eq!(award.register.name.as_deref(), Some("Ø Simulacre"));
    let file = award_file(&award.event);
    assert!(!file.contains(&salt) && !file.contains("Simulacre"), "{file}");
}

#[test]
fn a_shown_name_carries_the_day_of_the_consent() {
    let shown_name = Some("Alizée  Canular".to_owned());
    let award = new_award(&site(), &AwardRequest { shown_name, ..request(alizee()) });
    let holder = Holder { name: "Alizée Canular".to_owned(), consent: "2026-03-12".to_owned() };
    assert_eq!(award.event.holder, Some(holder));
    assert_eq!(award.link, format!("https://badges.example/a/{}/", award.event.id));
}

#[test]
fn dates_are_of_the_past_and_an_end_comes_after_the_beginning() {
    let at = |date: &str, expires: Option<&str>| {
        let date = When::parse(date);
        let expires = expires.and_then(When::parse);
        decided(&site(), &AwardRequest { date, expires, ..request(alizee()) }).map(|decision| {
            let Decision::New(award) = decision else { panic!("{decision:?}") };
            (award.event.awarded.to_string(), award.event.expires.unwrap().to_string())
        })
    };
    let pair = |a: &str, b: &str| Ok((a.to_owned(), b.to_owned()));
    assert_eq!(at("2026-03-12", None), pair(NOW, "2029-03-12T23:59:59Z"));
    assert_eq!(at("2024-02-29", None), pair("2024-02-29T00:00:00Z", "2027-02-28T23:59:59Z"));
    let bounded = at("2023-09-01", Some("2026-09-01T00:00:00Z"));
    assert_eq!(bounded, pair("2023-09-01T00:00:00Z", "2026-09-01T00:00:00Z"));
    assert_eq!(
        at("2026-03-11", Some("2026-03-11")),
        pair("2026-03-11T00:00:00Z", "2026-03-11T23:59:59Z")
    );
    let tomorrow = moment("2026-03-13T00:00:00Z");
    assert_eq!(at("2026-03-13", None), Err(AwardError::InTheFuture { awarded: tomorrow }));
    let (awarded, expires) = (moment("2026-03-11T00:00:00Z"), moment("2026-03-10T23:59:59Z"));
    let backwards = at("2026-03-11", Some("2026-03-10"));
    assert_eq!(backwards, Err(AwardError::EndsBeforeItBegins { awarded, expires }));
}

#[test]
fn a_class_with_levels_wants_one_and_a_class_without_none() {
    let levelled = |level| {
        let criteria_met = Vec::new();
        AwardRequest { class: slug("sol"), level, criteria_met, ..request(alizee()) }
    };
    assert_eq!(new_award(&site(), &levelled(Some(2))).event.level, Some(2));
    let levels = vec![1, 2];
    assert_eq!(refused(&levelled(None)), AwardError::LevelMissing { levels: levels.clone() });
    assert_eq!(refused(&levelled(Some(3))), AwardError::LevelUnknown { level: 3, levels });
    let plain = AwardRequest { level: Some(1), ..request(alizee()) };
    assert_eq!(refused(&plain), AwardError::LevelUnknown { level: 1, levels: Vec::new() });
    let unknown = AwardRequest { class: slug("velo"), ..request(alizee()) };
    assert_eq!(
        refused(&unknown),
        AwardError::UnknownClass {
            class: slug("velo"),
            known: site().classes.iter().map(|class| class.slug.clone()).collect(),
        }
    );
    let breton = AwardRequest { lang: Some(lang("br")), ..request(alizee()) };
    let langs = vec![lang("en"), lang("fr")];
    assert_eq!(refused(&breton), AwardError::LangUnknown { lang: lang("br"), langs });
}

#[test]
fn the_rule_of_the_class_binds_whoever_awards_it() {
    let met = |items: &[&str]| {
        let criteria_met = items.iter().map(|item| (*item).to_owned()).collect();
        decided(&site(), &AwardRequest { criteria_met, ..request(alizee()) }).map(|_| ())
    };
    let known = || ["presenter", "orienter", "ecouter"].map(str::to_owned).to_vec();
    let needed = 2;
    assert_eq!(met(&["presenter", "ecouter"]), Ok(()));
    assert_eq!(met(&[]), Err(AwardError::CriteriaMissing { needed, known: known() }));
    let one = Err(AwardError::CriteriaTooFew { met: 1, needed, known: known() });
    assert_eq!(met(&["presenter"]), one);
    assert_eq!(met(&["presenter", "presenter"]), one, "twice the same is one");
    let unknown = AwardError::CriteriaUnknown { item: "danser".to_owned(), known: known() };
    assert_eq!(met(&["presenter", "danser"]), Err(unknown));
}

/// `sol`, whose second level wants the first.
fn climbing() -> Site {
    let mut site = site();
    for class in &mut site.classes {
        if class.slug == slug("sol") {
            class.requires.insert(2, 1);
        }
    }
    site
}

fn sol(level: u8, to: To) -> AwardRequest {
    AwardRequest { class: slug("sol"), level: Some(level), criteria_met: Vec::new(), ..request(to) }
}

#[test]
fn a_level_that_wants_an_earlier_one_is_for_those_who_have_it() {
    let mut site = climbing();
    let (level, requires) = (2, 1);
    let missing = AwardError::EarlierLevelMissing { level, requires };
    assert_eq!(decided(&site, &sol(2, alizee())).unwrap_err(), missing);
    let first = new_award(&site, &sol(1, alizee())).event;
    let withdrawn = first.id;
    site.pending.push(first);
    assert_eq!(new_award(&site, &sol(2, alizee())).event.level, Some(2));
    let basile = || To::Email("basile.exemple@personnes.example".to_owned());
    assert_eq!(decided(&site, &sol(2, basile())).unwrap_err(), missing, "she has it, he does not");
    let revocation =
        crate::site::Revocation { date: moment(NOW), reason: None, note: None, replaced_by: None };
    site.revocations.insert(withdrawn, revocation);
    assert_eq!(decided(&site, &sol(2, alizee())).unwrap_err(), missing, "what was withdrawn");
    let override_reason = Some("jury du 2 juin".to_owned());
    let lifted = AwardRequest { override_reason, ..sol(2, basile()) };
    let award = new_award(&site, &lifted);
    assert_eq!(award.register.override_reason.as_deref(), Some("jury du 2 juin"));
    assert!(!award_file(&award.event).contains("jury"), "the reason is in the register alone");
}

#[test]
fn where_nobody_can_tell_who_has_the_earlier_level_it_is_unknown_and_not_missing() {
    let mut site = climbing();
    let (level, requires) = (2, 1);
    let unknown = AwardError::EarlierLevelUnknown { level, requires };
    let mut opaque = event(9);
    (opaque.class, opaque.level) = (slug("sol"), Some(1));
    site.pending.push(opaque);
    assert_eq!(decided(&site, &sol(2, alizee())).unwrap_err(), unknown);
    assert_eq!(decided(&site, &sol(2, To::Nobody)).unwrap_err(), unknown);
    // The register knows.
    let local_id = || Some("42".to_owned());
    let entries =
        [(id(9), register::Entry { local_id: local_id(), ..register::Entry::default() })].into();
    let known = Known { sealed: &|_| None, register: Some(&entries) };
    let asked = AwardRequest { local_id: local_id(), ..sol(2, To::Nobody) };
    let decided = decide(&site, &asked, &known, moment(NOW), &mut Stream::of("a"));
    assert!(matches!(decided, Ok(Decision::New(_))), "{decided:?}");
    let other = AwardRequest { local_id: Some("43".to_owned()), ..sol(2, To::Nobody) };
    let decided = decide(&site, &other, &known, moment(NOW), &mut Stream::of("a"));
    assert_eq!(decided.unwrap_err(), AwardError::EarlierLevelMissing { level, requires });
}

#[test]
fn evidence_files_get_names_that_every_host_serves() {
    let file = |name: &str| EvidenceRequest {
        file: Some(name.into()),
        alt: Some(text("Une table", "A table")),
        ..Default::default()
    };
    let with = |evidence: Vec<EvidenceRequest>| AwardRequest { evidence, ..request(alizee()) };
    let award = new_award(&site(), &with(vec![file("/tmp/a/photo-1.JPG")]));
    let copy = Copy { source: "/tmp/a/photo-1.JPG".into(), name: "photo-1.JPG".to_owned() };
    assert_eq!(award.copies, [copy]);
    assert_eq!(award.event.evidence[0].file.as_deref(), Some("photo-1.JPG"));
    for name in ["/tmp/été.jpg", "/tmp/a b.jpg", "/tmp/.hidden", "/", "/tmp/a%20b"] {
        let refused = refused(&with(vec![file(name)]));
        assert_eq!(refused, AwardError::EvidenceName { file: name.into() }, "{name}");
    }
    let twice = refused(&with(vec![file("a/photo.jpg"), file("b/Photo.jpg")]));
    assert_eq!(twice, AwardError::EvidenceTwice { name: "Photo.jpg".to_owned() });
    let much = refused(&with(vec![file("a"); 33]));
    assert_eq!(much, AwardError::EvidenceTooMuch { count: 33 });
    let plain = EvidenceRequest { url: Some("http://a.example".to_owned()), ..Default::default() };
    let plain = refused(&with(vec![plain]));
    assert_eq!(plain, AwardError::NotAUrl { text: "http://a.example".to_owned() });
    let unseen = EvidenceRequest { alt: None, ..file("a/photo.JPG") };
    let refused_alt = refused(&with(vec![unseen]));
    assert_eq!(refused_alt, AwardError::EvidenceWithoutAlt { file: "a/photo.JPG".into() });
    let paper = EvidenceRequest { alt: None, ..file("a/report.pdf") };
    assert_eq!(new_award(&site(), &with(vec![paper])).copies.len(), 1);
}

#[test]
fn texts_are_bounded_seen_and_without_addresses() {
    let story = |words: &str| {
        let narrative = Some(Text([(lang("fr"), words.to_owned())].into()));
        let evidence = vec![EvidenceRequest { narrative, ..Default::default() }];
        AwardRequest { evidence, ..request(alizee()) }
    };
    let show = |name: &str| AwardRequest { shown_name: Some(name.to_owned()), ..request(alizee()) };
    let of = TextOf::Story;
    assert_eq!(refused(&story(" \n")), AwardError::TextEmpty { of });
    assert_eq!(refused(&story(&"a".repeat(5_001))), AwardError::TextTooLong { of, chars: 5_001 });
    assert!(decided(&site(), &story(&format!("Un.\n\tDeux {}", "a".repeat(4_900)))).is_ok());
    let of_story = |character| AwardError::TextControl { of, character };
    assert_eq!(refused(&story("a\u{1b}[31m")), of_story('\u{1b}'));
    assert_eq!(refused(&story("a\u{202e}b")), of_story('\u{202e}'));
    let of = TextOf::Name;
    for (name, character) in [("Al\nBcc: x", '\n'), ("Al\u{0}", '\0'), ("Al\u{2028}", '\u{2028}')] {
        assert_eq!(refused(&show(name)), AwardError::TextControl { of, character });
        let hidden_name = Some(name.to_owned());
        let hidden = AwardRequest { hidden_name, ..request(alizee()) };
        assert_eq!(refused(&hidden), AwardError::TextControl { of, character });
    }
    assert_eq!(refused(&show(&"é".repeat(201))), AwardError::TextTooLong { of, chars: 201 });
    // What `check` would refuse once it is written is refused before.
    assert_eq!(refused(&story("Demandez à jean@club.example.")), AwardError::AddressInText);
    assert_eq!(refused(&show("Jean <jean@club.example>")), AwardError::AddressInText);
}

#[test]
fn the_same_person_on_the_same_day_is_the_same_award() {
    let mut site = site();
    let first = new_award(&site, &request(alizee())).event;
    let same_id = first.id;
    site.pending.push(first);
    let asked = |site: &Site, request: &AwardRequest| match decided(site, request).unwrap() {
        Decision::Same(id) => Some(id),
        Decision::New(_) => None,
    };
    assert_eq!(asked(&site, &request(alizee())), Some(same_id));
    // In capitals she is still the same person.
    let capitals = request(To::Email("ALIZEE.CANULAR@PERSONNES.EXAMPLE".to_owned()));
    assert_eq!(asked(&site, &capitals), Some(same_id));
    let other = |request: AwardRequest| assert_eq!(asked(&site, &request), None, "{request:?}");
    other(request(To::Email("basile.exemple@personnes.example".to_owned())));
    other(AwardRequest { date: When::parse("2026-03-11"), ..request(alizee()) });
    other(sol(1, alizee()));
    other(request(To::Nobody));
    // A list without dates that is read again another day.
    let yesterday = AwardRequest { date: When::parse("2026-03-11"), ..request(alizee()) };
    assert_eq!(asked(&site, &AwardRequest { of_any_day: true, ..yesterday }), Some(same_id));
}

#[test]
fn a_sealed_award_is_compared_by_what_was_sealed() {
    let mut site = site();
    let sealed_event = new_award(&site, &request(alizee())).event;
    let mut row = award(7, 12);
    row.awarded = moment("2026-03-12T08:00:00Z");
    site.awards.push(row);
    let recipient = sealed_event.recipient;
    let sealed = |_: &crate::site::Award| Some(recipient.clone());
    let read = Known { sealed: &sealed, register: None };
    let again = decide(&site, &request(alizee()), &read, moment(NOW), &mut Stream::of("b"));
    assert!(matches!(again, Ok(Decision::Same(found)) if found == id(7)), "{again:?}");
    // Another day, another level, another version: another award.
    for change in [
        |row: &mut crate::site::Award| row.awarded = moment("2026-03-11T23:59:59Z"),
        |row: &mut crate::site::Award| row.level = Some(1),
        |row: &mut crate::site::Award| row.version = 2,
        |row: &mut crate::site::Award| row.class = 0,
    ] {
        let mut other = self::site();
        let mut row = site.awards[0].clone();
        change(&mut row);
        other.awards.push(row);
        let decided = decide(&other, &request(alizee()), &read, moment(NOW), &mut Stream::of("d"));
        assert!(matches!(decided, Ok(Decision::New(_))), "{:?}", other.awards);
    }
    // Nobody is never the same person twice.
    site.pending.push(event(8));
    let nobody = decide(&site, &request(To::Nobody), &read, moment(NOW), &mut Stream::of("c"));
    assert!(matches!(nobody, Ok(Decision::New(_))), "{nobody:?}");
}

#[test]
fn a_renewal_names_an_older_award_of_the_same_class_and_person() {
    let mut site = site();
    let renewal = |id| AwardRequest { renews: Some(id), ..request(alizee()) };
    let nothing = decided(&site, &renewal(id(7))).unwrap_err();
    assert_eq!(nothing, AwardError::RenewsNothing { id: id(7) });
    site.awards.push(award(7, 12));
    assert_eq!(
        new_award(&site, &renewal(id(7))).event.renews,
        Some(id(7)),
        "whose it is, is not known"
    );
    let mut other_class = event(8);
    other_class.class = slug("sol");
    site.pending.push(other_class);
    let refused = decided(&site, &renewal(id(8))).unwrap_err();
    assert_eq!(refused, AwardError::RenewsAnotherClass { id: id(8) });
    let mut basile =
        new_award(&site, &request(To::Email("basile@personnes.example".to_owned()))).event;
    basile.id = id(9);
    site.pending.push(basile);
    let refused = decided(&site, &renewal(id(9))).unwrap_err();
    assert_eq!(refused, AwardError::RenewsAnotherPerson { id: id(9) });
    let backwards = AwardRequest { date: When::parse("2026-03-11"), ..renewal(id(7)) };
    let refused = decided(&site, &backwards).unwrap_err();
    let awarded = site.awards[0].awarded;
    assert_eq!(refused, AwardError::RenewsALaterOne { id: id(7), awarded });
}

#[test]
fn what_only_the_issuer_knows_goes_into_the_register_and_nowhere_else() {
    let asked = AwardRequest {
        contact: Some("Alizee.Canular@personnes.example".to_owned()),
        local_id: Some(" 42 ".to_owned()),
        shown_name: Some("Alizée Canular".to_owned()),
        ..request(To::Nobody)
    };
    let award = new_award(&site(), &asked);
    let text = |text: &str| Some(text.to_owned());
    let entry = register::Entry {
        name: text("Alizée Canular"),
        email: text("alizee.canular@personnes.example"),
        local_id: text("42"),
        consent: text("2026-03-12"),
        ..register::Entry::default()
    };
    assert_eq!(award.register, entry);
    let file = award_file(&award.event);
    assert!(!file.contains("42\n") && !file.contains("sha256$"), "{file}");
}

#[test]
fn a_busy_year_is_split_into_folders() {
    let mut site = site();
    site.pending = vec![event(1); 1999];
    let file = |site: &Site| new_award(site, &request(alizee())).event.file;
    assert_eq!(file(&site).as_str().split('/').count(), 4);
    site.awards.push(award(2, 5));
    let sharded = file(&site);
    let (folder, name) = (sharded.parent().unwrap(), sharded.file_name().unwrap());
    assert_eq!(folder, format!("badges/assertions/2026/{}", name.get(..2).unwrap()));
}
