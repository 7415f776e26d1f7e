import assert from 'node:assert/strict';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Diagnostic,
  FullDocumentDiagnosticReport,
  Location,
  Position,
  Range,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { features } from '../../server/src/features/index.ts';
import type { OpenDocument } from '../../server/src/lsp/openDocument.ts';
import { type Encoding, positionsIn } from '../../server/src/lsp/positions.ts';
import { views } from '../../server/src/views/index.ts';
import { randomOf } from '../chance.ts';
import { widthOf } from '../units.ts';
import { type Client, start } from './client.ts';

const encodings = ['utf-8', 'utf-16', 'utf-32'] as const;

suite('positions in other units', () => {
  const signs = ['a', 'é', '好', '𠮷', '😀', '\n', '\r\n', '\r', '\ud83d', '\ude00', '：', ' '];

  /** A text as the client has it: the characters of its lines, and what ends them. */
  const linesOf = (text: string): { characters: string[]; end: string }[] =>
    text.split(/(?<=\r\n|\n|\r(?!\n))/).flatMap((line, index, all) => {
      const end = /[\r\n]*$/.exec(line)![0];
      const characters = [...line.slice(0, line.length - end.length)];
      // Behind the last line end stands one more line.
      return index === all.length - 1 && end !== ''
        ? [
            { characters, end },
            { characters: [], end: '' },
          ]
        : [{ characters, end }];
    });

  for (const encoding of encodings) {
    const width = widthOf[encoding];

    test(`${encoding}: whatever is typed wherever, both have the same text, and each place is the same place`, () => {
      const random = randomOf(7);
      const word = (most: number): string =>
        Array.from({ length: random(most) }, () => signs[random(signs.length)]!).join('');
      for (let round = 0; round < 300; round++) {
        const first = word(30);
        let document: OpenDocument | undefined;
        const positions = positionsIn(encoding, () => document);
        document = positions.documents.create('file:///a', 'huashu', 0, first);
        let text = first;
        /** A place that the client may name: between characters or, where they are wide, within one; and the offset that it means. */
        const place = (within: string): { position: Position; offset: number } => {
          const lines = linesOf(within);
          const line = random(lines.length);
          const { characters } = lines[line]!;
          const count = random(characters.length + 1);
          const before = characters.slice(0, count).join('');
          const inside = characters[count] === undefined ? random(5) : random(width(characters[count]));
          const start = lines
            .slice(0, line)
            .map((each) => each.characters.join('') + each.end)
            .join('').length;
          // Half a character of UTF-16 is a place of its own there, as ever.
          const half = encoding === 'utf-16' && characters[count] !== undefined ? inside : 0;
          return { position: { line, character: width(before) + inside }, offset: start + before.length + half };
        };
        for (let version = 1; version < 6; version++) {
          const changes = [];
          const old = text;
          for (let many = random(3); many >= 0; many--) {
            const ends = [place(text), place(text)].sort((a, b) => a.offset - b.offset);
            const [from, to] = ends as [(typeof ends)[0], (typeof ends)[0]];
            const typed = word(6);
            changes.push({ range: { start: from.position, end: to.position }, text: typed });
            text = text.slice(0, from.offset) + typed + text.slice(to.offset);
          }
          document = positions.documents.update(document, changes, version);
          assert.equal(document.getText(), text);
          assert.equal(document.version, version);
          // What was typed is told to whoever reads the text, as one stretch of the text before.
          const { before, start, end } = document.takeReplaced()!;
          assert.deepEqual([before.toString(), document.takeReplaced()], [old, undefined]);
          const [above, below] = [old.slice(0, start), old.slice(end)];
          assert.ok(text.startsWith(above) && text.slice(above.length).endsWith(below), JSON.stringify({ old, text }));
        }
        const { position, offset } = place(text);
        const read = positions.asked({ uri: 'file:///a', position });
        assert.equal(document.offsetAt(read.position), offset);
        const { line, character } = positions.told(read, 'file:///a').position;
        assert.ok(line === position.line && character <= position.character);
        const again = positions.asked({ uri: 'file:///a', position: { line, character } });
        assert.deepEqual(again, read);
      }
    });
  }

  test('what lies outside of the text, or in a document that nobody knows, stays as it is', () => {
    const document = TextDocument.create('file:///a', 'huashu', 0, '好😀');
    const positions = positionsIn('utf-8', (uri) => (uri === 'file:///a' ? document : undefined));
    const far = [
      { line: 7, character: 3 },
      { line: -1, character: 3 },
      { line: 0.5, character: 3 },
      { line: 0, character: -4 },
    ];
    assert.deepEqual(positions.asked({ uri: 'file:///a', far }).far, far);
    assert.deepEqual(positions.asked({ uri: 'file:///b', far }).far, far);
    assert.deepEqual(positions.asked([far, 'text', null, 7]), [far, 'text', null, 7]);
    assert.deepEqual(positions.asked({ uri: 'file:///a', at: { line: 0, character: 1e9 } }).at, {
      line: 0,
      character: 3,
    });
  });
});

const home = 'file:///w/%E7%94%B2.huashu';
const other = 'file:///w/%E5%85%AC%E5%85%B1.huashu';
const pack = 'file:///w/%E8%A7%84%E5%88%99.yaml';
const config = 'file:///w/huashu.yaml';

const texts: ReadonlyMap<string, string> = new Map([
  [
    home,
    `---
标题：𠮷祥😀
变量：{𠮷天数: {类型: 整数}, 用不到𠮷: {类型: 整数}}
---
【😀开场】
坐席：😀😀您好，再不还钱我找人打断你的腿。{𠮷天数}天，{𠮷没有的}
若：𠮷天数大于60 → 😀说明
客户（是本人）：𠮷是／😀对 → 😀说明
客户（其他）：𠮷 → 公共/𠮷渠道

【😀说明】
坐席：𠮷给您说明一下，{𠮷天数}天。→
若：𠮷天数大于90 → 𠮷哪里
结束：𠮷完成

用例：𠮷本人
设定：𠮷天数=3
客户说：𠮷是
期望：𠮷天数、😀说明
`,
  ],
  [other, '---\n标题：公共😀\n---\n【𠮷渠道】\n坐席：😀我找人打断你的腿，请拨打客服热线。\n→ 甲/😀说明\n'],
  [
    pack,
    `pack: mine
version: 1.0.0
title: { zh: 𠮷, en: Mine }
lexicons: { 𠮷人: [你, 您], 𠮷打: [打, 揍] }
detectors:
  - { id: 𠮷, title: { zh: 好, en: 好 }, match: ['{𠮷打:打}{𠮷没有}'] }
`,
  ],
  [config, 'packs: [cn-credit-card]\nrules: { "𠮷𠮷": off, cn/no-𠮷: warning, undefined-variable: error }\n'],
]);

const lineOf = (uri: string, line: number): string | undefined => texts.get(uri)?.split('\n')[line];

/** Where a word of a document ends, or begins, as all of ours counts. */
function at(uri: string, word: string, within = 0): Position {
  const text = texts.get(uri)!;
  const index = text.indexOf(word);
  assert.ok(index >= 0, word);
  const before = text.slice(0, index + within).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}

suite('the same in every encoding', function () {
  this.timeout(60_000);
  const clients = new Map<Encoding, Client>();

  suiteSetup(async () => {
    for (const encoding of encodings) {
      const client = await start({
        folder: 'file:///w',
        files: new Map(texts),
        positionEncodings: encoding === 'utf-16' ? [encoding, 'utf-8'] : [encoding, 'utf-16'],
        options: { referencesCommand: 'refer', suppressCommand: 'suppress', rewriteCommand: 'rewrite' },
        textDocument: { codeAction: { resolveSupport: { properties: ['edit'] }, dataSupport: true } },
      });
      clients.set(encoding, client);
      client.open(home, texts.get(home)!);
      await client.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: pack, languageId: 'yaml', version: 1, text: texts.get(pack)! },
      });
    }
  });
  suiteTeardown(async () => {
    for (const client of clients.values()) await client.stop();
  });

  /** The same value as a client counts; every position in it stands in one document. */
  function counted<T>(value: T, uri: string, encoding: Encoding): T {
    return JSON.parse(JSON.stringify(value), (_, each) => {
      if (typeof each?.line !== 'number' || typeof each.character !== 'number') return each;
      const { line, character } = each as Position;
      return { line, character: widthOf[encoding](lineOf(uri, line)!.slice(0, character)) };
    });
  }

  /** Asks every server, and sees that the answers are the same but for what characters are counted in; `asking` stands in one document. */
  async function askAll<T>(
    method: string,
    uri: string,
    asking: object,
    isAnswer = (answer: T): boolean => answer !== null,
  ): Promise<ReadonlyMap<Encoding, T>> {
    const answers = new Map<Encoding, T>();
    for (const [encoding, { connection }] of clients)
      answers.set(encoding, await connection.sendRequest<T>(method, counted(asking, uri, encoding)));
    const ours = answers.get('utf-16')!;
    assert.ok(isAnswer(ours), `${method}: ${JSON.stringify(ours)}`);
    const compare = (one: unknown, their: unknown, about: string, encoding: Encoding): void => {
      if (typeof one !== 'object' || one === null) {
        assert.deepEqual(their, one, method);
        return;
      }
      const [mine, others] = [one as Record<string, unknown>, their as Record<string, unknown>];
      assert.deepEqual(Object.keys(others), Object.keys(mine), method);
      if (typeof mine.line === 'number' && typeof mine.character === 'number') {
        assert.deepEqual(others, counted(mine, about, encoding), method);
        return;
      }
      // Only what names its document by itself is compared here; where a word of another one has to stand, tests below say.
      const here = typeof mine.uri === 'string' && texts.has(mine.uri) ? mine.uri : about;
      for (const name of Object.keys(mine)) {
        if (name === 'resultId' || (name === 'fromRanges' && 'from' in mine)) continue;
        compare(mine[name], others[name], texts.has(name) ? name : here, encoding);
      }
    };
    for (const encoding of ['utf-8', 'utf-32'] as const) compare(ours, answers.get(encoding), uri, encoding);
    return answers;
  }

  /** What stands at a place, cut out as the client counts. */
  function under({ uri, range: { start, end } }: { uri: string; range: Range }, encoding: Encoding): string {
    const line = lineOf(uri, start.line)!;
    if (encoding === 'utf-8') return Buffer.from(line).subarray(start.character, end.character).toString();
    return encoding === 'utf-16'
      ? line.slice(start.character, end.character)
      : [...line].slice(start.character, end.character).join('');
  }

  test('each says what its client likes best, and that it can', () => {
    for (const [encoding, { initialized }] of clients)
      assert.equal(initialized.capabilities.positionEncoding, encoding);
  });

  const here = { textDocument: { uri: home } };
  const whole = { start: { line: 0, character: 0 }, end: { line: 18, character: 3 } };
  const isFull = (answer: unknown): boolean => JSON.stringify(answer).includes('"line"');
  const named = at(home, '→ 😀说明', 4);
  const asked: readonly (readonly [
    method: string,
    uri: string,
    params: object,
    isAnswer?: (answer: never) => boolean,
  ])[] = [
    ['textDocument/diagnostic', home, here, isFull],
    ['textDocument/completion', home, { ...here, position: at(home, '→ 😀说明', 2) }, isFull],
    ['textDocument/completion', pack, { textDocument: { uri: pack }, position: at(pack, '{𠮷打', 1) }, isFull],
    [
      'textDocument/inlineCompletion',
      home,
      { ...here, position: at(home, '\n【😀说明'), context: { triggerKind: 2 } },
      () => true,
    ],
    ['textDocument/hover', home, { ...here, position: at(home, '打断', 1) }, isFull],
    ['textDocument/hover', pack, { textDocument: { uri: pack }, position: at(pack, '{𠮷打', 2) }, isFull],
    [
      'textDocument/codeAction',
      home,
      { ...here, range: { start: at(home, '打断'), end: at(home, '打断', 2) }, context: { diagnostics: [] } },
      isFull,
    ],
    [
      'textDocument/codeAction',
      home,
      { ...here, range: { start: at(home, '𠮷没有的'), end: at(home, '𠮷没有的', 2) }, context: { diagnostics: [] } },
      isFull,
    ],
    ['textDocument/documentSymbol', home, here, isFull],
    ['textDocument/foldingRange', home, here],
    ['textDocument/codeLens', home, here, isFull],
    ['textDocument/inlayHint', home, { ...here, range: whole }],
    ['textDocument/definition', home, { ...here, position: named }, isFull],
    ['textDocument/definition', home, { ...here, position: at(home, '公共/𠮷渠道', 5) }, isFull],
    ['textDocument/definition', pack, { textDocument: { uri: pack }, position: at(pack, '{𠮷打', 2) }, isFull],
    ['textDocument/references', home, { ...here, position: named, context: { includeDeclaration: true } }, isFull],
    ['textDocument/prepareCallHierarchy', home, { ...here, position: named }, isFull],
    ['workspace/symbol', home, { query: '' }, isFull],
    ['textDocument/selectionRange', home, { ...here, positions: [named, at(home, '打断')] }, isFull],
    ['textDocument/linkedEditingRange', home, { ...here, position: at(home, '变量：{𠮷天数', 6) }, isFull],
    ['textDocument/prepareRename', home, { ...here, position: named }, isFull],
    ['textDocument/rename', home, { ...here, position: named, newName: '𠮷新' }, isFull],
    [
      'workspace/willRenameFiles',
      home,
      { files: [{ oldUri: other, newUri: 'file:///w/%F0%A0%AE%B7.huashu' }] },
      isFull,
    ],
    ['textDocument/documentLink', home, here, isFull],
    ['textDocument/documentHighlight', home, { ...here, position: named }, isFull],
    ['textDocument/formatting', home, { ...here, options: { tabSize: 2, insertSpaces: true } }, isFull],
    [
      'textDocument/rangeFormatting',
      home,
      { ...here, range: whole, options: { tabSize: 2, insertSpaces: true } },
      isFull,
    ],
    [
      'textDocument/onTypeFormatting',
      home,
      { ...here, position: at(home, '\n若：'), ch: '\n', options: { tabSize: 2, insertSpaces: true } },
      () => true,
    ],
    [
      'huashu/suppress',
      home,
      { ...here, rule: 'undefined-variable', position: at(home, '打断'), scope: 'line', reason: '培训' },
      isFull,
    ],
    ['huashu/scenarios', home, { uri: home }, isFull],
    ['huashu/runScenarios', home, { scripts: [{ uri: home }] }, isFull],
    [
      'huashu/paste',
      home,
      {
        uri: home,
        range: { start: at(home, '\n【😀说明'), end: at(home, '\n【😀说明') },
        text: '坐席：您好，请问您是{𠮷新的}吗？\n客户：😀是的。\n坐席：好的，再见。\n',
      },
      () => true,
    ],
    ['huashu/newScript', home, { answers: {} }],
    ['huashu/status', home, { uri: home }],
    ['huashu/map', home, { uri: home }, isFull],
    ['huashu/mapPicture', home, { uri: home }],
    ['huashu/rehearse', home, { uri: home, from: at(home, '给您') }, isFull],
  ];

  for (const [method, uri, params, isAnswer] of asked)
    test(`${method}${uri === home ? '' : ' in YAML'}`, async () => {
      await askAll(method, uri, params, isAnswer);
    });

  test('no request of ours is left out', () => {
    const apart = ['/resolve', 'callHierarchy/', 'semanticTokens/', 'saveRehearsal'];
    const missing = [...features, ...views]
      .map(({ method }) => method)
      .filter((method) => !asked.some(([each]) => each === method));
    assert.deepEqual(
      missing.filter((method) => !apart.some((part) => method.includes(part))),
      [],
    );
  });

  /** What stands at some places of an answer, as the client cuts it out, is the same for all clients. */
  const cut = <T>(answers: ReadonlyMap<Encoding, T>, places: (answer: T) => readonly Location[]): readonly string[] => {
    const words = [...answers].map(([encoding, answer]) => places(answer).map((each) => under(each, encoding)));
    for (const each of words) assert.deepEqual(each, words[0]);
    return words[0]!;
  };

  test('what stands in other documents than the one that is asked about is counted in these', async () => {
    const context = { includeDeclaration: true };
    const references = await askAll<Location[]>('textDocument/references', home, { ...here, position: named, context });
    const names = cut(references, (found) => found);
    assert.ok(names.length >= 4 && names.every((name) => name === '😀说明'), names.join());
    assert.ok(references.get('utf-8')!.some(({ uri }) => uri === other));
    const [jump] = cut(
      await askAll<Location>('textDocument/definition', home, { ...here, position: at(home, '公共/𠮷渠道', 5) }),
      (found) => [found],
    );
    assert.equal(jump, '𠮷渠道');
    const renamed = await askAll<WorkspaceEdit>('textDocument/rename', home, {
      ...here,
      position: named,
      newName: '𠮷新',
    });
    const old = cut(renamed, ({ changes }) =>
      Object.entries(changes!).flatMap(([uri, edits]) => edits.map(({ range }) => ({ uri, range }))),
    );
    assert.ok(old.length >= 4 && old.every((name) => name === '😀说明'), old.join());
  });

  test('calls stand in the one that calls', async () => {
    const incoming = new Map<Encoding, CallHierarchyIncomingCall[]>();
    const outgoing = new Map<Encoding, CallHierarchyOutgoingCall[]>();
    for (const [encoding, { connection }] of clients) {
      const ask = async <T>(method: string, word: string, from: string): Promise<T> => {
        const [item] = await connection.sendRequest<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
          textDocument: { uri: from },
          position: counted(at(from, word, 3), from, encoding),
        });
        return connection.sendRequest<T>(method, { item });
      };
      incoming.set(encoding, await ask('callHierarchy/incomingCalls', '【😀说明', home));
      outgoing.set(encoding, await ask('callHierarchy/outgoingCalls', '【😀开场', home));
    }
    const fromRanges = cut(incoming, (calls) =>
      calls.flatMap(({ from: { uri }, fromRanges: ranges }) => ranges.map((range) => ({ uri, range }))),
    );
    assert.ok(
      fromRanges.includes('→ 甲/😀说明') && fromRanges.some((line) => line.startsWith('若：𠮷天数')),
      fromRanges.join(),
    );
    assert.deepEqual(
      cut(incoming, (calls) => calls.map(({ from: { uri, selectionRange } }) => ({ uri, range: selectionRange }))),
      incoming.get('utf-16')!.map(({ from }) => from.name),
    );
    const lines = cut(outgoing, (calls) =>
      calls.flatMap(({ fromRanges: ranges }) => ranges.map((range) => ({ uri: home, range }))),
    );
    assert.ok(
      lines.some((line) => line.startsWith('客户（其他）：𠮷 →')),
      lines.join(),
    );
  });

  test('tokens are as long as what they colour', async () => {
    const asking = { ...here, range: whole };
    for (const method of ['textDocument/semanticTokens/full', 'textDocument/semanticTokens/range']) {
      const words: string[][] = [];
      for (const [encoding, { connection }] of clients) {
        const { data } = await connection.sendRequest<{ data: number[] }>(method, counted(asking, home, encoding));
        const found: string[] = [];
        let [line, character] = [0, 0];
        for (let index = 0; index < data.length; index += 5) {
          const [down, right, length] = data.slice(index, index + 3) as [number, number, number];
          [line, character] = [line + down, down === 0 ? character + right : right];
          const end = { line, character: character + length };
          found.push(under({ uri: home, range: { start: { line, character }, end } }, encoding));
        }
        words.push(found);
      }
      assert.ok(words[0]!.length > 2 && words[0]!.includes('𠮷天数'), words[0]!.join());
      for (const each of words) assert.deepEqual(each, words[0], method);
    }
  });

  test('what is asked again comes back as it went, and stands where it stood', async () => {
    const lenses = new Map<Encoding, CodeLens[]>();
    const edits = new Map<Encoding, WorkspaceEdit[]>();
    const items = new Map<Encoding, CompletionItem[]>();
    for (const [encoding, { connection }] of clients) {
      const resolved = async <T>(method: string, all: readonly T[]): Promise<T[]> =>
        Promise.all(all.map((each) => connection.sendRequest<T>(method, each)));
      const shown = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', here);
      lenses.set(encoding, await resolved('codeLens/resolve', shown));
      // A threat may not be made a lesser finding, a variable that nobody knows may.
      const range = counted({ start: at(home, '𠮷没有的'), end: at(home, '𠮷没有的', 2) }, home, encoding);
      const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        ...here,
        range,
        context: { diagnostics: [] },
      });
      const later = actions.filter(({ data }) => data !== undefined);
      edits.set(
        encoding,
        (await resolved('codeAction/resolve', later)).flatMap(({ edit }) => edit ?? []),
      );
      const { items: list } = await connection.sendRequest<CompletionList>('textDocument/completion', {
        ...here,
        position: counted(at(home, '→ 😀说明', 2), home, encoding),
      });
      items.set(encoding, await resolved('completionItem/resolve', list.slice(0, 5)));
    }
    const places = cut(lenses, (all) =>
      all.flatMap(({ command }) => {
        const [uri, , locations] = (command?.arguments ?? []) as [string, Position, Location[]];
        return uri === undefined ? [] : locations;
      }),
    );
    assert.ok(places.filter((name) => name === '😀说明').length >= 3, places.join());
    const starts = [...lenses].map(([encoding, all]) =>
      all.map(({ range, command }) => {
        const start = command?.arguments?.[1] as Position | undefined;
        return [
          under({ uri: home, range }, encoding),
          start && under({ uri: home, range: { ...range, start } }, encoding),
        ];
      }),
    );
    assert.deepEqual(starts[0]![0], ['😀开场', undefined].slice(0, 2));
    for (const each of starts) assert.deepEqual(each, starts[0]);
    // The level of a rule is an edit of the configuration, which is not open.
    const levels = cut(edits, (all) =>
      all.flatMap(({ changes }) =>
        Object.entries(changes ?? {}).flatMap(([uri, list]) => list.map(({ range }) => ({ uri, range }))),
      ),
    );
    assert.ok(levels.includes('error'), levels.join());
    cut(items, (all) => all.map(({ textEdit }) => ({ uri: home, range: (textEdit as { range: Range }).range })));
  });

  test('a scenario that is to be written has its name where it will stand', async () => {
    for (const [encoding, { connection }] of clients) {
      const { edit, name } = await connection.sendRequest<{ edit: WorkspaceEdit; name: Range }>(
        'huashu/saveRehearsal',
        {
          uri: home,
          values: [{ name: '𠮷天数', value: '3' }],
          replies: [{ speaker: 'customer', text: '😀对' }],
        },
      );
      const [{ range, newText } = { range: whole, newText: '' }] = edit.changes![home]!;
      const lines =
        texts
          .get(home)!
          .split('\n')
          .slice(0, range.start.line + 1)
          .join('\n') + newText;
      const line = lines.split('\n')[name.start.line]!;
      const width = widthOf[encoding];
      assert.equal(width(line.slice(0, line.indexOf('：') + 1)), name.start.character, encoding);
      assert.equal(width(line), name.end.character, encoding);
      assert.ok(line.includes('😀对'), line);
    }
  });

  test('what is put in other words by a model stands where the finding is', async () => {
    const places = new Map<Encoding, readonly Location[]>();
    for (const [encoding, { connection }] of clients) {
      const position = counted(at(home, '您好，再不还钱'), home, encoding);
      const asking = { uri: home, rule: 'cn/no-threat-of-violence', position };
      const { line } = await connection.sendRequest<{ line: string }>('huashu/rewritePrompt', asking);
      assert.match(line, /打断/);
      const answer = '1. 您好，账单已经逾期，请您尽快处理。\n2. 您好，如有困难可以协商还款。';
      const { rewrites } = await connection.sendRequest<{ rewrites: { range: Range }[] }>('huashu/tryRewrites', {
        ...asking,
        answer,
      });
      places.set(
        encoding,
        rewrites.map(({ range }) => ({ uri: home, range })),
      );
    }
    cut(new Map([...places].map(([encoding, all]) => [encoding, all])), (all) => all);
  });

  test('findings of what is not open, and of configurations, are counted in these files', async () => {
    const told = new Map<Encoding, readonly Location[]>();
    for (const [encoding, { connection }] of clients) {
      const { items } = await connection.sendRequest<{ items: { uri: string; items: Diagnostic[] }[] }>(
        'workspace/diagnostic',
        { previousResultIds: [] },
      );
      const threats = items.flatMap(({ uri, items: found }) =>
        found.flatMap(({ code, range }) => (code === 'cn/no-threat-of-violence' ? [{ uri, range }] : [])),
      );
      assert.deepEqual(threats.map(({ uri }) => uri).sort(), [home, other].sort());
      told.set(encoding, threats);
    }
    assert.deepEqual(
      cut(told, (all) => all),
      ['您好，再不还钱我找人打断你的腿', '找人打断你的腿'],
    );
    const wrong = new Map(
      [...clients].map(([encoding, { pushed }]) => [
        encoding,
        [config, pack].flatMap((uri) => pushed.get(uri)!.map(({ range }) => ({ uri, range }))),
      ]),
    );
    const words = cut(wrong, (all) => all);
    for (const word of ['"𠮷𠮷"', 'cn/no-𠮷']) assert.ok(words.includes(word), words.join());
    assert.ok(words.at(-1)!.startsWith('{ id: 𠮷'), words.join());
  });

  test('findings are told again when only what they are counted in has changed', async () => {
    const uri = 'file:///w/bytes.huashu';
    for (const [encoding, { connection, open, change }] of clients) {
      open(uri, '【甲】\n坐席：a我找人打断你的腿。\n→ 结束\n');
      const ask = (previousResultId?: string): Promise<FullDocumentDiagnosticReport> =>
        connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
      const first = await ask();
      assert.equal((await ask(first.resultId)).kind, 'unchanged');
      change(uri, '【甲】\n坐席：好我找人打断你的腿。\n→ 结束\n', 2);
      const second = await ask(first.resultId);
      if (encoding !== 'utf-8') assert.equal(second.kind, 'unchanged');
      else {
        const { range } = second.items.find(({ code }) => code === 'cn/no-threat-of-violence')!;
        assert.equal(range.start.character, Buffer.byteLength('坐席：好我'));
      }
    }
  });

  test('editors that do not ask are told as they count', async () => {
    const client = await start({ pull: false, positionEncodings: ['utf-8'] });
    const uri = 'file:///w/told.huashu';
    const isThreat = ({ code }: Diagnostic): boolean => code === 'cn/no-threat-of-violence';
    const found = client.published(uri, (codes) => codes.includes('cn/no-threat-of-violence'));
    client.open(uri, '【甲】\n坐席：𠮷我找人打断你的腿。\n→ 结束\n');
    const character = Buffer.byteLength('坐席：𠮷我');
    assert.equal((await found).find(isThreat)?.range.start.character, character);
    const again = async (): Promise<number | undefined> =>
      (await client.published(uri, (codes) => codes.includes('cn/no-threat-of-violence'))).find(isThreat)?.range.start
        .character;
    let told = again();
    const place = { line: 1, character: Buffer.byteLength('坐席：') };
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: place, end: { ...place, character: place.character + 4 } }, text: '😀😀' }],
    });
    // What was found before may be told once more, on the way.
    if ((await told) === character) told = again();
    assert.equal(await told, character + 4);
    assert.equal(await client.stop(), 0);
  });
});
