# Sourced by the other scripts: messages, installing, finding PostgreSQL, counting tests.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# One build serves every test step: same profile, same packages, same features.
test_build=(--workspace --features nongquan/test-clock --locked)

# In CI the lints are looked for by the very build that the tests run, so that nothing is compiled twice. The
# second variable is how `cargo clippy` hands `-D warnings` to the compiler.
if [ -n "${NONGQUAN_CI:-}" ] && command -v clippy-driver >/dev/null 2>&1; then
    export RUSTC_WORKSPACE_WRAPPER=clippy-driver
    export CLIPPY_ARGS="-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"
fi

say() { printf '\n== %s\n' "$*"; }

fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    exit 1
}

# A component that is missing: named and passed over, but a failure in CI.
left_out() {
    if [ -n "${NONGQUAN_CI:-}" ]; then
        fail "$* (in CI nothing may be left out)"
    fi
    printf '\nLEFT OUT: %s\n' "$*"
    printf '%s\n' "$*" >>"${LEFT_OUT_LIST:-/dev/null}"
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root, or explains that it cannot.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# apt_install PACKAGE... : installs on Debian and its kin; elsewhere returns 1.
apt_install() {
    have apt-get || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# Whether a Chinese serif font is where the program looks for one (src/papers/fonts.rs).
have_cjk_font() {
    find /usr/share/fonts /usr/local/share/fonts \( -iname 'NotoSerifCJK*' -o -iname 'NotoSerifSC*' \
        -o -iname 'SourceHanSerif*' \) -print -quit 2>/dev/null | grep -q .
}

# Prints the URL of a PostgreSQL server where the tests may make databases and take their guards off (the
# server's administrator may), or nothing.
# TEST_POSTGRES_URL decides when it is set; otherwise the usual local places are tried.
postgres_url() {
    local url
    if [ -n "${TEST_POSTGRES_URL:-}" ]; then
        printf '%s\n' "$TEST_POSTGRES_URL"
        return
    fi
    have psql || return 0
    for url in "postgres://postgres@127.0.0.1:5432/postgres" \
        "postgres://$(id -un)@%2Fvar%2Frun%2Fpostgresql/postgres"; do
        if [ "$(PGCONNECT_TIMEOUT=3 psql -w "$url" -Atc \
            'SELECT rolsuper FROM pg_roles WHERE rolname = current_user' 2>/dev/null)" = t ]; then
            printf '%s\n' "$url"
            return
        fi
    done
}

# counted LABEL COMMAND... : runs a test command, and fails when it ran no test.
counted() {
    local label=$1 log count
    shift
    say "$label"
    log=$(mktemp)
    "$@" 2>&1 | tee "$log"
    count=$(awk '/^test result: /{ for (i = 1; i < NF; i++) if ($(i + 1) == "passed;") n += $i } END { print n + 0 }' "$log")
    rm -f "$log"
    [ "$count" -gt 0 ] || fail "$label: no test was executed"
    printf '%s %s\n' "$count" "$label" >>"${TEST_COUNTS:-/dev/null}"
}
