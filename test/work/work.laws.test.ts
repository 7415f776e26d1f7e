import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Measured } from './measure.ts';

/**
 * What may be done at most, a little above what is done today. Time would flake; how often blocks of code are entered is the same
 * on any machine. Whoever makes something cheaper lowers its ceiling, and whoever has to raise one says why.
 */
const ceilings = {
  matcherBlocksACharacter: 630,
  syntaxBlocksACharacter: 11,
  linesScanned: 2,
  linesJudged: 0,
  matcherBlocksAKey: 26_500,
  blocksALineAndKey: 11.5,
  blocksALineAsked: 105,
  findingsToldAnew: 8,
  blocksALineAndAct: 131,
  blocksALineAndJump: 760,
  blocksALineAndUnfinished: 44,
  flowBlocksANode: 950,
  mapBlocksANode: 1000,
  mapBytesANode: 2400,
};

suite('work', () => {
  let measured: Measured;
  suiteSetup(() => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'measure.ts')],
      {
        encoding: 'utf8',
      },
    );
    assert.notEqual(stdout, '', stderr);
    measured = JSON.parse(stdout);
  });

  const atMost = (work: number, ceiling: number): void => assert.ok(work <= ceiling, `${work}, at most ${ceiling}`);

  test('looking for what lines say', () => atMost(measured.matcherBlocksACharacter, ceilings.matcherBlocksACharacter));

  test('reading a script', () => atMost(measured.syntaxBlocksACharacter, ceilings.syntaxBlocksACharacter));

  for (const script of ['key', 'keyInFourTimes'] as const) {
    test(`a key reads and judges its line alone: ${script}`, () => {
      const { scanned, judged, matcherBlocks } = measured[script];
      atMost(scanned, ceilings.linesScanned);
      atMost(judged, ceilings.linesJudged);
      atMost(matcherBlocks, ceilings.matcherBlocksAKey);
    });

    test(`a key does next to nothing with the other lines: ${script}`, () =>
      atMost(measured[script].blocksALine, ceilings.blocksALineAndKey));
  }

  for (const script of ['asked', 'askedInFourTimes'] as const) {
    test(`what an editor asks behind a key goes by the paths that there are: ${script}`, () => {
      assert.equal(measured[script].graphs, 0);
      atMost(measured[script].blocksALine, ceilings.blocksALineAsked);
    });
  }

  for (const script of ['turn', 'turnInFourTimes'] as const) {
    test(`a line that does something else leaves the graph, and what it does not touch is not told anew: ${script}`, () => {
      const { graphs, told, actBlocksALine } = measured[script];
      assert.equal(graphs, 0);
      atMost(told, ceilings.findingsToldAnew);
      atMost(actBlocksALine, ceilings.blocksALineAndAct);
    });

    test(`a reply that leads elsewhere costs a few blocks a line: ${script}`, () =>
      atMost(measured[script].jumpBlocksALine, ceilings.blocksALineAndJump));

    test(`of the graph only the node is drawn anew in which a reply leads elsewhere: ${script}`, () =>
      assert.equal(measured[script].graphsAnew, 0));

    test(`a line that is not finished and does nothing yet has no path followed: ${script}`, () => {
      const { followed, unfinishedBlocksALine } = measured[script];
      assert.equal(followed, 0);
      atMost(unfinishedBlocksALine, ceilings.blocksALineAndUnfinished);
    });
  }

  test('following all paths', () => atMost(measured.flowBlocksANode, ceilings.flowBlocksANode));

  test('following all paths grows with the script and no faster', () =>
    atMost(measured.flowBlocksANodeInFourTimes, 1.2 * measured.flowBlocksANode));

  test('drawing the map of a script, and what of it is sent', () => {
    atMost(measured.map.blocksANode, ceilings.mapBlocksANode);
    atMost(measured.map.bytesANode, ceilings.mapBytesANode);
  });

  test('drawing a map grows with the script and no faster', () =>
    atMost(measured.mapOfFourTimes.blocksANode, 1.2 * measured.map.blocksANode));
});
