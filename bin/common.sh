# What the commands in bin/ share. Sourced, not run.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
program="$root/artifacts/publish/Host/release/millrace"

step() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf '\033[31mfailed:\033[0m %s\n' "$*" >&2; exit 1; }

# A command that is quiet while it works and tells everything when it fails.
quietly() {
  local log; log="$(mktemp)"
  if ! "$@" >"$log" 2>&1; then cat "$log" >&2; rm -f "$log"; fail "$*"; fi
  rm -f "$log"
}

need_tools() {
  command -v dotnet >/dev/null || fail ".NET SDK 10 is missing. Install it, then run this again."
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node 20 with npm is missing. Install it, then run this again."
}

# need_package COMMAND PACKAGE…: installs Debian packages when a command is missing.
need_package() {
  local command="$1"; shift
  command -v "$command" >/dev/null && return
  [ -x "/usr/sbin/$command" ] && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "$command is missing. Install it as root: apt-get install $*"
  step "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  [ -n "${apt_updated:-}" ] || { quietly apt-get update; apt_updated=1; }
  quietly apt-get install -y --no-install-recommends "$@"
}

need_postgres() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null && return
  # The program runs a server of its own: Debian's default cluster is not wanted.
  if [ "$(id -u)" = 0 ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  need_package initdb postgresql
}

need_backup_tools() {
  need_package age age
  need_package zstd zstd
}

# newer STAMP PATH…: is something under the paths newer than the stamp, or the stamp missing?
newer() {
  local stamp="$1"; shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -type f -newer "$stamp" -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit 2>/dev/null)" ]
}

build_web() {
  mkdir -p artifacts
  if [ ! -d web/node_modules ] || newer artifacts/npm.stamp web/package-lock.json; then
    step "fetching the web app's packages"
    (cd web && quietly npm ci --no-audit --no-fund)
    touch artifacts/npm.stamp
  fi
  if [ ! -d web/dist ] || newer artifacts/web.stamp web; then
    step "building the web app"
    (cd web && quietly npm run build)
    touch artifacts/web.stamp
  fi
}

publish_program() {
  if [ ! -x "$program" ] || newer artifacts/program.stamp src deploy web/dist artifacts/web.stamp Directory.Build.props Directory.Packages.props; then
    step "building the program"
    quietly dotnet publish src/Host/Host.csproj -c Release -o "$(dirname "$program")"
    touch artifacts/program.stamp
  fi
}
