import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitLines } from '../../server/src/base/lines.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { scanLine } from '../../server/src/syntax/scan.ts';
import { keywords, roles, spellings } from '../../server/src/syntax/vocabulary.ts';
import { grammar } from '../../syntaxes/grammar.ts';
import { createTokenizer, type Token, type Tokenizer } from './tokenizer.ts';

const root = join(import.meta.dirname, '../..');

let tokenize: Tokenizer;

/** The pieces of a line and the last scope of each, without the language at its end; blanks and bare text are left out. */
function pieces(line: string): string[][] {
  return shown(tokenize([line])[0]!);
}

function shown(tokens: readonly Token[]): string[][] {
  return tokens
    .filter(({ text, scopes }) => text.trim() !== '' && scopes.length > 0)
    .map(({ text, scopes }) => [text.trim(), scopes.at(-1)!.replace(/\.(huashu|yaml)$/, '')]);
}

function looks(line: string, expected: readonly (readonly [string, string])[]): void {
  assert.deepEqual(pieces(line), expected, line);
}

/** What class of line the grammar takes a line for, in the words of the scanner. */
function classOf(tokens: readonly Token[]): string {
  const [first] = tokens.flatMap(({ scopes }) => scopes.slice(0, 1));
  const kind = /^meta\.([a-z-]+)\.huashu$/.exec(first ?? '')?.[1];
  return kind === undefined ? 'none' : kind;
}

/** What the scanner says, as far as a grammar can know: it sees no declared roles, and no difference between bare lines. */
function scanned(text: string): string {
  const line = scanLine(text);
  if (line.kind === 'blank') return 'none';
  if (line.kind === 'unknown') return line.word ? 'undeclared' : 'none';
  return line.kind;
}

suite('grammar', () => {
  suiteSetup(async () => {
    tokenize = await createTokenizer();
  });

  suite('lines', () => {
    test('remarks', () => {
      looks('  # 备注 → {不活}', [
        ['#', 'punctuation.definition.comment'],
        ['备注 → {不活}', 'comment.line.number-sign'],
      ]);
      looks('＃备注', [
        ['＃', 'punctuation.definition.comment'],
        ['备注', 'comment.line.number-sign'],
      ]);
    });

    test('headings and their steps', () => {
      for (const [open, close] of ['【】', '[]', '［］', '【]']) {
        looks(`${open}开场${close} 自报身份、录音告知，Close`, [
          [open!, 'punctuation.definition.heading.begin'],
          ['开场', 'entity.name.section'],
          [close!, 'punctuation.definition.heading.end'],
          ['自报身份', 'variable.other.enummember.step'],
          ['、', 'punctuation.separator.list'],
          ['录音告知', 'variable.other.enummember.step'],
          ['，', 'punctuation.separator.list'],
          ['Close', 'variable.other.enummember.step'],
        ]);
      }
      looks('【开场', [
        ['【', 'punctuation.definition.heading.begin'],
        ['开场', 'entity.name.section'],
      ]);
    });

    test('jumps, with every arrow and what input methods make of it', () => {
      for (const arrow of ['→', '->', '=>', '-》', '－》', '=》', '－>', '—>', '——>', '＝＞', '–>']) {
        const written = [arrow, 'keyword.control.jump'] as const;
        looks(`${arrow} 说明目的`, [written, ['说明目的', 'entity.name.tag.target']]);
        looks(`客户（其他）：再说吧 ${arrow} 重复`, [
          ['客户', 'entity.name.type.role.party'],
          ['（', 'punctuation.definition.parameters.begin'],
          ['其他', 'variable.other.enummember.category'],
          ['）', 'punctuation.definition.parameters.end'],
          ['：', 'punctuation.separator.colon'],
          ['再说吧', 'string.unquoted.example'],
          written,
          ['重复', 'constant.language.target'],
        ]);
      }
    });

    test('targets: other files, brackets, built-in ones in both languages', () => {
      looks('→ 公共/渠道／【告知】', [
        ['→', 'keyword.control.jump'],
        ['公共/渠道', 'entity.name.namespace.file'],
        ['／', 'punctuation.separator.path'],
        ['【', 'punctuation.definition.target'],
        ['告知', 'entity.name.tag.target'],
        ['】', 'punctuation.definition.target'],
      ]);
      for (const word of ['结束', '返回', '转人工', '随时', 'END', 'Transfer', 'ｒｅｐｅａｔ']) {
        looks(`=> ${word}`, [
          ['=>', 'keyword.control.jump'],
          [word, 'constant.language.target'],
        ]);
      }
      looks('→ 结束通话', [
        ['→', 'keyword.control.jump'],
        ['结束通话', 'entity.name.tag.target'],
      ]);
    });

    test('what the agent says is prose, in which only braces are active', () => {
      looks('坐席：您好，# 不是备注 → {客户称呼}；再见', [
        ['坐席', 'entity.name.function.role.agent'],
        ['：', 'punctuation.separator.colon'],
        ['您好，# 不是备注 →', 'meta.embedded.speech'],
        ['{', 'punctuation.definition.variable.begin'],
        ['客户称呼', 'variable.other.constant'],
        ['}', 'punctuation.definition.variable.end'],
        ['；再见', 'meta.embedded.speech'],
      ]);
      looks('AGENT (calm): hello ｛name｝ {', [
        ['AGENT', 'entity.name.function.role.agent'],
        ['(', 'punctuation.definition.parameters.begin'],
        ['calm', 'support.type.tone'],
        [')', 'punctuation.definition.parameters.end'],
        [':', 'punctuation.separator.colon'],
        ['hello', 'meta.embedded.speech'],
        ['｛', 'punctuation.definition.variable.begin'],
        ['name', 'variable.other.constant'],
        ['｝', 'punctuation.definition.variable.end'],
        ['{', 'meta.embedded.speech'],
      ]);
      const [speech] = tokenize(['坐席：您好'])[0]!.filter(({ text }) => text === '您好');
      assert.deepEqual(speech?.scopes, [
        'meta.utterance.huashu',
        'string.unquoted.speech.huashu',
        'meta.embedded.speech.huashu',
      ]);
    });

    test('what the customer says, and how the customer may reply', () => {
      looks('Third party: who is this?', [
        ['Third party', 'entity.name.type.role.party'],
        [':', 'punctuation.separator.colon'],
        ['who is this?', 'string.unquoted.speech.party'],
      ]);
      looks('third_party（Other）：“yes/no → maybe”／no => End', [
        ['third_party', 'entity.name.type.role.party'],
        ['（', 'punctuation.definition.parameters.begin'],
        ['Other', 'variable.other.enummember.category'],
        ['）', 'punctuation.definition.parameters.end'],
        ['：', 'punctuation.separator.colon'],
        ['“yes/no → maybe”', 'string.quoted.double'],
        ['／', 'punctuation.separator.list'],
        ['no', 'string.unquoted.example'],
        ['=>', 'keyword.control.jump'],
        ['End', 'constant.language.target'],
      ]);
      looks('客户(无应答)', [
        ['客户', 'entity.name.type.role.party'],
        ['(', 'punctuation.definition.parameters.begin'],
        ['无应答', 'variable.other.enummember.category'],
        [')', 'punctuation.definition.parameters.end'],
      ]);
      looks('客户（其他） → 甲 → 乙', [
        ['客户', 'entity.name.type.role.party'],
        ['（', 'punctuation.definition.parameters.begin'],
        ['其他', 'variable.other.enummember.category'],
        ['）', 'punctuation.definition.parameters.end'],
        ['→ 甲', 'string.unquoted.example'],
        ['→', 'keyword.control.jump'],
        ['乙', 'entity.name.tag.target'],
      ]);
    });

    test('guards and their conditions', () => {
      looks('若：逾期天数大于60 且 非 是否老客户 → 了解原因', [
        ['若', 'keyword.control.conditional'],
        ['：', 'punctuation.separator.colon'],
        ['逾期天数', 'variable.other.constant'],
        ['大于', 'keyword.operator.comparison'],
        ['60', 'constant.numeric'],
        ['且', 'keyword.operator.logical'],
        ['非', 'keyword.operator.logical'],
        ['是否老客户', 'variable.other.constant'],
        ['→', 'keyword.control.jump'],
        ['了解原因', 'entity.name.tag.target'],
      ]);
      looks('If: days ＞＝ 30 or land != "a b" and vip = yes or 档位 等于 高 -> End', [
        ['If', 'keyword.control.conditional'],
        [':', 'punctuation.separator.colon'],
        ['days', 'variable.other.constant'],
        ['＞＝', 'keyword.operator.comparison'],
        ['30', 'constant.numeric'],
        ['or', 'keyword.operator.logical'],
        ['land', 'variable.other.constant'],
        ['!=', 'keyword.operator.comparison'],
        ['"a b"', 'string.quoted.double'],
        ['and', 'keyword.operator.logical'],
        ['vip', 'variable.other.constant'],
        ['=', 'keyword.operator.comparison'],
        ['yes', 'constant.language.boolean'],
        ['or', 'keyword.operator.logical'],
        ['档位', 'variable.other.constant'],
        ['等于', 'keyword.operator.comparison'],
        ['高', 'string.unquoted.literal'],
        ['->', 'keyword.control.jump'],
        ['End', 'constant.language.target'],
      ]);
    });

    test('guidance, records, insertions, outcomes', () => {
      looks('Note: ask {name} first', [
        ['Note', 'keyword.other.guidance'],
        [':', 'punctuation.separator.colon'],
        ['ask', 'markup.quote'],
        ['{', 'punctuation.definition.variable.begin'],
        ['name', 'variable.other.constant'],
        ['}', 'punctuation.definition.variable.end'],
        ['first', 'markup.quote'],
      ]);
      looks('记录：承诺还款日＝客户所述日期', [
        ['记录', 'keyword.other.record'],
        ['：', 'punctuation.separator.colon'],
        ['承诺还款日', 'variable.other.constant'],
        ['＝', 'keyword.operator.assignment'],
        ['客户所述日期', 'string.unquoted.value'],
      ]);
      looks('插入：公共／告知渠道', [
        ['插入', 'keyword.control.insert'],
        ['：', 'punctuation.separator.colon'],
        ['公共', 'entity.name.namespace.file'],
        ['／', 'punctuation.separator.path'],
        ['告知渠道', 'entity.name.tag.target'],
      ]);
      looks('end: dispute taken', [
        ['end', 'keyword.control.end'],
        [':', 'punctuation.separator.colon'],
        ['dispute taken', 'string.unquoted.outcome'],
      ]);
    });

    test('suppressions and their fields', () => {
      looks('豁免（本节）：cn/no-x，原因：报备，原文，审批：合规部，至：2027-06-30', [
        ['豁免', 'keyword.other.suppression'],
        ['（', 'punctuation.definition.parameters.begin'],
        ['本节', 'constant.language.scope'],
        ['）', 'punctuation.definition.parameters.end'],
        ['：', 'punctuation.separator.colon'],
        ['cn/no-x', 'variable.other.constant.rule'],
        ['，', 'punctuation.separator.list'],
        ['原因', 'keyword.other.field'],
        ['：', 'punctuation.separator.colon'],
        ['报备，原文', 'string.unquoted.suppression'],
        ['，', 'punctuation.separator.list'],
        ['审批', 'keyword.other.field'],
        ['：', 'punctuation.separator.colon'],
        ['合规部', 'string.unquoted.suppression'],
        ['，', 'punctuation.separator.list'],
        ['至', 'keyword.other.field'],
        ['：', 'punctuation.separator.colon'],
        ['2027-06-30', 'string.unquoted.suppression'],
      ]);
      looks('Allow (file): unknown-role, reason: a demo', [
        ['Allow', 'keyword.other.suppression'],
        ['(', 'punctuation.definition.parameters.begin'],
        ['file', 'constant.language.scope'],
        [')', 'punctuation.definition.parameters.end'],
        [':', 'punctuation.separator.colon'],
        ['unknown-role', 'variable.other.constant.rule'],
        [',', 'punctuation.separator.list'],
        ['reason', 'keyword.other.field'],
        [':', 'punctuation.separator.colon'],
        ['a demo', 'string.unquoted.suppression'],
      ]);
    });

    test('scenarios', () => {
      looks('用例：家人接听', [
        ['用例', 'keyword.other.scenario'],
        ['：', 'punctuation.separator.colon'],
        ['家人接听', 'entity.name.section.scenario'],
      ]);
      looks('设定：逾期天数 = 20，老客户=是, 称呼 = 王先生', [
        ['设定', 'keyword.other.scenario'],
        ['：', 'punctuation.separator.colon'],
        ['逾期天数', 'variable.other.constant'],
        ['=', 'keyword.operator.assignment'],
        ['20', 'constant.numeric'],
        ['，', 'punctuation.separator.list'],
        ['老客户', 'variable.other.constant'],
        ['=', 'keyword.operator.assignment'],
        ['是', 'constant.language.boolean'],
        [',', 'punctuation.separator.list'],
        ['称呼', 'variable.other.constant'],
        ['=', 'keyword.operator.assignment'],
        ['王先生', 'string.unquoted.value'],
      ]);
      for (const word of ['客户说', '第三方 说', 'Customer says', 'third party says', 'Says']) {
        looks(`${word}：非本人`, [
          [word, 'keyword.other.scenario'],
          ['：', 'punctuation.separator.colon'],
          ['非本人', 'string.unquoted.reply'],
        ]);
      }
      looks('期望：非本人接听、结束', [
        ['期望', 'keyword.other.scenario'],
        ['：', 'punctuation.separator.colon'],
        ['非本人接听', 'entity.name.tag.target'],
        ['、', 'punctuation.separator.list'],
        ['结束', 'constant.language.target'],
      ]);
      looks('Never: overdue, “debt”', [
        ['Never', 'keyword.other.scenario'],
        [':', 'punctuation.separator.colon'],
        ['overdue', 'string.unquoted.words'],
        [',', 'punctuation.separator.list'],
        ['“debt”', 'string.quoted.double'],
      ]);
    });

    test('a word that may be a declared role is neutral, other unknown lines are plain', () => {
      looks('小王（平和）：您好{称呼}', [
        ['小王', 'meta.role.undeclared'],
        ['（', 'meta.parameters'],
        ['平和', 'meta.parameters'],
        ['）', 'meta.parameters'],
        ['：', 'punctuation.separator.colon'],
        ['您好', 'meta.speech.undeclared'],
        ['{', 'punctuation.definition.variable.begin'],
        ['称呼', 'variable.other.constant'],
        ['}', 'punctuation.definition.variable.end'],
      ]);
      for (const line of ['您好，请问是{称呼}吗', '坐席 您好', '这是一个实在太长太长太长太长太长的开头：您好'])
        looks(line, []);
    });

    test('front matter in half and in full width', () => {
      const source = ['－－－', '话术：首次提醒  ＃ 备注', '时段: 8:00-20:00', '【', '---'];
      assert.deepEqual(tokenize(source).map(classOf), ['fence', 'front-matter', 'front-matter', 'heading', 'none']);
      const half = [
        '---',
        'packs: [a, b]',
        '变量:',
        '  天数: {类型: 整数, 样例: 12, 说明: "a: b"}',
        '---',
        '坐席：您好',
      ];
      const full = [
        '———',
        'packs：［a，b］',
        '变量：',
        '　天数：｛类型：整数，样例：12，说明："a: b"｝',
        '－－－',
        '坐席：您好',
      ];
      const scopes = (lines: readonly string[]): unknown =>
        tokenize(lines).map((tokens) => shown(tokens).map(([, scope]) => scope));
      assert.deepEqual(scopes(full), scopes(half));
      assert.deepEqual(shown(tokenize(half)[3]!), [
        ['天数', 'entity.name.tag'],
        [':', 'punctuation.separator.key-value.mapping'],
        ['{', 'punctuation.definition.mapping.begin'],
        ['类型', 'entity.name.tag'],
        [':', 'punctuation.separator.key-value.mapping'],
        ['整数', 'string.unquoted.plain.in'],
        [',', 'punctuation.separator.collection'],
        ['样例', 'entity.name.tag'],
        [':', 'punctuation.separator.key-value.mapping'],
        ['12', 'constant.numeric'],
        [',', 'punctuation.separator.collection'],
        ['说明', 'entity.name.tag'],
        [':', 'punctuation.separator.key-value.mapping'],
        ['"', 'string.quoted.double'],
        ['a: b', 'string.quoted.double'],
        ['"', 'string.quoted.double'],
        ['}', 'punctuation.definition.mapping.end'],
      ]);
      assert.deepEqual(shown(tokenize(source)[1]!), [
        ['话术', 'entity.name.tag'],
        ['：', 'punctuation.separator.key-value.mapping'],
        ['首次提醒', 'string.unquoted.plain.out'],
        ['＃', 'punctuation.definition.comment'],
        ['备注', 'comment.line.number-sign'],
      ]);
      assert.ok(tokenize(source)[1]![0]!.scopes.includes('source.yaml'));
    });

    test('whatever is open in the front matter, its end closes it', () => {
      for (const open of ['频次: {接通: 3', '规则包: [a', '话术: "没有合上', "话术: '没有合上", '说明: |', '变量:']) {
        assert.deepEqual(
          tokenize(['---', open, '---', '坐席：您好']).map(classOf),
          ['fence', 'front-matter', 'fence', 'utterance'],
          open,
        );
        assert.deepEqual(
          tokenize(['---', open, '  【开场】', '坐席：您好']).map(classOf).slice(2),
          ['heading', 'utterance'],
          open,
        );
      }
      const block = tokenize(['---', '说明: |', '  甲：乙', '', '  丙', '渠道: 电话', '---']);
      assert.deepEqual(
        block.slice(2, 6).map((tokens) => shown(tokens).map(([, scope]) => scope)[0]),
        ['string.unquoted.block', undefined, 'string.unquoted.block', 'entity.name.tag'],
      );
    });

    test('every rule that is included exists', () => {
      const { repository } = grammar();
      const included = [...JSON.stringify(grammar()).matchAll(/"include":"#([^"]*)"/g)].map(([, name]) => name!);
      assert.ok(included.length > 0);
      for (const name of included) assert.ok(repository[name], name);
    });
  });

  suite('the same classes as the scanner', () => {
    /** Every class of line in every spelling, width and language, with and without what may be left out. */
    function* variants(): Generator<string> {
      const wide = (word: string): string =>
        word.replace(/[A-Za-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
      const rests = ['', ' 甲，乙、丙', '“甲→乙” ——> 丙/丁', '变量 = 1=>b'];
      for (const word of [...keywords, ...roles].flatMap(spellings)) {
        for (const written of new Set([
          word,
          word.toUpperCase(),
          wide(word),
          `　${word} `,
          word.replace(' ', '-'),
          `${word}说`,
        ])) {
          yield written;
          for (const colon of [':', '：', ' :', '']) {
            for (const rest of rests) {
              yield written + colon + rest;
              if (colon !== ' :') yield `${written}（其他）${colon}${rest}`;
            }
            yield `${written}(calm)${colon}text`;
            yield `${written}（未完${colon}文本`;
          }
        }
      }
      yield* [
        '',
        '　',
        '\u200b',
        '# 甲',
        '＃',
        '【',
        '【】',
        '［甲】乙',
        '→',
        '=>',
        '-',
        '——',
        '{甲}',
        '：甲',
        '（甲）乙',
        '1：2',
        '甲,乙：丙',
        'says: a',
      ];
    }

    function* written(): Generator<readonly [name: string, source: string]> {
      const samples = join(root, 'samples');
      if (existsSync(samples)) {
        for (const name of readdirSync(samples, { recursive: true, encoding: 'utf8' })) {
          if (/\.(huashu|话术)$/.test(name)) yield [name, readFileSync(join(samples, name), 'utf8')];
        }
      }
      for (const name of ['language.md', 'language.zh-CN.md']) {
        const text = readFileSync(join(root, 'docs', name), 'utf8');
        for (const [, source] of text.matchAll(/```huashu\n([\s\S]*?)```/g)) yield [name, source!];
      }
    }

    /** The first line of a file may be a fence; these are not. */
    function agree(lines: readonly string[]): void {
      tokenize(['', ...lines])
        .slice(1)
        .forEach((tokens, index) => {
          const line = lines[index]!;
          assert.equal(classOf(tokens), scanned(line), JSON.stringify(line));
          const scan = scanLine(line);
          const arrow = scan.kind === 'jump' ? scan.head : 'arrow' in scan ? scan.arrow : undefined;
          const found = tokens.find(({ scopes }) => scopes.at(-1) === 'keyword.control.jump.huashu');
          assert.deepEqual(
            [found?.start, found?.text],
            [arrow?.start, arrow && line.slice(arrow.start, arrow.end)],
            line,
          );
        });
    }

    test('agree on every keyword and role in both languages and widths', () => {
      agree([...variants()]);
    });

    test('agree on every line of the samples and of the language reference, front matter included', () => {
      for (const [name, source] of written()) {
        const { lines } = parse(source);
        const tokens = tokenize(splitLines(source).map(({ text }) => source.slice(text.start, text.end)));
        for (const { index, line, start, end } of lines) {
          const fixed = line.kind === 'fence' || (line.kind === 'front-matter' && tokens[index]!.length > 0);
          const expected = fixed
            ? line.kind
            : line.kind === 'front-matter'
              ? 'none'
              : scanned(source.slice(start, end));
          assert.equal(classOf(tokens[index]!), expected, `${name}:${index + 1} ${source.slice(start, end)}`);
        }
      }
    });

    test('agree on every line while it is being typed', () => {
      const seen = new Set<string>();
      for (const [, source] of written()) {
        for (const line of source.split('\n')) {
          for (let end = Math.min(line.length, 20); end > 0 && !seen.has(line.slice(0, end)); end--)
            seen.add(line.slice(0, end));
        }
      }
      agree([...seen]);
    });
  });

  suite('speed', () => {
    function took(run: () => void): number {
      const before = performance.now();
      run();
      return performance.now() - before;
    }

    test('time grows with the length of a line and no faster', () => {
      const heads = ['坐席（', '客户（其他）：', '若：', '豁免：', '设定：', '→ '];
      const fills = ['“', '{', '——>', '，原因：', 'a='];
      const all = (length: number): void => {
        for (const head of heads) for (const fill of fills) tokenize([head + fill.repeat(length / fill.length)]);
      };
      all(100);
      const [short, long] = [took(() => all(1250)), took(() => all(5000))];
      assert.ok(long < 9 * short + 100, `1,250 characters: ${short} ms; 5,000: ${long} ms`);
    });

    test('5,000 lines', () => {
      const lines = [
        '坐席：您好，这里是{机构}，工号{工号}。',
        '客户（是本人）：是我 → 说明目的',
        '若：天数 大于 60 → 结束',
        '您好',
      ];
      const elapsed = took(() => tokenize(Array.from({ length: 5000 }, (_, index) => lines[index % lines.length]!)));
      assert.ok(elapsed < 4000, `${elapsed} ms`);
    });
  });
});
