/** A part of an outline: where it goes, by pairs of places; a curve has two of them that it bends to, and one where it ends. */
export interface Curve {
  readonly kind: 'move' | 'line' | 'curve' | 'close';
  readonly places: readonly number[];
}

/** How far from the corners a curve bends that is a quarter of a circle. */
const bend = 0.5523;

/** A rectangle with round corners. */
export function rounded(x: number, y: number, width: number, height: number, radius: number): readonly Curve[] {
  const [right, bottom] = [x + width, y + height];
  if (radius === 0)
    return [
      { kind: 'move', places: [x, y] },
      { kind: 'line', places: [right, y] },
      { kind: 'line', places: [right, bottom] },
      { kind: 'line', places: [x, bottom] },
      { kind: 'close', places: [] },
    ];
  const b = radius * (1 - bend);
  return [
    { kind: 'move', places: [x + radius, y] },
    { kind: 'line', places: [right - radius, y] },
    { kind: 'curve', places: [right - b, y, right, y + b, right, y + radius] },
    { kind: 'line', places: [right, bottom - radius] },
    { kind: 'curve', places: [right, bottom - b, right - b, bottom, right - radius, bottom] },
    { kind: 'line', places: [x + radius, bottom] },
    { kind: 'curve', places: [x + b, bottom, x, bottom - b, x, bottom - radius] },
    { kind: 'line', places: [x, y + radius] },
    { kind: 'curve', places: [x, y + b, x + b, y, x + radius, y] },
    { kind: 'close', places: [] },
  ];
}

/** The outline that the data of a path describe, of the commands that our drawings have: M m L l H h V v C a z. */
export function outlineOf(d: string): readonly Curve[] {
  const curves: Curve[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, command = '', given = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = [...given.matchAll(/-?\d*\.?\d+/g)].map(Number);
    const isRelative = command === command.toLowerCase();
    const count = { m: 2, l: 2, h: 1, v: 1, c: 6, a: 7 }[command.toLowerCase()] ?? 0;
    if (command.toLowerCase() === 'z') {
      curves.push({ kind: 'close', places: [] });
      [x, y] = [startX, startY];
    }
    for (let at = 0; count > 0 && at + count <= numbers.length; at += count) {
      const part = numbers.slice(at, at + count);
      const to = (index: number): [number, number] => [
        (part[index] ?? 0) + (isRelative ? x : 0),
        (part[index + 1] ?? 0) + (isRelative ? y : 0),
      ];
      switch (command.toLowerCase()) {
        case 'm':
        case 'l': {
          // What follows the place that a path moves to are lines.
          const kind = command.toLowerCase() === 'm' && at === 0 ? 'move' : 'line';
          [x, y] = to(0);
          if (kind === 'move') [startX, startY] = [x, y];
          curves.push({ kind, places: [x, y] });
          break;
        }
        case 'h':
          x = (part[0] ?? 0) + (isRelative ? x : 0);
          curves.push({ kind: 'line', places: [x, y] });
          break;
        case 'v':
          y = (part[0] ?? 0) + (isRelative ? y : 0);
          curves.push({ kind: 'line', places: [x, y] });
          break;
        case 'c': {
          const places = [...to(0), ...to(2), ...to(4)];
          [x, y] = to(4);
          curves.push({ kind: 'curve', places });
          break;
        }
        case 'a': {
          const end = to(5);
          curves.push(...halfCircle(x, y, ...end, part[4] === 1));
          [x, y] = end;
          break;
        }
      }
    }
  }
  return curves;
}

/** Half of a circle from one place to another; our drawings have no other arcs. */
function halfCircle(x: number, y: number, endX: number, endY: number, clockwise: boolean): readonly Curve[] {
  const [middleX, middleY] = [(x + endX) / 2, (y + endY) / 2];
  const sign = clockwise ? 1 : -1;
  /** From the middle to the place half-way along. */
  const [outX, outY] = [sign * (middleY - y) * 1, sign * (x - middleX)];
  const [alongX, alongY] = [middleX - x, middleY - y];
  const [farX, farY] = [middleX + outX, middleY + outY];
  return [
    {
      kind: 'curve',
      places: [x + bend * outX, y + bend * outY, farX - bend * alongX, farY - bend * alongY, farX, farY],
    },
    {
      kind: 'curve',
      places: [farX + bend * alongX, farY + bend * alongY, endX + bend * outX, endY + bend * outY, endX, endY],
    },
  ];
}
