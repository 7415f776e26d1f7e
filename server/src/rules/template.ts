/** A text of a rule, taken apart once: what is written, and slots such as `{match}`, `{who}` and `{who|您}` between. */
export type Template = readonly (string | Slot)[];

interface Slot {
  readonly name: string;
  /** What stands there if nothing fills it; without a fallback of its own it stays as it is written, since scripts have variables in braces. */
  readonly otherwise: string;
}

export function templateOf(text: string): Template {
  const parts: (string | Slot)[] = [];
  let done = 0;
  for (const slot of text.matchAll(/\{([^{}|]*)(?:\|([^{}]*))?\}/g)) {
    const [whole, name = '', fallback] = slot;
    if (slot.index > done) parts.push(text.slice(done, slot.index));
    parts.push({ name, otherwise: fallback ?? whole });
    done = slot.index + whole.length;
  }
  if (done < text.length) parts.push(text.slice(done));
  return parts;
}

/** @param fill what a slot is filled with, if there is something */
export function filled(template: Template, fill: (name: string) => string | undefined): string {
  let text = '';
  for (const part of template) text += typeof part === 'string' ? part : (fill(part.name) ?? part.otherwise);
  return text;
}
