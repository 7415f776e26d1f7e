import assert from 'node:assert/strict';
import { eachLine, jsonLinesReader } from '../../server/src/cli/audit/jsonLines.ts';
import type { Chunk } from '../../server/src/cli/audit/record.ts';
import { type Judgement, Remembered } from '../../server/src/cli/audit/remembered.ts';
import { type Audited, UtteranceReader, type Wrong } from '../../server/src/cli/audit/utterance.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { bundledPacks } from '../bench/ground.ts';
import { randomOf } from '../chance.ts';

type Random = (below: number) => number;

const keys = ['id', 'speaker', 'text', 'text', 'text', 'context', 'agentNo', '__proto__', ''];
const values = [
  ...['"a"', '1', '0', '01', '1e3', '-1', '1.5', '123456789012345678', 'true', 'null', '{"x":1}', '{}', '[]'],
  ...['"}"', '"a,b"', '"\\"', '"\\u60a8好"', '"a\\tb"', '"a\tb"', '"\u0001"', '"\u2028"', '"您好"', '"x":"y"'],
];
/** What mostly stands under a key. */
const usual: { readonly [key: string]: readonly string[] } = {
  id: ['"c-1"', '7', '"您"'],
  text: ['"您好"', '"a"', '""', '"{客户}您好"', '"},{"'],
  speaker: ['"agent"', '"agent"', '"customer"', '"坐席"', '"ＡＧＥＮＴ"', '"robot"'],
  context: [
    ...['{"identity":"confirmed"}', '{"identity": "unconfirmed", "listener": "third-party"}', '{}', '{"mood":null}'],
    ...['{"channel":"电话","stage":"m2"}', '{"identity":"perhaps"}', '{"caseVerified":true}', '{"mood":"x"}'],
    ...['{"step":{"a":1}}', '{"step":"}"}', '{bad}', '{"a":}'],
  ],
};

/** A line that is JSON Lines, or nearly so. */
function lineBy(random: Random): string {
  const of = (all: readonly string[]): string => all[random(all.length)]!;
  const parts = Array.from({ length: random(6) }, () => {
    const key = of(keys);
    const value = of(random(8) > 0 ? (usual[key] ?? values) : values);
    return `"${key}":${of(['', '', ' '])}${value}`;
  });
  const line = `{${parts.join(of([',', ', ']))}}`;
  switch (random(16)) {
    case 0:
      return line.slice(0, random(line.length + 1));
    case 1:
      return `${line}${of([' ', '\t', '\r', '}', 'x', ' \r'])}`;
    case 2:
      return of(['', '  ', '\r', '[]', 'null', '"x"', '{}']);
    case 3:
      return line.replace(of([':', ',', '"', '}']), of([' :', ' ,', '', '}}']));
    default:
      return line;
  }
}

suite('what an audit reads', () => {
  test('a line that is read where it stands means what JSON says', () => {
    const random = randomOf(11);
    const set = packSetOf(bundledPacks());
    const reader = new UtteranceReader(set);
    const told = (outcome: Audited | Wrong): unknown =>
      'error' in outcome
        ? // Places in the line differ by the blank.
          outcome.error.en.replace(/\d+/, '')
        : [outcome.id, outcome.text, outcome.situation?.known];
    let plain = 0;
    for (let round = 0; round < 80; round++) {
      const lines = Array.from({ length: 40 }, () => lineBy(random));
      const source = lines.join('\n');
      let start = 0;
      for (const line of lines) {
        const asItStands = told(reader.ofLine(source, start, start + line.length, 7));
        const fields = JSON.stringify(reader.takeNotes());
        // Nothing that begins with a blank is read where it stands.
        assert.deepEqual(asItStands, told(reader.ofLine(` ${line}`, 0, line.length + 1, 7)), line);
        const anew = new UtteranceReader(set);
        anew.ofLine(` ${line}`, 0, line.length + 1, 7);
        const inFull = anew.takeNotes().map((note) => JSON.stringify(note));
        for (const note of JSON.parse(fields)) assert.ok(inFull.includes(JSON.stringify(note)), line);
        if (Array.isArray(asItStands)) plain++;
        start += line.length + 1;
      }
    }
    assert.ok(plain > 400, `${plain}`);
  });

  test('the same text read twice is read alike', () => {
    const reader = new UtteranceReader(packSetOf([]));
    const source = '{"text":"a"}\n{"text":"\\u60a8"}';
    for (let round = 0; round < 3; round++) {
      const read = reader.ofLine(source, 13, source.length, 2);
      assert.ok('text' in read && read.text === '您');
      const first = reader.ofLine(source, 0, 12, 1);
      assert.ok('text' in first && first.text === 'a');
    }
  });

  test('however the bytes come, the lines are the same', () => {
    const random = randomOf(12);
    /** What is told of bytes in these pieces: every line, with its number. */
    const linesOf = (pieces: readonly Buffer[]): string[] => {
      const found: string[] = [];
      const take = (chunks: Iterable<Chunk>): void => {
        for (const chunk of chunks) {
          if (chunk.kind === 'rows') {
            for (const record of chunk.records)
              found.push(`${record.line} ${'error' in record ? record.error.en : record.cells.join()}`);
            continue;
          }
          eachLine(chunk, {
            line(source, start, end, number) {
              const text = source.slice(start, end);
              found.push(`${number} ${/^[ \t\r]*$/.test(text) ? 'An empty line.' : text}`);
            },
            malformed: (number, { en }) => found.push(`${number} ${en}`),
          });
        }
      };
      const reader = jsonLinesReader();
      for (const piece of pieces) take(reader.read(piece));
      take(reader.end());
      return found.map((line) => (line.length > 100 ? `${line.slice(0, 20)}… ${line.length}` : line));
    };
    const said = ['{"text":"您好"}', 'x', '', '', ' ', '\t\r', '\r', '您', '\ufeff', 'y'.repeat(1_000_001)];
    for (let round = 0; round < 60; round++) {
      const some = Array.from({ length: random(12) }, () => Buffer.from(said[random(said.length)]!));
      if (random(3) === 0) some.push(Buffer.from([0xc4, 0xfa]));
      if (random(3) === 0) some.unshift(Buffer.from('\ufeff'));
      const whole = Buffer.concat(some.flatMap((line) => [line, Buffer.from(random(9) > 0 ? '\n' : '')]));
      const expected = linesOf([whole]);
      for (let times = 0; times < 4; times++) {
        const cuts = Array.from({ length: random(6) }, () => random(whole.length + 1)).sort((a, b) => a - b);
        const pieces = [0, ...cuts].map((from, index) => whole.subarray(from, cuts[index] ?? whole.length));
        assert.deepEqual(linesOf(pieces), expected);
      }
      // Every line up to the last that says something has its number, and there is nothing behind it.
      assert.deepEqual(
        expected.map((line) => Number.parseInt(line, 10)),
        expected.map((_, index) => index + 1),
      );
    }
    assert.deepEqual(linesOf([Buffer.from('\n\r\nx\n\n \n')]), ['1 An empty line.', '2 An empty line.', '3 x']);
    assert.deepEqual(linesOf([Buffer.from('\ufeff\n\n')]), []);
  });

  test('what was said before is judged once a situation, and not for ever', () => {
    const remembered = new Remembered();
    const confirmed = { number: 1, known: { steps: [], facts: {} } };
    const unconfirmed = { number: 2, known: { steps: [], facts: {} } };
    let judged = 0;
    const judge = (text: string, situation = confirmed): Judgement =>
      remembered.get(text, situation, () => ({
        findings: `${text} ${situation.number} ${++judged}`,
        errors: 0,
        warnings: 0,
      }));
    for (let round = 0; round < 10; round++) {
      for (const situation of [confirmed, unconfirmed]) {
        const { findings } = judge('您好', situation);
        assert.ok(findings.startsWith(`您好 ${situation.number} `));
      }
    }
    assert.equal(judged, 4, 'the first leaves a mark, the second is kept');
    for (let number = 0; number < 100_000; number++) judge(`第${number}句`);
    assert.equal(judged, 100_004, 'what is said once is not kept');
    const long = '好'.repeat(1000);
    for (let round = 0; round < 3; round++) judge(long);
    assert.equal(judged, 100_007, 'nor what is long');
  });
});
