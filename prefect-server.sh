#!/usr/bin/env bash
# Prefect's page, its server and one process worker, on this machine only. Ctrl-C stops all of it.
set -euo pipefail
cd "$(dirname "$0")"
bin="$PWD/.venv/bin"
export NUTMEG_PROJECT="$PWD" NUTMEG_HOME="${NUTMEG_HOME:-$PWD}"
export PREFECT_HOME="${PREFECT_HOME:-$NUTMEG_HOME/.prefect}"
export PREFECT_SERVER_API_HOST=127.0.0.1 PREFECT_SERVER_API_PORT="${PREFECT_SERVER_API_PORT:-4200}"
export PREFECT_API_URL="http://127.0.0.1:$PREFECT_SERVER_API_PORT/api"
export PREFECT_SERVER_UI_STATIC_DIRECTORY="$PREFECT_HOME/ui"
export PATH="$bin:$PATH" DO_NOT_TRACK=1
umask 077
mkdir -p "$PREFECT_HOME"

prefect server start >"$PREFECT_HOME/server.log" 2>&1 &
# Interrupts reach a waiting shell at once; children are told to stop, and waited for.
trap 'exit 0' INT TERM
trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT
for _ in $(seq 120); do
  python -c "import urllib.request as u; u.urlopen('$PREFECT_API_URL/health', timeout=2)" 2>/dev/null && break
  sleep 1
done
prefect --no-prompt work-pool create nutmeg --type process --overwrite >/dev/null
prefect --no-prompt deploy --all >"$PREFECT_HOME/deploy.log" 2>&1 || { cat "$PREFECT_HOME/deploy.log"; exit 1; }
echo "Prefect's page: http://127.0.0.1:$PREFECT_SERVER_API_PORT  (log: $PREFECT_HOME/server.log; Ctrl-C stops it)"
prefect worker start --pool nutmeg --name here --limit 2 &
wait
