// The same cases as `asectl bench validate`, through ajv: objects parsed before, and texts with JSON.parse. Prints the same JSON.
// Seconds are of processor time, as there: other work on the machine does not count.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const Ajv = createRequire(import.meta.url)('ajv/dist/2020').default;
const folder = new URL('../../../AvaConsole.Web/Cli/Bench/Cases/', import.meta.url);
const seconds = Number(process.argv[2] ?? 1);
const checkEvery = 256;

function measureOnce(validate, duration) {
  let count = 0;
  let failed = 0;
  const start = process.cpuUsage();
  let elapsed;
  do {
    for (let i = 0; i < checkEvery; i++) {
      failed += validate() ? 0 : 1;
    }
    count += checkEvery;
    const used = process.cpuUsage(start);
    elapsed = (used.user + used.system) / 1e6;
  } while (elapsed < duration && failed === 0);
  if (failed > 0) {
    throw new Error('The payload does not fit its schema.');
  }
  return { perSecond: Math.round(count / elapsed) };
}

function measure(validate) {
  measureOnce(validate, seconds / 2);
  return measureOnce(validate, seconds);
}

const cases = readdirSync(folder).sort().reverse().map(file => {
  const { schema, payload, elements } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const value = elements ? Array.from({ length: elements }, (_, i) => structuredClone(payload[i % payload.length])) : payload;
  const text = JSON.stringify(value);
  const validate = new Ajv().compile(schema);
  return { name: file.replace('.json', ''), payloadBytes: Buffer.byteLength(text), parsed: measure(() => validate(value)), text: measure(() => validate(JSON.parse(text))) };
});

console.log(JSON.stringify({ cases }));
