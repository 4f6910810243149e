#!/bin/sh
# Runs asectl bench http against its own server and against a plain service of fastify and onnxruntime-node, in turn, and prints how they compare.
# Usage: compare.sh MODELS MODEL [ASECTL [OPTION...]], where MODELS/MODEL/model.onnx is the model and ASECTL the program to run (default: asectl);
# for example compare.sh models cifar10_cnn asectl --seconds 10. A Release build on an otherwise quiet machine.
set -eu

models=$(cd "$1" && pwd)
model=$2
asectl=${3:-asectl}
if [ $# -gt 3 ]; then shift 3; else shift $#; fi
here=$(cd "$(dirname "$0")" && pwd)
port=${PORT:-8100}
cd "$here"
[ -d node_modules/fastify ] || npm install --no-audit --no-fund --no-package-lock --ignore-scripts --silent

log=$(mktemp)
NODE_ENV=production node server.mjs "$models" "$port" > "$log" 2>&1 &
peer=$!
trap 'kill $peer 2>/dev/null; rm -f "$log"' EXIT
until grep -q ready "$log"; do
  kill -0 $peer || { cat "$log"; exit 1; }
  sleep 0.2
done

$asectl bench http --models "$models" --model "$model" --peer "http://127.0.0.1:$port" "$@"
