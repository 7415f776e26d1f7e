import assert from 'node:assert/strict';
import { metafileOf } from '../../server/src/documents/metafile.ts';
import { picturesOf } from '../../server/src/views/map.ts';
import { widthOf } from '../../server/src/views/textWidth.ts';
import { fixture } from '../fixture.ts';

const drawing = (inside: string, style = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -20 100 50"><style>${style}</style>${inside}</svg>`;

interface Record {
  readonly type: number;
  /** What stands behind type and size, as whole numbers. */
  readonly values: readonly number[];
  readonly bytes: Uint8Array;
}

/** The records of a metafile, read as Windows reads them: each tells how long it is. */
function recordsOf(file: Uint8Array): Record[] {
  const records: Record[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length; ) {
    const [type, size] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    assert.ok(size >= 8 && size % 4 === 0 && at + size <= file.length, `${type} of ${size} at ${at}`);
    const values = Array.from({ length: size / 4 - 2 }, (_, index) => view.getInt32(at + 8 + 4 * index, true));
    records.push({ type, values, bytes: file.subarray(at, at + size) });
    at += size;
  }
  return records;
}

/** The texts of a metafile, each with its place in units of the drawing. */
function textsOf(file: Uint8Array): { readonly said: string; readonly x: number; readonly y: number }[] {
  return recordsOf(file).flatMap(({ type, values, bytes }) => {
    if (type !== 84) return [];
    const [x, y, length, offset] = values.slice(7, 11) as [number, number, number, number];
    const said = Buffer.from(bytes.subarray(offset, offset + 2 * length)).toString('utf16le');
    return [{ said, x: x / 20, y: y / 20 }];
  });
}

suite('metafiles', () => {
  test('begin with a header that counts what follows, and end with an end', () => {
    const file = metafileOf(drawing('<rect x="0" y="0" width="10" height="10" fill="white"/>'), widthOf);
    const records = recordsOf(file);
    const [header, last] = [records[0]!, records.at(-1)!];
    assert.deepEqual([header.type, header.bytes.length, last.type], [1, 108, 14]);
    // Bounds in dots, the frame in hundredths of millimetres, the mark, the version, and how much there is.
    assert.deepEqual(header.values.slice(0, 12), [
      ...[0, 0, 99, 49, 0, 0, 2646, 1323],
      ...[0x464d4520, 0x10000, file.length, records.length],
    ]);
    const made = records.filter(({ type }) => [39, 82, 95].includes(type)).length;
    assert.equal(header.values[12], made + 1);
  });

  test('texts stand where they stood, letter by letter, also those beyond the first plane', () => {
    const file = metafileOf(
      drawing('<g transform="translate(5 6)"><text x="1" y="2" font-size="10" text-anchor="end">甲&#60;𠮷</text></g>'),
      widthOf,
    );
    assert.deepEqual(textsOf(file), [{ said: '甲<𠮷', x: 16, y: 28 }]);
    const { values } = recordsOf(file).find(({ type }) => type === 84)!;
    assert.deepEqual(values.slice(-4), [200, Math.round(widthOf('<') * 200), 200, 0]);
  });

  test('outlines are those of the drawing, and half circles are round', () => {
    const file = metafileOf(
      drawing('<path class="a" d="M0 0h10v5l-2 1a5 5 0 1 0 10 0z"/>', '.a { stroke: #ff8000; }'),
      widthOf,
    );
    const found = recordsOf(file).filter(({ type }) => [5, 27, 54, 61, 64].includes(type));
    assert.deepEqual(
      found.map(({ type }) => type),
      [27, 54, 54, 54, 5, 5, 61, 64],
    );
    assert.deepEqual(
      found.slice(0, 4).map(({ values }) => values.map((value) => value / 20)),
      [
        [10, 20],
        [20, 20],
        [20, 25],
        [18, 26],
      ],
    );
    // Against the clock, as one sees it: the first half ends below.
    assert.deepEqual(
      found[4]!.values.slice(-2).map((value) => value / 20),
      [23, 31],
    );
    assert.deepEqual(
      found[5]!.values.slice(-2).map((value) => value / 20),
      [28, 26],
    );
    const pen = recordsOf(file).find(({ type }) => type === 95)!;
    assert.equal(pen.values[8], 0x0080ff);
  });

  test('looks come from the style sheet: inside what, what is faint, what is not shown', () => {
    const sheet =
      '.a text { fill: #000000; } .b { fill: #ff0000; } .a.c .b { fill: #0000ff; } .far { display: none; } .faint { opacity: 0.5; }';
    const colours = (inside: string): readonly number[] =>
      recordsOf(metafileOf(drawing(inside, sheet), widthOf)).flatMap(({ type, values }) =>
        type === 39 ? [values[2]!] : [],
      );
    const shape = '<circle class="b" cx="1" cy="1" r="1"/>';
    assert.deepEqual(colours(shape), [0x0000ff]);
    assert.deepEqual(colours(`<g class="a c"><g>${shape}</g></g>`), [0xff0000]);
    assert.deepEqual(colours(`<g class="a c"/>${shape}`), [0x0000ff]);
    assert.deepEqual(colours(`<g class="b">${'<circle cx="1" cy="1" r="1"/>'}</g>`), [0x0000ff]);
    assert.deepEqual(colours(`<g class="faint">${shape}</g>`), [0x8080ff]);
    assert.deepEqual(colours(`<g class="far">${shape}</g>`), []);
  });

  test('a map has all its cards, and the same bytes every time', () => {
    const { script, context } = fixture(
      '【开场】\n坐席：您好。\n第三方（非本人）：他不在 → 转告\n客户（拒绝）：不 → 告别\n\n【转告】\n坐席：请转告。\n→ 告别\n\n【告别】\n坐席：再见。\n结束：完成\n\n【走不到】\n坐席：在吗？',
    );
    const [picture] = picturesOf(script, context);
    const file = metafileOf(picture!.svg, widthOf);
    const texts = textsOf(file).map(({ said }) => said);
    for (const said of ['开场', '转告', '告别', '走不到', '非本人', '拒绝', '■ 完成'])
      assert.ok(texts.includes(said), said);
    // What only a view from afar shows is left out: each name stands there once.
    assert.equal(texts.filter((said) => said === '开场').length, 1);
    assert.deepEqual(metafileOf(picture!.svg, widthOf), file);
    const styles = recordsOf(file).flatMap(({ type, values }) => (type === 95 ? [values[5]! & 7] : []));
    assert.deepEqual([...new Set(styles)].sort(), [0, 1, 2]);
  });
});
