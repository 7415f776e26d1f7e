import type { DifferenceState, FromDifference, ToDifference } from '../src/differenceMessages.ts';
import { button, element, toolbar } from './elements.ts';
import { frameOf, textOf } from './frame.ts';

const frame = frameOf<ToDifference, FromDifference, DifferenceState>();

const page = element('main', { 'aria-label': textOf('page'), tabindex: '-1' });
document.body.append(
  toolbar(
    textOf('page'),
    button(textOf('save'), textOf('save'), () => frame.tell({ kind: 'save' })),
  ),
  page,
);

frame.begin(({ compared, html }) => {
  frame.remember(compared);
  const told = html === null ? [element('p', { role: 'status' }, textOf('gone'))] : pageOf(html);
  const { scrollTop } = page;
  page.replaceChildren(...told);
  page.scrollTop = scrollTop;
});

/** What the server has written, with a way from each change to its line. */
function pageOf(html: string): readonly Node[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const part of body.querySelectorAll<HTMLElement>('[data-line]')) {
    const line = Number(part.dataset.line);
    const number = String(line + 1);
    const way = element(
      'button',
      { type: 'button', class: 'place', 'aria-label': textOf('goTo').replace('{0}', number) },
      textOf('line').replace('{0}', number),
    );
    way.addEventListener('click', () => frame.tell({ kind: 'open', line }));
    part.append(' ', way);
  }
  return [...body.childNodes];
}
