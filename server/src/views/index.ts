import type { Feature } from '../features/feature.ts';
import { map, mapPicture } from './map.ts';
import { rehearse } from './rehearsal.ts';
import { saveRehearsal } from './saving.ts';

/** What the views of our client ask. It is loaded when one of them opens. */
export const views: readonly Feature<never, unknown>[] = [map, mapPicture, rehearse, saveRehearsal];
