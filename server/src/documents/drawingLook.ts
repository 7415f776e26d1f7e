/** How something is drawn; colours are those of Windows, with red in the lowest byte. */
export interface Look {
  readonly hidden: boolean;
  readonly fill?: number;
  readonly stroke?: number;
  readonly width: number;
  readonly dashes: readonly number[];
  readonly round: boolean;
  readonly bold: boolean;
  /** How much of the colours is left on white paper. */
  readonly strength: number;
}

/** A rule of a style sheet: what elements it is about, each with its name or classes, the innermost last; and what it says. */
export interface Rule {
  readonly elements: readonly (readonly string[])[];
  readonly says: ReadonlyMap<string, string>;
}

/** The rules of a style sheet of ours: classes and names of elements, inside each other; the later of two rules counts. */
export function cssOf(sheet: string): readonly Rule[] {
  return [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) => {
    const says = new Map(
      body.split(';').flatMap((each): [string, string][] => {
        const at = each.indexOf(':');
        return at < 0 ? [] : [[each.slice(0, at).trim(), each.slice(at + 1).trim()]];
      }),
    );
    return selectors.split(',').map((selector) => ({
      elements: selector
        .replace('>', ' ')
        .trim()
        .split(/\s+/)
        .map((part) => part.split('.').filter((name) => name !== '')),
      says,
    }));
  });
}

/** How an element is drawn that is the last one of these, each with its name and classes, inside each other. */
export function lookOf(
  elements: readonly (readonly string[])[],
  css: readonly Rule[],
  outer?: Look,
  fillGiven?: string,
): Look {
  const says = new Map<string, string>();
  for (const rule of css) if (fits(rule, elements)) for (const [name, value] of rule.says) says.set(name, value);
  const strength = (outer?.strength ?? 1) * Number(says.get('opacity') ?? 1);
  const colour = (name: 'fill' | 'stroke', given?: string): { readonly [key: string]: number } => {
    const value = says.get(name) ?? given;
    if (value === 'none') return {};
    const colour = value === undefined ? outer?.[name] : colourOf(value, strength);
    return colour === undefined ? {} : { [name]: colour };
  };
  return {
    hidden: (outer?.hidden ?? false) || says.get('display') === 'none',
    ...colour('fill', fillGiven),
    ...colour('stroke'),
    width: Number(says.get('stroke-width') ?? 1),
    dashes: (says.get('stroke-dasharray') ?? '').split(' ').filter(Boolean).map(Number),
    round: says.get('stroke-linecap') === 'round',
    bold: Number(says.get('font-weight') ?? 400) >= 600,
    strength,
  };
}

function fits({ elements }: Rule, given: readonly (readonly string[])[]): boolean {
  const has = (element: readonly string[] | undefined, part: readonly string[]): boolean =>
    part.every((name) => element?.includes(name));
  let at = given.length - 1;
  if (!has(given[at], elements.at(-1) ?? [])) return false;
  for (const part of elements.slice(0, -1).reverse()) {
    at--;
    while (at >= 0 && !has(given[at], part)) at--;
    if (at < 0) return false;
  }
  return true;
}

function colourOf(value: string, strength: number): number | undefined {
  const named = { white: 'ffffff', black: '000000' }[value];
  const hex = named ?? /^#([0-9a-f]{6})$/i.exec(value)?.[1];
  if (hex === undefined) return undefined;
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16);
    return Math.round(255 - (255 - part) * strength);
  }) as [number, number, number];
  return red | (green << 8) | (blue << 16);
}
