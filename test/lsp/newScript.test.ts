import assert from 'node:assert/strict';
import type { NewScriptAnswers, NewScriptResult } from '../../server/src/features/newScript.ts';
import { start } from './client.ts';

suite('a new script over stdio', () => {
  for (const [locale, first, line] of [
    ['zh-cn', '电话', '【确认身份】'],
    ['en', 'phone', '[Confirm identity]'],
  ] as const)
    test(`question by question, in ${locale}`, async () => {
      const client = await start({ locale });
      const answers: Record<string, string | readonly string[]> = {};
      const asked: string[] = [];
      let text: string | undefined;
      while (text === undefined) {
        const next: NewScriptResult = await client.connection.sendRequest('huashu/newScript', {
          answers: answers satisfies NewScriptAnswers,
        });
        if ('text' in next) text = next.text;
        else {
          const { id, choices = [], many } = next.question;
          asked.push(id);
          if (id === 'channel') assert.equal(choices[0]?.label, first);
          answers[id] = many ? choices.flatMap((each) => (each.picked ? each.id : [])) : (choices[0]?.id ?? '');
        }
      }
      assert.deepEqual(asked, ['channel', 'stage', 'organization', 'steps']);
      assert.ok(text.includes(`\n${line}\n`), text);
      const uri = 'untitled:Untitled-1';
      client.open(uri, text);
      const { items } = await client.connection.sendRequest<{ items: unknown[] }>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      assert.deepEqual(items, []);
      assert.equal(await client.stop(), 0);
    });
});
