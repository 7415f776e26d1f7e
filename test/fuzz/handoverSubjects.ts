import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { createChecker } from '../../server/src/cli/audit/checker.ts';
import { readChunks } from '../../server/src/cli/audit/input.ts';
import { type Lines, UnreadableInput } from '../../server/src/cli/audit/record.ts';
import { formatDot } from '../../server/src/cli/formats/dot.ts';
import { differenceOf } from '../../server/src/comparing/difference.ts';
import { openDocument } from '../../server/src/documents/documents.ts';
import { exported } from '../../server/src/documents/exporting.ts';
import { reportedAs } from '../../server/src/documents/reporting.ts';
import type { Context } from '../../server/src/features/feature.ts';
import { importedDocument } from '../../server/src/features/importedDocument.ts';
import { chartOf } from '../../server/src/flow/chart.ts';
import { pathsOf } from '../../server/src/flow/paths.ts';
import { drawingOf } from '../../server/src/handover/drawing.ts';
import { endingOf, exportFormats } from '../../server/src/handover/formats.ts';
import { scriptOfJson } from '../../server/src/handover/fromJson.ts';
import { htmlOf } from '../../server/src/handover/html.ts';
import { createWorkspace, type Snapshot } from '../../server/src/model/workspace.ts';
import { differenceDocument } from '../../server/src/report/difference.ts';
import { differenceJson } from '../../server/src/report/differenceJson.ts';
import { documentText } from '../../server/src/report/documentText.ts';
import { plain } from '../../server/src/report/text.ts';
import { check } from '../../server/src/rules/check.ts';
import { flowMap, svgOf } from '../../server/src/views/map.ts';
import { type RehearseParams, rehearse } from '../../server/src/views/rehearsal.ts';
import { saveRehearsal } from '../../server/src/views/saving.ts';
import { archive, excelFiles, p, wordFiles, wordTable } from '../documents/office.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';
import type { Random } from './mutate.ts';
import type { Subject } from './subjects.ts';
import { isInert, isXml } from './wellFormed.ts';

const settings = { bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today };
const uri = uriOf('main.huashu');

interface Opened {
  readonly script: ReturnType<ReturnType<typeof createWorkspace>['set']>;
  readonly snapshot: Snapshot;
  readonly context: Context;
}

function opened(text: string): Opened {
  const workspace = createWorkspace(settings);
  const script = workspace.set(uri, 1, text);
  const snapshot = workspace.snapshot();
  return { script, snapshot, context: { snapshot, language: 'zh-CN', findings: (each) => check(each, snapshot) } };
}

/** No cell of a table may be one that a spreadsheet would work out. */
function holdsNoFormula(csv: string): void {
  const cells = csv.replace(/^\ufeff/, '').match(/"(?:[^"]|"")*"|[^,\r\n]+/g) ?? [];
  for (const cell of cells) assert.doesNotMatch(cell.replace(/^"/, ''), /^[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r]/u);
}

/** Two bytes in the middle of an archive are others, or a part of it is another text. */
function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  if (random(2)) {
    for (let times = 1 + random(6); times > 0; times--) copy[random(copy.length)] = random(256);
    return random(4) === 0 ? copy.slice(0, random(copy.length)) : copy;
  }
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  const name = names[random(names.length)] as string;
  let xml = strFromU8(parts[name] as Uint8Array);
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(xml.length + 1);
    const put = ['<', '>', '&a;', '"', '</w:p>', '<w:p>', '<c r="ZZZ9">', '0', '-1', '99999999999', '\0', 't="s"', ''][
      random(13)
    ] as string;
    xml = xml.slice(0, at) + put + xml.slice(at + random(12));
  }
  return zipSync({ ...parts, [name]: strToU8(xml) }, { level: 0 });
}

const escapedXml = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

async function importable(name: string, bytes: Uint8Array): Promise<void> {
  const document = await openDocument(name, bytes);
  if ('refused' in document) {
    assert.ok(document.refused.zh && document.refused.en);
    return;
  }
  const { context } = opened('');
  check(opened(importedDocument(document.content, name, uri, context).text).script, context.snapshot);
}

/** What goes out of a script, and what comes in that is no text. */
export const handoverSubjects: readonly Subject[] = [
  {
    name: 'a script is handed over in every format, and what can come back can be read',
    seeds: 'scripts',
    async run(text, random) {
      const { script, snapshot } = opened(text);
      const format = exportFormats[random(exportFormats.length)] ?? 'csv';
      const bytes = await exported(format, script, snapshot, random(2) ? 'zh-CN' : 'en');
      if (format === 'html') isInert(strFromU8(bytes));
      if (format === 'csv') holdsNoFormula(strFromU8(bytes));
      if (format === 'docx' || format === 'xlsx')
        for (const [part, data] of Object.entries(unzipSync(bytes))) {
          if (!/\.(xml|rels)$/.test(part)) continue;
          const xml = strFromU8(data);
          isXml(xml);
          assert.doesNotMatch(xml, /<f>|TargetMode="External"/);
        }
      if (format === 'json') {
        const back = scriptOfJson(strFromU8(bytes));
        assert.ok('script' in back);
        const oneEnd = !/\r/.test(text);
        if (oneEnd && !/\p{Surrogate}/u.test(text)) assert.equal(back.script, text);
      }
      if (format === 'docx' || format === 'xlsx' || format === 'csv' || format === 'json') {
        await importable(`a.${endingOf(format)}`, bytes);
        await importable(`a.${endingOf(format)}`, damagedOr(format, bytes, random));
      }
      formatDot(drawingOf(chartOf(pathsOf(script, snapshot)), 'zh-CN'));
    },
  },
  {
    name: 'a document of Word or Excel that is damaged is imported or refused',
    seeds: 'documents',
    async run(text, random) {
      const rows = text
        .slice(0, 3000)
        .split('\n')
        .slice(0, 60)
        .map((line) => line.split(/[,\t|]/).slice(0, 9));
      const safe = rows.map((row) => row.map((cell) => escapedXml(cell)));
      const word = random(2) === 0;
      const files = word
        ? wordFiles(
            random(2) ? wordTable(safe) : safe.map(([cell]) => p(cell ?? '', random(4) ? undefined : '1')).join(''),
          )
        : excelFiles(safe);
      await importable(word ? 'a.docx' : 'a.xlsx', damaged(archive(files), random));
    },
  },
  {
    name: 'bytes of any kind are imported or refused',
    seeds: 'documents',
    async run(text, random) {
      const names = ['a.txt', 'a.csv', 'a.tsv', 'a.json', 'a.html', 'a.md', 'a.docx', 'a.xlsx', 'a', '.docx'];
      const bytes = [
        () => new TextEncoder().encode(text),
        () => Buffer.from(text, 'utf16le'),
        () => Buffer.from(text, 'latin1'),
        () => Uint8Array.from({ length: random(3000) }, () => random(256)),
      ][random(4)] as () => Uint8Array;
      await importable(names[random(names.length)] as string, new Uint8Array(bytes()));
    },
  },
  {
    name: 'a report can be made, and is a page that runs nothing',
    seeds: 'scripts',
    async run(text, random) {
      const { script, snapshot } = opened(text);
      const format = random(8) === 0 ? 'docx' : 'html';
      const { bytes } = await reportedAs(format, {
        script,
        snapshot,
        language: random(2) ? 'zh-CN' : 'en',
        nameOf: () => '<甲>&"乙".huashu',
        version: '1.0.0',
      });
      if (format === 'html') isInert(strFromU8(bytes));
      else for (const [part, data] of Object.entries(unzipSync(bytes))) if (/\.xml$/.test(part)) isXml(strFromU8(data));
    },
  },
  {
    name: 'two texts are compared, in words, as a page and as data',
    seeds: 'scripts',
    run(text, random) {
      const cut = random(text.length + 1);
      const other = text.slice(0, cut) + text.slice(cut + random(80));
      const sides = { before: opened(text), after: opened(other) };
      const difference = differenceOf(sides.before, sides.after);
      const document = differenceDocument(difference, sides, { before: '<a>', after: '"b"' }, 'zh-CN');
      isInert(htmlOf(document));
      documentText(document, plain);
      JSON.parse(differenceJson(difference, sides, { before: 'a', after: 'b' }, 'en', () => 'a'));
    },
  },
  {
    name: 'the map is laid out and drawn, with some of it folded',
    seeds: 'scripts',
    run(text, random) {
      const { script, context } = opened(text);
      const whole = flowMap(script, context);
      const folded = new Set(whole.cards.filter(() => random(4) === 0).map(({ id }) => id));
      for (const map of [whole, flowMap(script, context, folded)]) {
        for (const { x, y } of map.cards) assert.ok(Number.isFinite(x) && Number.isFinite(y));
        const svg = svgOf(map);
        isXml(svg.replace(/<style>[\s\S]*?<\/style>/, ''));
        assert.doesNotMatch(svg, /<script|<foreignObject|\son\w+="|href=/i);
      }
    },
  },
  {
    name: 'a rehearsal goes on whatever is said, and can be saved or not',
    seeds: 'scripts',
    run(text, random) {
      const { context } = opened(text);
      let params: RehearseParams = { uri };
      for (let turn = 0; turn < 6; turn++) {
        const now = rehearse.run(context, params);
        if (!now) break;
        const [choice] = now.choices.slice(random(now.choices.length || 1));
        const said = random(4) === 0 || !choice ? text.slice(0, random(20)) : choice.category;
        const values = now.values.map(({ name }) => ({ name, value: ['3', '是', ''][random(3)] as string }));
        params = {
          uri,
          values: random(2) ? values : [],
          replies: [...now.replies, { text: said, speaker: random(3) ? 'customer' : 'third-party' }],
          ...(random(6) === 0 && { from: { line: random(50), character: 0 } }),
          rate: [240, 0, -1][random(3)] as number,
        };
      }
      saveRehearsal.run(context, params);
    },
  },
  {
    name: 'an audit answers every line, whatever the bytes are and however they arrive',
    seeds: 'documents',
    async run(text, random) {
      const format = (['csv', 'tsv', 'jsonl', undefined] as const)[random(4)];
      const lines = random(2)
        ? text
        : text
            .split('\n')
            .map((line) => JSON.stringify({ id: line.slice(0, 9), text: line, speaker: 'agent' }))
            .join('\n');
      const bytes = Buffer.from(
        `${random(2) && format !== 'jsonl' ? 'text,id\n' : ''}${lines}`,
        random(9) ? 'utf8' : 'utf16le',
      );
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + random(500);
        pieces.push(bytes.subarray(at, at + size));
        at += size;
      }
      const checker = createChecker({ packs: bundledPacks, levels: new Map(), day: today, language: 'zh-CN' }, []);
      try {
        for await (const chunk of readChunks(Readable.from(pieces), { path: '-', ...(format && { format }) })) {
          const { output, lines: count } = checker(chunk);
          const answers = Buffer.from(output).toString().split('\n').slice(0, -1);
          const expected = chunk.kind === 'rows' ? chunk.records.length : linesIn(chunk);
          assert.equal(answers.length, expected);
          assert.equal(count, expected);
          for (const answer of answers) JSON.parse(answer);
        }
      } catch (error) {
        if (!(error instanceof UnreadableInput)) throw error;
      }
    },
  },
];

function linesIn({ bytes, blanks }: Lines): number {
  const text = Buffer.from(bytes).toString('latin1');
  return blanks + (text === '' ? 0 : text.replace(/\n$/, '').split('\n').length);
}

function damagedOr(format: 'docx' | 'xlsx' | 'csv' | 'json', bytes: Uint8Array, random: Random): Uint8Array {
  if (format === 'docx' || format === 'xlsx') return damaged(bytes, random);
  const text = strFromU8(bytes);
  const at = random(text.length + 1);
  const put = ['"', ',', '\n', '}', '{', '[', 'null', '1e999', '"kind":', '\\u0000', ''][random(11)] as string;
  return strToU8(text.slice(0, at) + put + text.slice(at + random(20)));
}
