type Attributes = { readonly [name: string]: string };

/** An element with attributes and what is in it; texts stay texts. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

/** A button that is named by a text, and shows a drawing or the text itself. */
export function button(name: string, shown: string | Icon, then: () => void): HTMLButtonElement {
  const face = typeof shown === 'string' ? shown : drawn(shown);
  const made = element('button', { type: 'button', title: name, 'aria-label': name }, face);
  made.addEventListener('click', then);
  return made;
}

/** What stands above a view, to be used. */
export function toolbar(name: string, ...tools: readonly Node[]): HTMLElement {
  return element('header', {}, element('div', { role: 'toolbar', 'aria-label': name }, ...tools));
}

/** A drawing on a ground of 16 by 16, as the data of a path. */
export interface Icon {
  readonly path: string;
}

export function drawn({ path }: Icon): SVGSVGElement {
  const svg = svgElement('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' });
  svg.append(svgElement('path', { d: path }));
  return svg;
}

export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Gives attributes to an element. Those that it has already stay untouched: browsers would work out anew what hangs on them. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** The elements of drawings, in their order. */
export function parsed(drawings: readonly string[]): readonly Element[] {
  const ground = svgElement('svg');
  ground.innerHTML = drawings.join('');
  return [...ground.children];
}
