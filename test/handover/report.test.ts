import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import type { Language } from '../../server/src/base/text.ts';
import { reportedAs } from '../../server/src/documents/reporting.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { check } from '../../server/src/rules/check.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

const names = ['公共.huashu', '违规示例.huashu', '信用卡逾期电话提醒.huashu'];
const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
for (const name of names) workspace.set(uriOf(name), 0, readFileSync(`samples/${name}`, 'utf8'));
const excused = `---
话术: <b>豁免</b>&
---
【开场】
豁免：cn/no-late-fee-term，原因：监管报备原文，审批：合规部王某，至：2027-06-30
坐席：您好，您有滞纳金。
豁免：cn/no-insult，原因：演示，至：2020-01-01
坐席：再见。
结束：完成
`;
workspace.set(uriOf('豁免.huashu'), 0, excused);
const snapshot = workspace.snapshot();

async function bytesOf(name: string, format: 'html' | 'docx', language: Language = 'zh-CN'): Promise<Uint8Array> {
  const script = snapshot.script(uriOf(name))!;
  const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  return (await reportedAs(format, { script, snapshot, language, nameOf, version: '1.2.3' })).bytes;
}

/** The text of a page, without its tags; blanks are not what is compared. */
function plain(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, '');
}

async function page(name: string, language: Language = 'zh-CN'): Promise<string> {
  return plain(new TextDecoder().decode(await bytesOf(name, 'html', language)));
}

suite('the compliance report', function () {
  this.timeout(30_000);

  test('says what was checked: the script, its hash and those of others that it enters, the packs, the day', async () => {
    const text = await page('信用卡逾期电话提醒.huashu');
    const hash = (file: string): string =>
      createHash('sha256')
        .update(readFileSync(`samples/${file}`))
        .digest('hex');
    for (const part of [
      `检查日期${today}`,
      'Huashu1.2.3',
      'XYK-M1-001',
      hash('信用卡逾期电话提醒.huashu'),
      `公共.huashu${hash('公共.huashu')}`,
      `cn-credit-card${bundledPacks.find(({ id }) => id === 'cn-credit-card')!.version}`,
      '4个，4个通过',
      '没有发现问题',
      '覆盖：节点',
      '姓名意见签字日期',
    ])
      assert.ok(text.includes(part), part);
  });

  test('every finding is in it with its place and its path', async () => {
    const script = snapshot.script(uriOf('违规示例.huashu'))!;
    const text = await page('违规示例.huashu');
    const findings = check(script, snapshot);
    assert.ok(findings.length > 25);
    for (const { message, start, rule } of findings) {
      assert.ok(text.includes(message.zh.replace(/\s+/g, '') + rule), rule);
      assert.ok(text.includes(`第${script.text.positionAt(start).line + 1}行`), rule);
    }
  });

  test('every rule in force is in it with its sources and what came of it', async () => {
    const text = await page('违规示例.huashu');
    const pack = bundledPacks.find(({ id }) => id === 'cn-credit-card')!;
    const references = String.raw`(?:\[\d+\](?:第[^；\[]+条[之一二三]*)?；?)+`;
    for (const { id, title } of [...pack.rules, ...pack.flow]) {
      const [row] = ['错误', '警告', '建议', '提示'].flatMap((level) => {
        const head = title.zh.replace(/\s+/g, '') + level + id;
        const at = text.indexOf(`${head}[`);
        return at < 0 ? [] : [text.slice(at + head.length)];
      });
      assert.match(row ?? '', new RegExp(`^${references}\\d+处(?:违反|符合|不涉及)`), id);
    }
    assert.match(text, /\[1\]《?[^[]+2\d{3}-\d\d-\d\d起/);
  });

  test('every suppression is in it, with who answers for it and until when, and what it suppresses', async () => {
    const text = await page('豁免.huashu');
    assert.match(text, /第5行【开场】cn\/no-late-fee-term下一行监管报备原文合规部王某2027-06-30生效，豁免1处/);
    assert.match(text, /cn\/no-insult下一行演示没有写2020-01-01已到期/);
    assert.match(text, /已豁免的问题.*您有滞纳金|已豁免的问题.*滞纳金/);
    assert.match(text, /违反，已豁免/);
    assert.ok(text.includes('话术合规报告：<b>豁免</b>&'));
  });

  test('the whole text stands at its end, line by line', async () => {
    const text = await page('豁免.huashu');
    const lines = excused
      .trimEnd()
      .split('\n')
      .map((line, index) => `${index + 1}${line}`);
    assert.ok(text.endsWith(lines.join('').replace(/\s+/g, '')));
  });

  test('as a page it needs nothing from elsewhere and runs nothing; in English it is English', async () => {
    const html = new TextDecoder().decode(await bytesOf('豁免.huashu', 'html', 'en'));
    assert.doesNotMatch(html, /<script|<link|<iframe|\son\w+=|(?:src|href)="(?!data:|#)/i);
    const text = plain(html.replace(/[\s\S]*<h1>/, ''));
    const own = text.replaceAll(/\p{Script=Han}+/gu, '');
    for (const part of ['Compliancereport', 'Suppressions', 'Sign-off', 'violated,suppressed'])
      assert.ok(own.includes(part), part);
    assert.doesNotMatch(html, /检查|违反|签署/);
  });

  test('the same script on the same day has the same bytes, in both formats', async () => {
    for (const format of ['html', 'docx'] as const)
      assert.deepEqual(await bytesOf('违规示例.huashu', format), await bytesOf('违规示例.huashu', format));
  });

  test('in Word it says the same, and draws the flow as a metafile', async () => {
    for (const name of ['违规示例.huashu', '豁免.huashu']) {
      const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await bytesOf(name, 'docx')) });
      const html = new TextDecoder()
        .decode(await bytesOf(name, 'html'))
        .replace(/<title>[\s\S]*?<\/title>|<nav>[\s\S]*?<\/nav>/g, '');
      assert.equal(value.replace(/\s+/g, ''), plain(html.replace(/<!DOCTYPE[^>]*>/, '')), name);
      const parts = unzipSync(await bytesOf(name, 'docx'));
      const drawings = Object.keys(parts).filter((part) => part.startsWith('word/media/'));
      assert.ok(drawings.length > 0 && drawings.every((part) => part.endsWith('.emf')), drawings.join(' '));
      assert.match(strFromU8(parts['[Content_Types].xml']!), /ContentType="image\/x-emf" Extension="emf"/);
      const links = strFromU8(parts['word/_rels/document.xml.rels']!);
      for (const part of drawings) assert.ok(links.includes(part.slice('word/'.length)), links);
      assert.doesNotMatch(links, /\.bmp/);
    }
  });
});
