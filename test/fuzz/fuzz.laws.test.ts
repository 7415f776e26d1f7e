import { randomOf } from '../chance.ts';
import { endSession } from './assistants.ts';
import { grown } from './grammar.ts';
import { endTalk } from './messages.ts';
import { mutated } from './mutate.ts';
import { seeds } from './seeds.ts';
import { subjects } from './subjects.ts';

/** `npm run fuzz` goes on for as long as one likes; these are always the same. */
const texts = 12;

suite('texts of all kinds', () => {
  suiteTeardown(() => {
    endTalk();
    endSession();
  });

  for (const [index, subject] of subjects.entries())
    test(subject.name, async () => {
      const random = randomOf(index + 1);
      const from = seeds[subject.seeds];
      for (let time = 0; time < texts; time++) {
        const made =
          random(3) === 0 ? grown[subject.seeds](random) : mutated(from[random(from.length)] as string, from, random);
        const text = made.slice(0, 12_000);
        try {
          await subject.run(text, random);
        } catch (error) {
          throw new Error(`${error instanceof Error ? error.message : error}\n${JSON.stringify(text)}`, {
            cause: error,
          });
        }
      }
    }).timeout(60_000);
});
