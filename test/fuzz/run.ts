// Throws texts at everything that takes texts, for as long as it is told: `npm run fuzz -- [minutes] [seed]`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../chance.ts';
import { mutated } from './mutate.ts';
import { seeds } from './seeds.ts';
import { type Subject, subjects } from './subjects.ts';

const root = join(import.meta.dirname, '../..');
const [minutes = 20, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);

/** More CPU than this, in milliseconds, for a text of a few thousand characters is a hang. */
const patience = 10_000;
const longest = 12_000;

/** Texts that got somewhere are kept, so that the next one goes on from there. */
const pools = { scripts: [...seeds.scripts], packs: [...seeds.packs], documents: [...seeds.documents] };
const mostKept = 400;

const random = randomOf(seed);
const until = Date.now() + minutes * 60_000;
const runs = new Map<Subject, { count: number; slowest: number }>();
let failures = 0;
let reported = Date.now();
console.log(`fuzz: ${minutes} min, seed ${seed}`);
while (Date.now() < until && failures < 20) {
  const subject = subjects[random(subjects.length)] as Subject;
  const pool = pools[subject.seeds];
  const text = mutated(pool[random(pool.length)] as string, pool, random).slice(0, longest);
  const before = process.cpuUsage();
  const fails = (why: string): void => {
    failures++;
    const folder = join(root, 'out/fuzz');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${seed}-${failures}.txt`);
    writeFileSync(file, text);
    console.log(`✘ ${subject.name}\n  ${why.split('\n').slice(0, 6).join('\n  ')}\n  the text: ${file}`);
  };
  try {
    subject.run(text, random);
  } catch (error) {
    fails(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { user, system } = process.cpuUsage(before);
  const spent = (user + system) / 1000;
  if (spent > patience) fails(`took ${spent.toFixed(0)} ms`);
  const known = runs.get(subject) ?? { count: 0, slowest: 0 };
  runs.set(subject, { count: known.count + 1, slowest: Math.max(known.slowest, spent) });
  if (random(3) === 0) {
    if (pool.length < seeds[subject.seeds].length + mostKept) pool.push(text);
    else pool[seeds[subject.seeds].length + random(mostKept)] = text;
  }
  if (Date.now() - reported < 60_000) continue;
  reported = Date.now();
  const memory = (process.memoryUsage().heapUsed / 2 ** 20).toFixed(0);
  console.log(
    `· ${[...runs.values()].reduce((sum, { count }) => sum + count, 0)} texts, ${failures} failures, heap ${memory} MiB`,
  );
}
for (const [{ name }, { count, slowest }] of runs)
  console.log(`  ${String(count).padStart(6)}  slowest ${slowest.toFixed(0)} ms  ${name}`);
console.log(failures === 0 ? '✔ nothing found' : `✘ ${failures} found`);
process.exitCode = failures === 0 ? 0 : 1;
