/** From so many on the engine's own way to sort is the quicker one. */
const many = 16;

/** The same items in order, equal ones as they come. Most lists of what a line has are of a few items, for which the engine's way is a detour. */
export function sorted<T>(items: readonly T[], compare: (one: T, other: T) => number): T[] {
  if (items.length >= many) return [...items].sort(compare);
  const inOrder: T[] = [];
  for (const item of items) {
    let at = inOrder.length;
    inOrder.push(item);
    for (; at > 0 && compare(inOrder[at - 1] as T, item) > 0; at--) inOrder[at] = inOrder[at - 1] as T;
    inOrder[at] = item;
  }
  return inOrder;
}

/** Puts the first of some numbers in order, where they stand. */
export function sortFirst(numbers: Int32Array, count: number): void {
  if (count >= many) {
    numbers.subarray(0, count).sort();
    return;
  }
  for (let next = 1; next < count; next++) {
    const number = numbers[next] as number;
    let at = next;
    for (; at > 0 && (numbers[at - 1] as number) > number; at--) numbers[at] = numbers[at - 1] as number;
    numbers[at] = number;
  }
}
