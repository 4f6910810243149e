#!/bin/sh
# Runs asectl's validator and ajv on the same schemas and payloads, one after the other, and prints how they compare.
# Usage: compare.sh [ASECTL], where ASECTL is the program to run; default: asectl. A Release build: another is ten times slower.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
asectl=${1:-asectl}
cd "$here"
[ -d node_modules/ajv ] || npm install --no-audit --no-fund --no-package-lock --silent

ours=$($asectl bench validate --format json)
theirs=$(node ajv.mjs)
OURS=$ours THEIRS=$theirs node -e '
const theirs = JSON.parse(process.env.THEIRS).cases;
console.log("case     form     asectl/s       ajv/s          ratio  bytes each (asectl)");
for (const mine of JSON.parse(process.env.OURS).cases) {
  const other = theirs.find(one => one.name === mine.name);
  for (const form of ["parsed", "text"]) {
    const ratio = mine[form].perSecond / other[form].perSecond;
    console.log([mine.name.padEnd(8), form.padEnd(8), String(mine[form].perSecond).padEnd(14), String(other[form].perSecond).padEnd(14), ratio.toFixed(2).padEnd(6), mine[form].bytes].join(" "));
  }
}'
