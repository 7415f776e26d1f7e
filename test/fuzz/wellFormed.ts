import assert from 'node:assert/strict';
import { Parser } from 'htmlparser2';

/** Nothing of a text is taken for markup, and no character is left that XML cannot hold. */
export function isXml(text: string): void {
  assert.doesNotMatch(text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
  const open: string[] = [];
  const rest = text.replace(/&(?:#x?[\da-f]+|amp|lt|gt|quot|apos);/gi, '');
  assert.doesNotMatch(rest, /&/, 'an entity that there is not');
  const tag = /<(\/?)([a-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<\?xml[^<>]*\?>|(<|>)/gi;
  for (const [whole, closing, name, , empty, stray] of rest.matchAll(tag)) {
    assert.equal(stray === '<', false, `${whole} stands for itself`);
    if (name === undefined || empty === '/') continue;
    if (closing === '/') assert.equal(open.pop(), name);
    else open.push(name);
  }
  assert.deepEqual(open, [], 'elements that are not closed');
}

const inert =
  /^(?:html|head|body|meta|title|style|h[1-6]|p|nav|ol|ul|li|a|span|strong|em|code|b|i|s|u|del|ins|mark|table|colgroup|col|thead|tbody|tr|th|td|figure|figcaption|img|div|section|br|blockquote|q|small|sub|sup|pre|kbd|header|footer|main|dl|dt|dd|hr)$/;

/** A page that runs nothing, asks for nothing from elsewhere, and says so itself. */
export function isInert(html: string): void {
  let policy = '';
  new Parser(
    {
      onopentag(name, attributes) {
        assert.match(name, inert);
        for (const [key, value] of Object.entries(attributes)) {
          assert.doesNotMatch(key, /^on|^srcdoc$/, name);
          if (key === 'style') assert.match(value, /^width: [\d.]+%$/);
          if (key === 'href') assert.match(value, /^#|^https:\/\//);
          if (key === 'src') assert.match(value, /^data:image\/svg\+xml,/);
          if (key === 'http-equiv') {
            assert.equal(value, 'Content-Security-Policy');
            policy = attributes.content ?? '';
          }
        }
      },
    },
    { decodeEntities: true },
  ).end(html);
  assert.match(policy, /^default-src 'none'/);
  assert.doesNotMatch(policy, /script-src|https?:/);
}
