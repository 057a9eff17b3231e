# Shared by the scripts of this folder: installing what is missing, building.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH="/usr/sbin:/usr/bin:/sbin:/bin:$PATH"
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

say() { printf '== %s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

# Packages of the named lists that are not installed.
missing_packages() {
  local wanted
  wanted=$(cat "$@" | sed 's/#.*//' | tr -s ' \n' '\n' | grep -v '^$' | sort -u)
  comm -23 <(printf '%s\n' "$wanted") <(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1=="ii"{print $2}' | sort -u)
}

# Installs the packages of the named lists. Changes nothing unless it may and knows the system.
install_packages() {
  local missing as_root=()
  [ -r /etc/os-release ] && . /etc/os-release || true
  if [ "${ID:-}" != debian ] || [ "${VERSION_ID:-}" != 12 ]; then
    stop "Docwright is built on Debian 12; this is ${PRETTY_NAME:-an unknown system}. Needed there: $(cat "$@" | sed 's/#.*//' | xargs)"
  fi
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || stop "These packages are missing, and installing them needs root or sudo: $(echo $missing)"
    as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
  fi
  say "installing $(echo "$missing" | wc -l) packages"
  "${as_root[@]}" apt-get update -q >/dev/null
  "${as_root[@]}" apt-get install -y -q --no-install-recommends $missing >/dev/null || stop "apt-get could not install: $(echo $missing)"
}

# The user that the engines run as when the server runs as root.
make_engine_user() {
  [ "$(id -u)" -eq 0 ] || return 0
  id docwright-engine >/dev/null 2>&1 || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin docwright-engine
}

# build PRESET [TARGET …]
build() {
  local preset=$1 folder
  shift
  folder=$([ "$preset" = release ] && echo build || echo "build-$preset")
  [ -f "$folder/build.ninja" ] || { say "configuring $preset"; cmake --preset "$preset" >/dev/null; }
  say "building $preset"
  if ! cmake --build "$folder" ${*:+--target "$@"} -- -j "${JOBS:-$(nproc)}" >"$folder/build.log" 2>&1; then
    grep -E -A 12 'error|FAILED' "$folder/build.log" | head -n 80 >&2
    stop "The build failed; all of it is in $folder/build.log"
  fi
}
