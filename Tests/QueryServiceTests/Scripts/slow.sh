#!/usr/bin/env bash
# Slow heads, slow bodies and slow readers (slowhttptest), a good client beside them. slow.sh [CONNECTIONS] [SECONDS a mode]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if ! command -v slowhttptest >/dev/null; then
  echo "skipped: slowhttptest is not installed (apt install slowhttptest)"
  exit 0
fi
ulimit -n "$(ulimit -Hn)"
exec python3 slow.py "$@"
