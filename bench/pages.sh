#!/usr/bin/env bash
# Requests per second and latency of the two heaviest pages, beside an empty page of the same app, in one run,
# compressed as every browser asks for them.
# Needs wrk and hyperfine (Debian packages of those names). ./bench/pages.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
seconds=${1:-8}
record=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$record"' EXIT
port=5599
# The first port that nobody answers on.
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
./palermo treaties verify --data "$record/p.db" >/dev/null

start=$(date +%s%N)
./palermo serve --data "$record/p.db" --urls "http://127.0.0.1:$port" >/dev/null &
server=$!
until curl -sf "http://127.0.0.1:$port/api/v1/basis?from=BRA&to=ITA&kind=mla&offence=drugs" >/dev/null; do
    kill -0 "$server" 2>/dev/null && [ $((($(date +%s%N) - start) / 1000000000)) -lt 20 ] || { echo "The program did not answer within 20 seconds." >&2; exit 1; }
done
echo "start to first answer: $((($(date +%s%N) - start) / 1000000)) ms"
idle() { awk '/VmRSS/ { print int($2 / 1024) " MB" }' "/proc/$server/status"; }
echo "resident memory, idle: $(idle)"
for name in empty status answer; do
    case $name in
        empty) path='/refused' ;;
        status) path='/treaties/untoc?on=2014-06-01' ;;
        answer) path='/basis?from=BRA&to=ITA&kind=mla&offence=money-laundering&on=2014-06-01&group=yes&transnational=yes' ;;
    esac
    size=$(curl -s -H 'Accept-Encoding: br' -o /dev/null -w '%{size_download}' "http://127.0.0.1:$port$path")
    wrk -t1 -c50 -d2s -H 'Accept-Encoding: br' "http://127.0.0.1:$port$path" >/dev/null
    wrk -t1 -c50 -d"${seconds}s" -H 'Accept-Encoding: br' --latency "http://127.0.0.1:$port$path" |
        awk -v n="$name" -v s="$size" '/99%/ { p = $2 } /Requests\/sec/ { r = $2 } /Non-2xx/ { bad = $0 } END { printf "%-8s %7s bytes %10s requests/s   p99 %s %s\n", n, s, r, p, bad }'
done
echo "resident memory, after the load: $(idle)"
kill "$server"
server=
hyperfine --warmup 2 --runs 10 -N "./palermo basis --from BRA --to ITA --kind mla --offence drugs --on 2014-06-01 --json --data $record/p.db" 2>/dev/null | sed -n 2,4p
