/**
 * Options of a choice in their order, each list of them once: it is the last option and the list of those before it, and knows the
 * lists that it became.
 */
export interface Options {
  readonly last: number;
  readonly before: Options | undefined;
  readonly count: number;
  /** Most never become longer. */
  longer: Map<number, Options> | undefined;
}

export function inOrder(options: Options): readonly number[] {
  const all: number[] = [];
  for (let each: Options | undefined = options; each?.before; each = each.before) all.push(each.last);
  return all.reverse();
}

export function withOption(options: Options, option: number): Options {
  // What can begin with a unit in several ways is one option.
  if (options.last === option) return options;
  options.longer ??= new Map();
  let longer = options.longer.get(option);
  if (!longer) {
    longer = { last: option, before: options, count: options.count + 1, longer: undefined };
    options.longer.set(option, longer);
  }
  return longer;
}
