//! A web of our own on loopback: names that answer what a test wants, certificates good and bad, and servers without
//! manners. The fetcher under test runs with the settings it has in earnest; only the last step, the connection to a public
//! address, is led to this machine and written down.

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use accolade_fetch::{Bounds, Fetcher, Names, Options, Trust};
use openbadges::iri::Iri;
use openbadges::verify::Answer;
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// An address of the public web, as far as the fetcher can tell.
pub(crate) const PUBLIC: &str = "93.184.215.14";

/// A second one.
pub(crate) const PUBLIC_6: &str = "2606:2800:21f:cb07:6820:80da:af6b:8b2c";

/// What is done with a request: the stream is the server's, to write to or to abuse.
pub(crate) type Manners = dyn Fn(&Request, &mut dyn Write) -> io::Result<()> + Send + Sync;

/// A request's first line and headers, names in lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
}

/// Which certificate a server shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Good,
    ForAnotherName,
    OutOfDate,
    NotYet,
    SelfSigned,
    None,
}

struct Authority {
    key: KeyPair,
    params: CertificateParams,
    der: Vec<u8>,
}

static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let der = params.self_signed(&key).unwrap().der().to_vec();
    Authority { key, params, der }
});

fn certificate(shown: Shown) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let names = match shown {
        Shown::ForAnotherName => vec!["elsewhere.example".to_owned()],
        _ => {
            ["a.example", "b.example", "badges.estran.example", PUBLIC].map(str::to_owned).to_vec()
        }
    };
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(names).unwrap();
    match shown {
        Shown::OutOfDate => params.not_after = rcgen::date_time_ymd(2020, 1, 1),
        Shown::NotYet => params.not_before = rcgen::date_time_ymd(4000, 1, 1),
        _ => {}
    }
    let made = match shown {
        Shown::SelfSigned => params.self_signed(&key).unwrap(),
        _ => {
            params.signed_by(&key, &Issuer::from_params(&AUTHORITY.params, &AUTHORITY.key)).unwrap()
        }
    };
    let der = made.der().clone();
    (der, PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())))
}

/// A web: one server for every name, and the names.
pub(crate) struct Web {
    names: Arc<Zone>,
    pub(crate) connections: Arc<Mutex<usize>>,
}

#[derive(Default)]
pub(crate) struct Zone {
    /// What each look-up of a name is answered with; the last answer is repeated.
    answers: Mutex<BTreeMap<String, Vec<Vec<IpAddr>>>>,
    /// Every address that was connected to.
    reached: Mutex<Vec<SocketAddr>>,
    server: Mutex<Option<SocketAddr>>,
    slowness: Mutex<Duration>,
}

impl Names for Zone {
    fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        thread::sleep(*self.slowness.lock().unwrap());
        let mut answers = self.answers.lock().unwrap();
        let planned = answers.get_mut(host).ok_or(io::ErrorKind::NotFound)?;
        Ok(if planned.len() > 1 { planned.remove(0) } else { planned[0].clone() })
    }

    fn route(&self, checked: SocketAddr) -> SocketAddr {
        self.reached.lock().unwrap().push(checked);
        self.server.lock().unwrap().unwrap_or(checked)
    }
}

impl Web {
    /// A web whose only server has these manners; `a.example` and `b.example` lead there.
    pub(crate) fn new(
        manners: impl Fn(&Request, &mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self::showing(Shown::Good, manners)
    }

    /// The same, with another certificate.
    pub(crate) fn showing(
        shown: Shown,
        manners: impl Fn(&Request, &mut dyn Write) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let names = Arc::new(Zone::default());
        *names.server.lock().unwrap() = Some(listener.local_addr().unwrap());
        let connections = Arc::new(Mutex::new(0));
        let web = Self { names, connections: Arc::clone(&connections) };
        web.name("a.example", &[&[PUBLIC]]);
        web.name("b.example", &[&[PUBLIC]]);
        let config = (shown != Shown::None).then(|| {
            let (certificate, key) = certificate(shown);
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let builder = ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth();
            Arc::new(builder.with_single_cert(vec![certificate], key).unwrap())
        });
        let manners: Arc<Manners> = Arc::new(manners);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                *connections.lock().unwrap() += 1;
                let (config, manners) = (config.clone(), Arc::clone(&manners));
                thread::spawn(move || serve(stream, config, &*manners));
            }
        });
        web
    }

    /// A web whose names lead to a machine that is off.
    pub(crate) fn nobody() -> Self {
        let web = Self { names: Arc::new(Zone::default()), connections: Arc::default() };
        // A port that was free a moment ago.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        *web.names.server.lock().unwrap() = Some(free);
        web.name("a.example", &[&[PUBLIC]]);
        web
    }

    /// Lets `host` have these addresses, one list for each look-up.
    pub(crate) fn name(&self, host: &str, answers: &[&[&str]]) {
        let parsed = answers.iter().map(|one| one.iter().map(|ip| ip.parse().unwrap()).collect());
        self.names.answers.lock().unwrap().insert(host.to_owned(), parsed.collect());
    }

    /// Lets every look-up take its time.
    pub(crate) fn slow_names(&self, by: Duration) {
        *self.names.slowness.lock().unwrap() = by;
    }

    /// The addresses that were connected to.
    pub(crate) fn reached(&self) -> Vec<SocketAddr> {
        self.names.reached.lock().unwrap().clone()
    }

    /// What a fetcher of this web is made of: as in earnest, but that it trusts the web's own authority.
    pub(crate) fn options(&self) -> Options {
        Options {
            trust: Trust::These(vec![AUTHORITY.der.clone()]),
            names: Some(Arc::clone(&self.names) as Arc<dyn Names>),
            bounds: hasty(),
            ..Options::default()
        }
    }

    /// Asks for one document.
    pub(crate) fn get(&self, url: &str) -> Answer {
        get(&Fetcher::new(self.options()), url)
    }
}

/// Bounds that make a test of slowness short.
pub(crate) fn hasty() -> Bounds {
    Bounds {
        connect_time_max: Duration::from_millis(400),
        document_time_max: Duration::from_millis(400),
        document_bytes_max: 64 * 1024,
        ..Bounds::default()
    }
}

/// Asks for one document.
pub(crate) fn get(fetcher: &Fetcher, url: &str) -> Answer {
    fetcher.get(&Iri::parse(url).unwrap(), &fetcher.allowance())
}

/// An answer with this status, these headers and this body.
pub(crate) fn reply(
    out: &mut dyn Write,
    status: &str,
    headers: &str,
    body: &[u8],
) -> io::Result<()> {
    write!(out, "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len())?;
    out.write_all(body)?;
    out.flush()
}

fn serve(stream: TcpStream, config: Option<Arc<ServerConfig>>, manners: &Manners) {
    // What goes wrong here is what the client is tested against.
    let _ = match config {
        None => converse_plainly(stream, manners),
        Some(config) => ServerConnection::new(config)
            .map_err(io::Error::other)
            .and_then(|tls| converse(StreamOwned::new(tls, stream), manners)),
    };
}

/// What a server without TLS makes of a greeting in TLS.
fn converse_plainly(mut stream: TcpStream, manners: &Manners) -> io::Result<()> {
    let mut greeting = [0; 4096];
    let _length = io::Read::read(&mut stream, &mut greeting)?;
    manners(&Request::default(), &mut stream)
}

fn converse(stream: impl io::Read + Write, manners: &Manners) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let mut request = Request { path, ..Request::default() };
        loop {
            let mut header = String::new();
            stream.read_line(&mut header)?;
            let Some((name, value)) = header.trim_end().split_once(": ") else { break };
            request.headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        manners(&request, stream.get_mut())?;
    }
}
