/** How many units two texts have in common at their beginning; whole stretches are compared, which is quick. */
export function commonStart(one: string, other: string): number {
  let [low, high] = [0, Math.min(one.length, other.length)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(low, middle) === other.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same at their ends, and no more than `most`. */
export function commonEnd(one: string, other: string, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (endOf(one, middle, low) === endOf(other, middle, low)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function endOf(text: string, from: number, to: number): string {
  return text.slice(text.length - from, text.length - to);
}
