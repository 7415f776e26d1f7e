import assert from 'node:assert/strict';
import { shift } from '../../server/src/base/span.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { utteranceOf } from '../../server/src/rules/examples.ts';
import { checkWording } from '../../server/src/rules/wording.ts';
import { bundledPacks } from '../packs.ts';

const day = '2026-11-23';

/** What may stand around a threat, and makes it no better. */
const around: readonly (readonly [before: string, after: string])[] = [
  ['您可以投诉我，但', ''],
  ['您可以投诉。', ''],
  ['我跟您说一下情况，', ''],
  ['您要咨询律师也行，', ''],
  ['您说的我理解，不过', ''],
  ['您别着急。', ''],
  ['请注意，', ''],
  ['任何人来也一样，', ''],
  ['没关系，', ''],
  ['我理解您，但是', ''],
  ['抱歉，', ''],
  ['为了您好，', ''],
  ['您有困难可以申请分期。', ''],
  ['', '您可以投诉。'],
  ['', '您可以拨打客服电话核实。'],
];

/** What disowns a quotation. */
const disowning: readonly (readonly [before: string, after: string])[] = [
  ['“', '”这种话绝不允许对客户说。'],
  ['请您不要相信“', '”的短信。'],
  ['“', '”，这不是我们说的。'],
  ['不得对客户说“', '”。'],
  ['反面教材，不得照念：', ''],
];

suite('violations that are quoted to disown them', function () {
  this.timeout(120_000);
  const [cn] = bundledPacks.filter(({ id }) => id === 'cn-credit-card');
  const packs = packSetOf([cn!]);
  const lines = cn!.rules.flatMap((rule) =>
    rule.examples.bad
      .filter(({ text }, index) => index % 4 === 0 && text.length <= 30 && !/[。！？；“”‘’「」{].|[‘’“”]/.test(text))
      .map((example) => ({ ...utteranceOf(example, rule), text: example.text.replace(/[。！？]$/, '') })),
  );
  for (const [before, after] of disowning) {
    test(`${before}……${after}`, () => {
      const held = lines.filter(
        (line) => checkWording({ ...line, variables: [], text: before + line.text + after }, packs, day).length > 0,
      );
      const told = held.map(({ text }) => `${before}${text}${after}`).join('\n');
      assert.ok(held.length <= 0.05 * lines.length, `${held.length} of ${lines.length} are held against it:\n${told}`);
    });
  }
});

/** A kind word, or one about the customer's rights, excuses nothing that stands beside it. */
suite('courtesies around a violation', function () {
  this.timeout(120_000);
  const [cn] = bundledPacks.filter(({ id }) => id === 'cn-credit-card');
  const packs = packSetOf([cn!]);
  const lines = cn!.rules.flatMap((rule) =>
    rule.examples.bad.filter((_, index) => index % 8 === 0).map((example) => utteranceOf(example, rule)),
  );
  for (const [before, after] of around) {
    test(`${before}……${after}`, () => {
      const lost = lines.filter((line) => {
        const variables = line.variables.map((each) => shift(each, before.length));
        return checkWording({ ...line, text: before + line.text + after, variables }, packs, day).length === 0;
      });
      const told = lost.map(({ text }) => `${before}${text}${after}`).join('\n');
      assert.ok(lost.length <= 0.05 * lines.length, `${lost.length} of ${lines.length} are not found:\n${told}`);
    });
  }
});
