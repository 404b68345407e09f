# syntax=docker/dockerfile:1
# One static program in an empty image.

FROM rust:1.95-alpine AS build
# musl-dev: C's headers, for the SQLite and the cryptography that are compiled in.
RUN apk add --no-cache ca-certificates musl-dev
# The image has one toolchain; without this, rustup would fetch the one that rust-toolchain.toml names.
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /source
COPY . .
# On Alpine the target is musl, which Rust links statically.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package orderly-server \
    && install -D target/release/orderly-server /image/orderly-server \
    && install -D /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ca-certificates.crt \
    && install -d -m 0700 -o 65532 -g 65532 /image/data

FROM scratch
COPY --from=build /image /
USER 65532:65532
ENV ORDERLY_LISTEN=0.0.0.0:8080 \
    ORDERLY_DATA_DIR=/data \
    ORDERLY_LOG_FORMAT=json
EXPOSE 8080
VOLUME /data
# The signal that begins the drain; allow it longer than limits.shutdown_notice_ms and limits.drain_ms together.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/orderly-server"]
