/** The arrays of numbers that plain data can have, by the names under which they are kept. */
const arrays = { Uint8Array, Uint16Array, Int32Array } as const;
type Width = keyof typeof arrays;
type Numbers = Uint8Array | Uint16Array | Int32Array;

/** An array as the text in front of the arrays has it: what it is, and how it is kept. */
interface Place {
  readonly array: Width;
  /** In these units. */
  readonly kept: Width;
  /** By how much each number is more than the one before, which is less to keep. */
  readonly rising: boolean;
  readonly at: number;
  readonly length: number;
}

/** Plain data, with arrays of numbers in it, as few bytes: a text of ASCII, and behind it what the arrays hold, equal ones once. */
export function bytesOf(data: unknown): Uint8Array {
  const found: { readonly value: Numbers; readonly kept: Numbers; readonly place: Place }[] = [];
  let end = 0;
  const placeOf = (array: Width, value: Numbers): Place => {
    const known = found.find((each) => each.place.array === array && isEqual(each.value, value));
    if (known) return known.place;
    const rising = value.every((number, index) => number >= (value[index - 1] ?? 0));
    const kept = narrow(rising ? value.map((number, index) => number - (value[index - 1] ?? 0)) : value);
    const place: Place = { array, kept: nameOf(kept), rising, at: end, length: value.length };
    found.push({ value, kept, place });
    end = aligned(end + kept.byteLength);
    return place;
  };
  const text = JSON.stringify(data, (_, value: unknown) => (isNumbers(value) ? placeOf(nameOf(value), value) : value));
  const ascii = text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const begin = aligned(4 + ascii.length);
  const bytes = new Uint8Array(begin + end);
  new Int32Array(bytes.buffer, 0, 1)[0] = ascii.length;
  for (let index = 0; index < ascii.length; index++) bytes[4 + index] = ascii.charCodeAt(index);
  for (const { kept, place } of found) {
    bytes.set(new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength), begin + place.at);
  }
  return bytes;
}

/** The data of such bytes. An array is made when somebody looks at it. */
export function dataOf(bytes: Uint8Array): unknown {
  // Whoever read the bytes may have put them anywhere.
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const [length = 0] = new Int32Array(buffer, byteOffset, 1);
  let text = '';
  for (let index = 0; index < length; index++) text += String.fromCharCode(bytes[4 + index] as number);
  const begin = byteOffset + aligned(4 + length);
  const known = new Map<string, Numbers>();
  return JSON.parse(text, function (this: object, key, value: unknown) {
    if (!isPlace(value)) return value;
    const place = JSON.stringify(value);
    const get = (): Numbers => {
      const numbers = known.get(place) ?? arrayOf(value, buffer, begin);
      known.set(place, numbers);
      return numbers;
    };
    // It takes the place of the value for good: what is not to be taken away stays, whatever is returned.
    Object.defineProperty(this, key, { get, enumerable: true, configurable: false });
    return undefined;
  });
}

/** A part of such data with all its arrays made, as quick to look at as any other. */
export function whole<T>(data: T): T {
  if (typeof data !== 'object' || data === null || isNumbers(data)) return data;
  if (Array.isArray(data)) return data.map(whole) as T;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, whole(value)])) as T;
}

function arrayOf({ array, kept: width, rising, at, length }: Place, buffer: ArrayBufferLike, begin: number): Numbers {
  // All machines that we know have the lowest byte first.
  const kept = new arrays[width](buffer as ArrayBuffer, begin + at, length);
  // What is kept as it is wanted is looked at where it lies.
  if (width === array && !rising) return kept;
  const numbers = new arrays[array](kept);
  if (rising) {
    for (let index = 1; index < length; index++) {
      numbers[index] = (kept[index] as number) + (numbers[index - 1] as number);
    }
  }
  return numbers;
}

/** An array can begin at such an offset, whatever its units are. */
function aligned(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}

/** The same numbers in the smallest units that hold them. */
function narrow(numbers: Numbers): Numbers {
  let [least, most] = [0, 0];
  for (const number of numbers) [least, most] = [Math.min(least, number), Math.max(most, number)];
  if (least < 0 || most >= 0x10000) return numbers;
  return most < 0x100 ? Uint8Array.from(numbers) : Uint16Array.from(numbers);
}

function isNumbers(value: unknown): value is Numbers {
  return Object.values(arrays).some((each) => value instanceof each);
}

function nameOf(numbers: Numbers): Width {
  return numbers instanceof Uint8Array ? 'Uint8Array' : numbers instanceof Uint16Array ? 'Uint16Array' : 'Int32Array';
}

function isEqual(one: Numbers, other: Numbers): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}

function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && 'kept' in value;
}
