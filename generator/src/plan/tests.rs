use std::collections::BTreeSet;

use super::*;
use crate::sample::{self, FORGOTTEN, LISTED, PRIVATE, REVOKED, UNLISTED, WITH_LEVEL, id};
use crate::site::Page;

fn paths(plan: &Plan<'_>) -> Vec<String> {
    plan.files().map(|planned| planned.path).collect()
}

/// Every line of the URL table (design.md, section 4) as the sample has it, but for the folders of awards.
const FIXED: &str = "\
    .nojekyll 404.html a/index.html \
    aide/porter/index.html \
    badges/accueil/index.html \
    badges/accueil/v1/achievement.en.json badges/accueil/v1/achievement.fr.json \
    badges/accueil/v1/badgeclass.en.json badges/accueil/v1/badgeclass.fr.json \
    badges/accueil/v1/image.png badges/accueil/v1/image.svg badges/accueil/v1/index.html \
    badges/accueil/v1/preview.fr.png \
    badges/accueil/v2/achievement.fr.json badges/accueil/v2/badgeclass.fr.json \
    badges/accueil/v2/image.png badges/accueil/v2/image.svg badges/accueil/v2/index.html \
    badges/accueil/v2/preview.en.png badges/accueil/v2/preview.fr.png \
    badges/index.html \
    badges/sol/index.html \
    badges/sol/v1/image.png badges/sol/v1/index.html \
    badges/sol/v1/level-1/achievement.en.json badges/sol/v1/level-1/achievement.fr.json \
    badges/sol/v1/level-1/badgeclass.en.json badges/sol/v1/level-1/badgeclass.fr.json \
    badges/sol/v1/level-1/image.png badges/sol/v1/level-1/index.html \
    badges/sol/v1/level-2/achievement.en.json badges/sol/v1/level-2/achievement.fr.json \
    badges/sol/v1/level-2/badgeclass.en.json badges/sol/v1/level-2/badgeclass.fr.json \
    badges/sol/v1/level-2/image.png badges/sol/v1/level-2/image.svg badges/sol/v1/level-2/index.html \
    badges/sol/v1/level-2/preview.en.png badges/sol/v1/preview.en.png badges/sol/v1/preview.fr.png \
    catalog.json catalog/en-1.json catalog/en.json catalog/fr-1.json catalog/fr.json \
    en/404.html en/aide/porter/index.html \
    en/badges/accueil/index.html en/badges/accueil/v1/index.html en/badges/accueil/v2/index.html \
    en/badges/index.html \
    en/badges/sol/index.html en/badges/sol/v1/index.html \
    en/badges/sol/v1/level-1/index.html en/badges/sol/v1/level-2/index.html \
    en/index.html en/issuers/club/index.html en/verify/index.html \
    feed.xml index.html \
    issuers/club/did.json issuers/club/image.png issuers/club/image.svg issuers/club/index.html \
    issuers/club/issuer.json issuers/club/profile.json issuers/club/status/revocation-1.json \
    robots.txt sitemap.xml theme/style.css verify/index.html";

#[test]
fn every_path_of_the_url_table_is_planned_and_no_other() {
    let site = sample::site();
    let plan = Plan::new(&site, ["theme/style.css"]).unwrap();
    let award_folders =
        |path: &String| path.split('/').nth(1).is_some_and(|part| AwardId::parse(part).is_some());
    let (awards, fixed): (Vec<String>, Vec<String>) =
        paths(&plan).into_iter().partition(award_folders);
    let (shards, fixed): (Vec<String>, Vec<String>) =
        fixed.into_iter().partition(|path| path.starts_with("status/ids/"));
    assert_eq!(fixed, FIXED.split_whitespace().collect::<Vec<_>>());
    let public = [LISTED, UNLISTED, REVOKED, WITH_LEVEL, FORGOTTEN, sample::UNLISTED_REVOKED];
    let hashes = public.map(|n| format!("status/ids/{:02x}.json", Sha256::digest(id(n).text())[0]));
    assert_eq!(shards.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(hashes));

    let mut expected = Vec::new();
    let mut folder = |n, files: &[&str]| {
        expected.extend(files.iter().map(|file| format!("a/{}/{file}", id(n))));
    };
    let usual = [
        "assertion.json",
        "badge.png",
        "badge.svg",
        "credential.json",
        "embed/index.html",
        "index.html",
        "oembed.json",
    ];
    folder(
        LISTED,
        &[
            "assertion.json",
            "badge.png",
            "badge.svg",
            "credential.json",
            "embed/index.html",
            "evidence/photo.jpg",
            "evidence/z.txt",
            "index.html",
            "oembed.json",
        ],
    );
    folder(UNLISTED, &usual);
    folder(REVOKED, &usual);
    folder(WITH_LEVEL, &usual);
    folder(FORGOTTEN, &usual);
    folder(sample::UNLISTED_REVOKED, &usual);
    assert_eq!(awards, expected);
}

#[test]
fn paths_come_sorted_by_their_bytes_and_each_once() {
    let site = sample::site();
    let plan = Plan::new(&site, ["a-propos/style.css", "0.css", "z.css"]).unwrap();
    let paths = paths(&plan);
    let mut sorted = paths.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(paths, sorted);
    assert_eq!(
        plan.fixed_count() + plan.folders().map(|folder| folder.files(&site).len()).sum::<usize>(),
        paths.len()
    );
}

#[test]
fn a_private_award_has_no_path_and_no_hash() {
    let site = sample::site();
    let plan = Plan::new(&site, []).unwrap();
    assert!(plan.folders().all(|folder| folder.id() != id(PRIVATE)));
    let hashed = (0..=u8::MAX).flat_map(|prefix| plan.shard(prefix)).map(|award| award.id);
    assert_eq!(hashed.filter(|hashed| *hashed == id(PRIVATE)).count(), 0);
    let mut other = sample::site();
    other.awards.retain(|award| award.id != id(PRIVATE));
    assert_eq!(paths(&plan), paths(&Plan::new(&other, []).unwrap()));
}

#[test]
fn a_class_without_a_drawing_bakes_pixels_only() {
    let mut site = sample::site();
    for award in &mut site.awards {
        (award.class, award.level) = (1, Some(1));
    }
    let plan = Plan::new(&site, []).unwrap();
    assert!(paths(&plan).contains(&format!("a/{}/badge.png", id(LISTED))));
    assert!(!paths(&plan).contains(&format!("a/{}/badge.svg", id(LISTED))));
}

#[test]
fn two_recipes_for_one_path_are_refused() {
    let site = sample::site();
    let twice = Plan::new(&site, ["catalog.json"]).map(drop);
    assert_eq!(twice, Err(PlanError::Twice { path: "catalog.json".into() }));
    let mut site = sample::site();
    let gallery = Page { path: "badges".into(), ..site.pages[1].clone() };
    site.pages.push(gallery);
    let twice = Plan::new(&site, []).map(drop);
    assert_eq!(twice, Err(PlanError::Twice { path: "badges/index.html".into() }));
}

#[test]
fn a_path_that_would_confuse_hosts_or_leave_the_site_is_refused() {
    let site = sample::site();
    for (path, error) in [
        ("catalog.json/x", PlanError::FileIsFolder { path: "catalog.json".into() }),
        ("a", PlanError::FileIsFolder { path: "a".into() }),
        ("a/x.css", PlanError::AmongAwards { path: "a/x.css".into() }),
        ("../x.css", PlanError::NotPlain { path: "../x.css".into() }),
        ("x//y.css", PlanError::NotPlain { path: "x//y.css".into() }),
        ("un été.css", PlanError::NotPlain { path: "un été.css".into() }),
        ("", PlanError::NotPlain { path: String::new() }),
    ] {
        assert_eq!(Plan::new(&site, [path]).map(drop), Err(error), "{path}");
    }
}

#[test]
fn an_issuers_own_words_about_verifying_stand_on_the_page_that_verifies() {
    let mut site = sample::site();
    site.pages.push(Page { path: "verify".into(), ..site.pages[1].clone() });
    let plan = Plan::new(&site, []).unwrap();
    let recipes: Vec<_> = plan
        .files()
        .filter(|file| file.path.ends_with("verify/index.html"))
        .map(|file| format!("{} {}", file.path, file.recipe))
        .collect();
    assert_eq!(recipes, ["en/verify/index.html verify", "verify/index.html verify"]);
}

#[test]
fn a_site_below_a_folder_has_no_robots_file_and_only_github_needs_nojekyll() {
    let mut site = sample::site();
    site.settings.base_url =
        openbadges::iri::BaseUrl::parse("https://club.example/badges").unwrap();
    site.settings.hosting = Hosting::Netlify;
    let plan = Plan::new(&site, []).unwrap();
    assert!(paths(&plan).iter().all(|path| path != "robots.txt" && path != ".nojekyll"));
}

#[test]
fn a_sitemap_that_would_be_too_long_has_parts() {
    let mut site = sample::site();
    let row = site.awards[0].clone();
    site.awards = (0..SITEMAP_URLS_MAX)
        .map(|n| {
            let id = AwardId::from_bits(u128::try_from(n).unwrap().to_be_bytes());
            Award { id, ..row.clone() }
        })
        .collect();
    let plan = Plan::new(&site, []).unwrap();
    let sitemaps: Vec<_> = plan
        .after_awards()
        .filter(|(path, _)| path.starts_with("sitemap"))
        .map(|(path, file)| format!("{path} {file}"))
        .collect();
    assert_eq!(
        sitemaps,
        ["sitemap-1.xml sitemap", "sitemap-2.xml sitemap", "sitemap.xml sitemap-index"]
    );
}
