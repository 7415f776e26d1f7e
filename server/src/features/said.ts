import { actsOf } from '../rules/acts.ts';
import type { Utterance } from '../syntax/line.ts';
import type { Site } from './completionItem.ts';

/** What a line of the conversation does, by the detectors of the packs. */
export function actsIn(
  { speech, speaker }: Utterance,
  { script, packs, snapshot }: Pick<Site, 'script' | 'packs' | 'snapshot'>,
): ReadonlySet<string> {
  const channel = script.tree.frontMatter.channel?.value;
  return actsOf(
    {
      speech,
      speaker: speaker === 'agent' ? 'agent' : 'party',
      setting: {
        ...(channel && { channel }),
        typeOf: (name) => script.declaration(name)?.type,
        recordedType: () => undefined,
      },
    },
    packs,
    snapshot.settings.today,
  );
}
