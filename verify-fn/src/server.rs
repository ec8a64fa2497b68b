//! Plain HTTP on a machine: connections taken within bounds, and let go in order.
//!
//! `axum::serve` would do, but it waits without end for a request that arrives a byte at a time, and for one that never comes
//! on an open connection. Whoever opens many of those keeps everybody else out.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use accolade_verify_fn::Handler;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service as _;

/// For how long the head of a request may take to arrive, the wait on an open connection included.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);

/// The most bytes of a head.
const HEAD_BYTES_MAX: usize = 32 * 1024;

/// The most open connections; the next one waits until another is closed.
const CONNECTIONS_MAX: usize = 4096;

/// How long those who have already asked are still answered, once we are told to stop.
const STOPPING_TIME_MAX: Duration = Duration::from_secs(10);

/// For how long no connection is taken when the system refuses one, for want of files for instance.
const REFUSED_FOR: Duration = Duration::from_millis(200);

/// Answers whoever connects to `listener`, until `stop` ends and those under way have their answers.
pub(crate) async fn serve(listener: TcpListener, handler: Handler, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME_MAX).max_buf_size(HEAD_BYTES_MAX);
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = std::pin::pin!(stop);
    loop {
        let (place, stream, peer) = tokio::select! {
            taken = take(&listener, &places) => taken,
            () = &mut stop => break,
        };
        let handler = handler.clone();
        let service = service_fn(move |request| answer(handler.clone(), request, peer));
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that broke has nobody who could be told.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _in_time = tokio::time::timeout(STOPPING_TIME_MAX, open.shutdown()).await;
}

/// The next connection, once there is a place for it.
async fn take(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (Option<OwnedSemaphorePermit>, TcpStream, SocketAddr) {
    // It is never closed.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // An answer is one write: to wait for more would only delay it.
                let _ = stream.set_nodelay(true);
                return (place, stream, peer);
            }
            Err(_) => tokio::time::sleep(REFUSED_FOR).await,
        }
    }
}

async fn answer(
    mut handler: Handler,
    mut request: hyper::Request<Incoming>,
    peer: SocketAddr,
) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    handler.call(request.map(Body::new)).await
}
