import type { Icon } from './elements.ts';

/** The drawings of buttons and of the key to the map, as lines on a ground of 16 by 16. */
export const icons = {
  more: { path: 'M8 3v10M3 8h10' },
  less: { path: 'M3 8h10' },
  whole: { path: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3' },
  fold: { path: 'M2 8h12M8 1v4M6 3.5l2 2 2-2M8 15v-4M6 12.5l2-2 2 2' },
  unfold: { path: 'M2 8h12M8 5.5v-4M6 3.5l2-2 2 2M8 10.5v4M6 12.5l2 2 2-2' },
  thirdParty: { path: 'M1 8h4M8 8h4M14 8h1' },
  refusal: { path: 'M1 8h.1M4.5 8h.1M8 8h.1M11.5 8h.1M15 8h.1' },
  unreached: { path: 'M2 4h12v8H2z' },
  path: { path: 'M1 8h14' },
} as const satisfies { readonly [name: string]: Icon };
