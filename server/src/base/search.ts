/** The first item of which something is so that is so of all behind it; or how many there are. */
export function firstWhere<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
