// Throws texts at everything that takes texts, for as long as it is told: `npm run fuzz -- [minutes] [seed]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../chance.ts';
import { endSession } from './assistants.ts';
import { startCoverage } from './coverage.ts';
import { grown } from './grammar.ts';
import { endTalk } from './messages.ts';
import { mutated } from './mutate.ts';
import { seeds } from './seeds.ts';
import { type Subject, subjects } from './subjects.ts';

const root = join(import.meta.dirname, '../..');
const [minutes = 20, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);

/** More CPU than this, in milliseconds, for a text of a few thousand characters is a hang. */
const patience = 10_000;
const longest = 12_000;
/** What is alive behind thousands of texts; seeds and packs alone are some hundred. */
const mostMemory = 900;

/** Texts that reached code which none before had reached are kept, and the next ones go on from there. */
const pools = { scripts: [...seeds.scripts], packs: [...seeds.packs], documents: [...seeds.documents] };
const mostKept = 600;

const coverage = startCoverage();
const random = randomOf(seed);
const until = Date.now() + minutes * 60_000;
const runs = new Map<Subject, { count: number; slowest: number; kept: number }>();
let failures = 0;
let reported = Date.now();
let text = '';
let subject = subjects[0] as Subject;

function fails(why: string): void {
  failures++;
  const folder = join(root, 'out/fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${seed}-${failures}.txt`);
  writeFileSync(file, text);
  console.log(`✘ ${subject.name}\n  ${why.split('\n').slice(0, 12).join('\n  ')}\n  the text: ${file}`);
}

// What is thrown behind the back of whoever called it is a crash as well.
process.on('uncaughtException', (error) => fails(`uncaught: ${error.stack}`));
process.on('unhandledRejection', (error) => fails(`rejected: ${error instanceof Error ? error.stack : error}`));

/** A text by the grammar, or one that comes of others. */
function nextText(kind: Subject['seeds']): string {
  if (random(5) === 0) return grown[kind](random);
  const pool = pools[kind];
  // What was found lately leads on more often than what everything began with.
  const at = random(2) ? random(pool.length) : pool.length - 1 - random(Math.min(pool.length, mostKept));
  return mutated(pool[at] as string, pool, random);
}

console.log(`fuzz: ${minutes} min, seed ${seed}`);
while (Date.now() < until && failures < 20) {
  subject = subjects[random(subjects.length)] as Subject;
  text = nextText(subject.seeds).slice(0, longest);
  const before = process.cpuUsage();
  try {
    await subject.run(text, random);
  } catch (error) {
    fails(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { user, system } = process.cpuUsage(before);
  const spent = (user + system) / 1000;
  if (spent > patience) fails(`took ${spent.toFixed(0)} ms`);
  const isNew = coverage.news() > 0;
  const known = runs.get(subject) ?? { count: 0, slowest: 0, kept: 0 };
  runs.set(subject, {
    count: known.count + 1,
    slowest: Math.max(known.slowest, spent),
    kept: known.kept + (isNew ? 1 : 0),
  });
  if (isNew) {
    const pool = pools[subject.seeds];
    if (pool.length < seeds[subject.seeds].length + mostKept) pool.push(text);
    else pool[seeds[subject.seeds].length + random(mostKept)] = text;
  }
  if (Date.now() - reported < 60_000) continue;
  reported = Date.now();
  const memory = process.memoryUsage().heapUsed / 2 ** 20;
  if (memory > mostMemory) fails(`${memory.toFixed(0)} MiB are alive`);
  console.log(
    `· ${[...runs.values()].reduce((sum, { count }) => sum + count, 0)} texts, ${coverage.places} places reached, ${failures} failures, heap ${memory.toFixed(0)} MiB`,
  );
}
endTalk();
endSession();
for (const [{ name }, { count, slowest, kept }] of runs)
  console.log(
    `  ${String(count).padStart(6)}  ${String(kept).padStart(4)} kept  slowest ${slowest.toFixed(0)} ms  ${name}`,
  );
console.log(failures === 0 ? '✔ nothing found' : `✘ ${failures} found`);
process.exit(failures === 0 ? 0 : 1);
