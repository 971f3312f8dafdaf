#!/usr/bin/env bash
# Requests a second and times of a mix of queries (wrk). load.sh [SECONDS] [CONNECTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if ! command -v wrk >/dev/null; then
  echo "skipped: wrk is not installed (apt install wrk)"
  exit 0
fi
exec python3 load.py "$@"
