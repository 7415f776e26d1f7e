import type { Course, Rehearsal, RehearsedFinding, RehearsedLine, RehearsedRule, Speaker } from '../src/protocol.ts';
import type { FromRehearsal, RehearsalState, ToRehearsal } from '../src/rehearsalMessages.ts';
import { button, drawn, element, toolbar } from './elements.ts';
import { bracketed, frameOf, textOf, titled } from './frame.ts';
import { icons } from './icons.ts';

const frame = frameOf<ToRehearsal, FromRehearsal, RehearsalState>();
const remembered = frame.remembered();

let uri = remembered?.uri ?? '';
let course: Course = remembered?.course ?? { values: [], replies: [] };
let shown: Rehearsal | undefined;

const spoken = element('span', { class: 'spoken', role: 'timer' });
const rate = element('input', { type: 'number', min: '120', max: '360', step: '20', 'aria-label': textOf('rate') });
rate.title = textOf('rate');
const backButton = button(textOf('back'), icons.back, () => replay(course.replies.slice(0, -1)));
const saveButton = button(textOf('save'), textOf('save'), () => frame.tell({ kind: 'save', course }));
const talk = element('div', { class: 'talk', role: 'log', 'aria-label': textOf('talk'), tabindex: '0' });
const replies = element('div', { class: 'replies', role: 'group', 'aria-label': textOf('replies') });
const notice = element('p', { class: 'notice', role: 'alert' });
const words = element('input', { type: 'text', placeholder: textOf('say'), 'aria-label': textOf('say') });
const sayForm = element('form', { class: 'say' }, words, element('button', { type: 'submit' }, textOf('send')));
const known = element('ul', { class: 'known' });
const forbidden = element('ul', { class: 'rules' });
const owed = element('ul', { class: 'rules' });
const values = element('div', { class: 'values' });

const part = (name: string, inside: Element): HTMLDetailsElement =>
  element('details', { open: '', class: `part ${name}` }, element('summary', {}, textOf(name)), inside);

document.body.append(
  toolbar(
    textOf('tools'),
    backButton,
    button(textOf('restart'), icons.restart, restart),
    button(textOf('here'), icons.here, () => frame.tell({ kind: 'here', course })),
    saveButton,
    element('span', { class: 'time' }, spoken, rate),
  ),
  element(
    'main',
    {},
    element('h1', { class: 'aloud' }, textOf('talk')),
    element('section', { class: 'conversation' }, talk, notice, replies, sayForm),
    element(
      'aside',
      {},
      part('forbidden', forbidden),
      part('owed', owed),
      part('known', known),
      part('values', values),
    ),
  ),
);

frame.begin(({ uri: of, rehearsal }) => {
  uri = of;
  if (rehearsal) show(rehearsal);
  else {
    talk.replaceChildren();
    notice.textContent = textOf('nothing');
  }
});

function play(next: Course): void {
  course = next;
  frame.tell({ kind: 'play', course });
}

function replay(wanted: Course['replies']): void {
  play({ ...course, replies: wanted });
}

function restart(): void {
  const { inside: _before, ...others } = course;
  play({ ...others, replies: [] });
}

function show(rehearsal: Rehearsal): void {
  const before = shown;
  shown = rehearsal;
  const { inside: _before, ...others } = course;
  course = { ...others, replies: rehearsal.replies, ...(rehearsal.inside && { inside: rehearsal.inside }) };
  frame.remember({ uri, course });
  showTalk(rehearsal, before);
  showReplies(rehearsal);
  notice.textContent = rehearsal.refused ?? (rehearsal.standing === 'stuck' ? rehearsal.outcome : '');
  if (rehearsal.refused === null) words.value = '';
  backButton.disabled = course.replies.length === 0;
  saveButton.disabled = rehearsal.inside !== null;
  const { seconds } = rehearsal;
  spoken.textContent = textOf('spoken').replace(
    '{0}',
    `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
  );
  if (document.activeElement !== rate) rate.value = String(rehearsal.rate);
  known.replaceChildren(
    ...rehearsal.known.map(({ title, text, so, line }) => {
      const row = element('li', { class: so ? 'so' : 'not' }, element('span', {}, title), element('b', {}, text));
      if (line === null) return row;
      // What has made it known is a click away.
      row.append(button(titled(title, rehearsal.lines[line]?.text ?? ''), icons.find, () => goTo(line)));
      return row;
    }),
  );
  showRules(forbidden, rehearsal.forbidden);
  showRules(owed, rehearsal.owed);
  showValues(rehearsal);
}

function showRules(list: HTMLElement, rules: readonly RehearsedRule[]): void {
  const rows = rules.map(({ title, act, severity }) =>
    element('li', {}, sign(severity), element('span', {}, element('b', {}, title), element('small', {}, act))),
  );
  list.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'not' }, textOf('none'))]));
}

function sign(severity: RehearsedFinding['severity']): HTMLElement {
  return element('span', { class: `sign ${severity}`, role: 'img', 'aria-label': textOf(severity) }, signs[severity]);
}

const signs: { readonly [severity in RehearsedFinding['severity']]: string } = {
  error: '●',
  warning: '▲',
  info: '■',
  hint: '■',
};

/** What was there before stays, so that it is not read aloud again. */
function showTalk(rehearsal: Rehearsal, before: Rehearsal | undefined): void {
  const same = rehearsal.lines.findIndex(
    (line, index) => JSON.stringify(line) !== JSON.stringify(before?.lines[index]),
  );
  const stays = before ? (same < 0 ? rehearsal.lines.length : same) : 0;
  for (const gone of [...talk.children].slice(stays)) gone.remove();
  for (const [index, line] of rehearsal.lines.entries()) {
    if (index < stays) continue;
    const node = line.node === rehearsal.lines[index - 1]?.node ? undefined : line.node;
    talk.append(bubble(line, node, index));
  }
  if (rehearsal.inside) talk.prepend(element('p', { class: 'ending' }, textOf('inside')));
  if (rehearsal.standing === 'ended') {
    talk.append(
      element(
        'div',
        { class: 'ending' },
        textOf('ended').replace('{0}', rehearsal.outcome),
        ...found(rehearsal.findings),
      ),
    );
  }
  talk.scrollTop = talk.scrollHeight;
}

function bubble(line: RehearsedLine, node: string | undefined, index: number): HTMLElement {
  const { speaker, text, category, seconds, reply, findings, uri: file, range } = line;
  const who = element('span', { class: 'who' }, textOf(speaker), ...(category === null ? [] : [bracketed(category)]));
  const open = element('button', { type: 'button', class: 'words' }, text === '' ? bracketed(category ?? '') : text);
  open.addEventListener('click', () => frame.tell({ kind: 'open', place: { uri: file, range } }));
  const beside =
    category !== null && reply !== null
      ? [button(textOf('backTo'), icons.back, () => replay(course.replies.slice(0, reply)))]
      : seconds === null
        ? []
        : [element('span', { class: 'seconds' }, textOf('seconds').replace('{0}', String(Math.round(seconds))))];
  return element(
    'article',
    { class: `line ${speaker}`, 'data-index': String(index) },
    ...(node === undefined ? [] : [element('h2', {}, node === '' ? textOf('beginning') : node)]),
    element('div', { class: 'said' }, who, open, ...beside),
    ...found(findings),
  );
}

function found(findings: readonly RehearsedFinding[]): HTMLElement[] {
  return findings.map(({ severity, text, elsewhere }) =>
    element(
      'p',
      { class: `finding ${severity}${elsewhere ? ' elsewhere' : ''}` },
      sign(severity),
      element('span', {}, elsewhere ? `${textOf('elsewhere')} ${text}` : text),
    ),
  );
}

function goTo(line: number): void {
  const there = talk.querySelector(`[data-index="${line}"]`);
  there?.scrollIntoView({ block: 'center' });
  there?.querySelector<HTMLElement>('.words')?.focus();
}

/** What can be replied, as it is shown. */
let offered = '';

function showReplies({ choices, standing }: Rehearsal): void {
  // Played anew, because something was typed, the same buttons stay: one that is just being pressed would be lost.
  const now = JSON.stringify([choices, standing]);
  if (now === offered) return;
  offered = now;
  const hadFocus = replies.contains(document.activeElement);
  const made = choices.map(({ category, speaker, mark, anytime, examples }) => {
    const [example] = examples;
    const name = mark === 'refusal' ? textOf('refusal') : textOf(speaker);
    const face = element(
      'button',
      { type: 'button', class: `reply ${mark}${anytime ? ' anytime' : ''}`, title: examples.join('／') },
      drawn(icons[mark]),
      element('span', { class: 'aloud' }, titled(name, '')),
      element('span', {}, category),
      ...(example === undefined || anytime ? [] : [element('small', {}, example)]),
      ...(anytime ? [element('small', { class: 'tag' }, textOf('anytime'))] : []),
    );
    face.addEventListener('click', () => replay([...course.replies, { text: category, speaker }]));
    return face;
  });
  replies.replaceChildren(...made);
  sayForm.hidden = standing !== 'waiting';
  if (hadFocus) (made[0] ?? talk).focus();
}

sayForm.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = words.value.trim();
  if (text !== '') replay([...course.replies, { text, speaker: speaking() }]);
});

/** Whoever can reply here without any others. */
function speaking(): Speaker {
  const own = shown?.choices.filter(({ anytime }) => !anytime) ?? [];
  return own.length > 0 && own.every(({ speaker }) => speaker === 'third-party') ? 'third-party' : 'customer';
}

function showValues({ values: all, missing }: Rehearsal): void {
  // Whoever is typing one is not disturbed.
  if (values.contains(document.activeElement) && missing.length === 0) return;
  values.replaceChildren(
    ...all.map(({ name, value, sample, choices }, index) => {
      const isMissing = missing.includes(name);
      const input = element('input', {
        type: 'text',
        value,
        placeholder: sample === '' ? textOf('unset') : sample,
        class: isMissing ? 'missing' : '',
      });
      input.addEventListener('change', () => give(name, input.value.trim()));
      const label = element('label', {}, element('span', {}, name), input);
      if (choices.length === 0) return label;
      const list = element(
        'datalist',
        { id: `values-${index}` },
        ...choices.map((each) => element('option', { value: each })),
      );
      input.setAttribute('list', list.id);
      label.append(list);
      return label;
    }),
  );
  values.querySelector<HTMLElement>('.missing')?.focus();
}

function give(name: string, value: string): void {
  const others = course.values.filter((each) => each.name !== name);
  play({ ...course, values: value === '' ? others : [...others, { name, value }] });
}

rate.addEventListener('change', () => {
  const wanted = Number(rate.value);
  if (wanted >= 60 && wanted <= 600) play({ ...course, rate: wanted });
});
