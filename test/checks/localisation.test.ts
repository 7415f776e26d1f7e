import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundledPacks } from '../packs.ts';
import { sourceTexts } from './sourceTexts.ts';

/** What is mentioned and not said: code, quotations, lists of YAML, names of nodes and of files, links to commands, what is filled in. */
const mentioned = /`[^`]*`|“[^”]*”|「[^」]*」|【[^】]*】|\[[^\]]*\](?:\(command:[^)]*\))?|\.话术|\{[^{}]*\}/g;

const han = /\p{Script=Han}/u;

/** What is wrong with the halves of a text, in words; nothing if they are as they should be. */
function mistakesIn(zh: string, en: string): string[] {
  const [chinese, english] = [zh.replace(mentioned, ''), en.replace(mentioned, '')];
  return [
    ...(/[，。、；：？！（）]/.test(english) ? ['Chinese punctuation in English'] : []),
    ...(han.test(english) ? ['Chinese in English'] : []),
    ...(/\p{Script=Han}\s*[,;:?!()]|[,;:?!()]\s*\p{Script=Han}|\p{Script=Han}\.(?!\w)/u.test(chinese)
      ? ['half-width punctuation in Chinese']
      : []),
    ...(!han.test(chinese) && /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/.test(chinese) ? ['English for Chinese'] : []),
  ];
}

function readTexts(file: string): { readonly [key: string]: string } {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The texts of a rule pack, with the way to each. */
function* textsOf(value: unknown, way: string): Generator<{ way: string; zh: unknown; en: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  if ('zh' in value || 'en' in value) yield { way, zh: undefined, en: undefined, ...value };
  else for (const [key, part] of Object.entries(value)) yield* textsOf(part, `${way}/${key}`);
}

suite('localisation', () => {
  test('what the sources say in Chinese and in English is written as each language is', () => {
    const texts = [...sourceTexts('server/src')];
    assert.ok(texts.length > 900, `${texts.length} texts were found`);
    const found = texts.flatMap(({ place, zh, en }) =>
      mistakesIn(zh.join('\n'), en.join('\n')).map((mistake) => `${place}: ${mistake}: ${[...zh, ...en].join(' ')}`),
    );
    assert.deepEqual(found, []);
  }).timeout(60_000);

  test('so is what the manifest says', () => {
    const [zh, en] = [readTexts('package.nls.zh-cn.json'), readTexts('package.nls.json')];
    const found = Object.entries(en).flatMap(([key, text]) =>
      mistakesIn(zh[key] ?? '', text).map((mistake) => `${key}: ${mistake}`),
    );
    assert.deepEqual(found, []);
  });

  test('so is what the client says, which fills in the same', () => {
    const holes = (text: string): string => [...text.matchAll(/\{\d\}/g)].sort().join(' ');
    const found = Object.entries(readTexts('client/l10n/bundle.l10n.zh-cn.json')).flatMap(([en, zh]) => [
      ...mistakesIn(zh, en).map((mistake) => `${en}: ${mistake}`),
      ...(holes(zh) === holes(en) ? [] : [`${en}: ${zh}`]),
    ]);
    assert.deepEqual(found, []);
  });

  for (const pack of bundledPacks) {
    test(`${pack.id} says everything in both languages`, () => {
      const texts = [...textsOf(pack, pack.id)];
      assert.ok(texts.length > 20, `${texts.length} texts were found`);
      const found = texts.flatMap(({ way, zh, en }) => {
        const [chinese, english] = [zh, en].map((each) => [each].flat().join('\n').trim());
        if (!chinese || !english) return [`${way}: not in both languages`];
        return mistakesIn(chinese, english).map((mistake) => `${way}: ${mistake}: ${chinese} ${english}`);
      });
      assert.deepEqual(found, []);
    });
  }
});
