//! What the layers around every request cost, without a socket: each function has one layer more than the one before it,
//! from the routes outwards, so that differences are the layers' prices. `docs/benchmarks.md` lists them.

use std::{
    hint::black_box,
    io,
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use divan::Bencher;
use orderly_server::{
    config::{self, Config},
    http::{
        layers::{
            cors::Cors, deadline::LimitTime, headers::SecurityHeaders, host::OneHost, overload::Overload,
            panics::CatchPanics, problems::Problems, rate_limits::LimitRates, request_id::RequestIds,
            trace::Trace,
        },
        load::Load,
        routes::RouteTable,
    },
    rate::RateLimits,
    telemetry::{Telemetry, logs},
};
use orderly_store_sqlite::Sqlite;
use poem::{
    Body, Endpoint, EndpointExt, Request, RequestParts, Response, Route,
    endpoint::make_sync,
    get, http,
    web::{LocalAddr, RemoteAddr},
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

const PATH: &str = "/v1/products/prd_01m7yjwxw0e74a7m6e3xnkkj8s";

fn main() {
    // As the server logs, up to the write.
    let log = logs::subscriber(&shop().config.log, io::sink);
    tracing::subscriber::set_global_default(log).expect("nothing has set one yet");
    divan::main();
}

/// What the layers are made of, with the default settings but for the rates, which nothing here may exceed.
struct Shop {
    config: Config,
    routes: Arc<RouteTable>,
    load: Arc<Load>,
    rates: Arc<RateLimits>,
    telemetry: Telemetry,
    _folder: TempDir,
}

fn shop() -> &'static Shop {
    static SHOP: OnceLock<Shop> = OnceLock::new();
    SHOP.get_or_init(|| {
        let folder = TempDir::new().expect("there is a folder for temporary files");
        let invocation = config::invocation(["orderly-server"]).expect("no flag is wrong");
        let mut config = config::load(&invocation, |_| None).expect("the defaults are good");
        config.rate.ip_per_minute = 10_000_000;
        let store = Sqlite::open(folder.path().join("bench.db")).expect("a new database opens");
        let described = orderly_api::OPERATIONS.iter().map(|known| (known.method, known.path, known.id));
        Shop {
            routes: Arc::new(RouteTable::new(described)),
            load: Load::new(&config.limits),
            rates: RateLimits::new(&config.rate, store),
            telemetry: Telemetry::default(),
            config,
            _folder: folder,
        }
    })
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a thread can wait for events")
}

/// A request as the listener hands it over.
fn request() -> Request {
    let peer: SocketAddr = ([127, 0, 0, 1], 50_000).into();
    let request = http::Request::get(PATH)
        .header("host", "localhost:8080")
        .header("accept", "application/json")
        .header("user-agent", "bench/1");
    let (parts, ()) = request.body(()).expect("the request is well formed").into_parts();
    let addresses = (LocalAddr(peer.into()), RemoteAddr(peer.into()));
    let parts = RequestParts::from((parts, addresses.0, addresses.1, http::uri::Scheme::HTTP));
    Request::from_parts(parts, Body::empty())
}

fn answered(bencher: Bencher<'_, '_>, endpoint: impl Endpoint<Output = Response>) {
    let runtime = runtime();
    let _context = runtime.enter();
    bencher.with_inputs(request).bench_values(|request| {
        let response = runtime.block_on(endpoint.call(black_box(request)));
        assert!(response.as_ref().is_ok_and(|response| response.status().is_success()));
        response
    });
}

fn routes() -> impl Endpoint<Output = Response> {
    Route::new().at("/v1/products/:param0", get(make_sync(|_| "{}")))
}

/// The routes of one path, and an answer that is there already.
#[divan::bench]
fn a_routes_alone(bencher: Bencher<'_, '_>) {
    answered(bencher, routes());
}

macro_rules! layers {
    ($($name:ident adds $layer:expr, after $before:ident;)+) => { $(
        #[divan::bench]
        fn $name(bencher: Bencher<'_, '_>) {
            answered(bencher, stacks::$name());
        }
    )+

        /// The layers up to each name.
        mod stacks {
            use super::*;

            pub(super) fn a_routes_alone() -> impl Endpoint<Output = Response> {
                routes()
            }

            $(
                pub(super) fn $name() -> impl Endpoint<Output = Response> {
                    $before().with($layer)
                }
            )+
        }
    };
}

layers! {
    b_panics adds CatchPanics, after a_routes_alone;
    c_deadline adds LimitTime(shop().config.limits.request()), after b_panics;
    d_host adds OneHost, after c_deadline;
    e_overload adds Overload(shop().load.clone()), after d_host;
    f_rate_limits adds LimitRates { limits: shop().rates.clone(), trusted_proxies: Arc::new([]) }, after e_overload;
    g_problems adds Problems(shop().routes.clone()), after f_rate_limits;
    h_cors adds Cors::new(&shop().config.cors, shop().routes.clone()), after g_problems;
    i_security_headers adds SecurityHeaders { is_secure: false }, after h_cors;
    j_trace_log_and_metrics adds Trace::new(shop().routes.clone(), shop().telemetry.clone()), after i_security_headers;
    k_request_id adds RequestIds, after j_trace_log_and_metrics;
}
