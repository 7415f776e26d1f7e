// `npm run bench [-- PART… [options]]`: what Huashu costs, beside a floor and beside what others cost, in one run.
//   parts          parse match check flow (together: core) cli lsp start memory audit; all of them without any
//   --edits N      so many edits while memory is watched (default: 2,000)
//   --file MB      the transcript that is audited (default: 64)
//   --stream MB    the stream whose audit is watched (default: 32; 5,000 takes its time)
//   --save         makes what was measured the baseline
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { audit } from './audit.ts';
import { readBaseline, saveBaseline } from './baseline.ts';
import { bundle } from './bundle.ts';
import { cli } from './cli.ts';
import { lsp } from './lsp.ts';
import { memory } from './memory.ts';
import { peersVariable } from './peerModule.ts';
import { preparePeers } from './peers.mjs';
import { printed } from './report.ts';
import type { Row } from './row.ts';
import { startup } from './startup.ts';

const out = 'out/bench';

const inProcess = ['parse', 'match', 'check', 'flow'];
const groups: { readonly [name: string]: readonly string[] } = { core: inProcess };

type Part = (peers: string) => Promise<readonly Row[]>;

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    edits: { type: 'string', default: '2000' },
    file: { type: 'string', default: '64' },
    stream: { type: 'string', default: '32' },
    save: { type: 'boolean', default: false },
  },
});

const parts: { readonly [name: string]: Part } = {
  ...Object.fromEntries(inProcess.map((name) => [name, (peers: string) => inOwnProcess(name, peers)])),
  cli,
  lsp,
  start: startup,
  memory: () => memory(Number(values.edits)),
  audit: () => audit({ file: Number(values.file), stream: Number(values.stream) }),
};

const names = asked.length === 0 ? Object.keys(parts) : asked.flatMap((name) => groups[name] ?? [name]);
const unknown = names.filter((name) => !parts[name]);
if (unknown.length > 0)
  throw new Error(`No such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);

await mkdir(out, { recursive: true });
const peers = await preparePeers();
await run(process.execPath, ['server/build.mjs', '--production']);
await Promise.all([bundle('core.ts', `${out}/core.cjs`), bundle('nullServer.ts', `${out}/nullServer.cjs`)]);

const baseline = readBaseline();
for (const name of names) {
  console.log(`\n━━ ${name}`);
  const rows = (await parts[name]?.(peers)) ?? [];
  await writeFile(`${out}/${name}.json`, `${JSON.stringify(rows, undefined, 1)}\n`);
  console.log(printed(rows, baseline));
  if (values.save) saveBaseline(rows, [name]);
}

async function inOwnProcess(name: string, modules: string): Promise<readonly Row[]> {
  const file = `${out}/${name}.json`;
  await run(process.execPath, [`${out}/core.cjs`, name, file], { [peersVariable]: modules });
  const rows: readonly Row[] = JSON.parse(await readFile(file, 'utf8'));
  return rows;
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve() : reject(new Error(`${args.join(' ')}: ${status}`))));
  });
}
