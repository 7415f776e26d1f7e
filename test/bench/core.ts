import { writeFileSync } from 'node:fs';
import { checking } from './check.ts';
import { flow } from './flow.ts';
import { matching } from './match.ts';
import { parsing } from './parse.ts';
import type { Row } from './row.ts';

// A process for each part that is measured inside one: node core.cjs PART FILE
const parts: { readonly [name: string]: () => readonly Row[] | Promise<readonly Row[]> } = {
  parse: parsing,
  match: matching,
  check: checking,
  flow,
};

const [name = '', file = ''] = process.argv.slice(2);
const part = parts[name];
if (!part) throw new Error(`There is no part “${name}”.`);
void Promise.resolve(part()).then((rows) => writeFileSync(file, JSON.stringify(rows)));
