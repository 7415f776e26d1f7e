import { randomOf } from '../chance.ts';
import { mutated } from './mutate.ts';
import { seeds } from './seeds.ts';
import { subjects } from './subjects.ts';

/** `npm run fuzz` goes on for as long as one likes; these are always the same. */
const texts = 12;

suite('texts of all kinds', () => {
  for (const [index, subject] of subjects.entries())
    test(subject.name, () => {
      const random = randomOf(index + 1);
      const from = seeds[subject.seeds];
      for (let time = 0; time < texts; time++) {
        const text = mutated(from[random(from.length)] as string, from, random).slice(0, 12_000);
        try {
          subject.run(text, random);
        } catch (error) {
          throw new Error(`${error instanceof Error ? error.message : error}\n${JSON.stringify(text)}`, {
            cause: error,
          });
        }
      }
    }).timeout(60_000);
});
