# Shared by packaging/run, tests/run and .ci/run: installs Debian packages, and runs everything else as the caller.
# Source it; it defines functions only, and `root`, the checkout's folder.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The names in packaging/packages/LIST.txt that are meant for this Debian release.
packages_of() {
    local release
    release=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
    awk -v release="$release" '!/^#/ && NF && (NF == 1 || $2 == release) { print $1 }' "$root/packaging/packages/$1.txt"
}

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Runs a command as root, through sudo where that is needed.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        printf 'This needs root: run it as root or install sudo.\n' >&2
        return 1
    fi
}

# Installs what is missing of the named lists; says what, and does nothing when all is there.
install_packages() {
    local missing=() list package
    if ! command -v dpkg-query >/dev/null; then
        printf 'This is no Debian system: install the packages named in packaging/packages yourself.\n' >&2
        return 0
    fi
    for list in "$@"; do
        for package in $(packages_of "$list"); do
            is_installed "$package" || missing+=("$package")
        done
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    printf 'Installing from Debian: %s\n' "${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Who builds and runs: under sudo the calling user, else whoever this is.
caller() {
    if [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ]; then
        printf '%s' "$SUDO_USER"
    else
        id -un
    fi
}

# Runs a command as the caller, with the caller's home.
as_caller() {
    local user home
    user=$(caller)
    if [ "$user" = "$(id -un)" ]; then
        "$@"
        return
    fi
    home=$(getent passwd "$user" | cut -d: -f6)
    runuser -u "$user" -- env HOME="$home" USER="$user" LOGNAME="$user" XDG_RUNTIME_DIR="/run/user/$(id -u "$user")" "$@"
}

# A build folder that root left behind would stop the caller: hand it over.
own_build_folder() {
    local user
    user=$(caller)
    if [ "$(id -u)" -eq 0 ] && [ "$user" != root ]; then
        mkdir -p "$root/build"
        chown -R "$user" "$root/build"
    fi
}

# build PRESET [TARGETS...]: configures and builds; without targets what the build preset of that name lists. With targets
# the tests are not even configured, because their packages may be missing.
build() {
    local preset=$1 tests=ON
    shift
    [ "$#" -eq 0 ] || tests=OFF
    own_build_folder
    # A preset is looked up in the working folder.
    (cd "$root" && as_caller cmake --preset "$preset" -DBUILD_TESTING="$tests" -Wno-dev --log-level=WARNING)
    (cd "$root" && as_caller cmake --build --preset "$preset" --parallel "$(nproc)" ${1:+--target "$@"})
}
