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

# Changes nothing on a system that it does not know.
need_debian() {
  [ -r /etc/os-release ] && . /etc/os-release || true
  [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ] && return
  stop "Docwright is built on Debian 12; this is ${PRETTY_NAME:-an unknown system}. Needed there: $(cat "$@" | sed 's/#.*//' | xargs)"
}

# Installs the packages of the named lists that are missing, if it may. SUITE: take them from there ("" is apt's own choice).
# Removes nothing: what stands in the way of a package stays, and apt says what it is.
install_from() {
  local suite=$1 missing as_root=() target=()
  shift
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return
  need_debian "$@"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null && sudo -n true 2>/dev/null || stop "These packages are missing, and installing them needs root or sudo: $(echo $missing)"
    as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
  fi
  if [ -n "$suite" ]; then
    target=(-t "$suite")
    add_suite "$suite"
  fi
  "${as_root[@]}" apt-get update -q >/dev/null || stop "apt-get update failed${suite:+; the archive must offer the suite $suite}"
  say "installing $(echo "$missing" | wc -l) packages and what they depend on: $(download_size "${target[@]}" $missing)"
  "${as_root[@]}" apt-get install -y -q --no-install-recommends --no-remove "${target[@]}" $missing >/dev/null || stop "apt-get could not install: $(echo $missing)"
}
install_packages() { install_from "" "$@"; }

# "101 MB to download, 343 MB on disk", in apt's own count.
download_size() {
  apt-get install --print-uris -y --no-install-recommends "$@" 2>/dev/null |
    awk '/^Need to get/ {got = $4 " " $5; sub(/\/.*/, "", got)} /disk space will be used/ {disk = $4 " " $5} END {print got " to download, " disk " on disk"}'
}

# A further suite of the archive that the system uses already; `as_root` is the caller's.
add_suite() {
  local suite=$1 uri
  "${as_root[@]}" apt-get update -q >/dev/null || true
  apt-get indextargets --format '$(CODENAME)' 'Created-By: Packages' | grep -qx "$suite" && return
  uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' | awk '$2 == "bookworm" {print $1; exit}')
  [ -n "$uri" ] || stop "apt knows no archive of Debian 12 (bookworm), so it cannot have $suite"
  say "adding the suite $suite of $uri"
  printf 'deb %s %s main\n' "$uri" "$suite" | "${as_root[@]}" tee "/etc/apt/sources.list.d/$suite.list" >/dev/null
}

# Whether the engine is among those that the arguments of `docwright serve` ask for; without the option all are.
wants_engine() {
  local engine=$1 asked=${DOCWRIGHT_ENGINES:-all} next=
  shift
  for word; do
    [ "$next" = engines ] && asked=$word
    next=
    case $word in
      --engines) next=engines ;;
      --engines=*) asked=${word#--engines=} ;;
    esac
  done
  case ",$asked," in *,all,* | *,"$engine",*) return 0 ;; *) return 1 ;; esac
}

# What the engines need to run, for the arguments of `docwright serve`.
install_engines() {
  if wants_engine office "$@"; then
    install_from bookworm-backports script/packages-office.txt
    install_packages script/packages-fonts.txt
  fi
  if wants_engine web "$@"; then
    install_packages script/packages-web.txt script/packages-fonts.txt
  fi
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
