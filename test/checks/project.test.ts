import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';

/** Runs a tool of the project as `npm run check` does, and shows what it said when it complains. */
function passes(...command: readonly [string, ...string[]]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  assert.equal(status, 0, `${stdout}${stderr}`);
}

suite('project', () => {
  test('types', () => passes('node_modules/typescript/bin/tsc', '--build')).timeout(180_000);
  test('lint and format', () => passes('node_modules/@biomejs/biome/bin/biome', 'check', '.')).timeout(60_000);
});
