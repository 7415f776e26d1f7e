import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createWorkspace } from './server/src/model/workspace.ts';
import { check } from './server/src/rules/check.ts';
import { readBundled } from './server/src/host/bundled.ts';
const gc = (globalThis as any).gc; const heap = (w: string) => { gc(); gc(); const m = process.memoryUsage(); console.log(w.padEnd(26), 'heap', (m.heapUsed / 1048576).toFixed(1), 'ab', (m.arrayBuffers / 1048576).toFixed(1), 'rss', (m.rss / 1048576).toFixed(0)); };
heap('start');
const bundled = await readBundled({ readText: async (p) => readFileSync('dist/' + p, 'utf8'), readBytes: async (p) => readFileSync('dist/' + p) });
heap('packs');
const w = createWorkspace({ bundled, files: new Map(), configs: [], extraPacks: [], today: '2026-06-01' } as any);
if (process.argv[2] === 'many') {
  for (const f of readdirSync('/tmp/m/many')) w.set(pathToFileURL('/tmp/m/many/' + f).toString(), 0, readFileSync('/tmp/m/many/' + f, 'utf8'));
  heap('1000 set');
  let n = 0; const snap = w.snapshot();
  for (const s of snap.scripts) n += s.outward.length; heap('outward');
  let copy = snap.edited(new Map()); let i = 0; let found = 0;
  for (const s of snap.scripts) { if (i++ % 50 === 0) copy = snap.edited(new Map()); found += check(s, copy).length; if (i === 1 || i === 100 || i === 500) heap('checked ' + i); }
  copy = undefined as any; heap('all checked ' + found);
} else {
  const s = w.set('file:///w/long.huashu', 1, readFileSync('/tmp/m/long.huashu', 'utf8')); heap('parsed');
  const sn = w.snapshot(); console.log(check(s, sn).length); heap('checked');
  if (process.argv[3]) { (await import('node:v8')).writeHeapSnapshot('/tmp/m/long.heapsnapshot'); }
}
