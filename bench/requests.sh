#!/usr/bin/env bash
# The pages of an office with 100,000 requests, 500,000 persons and 1,000,000 audit entries, asked for by 50 people at once;
# saving a step; verifying the audit trail; memory. On SQLite, and on PostgreSQL when PALERMO_BENCH_POSTGRES names an empty
# database (a connection string). Needs wrk (a Debian package). ./bench/requests.sh FOLDER [SECONDS]
# What FOLDER holds already is used again; it needs about 3 GB.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
folder=$(mkdir -p "${1:?a folder for the record}" && readlink -f "$1")
seconds=${2:-15}
users=50
dotnet build -c Release -v quiet -nologo bench/Palermo.Bench >/dev/null
bench=bench/Palermo.Bench/bin/Release/net10.0/Palermo.Bench
palermo=bench/Palermo.Bench/bin/Release/net10.0/palermo
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT
port=5599
# The first port that nobody answers on.
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
url=http://127.0.0.1:$port
memory() { awk '/VmRSS/ { now = int($2 / 1024) } /VmHWM/ { most = int($2 / 1024) } END { print now " MB, at most " most " MB" }' "/proc/$server/status"; }

# Every connection is somebody else; each asks again as soon as the page is there (first line), or a second later (second line),
# as 50 people who never stop reading would.
cat >"$folder/load.lua" <<'LUA'
local function lines(name)
  local all = {}
  for line in io.lines(os.getenv("LOAD") .. "/" .. name) do all[#all + 1] = line end
  return all
end
local cookies, requests, searches = lines("cookies"), lines("requests"), lines("searches")
local boards = { "/requests?for=me", "/requests?for=us", "/requests?for=them", "/requests?for=all&sort=changed" }
local page, pause, n = os.getenv("PAGE"), tonumber(os.getenv("PAUSE")), 0
function request()
  n = n + 1
  local path
  if page == "board" then path = boards[n % #boards + 1]
  elseif page == "search" then path = "/requests/search?q=" .. searches[n % #searches + 1]
  else path = "/requests/" .. requests[n % #requests + 1] end
  local cookie = page == "request" and cookies[n % 4 + 1] or cookies[n % #cookies + 1]
  return wrk.format("GET", path, { ["Cookie"] = cookie, ["Accept-Encoding"] = "br" })
end
function delay() return pause > 0 and math.random(pause / 2, pause * 3 / 2) or 0 end
function done(summary, latency)
  local failed = summary.errors.status + summary.errors.timeout + summary.errors.connect
  io.write(string.format("%-8s %s %8.1f pages/s   median %7.1f ms   p95 %7.1f ms   p99 %7.1f ms%s\n", page, pause > 0 and "with a pause   " or "without a pause", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, failed > 0 and "   failed: " .. failed or ""))
end
LUA

measure() {
    local data=$1 load=$2
    mkdir -p "$load"
    [ -s "$load/made" ] || { "$bench" generate --data "$data"; date >"$load/made"; }
    "$bench" sessions --data "$data" --to "$load" >/dev/null
    "$palermo" serve --data "$data" --urls "$url" >"$load/log" &
    server=$!
    until curl -sf -o /dev/null "$url/health/ready" || curl -sf -o /dev/null "$url/basis"; do
        kill -0 "$server" || { echo "The program did not start." >&2; exit 1; }
        sleep 0.2
    done
    echo "memory, idle: $(memory)"
    # Until the compiler has seen every page often enough, it is what is measured.
    for page in board search request; do
        export LOAD=$load PAGE=$page PAUSE=0
        wrk -t1 -c4 -d8s -s "$folder/load.lua" "$url" >/dev/null
    done
    for pause in 1000 0; do
        for page in board search request; do
            export LOAD=$load PAGE=$page PAUSE=$pause
            wrk -t1 -c"$users" -d4s -s "$folder/load.lua" "$url" >/dev/null
            wrk -t1 -c"$users" -d"${seconds}s" -s "$folder/load.lua" "$url" | tail -1
        done
    done
    echo "memory, after the load: $(memory)"
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
    "$bench" save --data "$data"
    local start
    start=$(date +%s%N)
    "$palermo" audit verify --data "$data"
    echo "audit verify, whole command: $((($(date +%s%N) - start) / 1000000)) ms"
}

echo "SQLite"
measure "$folder/sqlite/palermo.db" "$folder/sqlite"
if [ -n "${PALERMO_BENCH_POSTGRES:-}" ]; then
    echo "PostgreSQL"
    export PALERMO_STORE=$folder/postgres
    measure "$PALERMO_BENCH_POSTGRES" "$folder/postgres"
fi
