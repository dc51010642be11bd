# The program in one small image. `docker build .` needs nothing installed but Docker.
FROM rust:1-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends make perl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin nongquan

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/nongquan nongquan \
    && install -d -o nongquan -g nongquan -m 700 /var/lib/nongquan/data /var/lib/nongquan/keys
COPY --from=build /src/target/release/nongquan /usr/local/bin/nongquan
USER nongquan
WORKDIR /var/lib/nongquan
ENV NONGQUAN_DATA=/var/lib/nongquan/data \
    NONGQUAN_KEYS=/var/lib/nongquan/keys \
    NONGQUAN_LISTEN=0.0.0.0:8080
VOLUME ["/var/lib/nongquan/data", "/var/lib/nongquan/keys"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 \
    CMD ["curl", "--fail", "--silent", "--show-error", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["nongquan"]
CMD ["serve"]
