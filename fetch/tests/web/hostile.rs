//! Servers that lie, dawdle, flood and break off: each is *unavailable* for its own reason, in bounded time and memory.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::support::{Shown, Web, get, hasty, reply};
use accolade_fetch::{Bounds, Fetcher, Options};
use flate2::Compression;
use flate2::write::GzEncoder;
use openbadges::iri::Iri;
use openbadges::verify::Unavailable;

/// Enough for a slow machine; far less than a server that never ends would take.
const SOON: Duration = Duration::from_secs(3);

/// What a server without an end does until the client hangs up.
fn for_ever(out: &mut dyn Write, bytes: &[u8], pause: Duration) -> io::Result<()> {
    loop {
        out.write_all(bytes)?;
        out.flush()?;
        std::thread::sleep(pause);
    }
}

fn reason(web: &Web) -> Unavailable {
    let begun = Instant::now();
    let reason = web.get("https://a.example/").body.unwrap_err();
    assert!(begun.elapsed() < SOON, "{reason:?} after {:?}", begun.elapsed());
    reason
}

const DRIP: Duration = Duration::from_millis(20);

#[test]
fn a_server_that_says_nothing_or_drips_is_left_in_time() {
    let silent = Web::new(|_, _| {
        std::thread::sleep(SOON);
        Ok(())
    });
    assert_eq!(reason(&silent), Unavailable::TooSlow);
    let slow_head = Web::new(|_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\nx: ")?;
        for_ever(out, b"x", DRIP)
    });
    assert_eq!(reason(&slow_head), Unavailable::TooSlow);
    let slow_body = Web::new(|_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n")?;
        for_ever(out, b"x", DRIP)
    });
    assert_eq!(reason(&slow_body), Unavailable::TooSlow);
    let continues = Web::new(|_, out| for_ever(out, b"HTTP/1.1 100 Continue\r\n\r\n", DRIP));
    let reason = reason(&continues);
    assert!(matches!(reason, Unavailable::TooSlow | Unavailable::Broken), "{reason:?}");
}

#[test]
fn a_redirect_does_not_start_the_clock_again() {
    let web = Web::new(|_, out| {
        std::thread::sleep(Duration::from_millis(150));
        reply(out, "302 Found", "location: /again\r\n", b"")
    });
    assert_eq!(reason(&web), Unavailable::TooSlow);
}

#[test]
fn a_slow_look_up_is_left_behind() {
    let web = Web::new(|_, out| reply(out, "200 OK", "", b""));
    web.slow_names(SOON);
    assert_eq!(reason(&web), Unavailable::TooSlow);
}

#[test]
fn a_body_without_an_end_is_too_large_however_it_is_framed() {
    let chunk = [b'x'; 4096];
    let close_delimited = Web::new(move |_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        for_ever(out, &chunk, Duration::ZERO)
    });
    assert_eq!(reason(&close_delimited), Unavailable::TooLarge);
    let chunked = Web::new(move |_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
        for_ever(out, &[b"1000\r\n", &chunk[..], b"\r\n"].concat(), Duration::ZERO)
    });
    assert_eq!(reason(&chunked), Unavailable::TooLarge);
    let announced = Web::new(move |_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n")?;
        for_ever(out, &chunk, Duration::ZERO)
    });
    assert_eq!(reason(&announced), Unavailable::TooLarge);
}

#[test]
fn a_body_of_exactly_the_bound_is_taken() {
    let bytes = usize::try_from(hasty().document_bytes_max).unwrap();
    let exact = Web::new(move |_, out| reply(out, "200 OK", "", &vec![b' '; bytes]));
    assert_eq!(exact.get("https://a.example/").body.unwrap().bytes.len(), bytes);
    let one_more = Web::new(move |_, out| reply(out, "200 OK", "", &vec![b' '; bytes + 1]));
    assert_eq!(reason(&one_more), Unavailable::TooLarge);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_compressed_body_is_read_within_the_same_bound() {
    let gzipped = |body: Vec<u8>| {
        Web::new(move |_, out| reply(out, "200 OK", "content-encoding: gzip\r\n", &body))
    };
    let honest = gzipped(gzip(b"{\"a\":1}"));
    assert_eq!(honest.get("https://a.example/").body.unwrap().bytes, b"{\"a\":1}");
    assert_eq!(reason(&gzipped(gzip(&vec![0; 32 * 1024 * 1024]))), Unavailable::TooLarge);
    let whole = gzip(&[b'x'; 1000]);
    assert_eq!(reason(&gzipped(whole[..whole.len() - 9].to_vec())), Unavailable::Broken);
    assert_eq!(reason(&gzipped(b"{}".to_vec())), Unavailable::Broken);
    let unknown = Web::new(|_, out| reply(out, "200 OK", "content-encoding: br\r\n", b"{}"));
    assert_eq!(reason(&unknown), Unavailable::Broken);
}

#[test]
fn a_head_without_an_end_is_refused() {
    let one = Web::new(|_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\nx: ")?;
        for_ever(out, &[b'x'; 4096], Duration::ZERO)
    });
    assert_eq!(reason(&one), Unavailable::Broken);
    let many = Web::new(|_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\n")?;
        for_ever(out, "name: value\r\n".repeat(100).as_bytes(), Duration::ZERO)
    });
    assert_eq!(reason(&many), Unavailable::Broken);
}

/// Of an answer without a length nobody can tell: half a JSON document is refused by its reader.
#[test]
fn an_answer_that_breaks_off_is_not_taken_for_a_short_one() {
    let cut = |head: &'static str, rest: &'static str| {
        Web::new(move |_, out| {
            out.write_all(head.as_bytes())?;
            out.write_all(rest.as_bytes())?;
            out.flush()?;
            Err(io::ErrorKind::Other.into())
        })
    };
    let in_body = cut("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", "{\"half\":");
    assert_eq!(reason(&in_body), Unavailable::Broken);
    let in_chunk = cut("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "5\r\nhello\r\n");
    assert_eq!(reason(&in_chunk), Unavailable::Broken);
    let in_head = cut("HTTP/1.1 200 OK\r\ncontent-", "");
    assert_eq!(reason(&in_head), Unavailable::Broken);
    assert_eq!(reason(&cut("", "")), Unavailable::Broken);
}

#[test]
fn what_is_no_answer_of_a_web_server_is_broken() {
    for nonsense in [
        "hello\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/1.1 99\r\n\r\n",
    ] {
        let web = Web::new(move |_, out| {
            out.write_all(nonsense.as_bytes())?;
            out.flush()?;
            Err(io::ErrorKind::Other.into())
        });
        assert_eq!(reason(&web), Unavailable::Broken, "{nonsense}");
    }
}

/// The engine decides what a status means: *gone* is a withdrawal, *not found* is not (OB2-HOST-3).
#[test]
fn every_status_and_every_type_is_handed_on_as_it_is() {
    for (line, status) in [
        ("404 Not Found", 404),
        ("410 Gone", 410),
        ("500 Internal Server Error", 500),
        ("503 Service Unavailable", 503),
        ("401 Unauthorized", 401),
        ("304 Not Modified", 304),
        ("204 No Content", 204),
        ("300 Multiple Choices", 300),
    ] {
        let web = Web::new(move |_, out| {
            let body: &[u8] = if matches!(status, 204 | 304) { b"" } else { b"why" };
            reply(out, line, "content-type: text/html; charset=x\r\n", body)
        });
        let body = web.get("https://a.example/").body.unwrap();
        assert_eq!(body.status, status);
        assert_eq!(body.content_type.as_deref(), Some("text/html; charset=x"));
    }
}

#[test]
fn a_host_that_cannot_prove_who_it_is_is_not_listened_to() {
    for (shown, reason) in [
        (Shown::ForAnotherName, Unavailable::CertificateForOtherHost),
        (Shown::OutOfDate, Unavailable::CertificateExpired),
        (Shown::NotYet, Unavailable::CertificateExpired),
        (Shown::SelfSigned, Unavailable::CertificateUnknown),
        (Shown::None, Unavailable::NotSecure),
    ] {
        let web = Web::showing(shown, |_, out| reply(out, "200 OK", "", b"{}"));
        assert_eq!(web.get("https://a.example/").body, Err(reason), "{shown:?}");
    }
}

#[test]
fn an_authority_of_ones_own_is_not_believed_by_default() {
    let web = Web::new(|_, out| reply(out, "200 OK", "", b"{}"));
    let options = Options { trust: accolade_fetch::Trust::Public, ..web.options() };
    let answer = get(&Fetcher::new(options), "https://a.example/");
    assert_eq!(answer.body, Err(Unavailable::CertificateUnknown));
}

#[test]
fn a_host_that_nobody_knows_or_that_is_off_is_unavailable() {
    let web = Web::new(|_, out| reply(out, "200 OK", "", b"{}"));
    assert_eq!(web.get("https://nobody.example/").body, Err(Unavailable::NameUnknown));
    web.name("a.example", &[&[]]);
    assert_eq!(web.get("https://a.example/").body, Err(Unavailable::NameUnknown));
    let off = Web::nobody();
    assert_eq!(off.get("https://a.example/").body, Err(Unavailable::NoConnection));
}

#[test]
fn a_run_takes_no_more_documents_bytes_or_time_than_it_may() {
    let web = Web::new(|_, out| reply(out, "200 OK", "", &[b' '; 1000]));
    let with = |bounds: Bounds| Fetcher::new(Options { bounds, ..web.options() });
    let ask = |fetcher: &Fetcher, times: usize| {
        let allowance = fetcher.allowance();
        let asked = Iri::parse("https://a.example/").unwrap();
        let taken: Vec<_> =
            (0..times).map(|_| fetcher.get(&asked, &allowance).body.map(drop)).collect();
        taken
    };
    let spent = Err(Unavailable::Exhausted);
    let documents = with(Bounds { run_documents_max: 2, ..hasty() });
    assert_eq!(ask(&documents, 3), [Ok(()), Ok(()), spent]);
    assert_eq!(ask(&documents, 1), [Ok(())], "each run has its own allowance");
    let bytes = with(Bounds { run_bytes_max: 2500, ..hasty() });
    assert_eq!(ask(&bytes, 3), [Ok(()), Ok(()), spent]);
    let time = with(Bounds { run_time_max: Duration::ZERO, ..hasty() });
    assert_eq!(ask(&time, 1), [spent]);
}

/// The time of a run bounds the document that is under way, too.
#[test]
fn a_document_ends_with_its_run() {
    let web = Web::new(|_, out| {
        out.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n")?;
        for_ever(out, b"x", DRIP)
    });
    let bounds = Bounds {
        run_time_max: Duration::from_millis(200),
        document_time_max: Duration::from_secs(30),
        connect_time_max: Duration::from_secs(30),
        ..hasty()
    };
    let fetcher = Fetcher::new(Options { bounds, ..web.options() });
    let begun = Instant::now();
    assert_eq!(get(&fetcher, "https://a.example/").body, Err(Unavailable::TooSlow));
    assert!(begun.elapsed() < SOON);
}
