/** Where something stands, and what only tells how the text around it is laid out. */
const places: ReadonlySet<string> = new Set(['start', 'end', 'insertAt', 'colonAt', 'indent']);

/** Whether two lines, conditions or front matters mean the same, wherever their parts stand. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map) return alike([...a], [...b]);
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => alike(each, b[i]));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && (isPlace(key, a) || alike(a[key as keyof typeof a], b[key as keyof typeof b])))
  );
}

/** The text of a target has blanks and brackets in it; what counts are its file and its node. */
function isPlace(key: string, of: object): boolean {
  return places.has(key) || (key === 'text' && 'node' in of);
}
