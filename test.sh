#!/usr/bin/env bash
# Runs every test of AvaConsole: format check, unit, component, contract, integration and browser tests.
# Needs the .NET 10 SDK, Node.js and npm. Installs etcd, Chromium and CJK fonts from Debian where it may, else says what to install.
#   ./test.sh            everything
#   ./test.sh unit       unit and component tests alone (no servers, no browser)
# The last line is the total of the run: "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

scope=${1:-all}
case "$scope" in
  all | unit) ;;
  *) echo "test.sh: unknown scope '$scope'; use 'unit' or nothing" >&2; exit 2 ;;
esac

results=$(mktemp -d "${TMPDIR:-/tmp}/avaconsole-tests.XXXXXX")
trap 'rm -rf "$results"' EXIT

require_tools() {
  local tool
  for tool in dotnet node npm; do
    command -v "$tool" >/dev/null || { echo "test.sh: $tool is missing; install the .NET 10 SDK, Node.js and npm first" >&2; exit 3; }
  done
}

# Tests use a real etcd and a real browser; the fonts make Chinese pages readable on screenshots.
install_missing() {
  local missing=()
  command -v etcd >/dev/null || missing+=(etcd-server)
  command -v docker-registry >/dev/null || missing+=(docker-registry)
  command -v chromium >/dev/null || missing+=(chromium)
  [ -n "$(ls /usr/share/fonts/opentype/noto/NotoSansCJK* 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
  command -v curl >/dev/null || missing+=(curl)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$results/apt.log" 2>&1 && return
    tail -n 20 "$results/apt.log" >&2
  fi
  echo "test.sh: install these first: ${missing[*]} (Debian: sudo apt-get install ${missing[*]})" >&2
  exit 3
}

# run NAME FILTER: one test run; its result file is counted at the end.
run() {
  echo
  echo "== $1 tests"
  dotnet test AvaConsole.Tests/AvaConsole.Tests.csproj --no-build --nologo --filter "$2" \
    --blame-hang-timeout 5m --blame-hang-dump-type none --logger "trx;LogFileName=$1.trx" --logger "console;verbosity=minimal" --results-directory "$results" || failed_runs+=("$1")
}

totals() {
  cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | awk '
    { for (i = 1; i <= NF; i++) if (split($i, pair, "\"") >= 2) count[pair[1]] += pair[2] }
    END {
      passed = count["passed="]; failed = count["failed="] + count["error="] + count["timeout="] + count["aborted="]
      printf "%d %d %d\n", passed, failed, count["total="] - passed - failed
    }'
}

require_tools
[ "$scope" = all ] && install_missing
failed_runs=()

echo "== Build"
if ! dotnet build AvaConsole.sln --nologo -v quiet -clp:NoSummary; then
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi
echo "== Format"
dotnet format AvaConsole.sln whitespace --no-restore --verify-no-changes --verbosity quiet --exclude node_modules/ || failed_runs+=("format")

run unit "FullyQualifiedName!~.Integration.&FullyQualifiedName!~.EndToEnd."
if [ "$scope" = all ]; then
  run integration "FullyQualifiedName~.Integration."
  run end-to-end "FullyQualifiedName~.EndToEnd."
fi

read -r passed failed skipped < <(totals)
if [ ${#failed_runs[@]} -gt 0 ]; then
  echo
  echo "Failed: ${failed_runs[*]}"
  # A crash of the runner, or the format check, counts as one failure even where no test reported it.
  [ "$failed" -gt 0 ] || failed=1
fi
[ "$passed" -gt 0 ] || failed_runs+=("no test ran")
echo
echo "$passed passed, $failed failed, $skipped skipped"
[ ${#failed_runs[@]} -eq 0 ]
