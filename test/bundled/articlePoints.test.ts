import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { flowCategories, wordingCategories } from '../../server/src/packs/pack.ts';
import { headingAnchor } from '../../syntaxes/article/page.ts';
import { articleParts, manualPages } from '../../syntaxes/article/point.ts';
import { articlePoints } from '../../syntaxes/article/points.ts';
import { bundledPacks } from '../packs.ts';

/** Every point of the source article has its place in the product, and the place exists. */
suite('the points of the article', () => {
  const docs = join(import.meta.dirname, '../../docs');
  const idsOf = (entries: readonly { readonly id: string }[]): Set<string> => new Set(entries.map(({ id }) => id));
  const known: { readonly [carrier: string]: ReadonlySet<string> } = {
    steps: idsOf(bundledPacks.flatMap(({ steps }) => steps)),
    replies: idsOf(bundledPacks.flatMap(({ replies }) => replies)),
    rules: new Set([
      ...idsOf(bundledPacks.flatMap(({ rules }) => rules)),
      ...idsOf(bundledPacks.flatMap(({ flow }) => flow)),
    ]),
    categories: new Set([...wordingCategories, ...flowCategories]),
    detectors: idsOf(bundledPacks.flatMap(({ detectors }) => detectors)),
    pages: new Set(Object.keys(manualPages)),
  };

  test('are the eight steps, ten principles, five areas of knowledge and six ways to act, each once', () => {
    assert.deepEqual(
      articlePoints.map(({ part, number }) => `${part} ${number}`),
      articleParts.flatMap(({ id, points }) => Array.from({ length: points }, (_, at) => `${id} ${at + 1}`)),
    );
    assert.deepEqual(
      articleParts.map(({ points }) => points),
      [8, 10, 5, 6],
    );
  });

  for (const { part, number, title, carriers } of articlePoints) {
    test(`${part} ${number} ${title.zh}: what carries it exists`, () => {
      const named = Object.entries(carriers).flatMap(([carrier, ids]: [string, readonly string[]]) =>
        ids.map((id) => ({ carrier, id })),
      );
      assert.ok(named.length > 0, 'nothing carries it');
      for (const [carrier, ids] of Object.entries(carriers)) {
        assert.ok(ids.length > 0, `an empty list of ${carrier}`);
        assert.equal(new Set(ids).size, ids.length, `${carrier} named twice`);
      }
      assert.deepEqual(
        named.filter(({ carrier, id }) => !known[carrier]?.has(id)),
        [],
      );
    });
  }

  test('the six ways to act are replies, each with a rule about its handling', () => {
    const ways = articlePoints.filter(({ part }) => part === 'way');
    for (const { title, carriers } of ways) {
      const handled = bundledPacks
        .flatMap(({ flow }) => flow)
        .filter(({ id }) => carriers.rules?.includes(id))
        .flatMap(({ event, after }) => [...(event?.takes ?? []), ...(after?.takes ?? [])]);
      assert.ok(
        carriers.replies?.some((id) => handled.includes(id)),
        title.zh,
      );
    }
  });

  test('every step has a template', () => {
    const steps = new Set(
      articlePoints.filter(({ part }) => part === 'step').flatMap(({ carriers }) => carriers.steps ?? []),
    );
    for (const step of bundledPacks.flatMap((pack) => pack.steps).filter(({ id }) => steps.has(id)))
      assert.ok(
        step.templates.some(({ says }) => says.length > 0),
        step.id,
      );
  });

  for (const language of ['zh-CN', 'en'] as const) {
    test(`${language}: the pages that points name have the heading`, () => {
      for (const { path, heading } of Object.values(manualPages)) {
        const [file, title] = language === 'en' ? [path.en, heading.en] : [path.zh, heading.zh];
        const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text);
        assert.ok(headings.includes(title), `${file} has no heading “${title}”`);
      }
    });

    test(`${language}: the page's links to the manual and to points lead somewhere`, () => {
      const name = language === 'en' ? 'article.md' : 'article.zh-CN.md';
      const links = [...read(name).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
      assert.ok(links.length > 100);
      // The pages of rules follow from the packs, and so do these links.
      for (const [, file = '', anchor] of links.filter(([, path = '']) => !path.startsWith('rules/'))) {
        const text = read(file || name);
        const anchors = [
          ...[...text.matchAll(/<a id="([^"]*)">/g)].map(([, id]) => id),
          ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => headingAnchor(heading)),
        ];
        assert.ok(!anchor || anchors.includes(anchor), `${file || name}#${anchor}`);
      }
    });
  }

  function read(path: string): string {
    const file = join(docs, path);
    assert.ok(existsSync(file), `${path} does not exist in ${dirname(file)}`);
    return readFileSync(file, 'utf8');
  }
});
