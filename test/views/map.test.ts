import assert from 'node:assert/strict';
import { foldsOf } from '../../server/src/views/folds.ts';
import { layOut, linksToDraw } from '../../server/src/views/layout.ts';
import { type FlowMap, flowMap, picturesOf, svgOf } from '../../server/src/views/map.ts';
import { fitted, widthOf } from '../../server/src/views/textWidth.ts';
import { tonesOf } from '../../server/src/views/tones.ts';
import { fixture } from '../fixture.ts';
import { stationsScript } from './scripts.ts';

const call = `【开场】 自报身份
坐席：您好，这里是某某银行，请问是王先生本人吗？
客户（是本人）：是我 → 说明
第三方（非本人）：他不在 → 转告
客户（拒绝）：不想说 → 挽回
客户（没听清）：您说什么 → 重复
客户（其他） → 说明

【说明】
坐席：您的账单逾期了。
插入：公共/渠道
客户（愿意还款）：好
结束：承诺

【转告】
坐席：您的账单逾期了，麻烦转告。
→ 告别

【挽回】
坐席：没关系。
若：逾期天数 大于 60 → 说明
→ 告别

【告别】
坐席：再见。
→ 结束

【没人来】
坐席：这里走不到。
→ 结束`;

const common = `【渠道】
坐席：官方客服热线是95XXX。
→ 返回`;

const files = `//- main.huashu\n${call}\n//- 公共.huashu\n${common}`;

function mapOf(text: string, folded: readonly string[] = []): FlowMap {
  const { script, context } = fixture(text);
  return flowMap(script, context, new Set(folded));
}

/** The lines of a map, each as `开场 → 说明`, with its tone. */
function linesOf({ lines }: FlowMap): string[] {
  return lines.map(({ from, to, svg }) => `${from} → ${to} ${/class="line ([\w-]+)/.exec(svg)?.[1]}`);
}

suite('the map of a script', () => {
  test('has a card for each node, those of other files under their names, and a line for each way on', () => {
    const map = mapOf(files);
    assert.deepEqual(
      map.cards.map(({ id }) => id),
      ['开场', '说明', '转告', '挽回', '告别', '没人来', '公共/渠道'],
    );
    assert.deepEqual(linesOf(map), [
      '开场 → 说明 plain',
      '开场 → 转告 third-party',
      '开场 → 挽回 refusal',
      '开场 → 说明 plain',
      '说明 → 公共/渠道 plain',
      '转告 → 告别 third-party',
      '挽回 → 说明 refusal',
      '挽回 → 告别 refusal',
    ]);
  });

  test('says of each card what stands there, what is known and where it leads', () => {
    const labels = new Map(mapOf(files).cards.map(({ id, label }) => [id, label]));
    assert.match(
      labels.get('开场')!,
      /^开场；从这里开始；自报身份；身份：未确认；.*去向 是本人 → 说明、非本人 → 转告、拒绝 → 挽回、没听清 → 开场、其他 → 说明$/,
    );
    assert.match(labels.get('挽回')!, /去向 若 逾期天数 大于 60 → 说明、告别$/);
    assert.match(labels.get('转告')!, /身份：未确认，接听人：第三人；1 个错误/);
    assert.match(labels.get('说明')!, /去向 插入 → 公共\/渠道、愿意还款 → 承诺$/);
    assert.match(labels.get('没人来')!, /^没人来；走不到；/);
    const { script, context } = fixture(files);
    const english = flowMap(script, { ...context, language: 'en' });
    assert.match(english.cards[0]!.label, /^开场; begins here; .*leads to 是本人 → 说明, /);
  });

  test('cards do not lie on each other, and what is in one line of the script is in the range of its card', () => {
    for (const text of [files, stationsScript(120)]) {
      const { cards, width, height } = mapOf(text);
      for (const [index, a] of cards.entries()) {
        assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width + 1 && a.y + a.height <= height + 1, a.id);
        for (const b of cards.slice(index + 1))
          assert.ok(
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
            `${a.id} and ${b.id}`,
          );
      }
    }
    const { cards } = mapOf(files);
    assert.deepEqual(
      cards.filter(({ uri }) => uri.endsWith('main.huashu')).map(({ range }) => range.start.line),
      [0, 8, 14, 18, 23, 27],
    );
  });

  test('shows the path of a finding: its cards, and the lines of the replies that lead there', () => {
    const { findings } = mapOf(files);
    const pathOf = (said: RegExp) => {
      const { cards, lines } = findings.find(({ text }) => said.test(text))!;
      return [...cards, ...lines].join(' ');
    };
    assert.equal(pathOf(/接听的是本人以外的人/), '开场 转告 开场 1');
    // Two replies lead there, and one of them is to blame.
    assert.equal(pathOf(/还没有确认接听人是本人/), '开场 说明 开场 4');
    assert.equal(pathOf(/没有道别/), '开场 说明 公共/渠道 开场 0 说明 0');
    // What has no path stands somewhere all the same.
    assert.equal(pathOf(/没有一条路径走到/), '没人来');
    assert.equal(pathOf(/没有声明/), '挽回');
  });

  test('a folded card holds what one comes to only through it, and the ways out of that', () => {
    const before = mapOf(files);
    assert.deepEqual(
      before.cards.filter(({ below }) => below > 0).map(({ id, below }) => `${id} ${below}`),
      ['说明 1'],
    );
    const { cards, lines } = mapOf(files, ['说明', '不存在', '开场']);
    assert.deepEqual(
      cards.map(({ id, folded }) => `${id}${folded ? ' +' : ''}`),
      ['开场', '说明 +', '转告', '挽回', '告别', '没人来'],
    );
    assert.ok(lines.every(({ from, to }) => [from, to].every((id) => cards.some((card) => card.id === id))));
    assert.match(cards[1]!.label, /去向 返回、愿意还款 → 承诺；已折叠 1 个节点$|愿意还款 → 承诺/);
  });

  test('is drawn with everything escaped that an author wrote', () => {
    const evil =
      '【<script>alert(1)</script>&"\'】 <img>\n坐席：x\n客户（<b onclick="x">） → <svg>\n结束：</text><script>';
    const svg = svgOf(mapOf(`${evil}\u0001\n【<svg>】\n坐席：y`));
    assert.doesNotMatch(svg, /<script|<img|<b |onclick="|\u0001/);
    assert.match(svg, /&#60;script&#62;/);
  });

  test('as a file it is an SVG that looks nowhere else', () => {
    const svg = svgOf(mapOf(files));
    assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ''), /https?:|url\(|var\(|href/);
    // As many elements are closed as are opened.
    assert.equal(svg.match(/<[a-z]/g)!.length, svg.match(/<\/[a-z]|\/>/g)!.length);
  });

  test('a very long conversation goes on below, and a row that leads there names where', () => {
    const { width, height, cards, lines } = mapOf(stationsScript(300));
    assert.ok(width < 4 * height, `${width} by ${height}`);
    const at = new Map(cards.map((card) => [card.id, card]));
    // What lies in another band has no line that is always drawn, and its name stands in the row.
    const across = lines.filter(({ svg }) => /class="line \S+ far/.test(svg));
    assert.ok(across.length > 10);
    for (const { id, to } of across) {
      const [from = '', row] = id.split(' ');
      assert.ok(at.get(from)!.svg.includes(`→ ${to.slice(0, 2)}`), `${from} ${row} → ${to}`);
    }
  });

  test('on paper it is in parts that can be read, each card in one of them, behind the whole', () => {
    const { script, context } = fixture(stationsScript(40));
    const [whole, ...parts] = picturesOf(script, context);
    const namesIn = (svg: string): string[] => [...svg.matchAll(/<title>([^\n<]+)/g)].map(([, name]) => name!);
    const names = flowMap(script, context).cards.map(({ name }) => name);
    assert.deepEqual(
      namesIn(whole!.svg)
        .filter((name) => names.includes(name))
        .sort(),
      [...names].sort(),
    );
    assert.ok(parts.length > 1);
    const told = parts.flatMap(({ svg }) => namesIn(svg)).filter((name) => names.includes(name));
    assert.deepEqual(told.sort(), [...names].sort());
    for (const { svg, width, height } of parts) {
      assert.ok(width <= 1218, `${width}`);
      assert.ok(svg.includes(`width="${width}" height="${height}"`));
      // Nobody folds anything on paper.
      assert.doesNotMatch(svg, /class="fold"/);
    }
    // Of what is too large one could not make out anything as a whole.
    const large = fixture(stationsScript(300));
    assert.ok(picturesOf(large.script, large.context).every(({ width }) => width <= 1218));
    // What fits on a page is on one.
    const small = fixture(files);
    assert.equal(picturesOf(small.script, small.context).length, 1);
  });

  test('the same script gives the same picture, byte for byte', () => {
    assert.equal(svgOf(mapOf(files)), svgOf(mapOf(files)));
  });

  test('there is a map of a script that says nothing yet, of messages, and of a collection of nodes', () => {
    assert.deepEqual(mapOf('').cards, []);
    assert.equal(mapOf('---\n渠道: 短信\n---\n【提醒】\n坐席：您好。\n\n【再提醒】\n坐席：您好。').cards.length, 2);
    const collection = mapOf(`${common}\n\n【告别】\n坐席：再见。\n→ 返回`);
    assert.ok(collection.cards.every(({ svg }) => !svg.includes('走不到')));
  });
});

suite('tones', () => {
  const way = (from: string, to: string, tone: 'plain' | 'third-party' | 'refusal' = 'plain') => ({ from, to, tone });

  test('a place has the tone of all ways that lead there, and none where they differ', () => {
    const tones = tonesOf(
      ['a'],
      [
        way('a', 'b', 'refusal'),
        way('b', 'c'),
        way('c', 'b'),
        way('a', 'd', 'third-party'),
        way('d', 'e'),
        way('c', 'e'),
      ],
    );
    assert.deepEqual([...tones].sort().map(String), ['a,plain', 'b,refusal', 'c,refusal', 'd,third-party', 'e,plain']);
  });
});

suite('folds', () => {
  const links = (text: string) => text.split(' ').map((each) => ({ from: each[0]!, to: each[1]! }));

  test('a place holds those to which every way leads through it', () => {
    const all = links('ab ac bd be df ef cg gc');
    const { count, holder } = foldsOf(['a'], all, new Set(['b', 'c']));
    assert.deepEqual([...'abcdefg'].map(count), [0, 3, 1, 0, 0, 0, 0]);
    assert.deepEqual([...'abcdefg'].map(holder), [undefined, undefined, undefined, 'b', 'b', 'b', 'c']);
  });

  test('what can be reached from two beginnings hangs on neither', () => {
    const { count } = foldsOf(['a', 'z'], links('ab bc zc cd'), new Set());
    assert.deepEqual([...'abczd'].map(count), [0, 0, 1, 0, 0]);
  });
});

suite('the layout', () => {
  const box = (id: string) => ({ id, width: 100, height: 50 });

  test('draws what leads on, not what leads back, and each box keeps a line that leads there', () => {
    const boxes = [...'abcdef'].map(box);
    const links = [...'bcdef'].map((to, index) => ({ from: 'abcdef'[index]!, to }));
    const drawn = linksToDraw(boxes, [
      ...links,
      { from: 'f', to: 'a' },
      { from: 'a', to: 'f' },
      { from: 'c', to: 'c' },
    ]);
    assert.ok(drawn.every(({ from, to }) => from < to));
    assert.deepEqual([...new Set(drawn.map(({ to }) => to))].sort(), [...'bcdef']);
  });

  test('is the way up in which lines from one box cross least', () => {
    for (const order of ['bcd', 'dcb', 'cbd']) {
      const links = [...order].map((to) => ({ from: 'a', to }));
      const { place } = layOut([...'abcd'].map(box), [...links, { from: 'b', to: 'e' }, { from: 'd', to: 'f' }]);
      const [first, , last] = order;
      assert.ok(place(first!).y < place(last!).y, order);
    }
  });

  test('puts what nothing links below the rest', () => {
    const { place } = layOut([...'abc'].map(box), [{ from: 'a', to: 'b' }]);
    assert.ok(place('c').y >= place('a').y + 50);
    assert.ok(place('b').x > place('a').x);
  });
});

suite('the width of texts', () => {
  test('full-width characters are as wide as they are high, and what does not fit ends in an ellipsis', () => {
    assert.equal(widthOf('话术'), 2);
    assert.ok(widthOf('flow') < 3);
    assert.equal(fitted('确认身份', 4), '确认身份');
    assert.equal(fitted('确认客户身份', 4), '确认客…');
    assert.equal(fitted('𠮷𠮷𠮷', 2.5), '𠮷…');
  });
});
