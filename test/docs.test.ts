import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the two languages of a page have in common: its headings by their levels, code, tables with their rows, pictures. */
function skeletonOf(file: string): string[] {
  const parts: string[] = [];
  let inCode = false;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const fence = /^\s*```(\w*)/.exec(line);
    if (fence) {
      if (!inCode) parts.push(`code ${fence[1]}`.trim());
      inCode = !inCode;
    } else if (inCode) continue;
    else if (/^#+ /.test(line)) parts.push(line.replace(/ .*/, ''));
    else if (/^\|/.test(line)) parts.push('row');
    else if (/^!\[/.test(line)) parts.push('picture');
  }
  return parts;
}

/** What a page can be entered at, as code hosts name it: its headings, and anchors that it sets itself. */
function anchorsIn(file: string): ReadonlySet<string> {
  const text = readFileSync(file, 'utf8').replace(/^\s*```.*?^\s*```/gms, '');
  const own = [...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id!);
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...own, ...headings]);
}

/** Folders with pages in both languages; the pages of rules are generated, each language into a folder of its own. */
const folders = ['.', 'docs', 'samples'];

suite('docs', () => {
  for (const folder of folders) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md');
    for (const name of names.filter((each) => !each.endsWith('.zh-CN.md'))) {
      const english = path.join(folder, name);
      const chinese = path.join(folder, name.replace(/\.md$/, '.zh-CN.md'));

      test(`${english} says the same in Chinese, part by part`, () => {
        assert.ok(existsSync(chinese), chinese);
        assert.deepEqual(skeletonOf(chinese), skeletonOf(english));
      });
    }

    test(`${folder} has no page in Chinese alone`, () => {
      const alone = names.filter(
        (name) => name.endsWith('.zh-CN.md') && !names.includes(name.replace('.zh-CN.md', '.md')),
      );
      assert.deepEqual(alone, []);
    });
  }

  test('Chinese pages have Chinese punctuation, code and quotations aside', () => {
    for (const folder of folders) {
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.zh-CN.md'))) {
        const prose = readFileSync(path.join(folder, name), 'utf8')
          .replace(/^\s*```.*?^\s*```/gms, '')
          .replace(/`[^`]*`|“[^”]*”|\{[^}]*\}|\]\([^)]*\)/g, '');
        const wrong = /.*(?:\p{Script=Han} *[,;:?!()]|[,;:?!()] *\p{Script=Han}|\p{Script=Han}\.(?!\w)).*/u.exec(prose);
        assert.equal(wrong?.[0], undefined, name);
      }
    }
  });

  test('every rule page is there in both languages', () => {
    const [zh, en] = ['zh-CN', 'en'].map((language) => readdirSync(`docs/rules/${language}`).sort());
    assert.deepEqual(zh, en);
  });

  test('every link to a file leads to one', () => {
    for (const folder of folders) {
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.md'))) {
        const page = path.join(folder, name);
        for (const [, target] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s:]+)(?:#[^)]*)?\)/g)) {
          assert.ok(existsSync(path.join(folder, decodeURI(target!))), `${page}: ${target}`);
        }
      }
    }
  });

  test('every link to a heading leads to one', () => {
    const wrong: string[] = [];
    for (const folder of folders) {
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.md'))) {
        const page = path.join(folder, name);
        for (const [, target, heading] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s:]*\.md)?#([^)]+)\)/g)) {
          const other = target === undefined ? page : path.join(folder, decodeURI(target));
          if (!anchorsIn(other).has(decodeURI(heading!))) wrong.push(`${page}: ${target ?? ''}#${heading}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });
});
