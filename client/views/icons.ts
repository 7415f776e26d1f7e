import type { Icon } from './elements.ts';

/** The drawings of buttons and of the key to the map, as lines on a ground of 16 by 16. */
export const icons = {
  more: { path: 'M8 3v10M3 8h10' },
  less: { path: 'M3 8h10' },
  whole: { path: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3' },
  fold: { path: 'M2 8h12M8 1v4M6 3.5l2 2 2-2M8 15v-4M6 12.5l2-2 2 2' },
  unfold: { path: 'M2 8h12M8 5.5v-4M6 3.5l2-2 2 2M8 10.5v4M6 12.5l2 2 2-2' },
  thirdParty: { path: 'M1 8h4M8 8h4M14 8h1' },
  refusals: { path: 'M1 8h.1M4.5 8h.1M8 8h.1M11.5 8h.1M15 8h.1' },
  unreached: { path: 'M2 4h12v8H2z' },
  path: { path: 'M1 8h14' },
  back: { path: 'M6 3L2 7l4 4M2 7h8a4 4 0 0 1 0 8H7' },
  restart: { path: 'M13 3v4H9M13 7a5.5 5.5 0 1 0 .5 3.5' },
  here: { path: 'M2 3h8M2 6.5h5M2 10h4M9 9l4.5 2.7L9 14.5z' },
  find: { path: 'M3 8h9M8.5 4.5L12 8l-3.5 3.5' },
  refusal: { path: 'M3 3l10 10M13 3L3 13' },
  customer: { path: 'M8 8h.1M5 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0' },
  'third-party': { path: 'M8 2l6 6l-6 6l-6-6z' },
} as const satisfies { readonly [name: string]: Icon };
