/** Lists of numbers, one behind the other: quick to read, and plain to keep. */
export interface Lists {
  readonly items: Int32Array;
  /** Where each list begins; at the end, where the last one ends. */
  readonly starts: Int32Array;
}

export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const starts = new Int32Array(lists.length + 1);
  for (const [index, list] of lists.entries()) starts[index + 1] = (starts[index] as number) + list.length;
  const items = new Int32Array(starts[lists.length] as number);
  for (const [index, list] of lists.entries()) items.set(list, starts[index]);
  return { items, starts };
}
