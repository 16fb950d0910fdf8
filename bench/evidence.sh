#!/usr/bin/env bash
# Evidence, side by side with the peers in one run: sealing and manifest beside age; take-in over mutual TLS beside tus-node-server over
# plain HTTP, both fed by the same curl; resident memory at a large file. Needs curl and openssl; age and npm for the peers, which are left
# out when missing. ./bench/evidence.sh FOLDER [MEGABYTES] [MEGABYTES-OF-THE-LARGE-FILE]
# FOLDER needs about five times the first and 10 GB, or twice the second, whichever is more.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
folder=$(mkdir -p "${1:?a folder for the files}" && readlink -f "$1")
megabytes=${2:-2048}
large=${3:-10240}
rounds=3
dotnet build -c Release -v quiet -nologo bench/Palermo.Bench >/dev/null
bench=bench/Palermo.Bench/bin/Release/net10.0/Palermo.Bench
eng/build-if-needed
palermo=./palermo
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT

for who in sender receiver; do
    [ -s "$folder/$who/key.pem" ] && continue
    mkdir -p "$folder/$who"
    openssl req -x509 -newkey rsa:3072 -nodes -keyout "$folder/$who/key.pem" -out "$folder/$who/certificate.pem" -days 3650 -subj "/CN=localhost" -addext subjectAltName=IP:127.0.0.1 2>/dev/null
done
file=$folder/file
[ "$(stat -c %s "$file" 2>/dev/null)" = $((megabytes << 20)) ] || head -c $((megabytes << 20)) /dev/urandom >"$file"
cat "$file" >/dev/null

# Seconds of a command, and its peak of resident memory in MB.
seconds() { local began; began=$(date +%s.%N); "$@" >/dev/null; awk "BEGIN { printf \"%.2f\", $(date +%s.%N) - $began }"; }
rate() { awk "BEGIN { printf \"%.0f MB/s\", $1 * 1.048576 / $2 }"; }
peak() {
    "$@" >/dev/null &
    local pid=$! most=0 now
    while kill -0 "$pid" 2>/dev/null; do
        now=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ] && most=$now
        sleep 0.05
    done
    wait "$pid"
    echo "$most MB"
}
line() { printf '%-52s %s\n' "$@"; }

seal() { rm -rf "$folder/package"; "$palermo" evidence pack --to "$folder/receiver/certificate.pem" --from "$folder/sender" --out "$folder/package" "$1"; }
line "$megabytes MB" "rounds: $rounds"
for ((i = 0; i < rounds; i++)); do
    if command -v age >/dev/null; then
        [ -s "$folder/age.key" ] || age-keygen -o "$folder/age.key" 2>/dev/null
        recipient=$(age-keygen -y "$folder/age.key")
        rm -f "$folder/file.age"
        line "age" "$(rate "$megabytes" "$(seconds age -r "$recipient" -o "$folder/file.age" "$file")")"
        rm -f "$folder/file.age"
    fi
    line "palermo evidence pack" "$(rate "$megabytes" "$(seconds seal "$file")")"
done
line "palermo evidence verify" "$(rate "$megabytes" "$(seconds "$palermo" evidence verify "$folder/package")")"
rm -rf "$folder/out"
line "palermo evidence open" "$(rate "$megabytes" "$(seconds "$palermo" evidence open "$folder/package" --key "$folder/receiver" --out "$folder/out")")"
rm -rf "$folder/out"

wait_for() { until "$@"; do kill -0 "$server" || { echo "The server did not start." >&2; exit 1; }; sleep 0.1; done; }
# Both servers take in six times 512 MB first, as one that has been running for a while.
warm=$folder/warm
[ -s "$warm" ] || head -c $((512 << 20)) /dev/urandom >"$warm"
rm -rf "$folder/package" "$folder/sent"
"$palermo" evidence pack --to "$folder/receiver/certificate.pem" --from "$folder/sender" --out "$folder/sent" "$warm" "$warm" "$warm" "$warm" "$warm" "$warm" "$file" >/dev/null
cat "$folder"/sent/* >/dev/null
tls=(curl -sS --fail --http1.1 --cert "$folder/sender/certificate.pem" --key "$folder/sender/key.pem" --cacert "$folder/receiver/certificate.pem")
body=(-X PATCH -H "Expect:" -H "Tus-Resumable: 1.0.0" -H "Upload-Offset: 0" -H "Content-Type: application/offset+octet-stream")
port=5611
end_server() { kill "$server"; wait "$server" 2>/dev/null || true; server=; }
resident() { awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$server/status"; }

palermo_takes() {
    local package=$1 number=$2 url=https://127.0.0.1:$port/evidence
    "${tls[@]}" -X POST -H "Tus-Resumable: 1.0.0" -H "Upload-Length: $(stat -c %s "$package/$number.sealed")" -H "Upload-Metadata: package $(printf %s "$id" | base64 -w0),file $(printf %s "$number" | base64)" "$url/files"
    "${tls[@]}" -X PUT --data-binary "@$package/$number.leaves" "$url/$id/files/$number/leaves"
    "${tls[@]}" "${body[@]}" -T "$package/$number.sealed" "$url/$id/files/$number"
}

start_node() {
    rm -rf "$folder/node" && mkdir "$folder/node"
    "$bench" take-in --data "$folder/node/palermo.db" --package "$1" --identity "$folder/receiver" --port $port >"$folder/node/id" &
    server=$!
    wait_for test -s "$folder/node/id"
    id=$(<"$folder/node/id")
}

take_in() {
    start_node "$folder/sent"
    for number in 1 2 3 4 5 6; do palermo_takes "$folder/sent" $number; done
    line "take-in over mutual TLS, hashed, flushed" "$(rate "$megabytes" "$(seconds palermo_takes "$folder/sent" 7)")"
    cmp "$folder/sent/7.sealed" "$folder"/node/evidence/*/7.sealed
    end_server
    rm -rf "$folder/node"
}

take_in_large() {
    start_node "$folder/package"
    local before
    before=$(resident)
    palermo_takes "$folder/package" 1
    line "take-in, $large MB, resident memory of the host" "$before MB before, $(resident) MB after, at most $(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$server/status") MB"
    end_server
    rm -rf "$folder/node"
}

tus_takes() {
    local sealed=$folder/sent/$1.sealed at
    at=$(curl -sS -D - -o /dev/null -X POST -H "Tus-Resumable: 1.0.0" -H "Upload-Length: $(stat -c %s "$sealed")" "http://127.0.0.1:$port/files" | awk 'tolower($1) == "location:" { print $2 }' | tr -d '\r')
    curl -sS --fail "${body[@]}" -T "$sealed" "${at/#\/\//http://}"
}

tus_node() {
    rm -rf "$folder/tus-files" && mkdir "$folder/tus-files"
    (cd "$folder/tus" && exec node server.mjs "$folder/tus-files" $port) &
    server=$!
    wait_for curl -s -o /dev/null -X OPTIONS "http://127.0.0.1:$port/files"
    for number in 1 2 3 4 5 6; do tus_takes $number; done
    line "tus-node-server over plain HTTP" "$(rate "$megabytes" "$(seconds tus_takes 7)")"
    end_server
    rm -rf "$folder/tus-files"
}

if command -v npm >/dev/null && { [ -d "$folder/tus/node_modules/@tus/server" ] || npm install --silent --prefix "$folder/tus" @tus/server @tus/file-store >/dev/null; }; then
    cat >"$folder/tus/server.mjs" <<'JS'
import { createServer } from "node:http";
import { Server } from "@tus/server";
import { FileStore } from "@tus/file-store";
const [, , directory, port] = process.argv;
const tus = new Server({ path: "/files", datastore: new FileStore({ directory }) });
createServer((request, response) => tus.handle(request, response)).listen(Number(port), "127.0.0.1");
JS
    peer=yes
fi
for ((i = 0; i < rounds; i++)); do
    [ -z "${peer:-}" ] || tus_node
    take_in
done

if [ "$large" -gt 0 ]; then
    rm -rf "$folder/sent"
    truncate -s "${large}M" "$folder/large"
    line "palermo evidence pack, $large MB, peak memory" "$(peak "$palermo" evidence pack --to "$folder/receiver/certificate.pem" --from "$folder/sender" --out "$folder/package" "$folder/large")"
    line "palermo evidence verify, $large MB, peak memory" "$(peak "$palermo" evidence verify "$folder/package")"
    rm -f "$folder/large"
    take_in_large
    rm -rf "$folder/package"
fi
