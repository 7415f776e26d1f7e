import { Parser } from 'htmlparser2';
import { cssOf, type Look, lookOf } from './drawingLook.ts';
import { type Curve, outlineOf, rounded } from './outline.ts';

/** How a text is laid out; a metafile says it letter by letter, so that it is as wide with every font. */
export type WidthOf = (text: string) => number;

/**
 * A drawing of ours, an SVG file, as an Enhanced Metafile. Word has shown those from its first versions on, and so do WPS and LibreOffice;
 * of SVG some know nothing and others leave out styles. No library writes them.
 */
export function metafileOf(svg: string, widthOf: WidthOf): Uint8Array {
  const css = cssOf(/<style>([^<]*)<\/style>/.exec(svg)?.[1] ?? '');
  const [left, top, width, height] = (/viewBox="([^"]*)"/.exec(svg)?.[1] ?? '0 0 1 1').split(' ').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const out = new Writer(width, height);
  /** Where things stand, and the elements around them, the innermost last. */
  const around: Around[] = [{ x: -left, y: -top, classes: [], look: lookOf([], css) }];
  let text: { readonly attributes: Attributes; readonly around: Around; said: string } | undefined;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const outer = around.at(-1) as Around;
        const [, x = 0, y = 0] = (/translate\(([-\d.]+) ([-\d.]+)\)/.exec(attributes.transform ?? '') ?? []).map(
          Number,
        );
        const classes = [...outer.classes, [name, ...(attributes.class ?? '').split(' ')]];
        const look = lookOf(classes, css, outer.look, attributes.fill);
        const inner: Around = { x: outer.x + x, y: outer.y + y, classes, look };
        around.push(inner);
        if (look.hidden) return;
        if (name === 'text') text = { attributes, around: inner, said: '' };
        else out.shape(shapeOf(name, attributes), inner, look);
      },
      ontext(said) {
        if (text) text.said += said;
      },
      onclosetag(name) {
        around.pop();
        if (name !== 'text' || !text) return;
        const { attributes, around: at, said } = text;
        out.text(said, { x: at.x + Number(attributes.x), y: at.y + Number(attributes.y) }, at.look, {
          size: Number(attributes['font-size']),
          anchor: attributes['text-anchor'] ?? 'start',
          widthOf,
        });
        text = undefined;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(svg);
  return out.bytes();
}

interface Around {
  readonly x: number;
  readonly y: number;
  readonly classes: readonly (readonly string[])[];
  readonly look: Look;
}

type Attributes = { readonly [name: string]: string };

function shapeOf(name: string, { d = '', x, y, width, height, rx, cx, cy, r }: Attributes): readonly Curve[] {
  const number = (value: string | undefined): number => Number(value ?? 0);
  switch (name) {
    case 'path':
      return outlineOf(d);
    case 'rect':
      return rounded(number(x), number(y), number(width), number(height), number(rx));
    case 'circle':
      return rounded(number(cx) - number(r), number(cy) - number(r), 2 * number(r), 2 * number(r), number(r));
    default:
      return [];
  }
}

/** Places are told in twentieths of a unit, of which 96 make an inch. */
const fine = 20;
/** A screen that nobody has: so many dots, and how large it is, in micrometres. */
const screen = { dots: 1920, lines: 1080, width: 508_000, height: 285_750 };

const records = {
  header: 1,
  bezierTo: 5,
  windowExtent: 9,
  windowOrigin: 10,
  viewportExtent: 11,
  viewportOrigin: 12,
  end: 14,
  mapMode: 17,
  backgroundMode: 18,
  fillMode: 19,
  textAlign: 22,
  textColour: 24,
  moveTo: 27,
  select: 37,
  brush: 39,
  remove: 40,
  lineTo: 54,
  beginPath: 59,
  endPath: 60,
  closeFigure: 61,
  fillPath: 62,
  strokeAndFillPath: 63,
  strokePath: 64,
  font: 82,
  textOut: 84,
  pen: 95,
} as const;

const nothing = { brush: 0x8000_0005, pen: 0x8000_0008 } as const;

type Kind = 'brush' | 'pen' | 'font';

/** Collects the records of a metafile. */
class Writer {
  private readonly width: number;
  private readonly height: number;
  private readonly parts: Uint8Array[] = [];
  private count = 0;
  /** What has been made to draw with, and of which kind each thing is. */
  private readonly objects = new Map<string, number>();
  private readonly kinds = new Map<number, Kind>();
  private readonly selected = new Map<Kind, number>();
  private colour = -1;
  private align = -1;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const anisotropic = 8;
    const [transparent, winding] = [1, 2];
    this.record(records.mapMode, [anisotropic]);
    this.record(records.windowOrigin, [0, 0]);
    this.record(records.windowExtent, [width * fine, height * fine]);
    this.record(records.viewportOrigin, [0, 0]);
    this.record(records.viewportExtent, [width, height]);
    this.record(records.backgroundMode, [transparent]);
    this.record(records.fillMode, [winding]);
  }

  shape(curves: readonly Curve[], { x, y }: { readonly x: number; readonly y: number }, look: Look): void {
    const { fill, stroke } = look;
    if (curves.length === 0 || (fill === undefined && stroke === undefined)) return;
    this.select(fill === undefined ? nothing.brush : this.brush(fill));
    this.select(stroke === undefined ? nothing.pen : this.pen(stroke, look));
    this.record(records.beginPath);
    const at = (places: readonly number[]): number[] =>
      places.map((value, index) => Math.round((value + (index % 2 === 0 ? x : y)) * fine));
    for (const { kind, places } of curves) {
      const points = at(places);
      if (kind === 'close') this.record(records.closeFigure);
      else if (kind === 'move') this.record(records.moveTo, points);
      else if (kind === 'line') this.record(records.lineTo, points);
      else this.record(records.bezierTo, [...this.everywhere(), points.length / 2, ...points]);
    }
    this.record(records.endPath);
    const how = fill === undefined ? 'strokePath' : stroke === undefined ? 'fillPath' : 'strokeAndFillPath';
    this.record(records[how], this.everywhere());
  }

  text(
    said: string,
    place: { readonly x: number; readonly y: number },
    { fill = 0, bold }: Look,
    { size, anchor, widthOf }: { readonly size: number; readonly anchor: string; readonly widthOf: WidthOf },
  ): void {
    if (said === '') return;
    this.select(this.font(size, bold));
    if (this.colour !== fill) this.record(records.textColour, [fill]);
    this.colour = fill;
    const baseline = 24;
    const align = baseline | (anchor === 'end' ? 2 : anchor === 'middle' ? 6 : 0);
    if (this.align !== align) this.record(records.textAlign, [align]);
    this.align = align;
    // Half of a pair has no width of its own.
    const widths = [...said].flatMap((character) => {
      const width = Math.round(widthOf(character) * size * fine);
      return character.length === 1 ? [width] : [width, 0];
    });
    const letters = new Uint8Array(4 * Math.ceil(said.length / 2));
    const view = new DataView(letters.buffer);
    for (let at = 0; at < said.length; at++) view.setUint16(2 * at, said.charCodeAt(at), true);
    const head = 76;
    const compatible = 1;
    /** From our units to hundredths of millimetres. */
    const scale = (25.4 * 100) / 96 / fine;
    this.record(
      records.textOut,
      [
        ...[...this.everywhere(), compatible, floatBits(scale), floatBits(scale)],
        ...[Math.round(place.x * fine), Math.round(place.y * fine), said.length, head, 0, 0, 0, -1, -1],
        head + letters.length,
      ],
      letters,
      bytesOf(widths),
    );
  }

  bytes(): Uint8Array {
    this.record(records.end, [0, 0, 20]);
    const size = 108 + this.parts.reduce((sum, part) => sum + part.length, 0);
    const { width, height } = this;
    const micrometres = 25_400 / 96;
    const hundredths = (dots: number): number => Math.round((dots * micrometres) / 10);
    const handles = this.objects.size + 1;
    const header = bytesOf([
      ...[records.header, 108, 0, 0, width - 1, height - 1, 0, 0, hundredths(width), hundredths(height)],
      ...[0x464d_4520, 0x0001_0000, size, this.count + 1, handles, 0, 0, 0],
      ...[screen.dots, screen.lines, Math.round(screen.width / 1000), Math.round(screen.height / 1000)],
      ...[0, 0, 0, screen.width, screen.height],
    ]);
    const whole = new Uint8Array(size);
    let at = 0;
    for (const part of [header, ...this.parts]) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  private everywhere(): readonly number[] {
    return [0, 0, this.width * fine, this.height * fine];
  }

  /** Pens, brushes and fonts count until another one of their kind is taken. */
  private select(handle: number): void {
    const kind = handle === nothing.brush ? 'brush' : handle === nothing.pen ? 'pen' : this.kinds.get(handle);
    if (kind === undefined) return;
    if (this.selected.get(kind) === handle) return;
    this.selected.set(kind, handle);
    this.record(records.select, [handle]);
  }

  /** The number of something that shapes are drawn with; the same thing is made once. */
  private made(kind: Kind, key: string, make: (handle: number) => void): number {
    const name = `${kind} ${key}`;
    const known = this.objects.get(name);
    if (known !== undefined) return known;
    const handle = this.objects.size + 1;
    this.objects.set(name, handle);
    this.kinds.set(handle, kind);
    make(handle);
    return handle;
  }

  private brush(colour: number): number {
    return this.made('brush', `${colour}`, (handle) => this.record(records.brush, [handle, 0, colour, 0]));
  }

  private pen(colour: number, { width, dashes: [dash = 0], round }: Look): number {
    const geometric = 0x1_0000;
    const flat = round ? 0 : 0x200;
    // Of dashes by their lengths LibreOffice knows nothing: there are long ones and dots.
    const [long, dots] = [1, 2];
    const style = geometric | flat | (dash === 0 ? 0 : dash > 3 ? long : dots);
    return this.made('pen', [style, colour, width].join(' '), (handle) =>
      this.record(records.pen, [handle, 0, 0, 0, 0, style, Math.round(width * fine), 0, colour, 0, 0]),
    );
  }

  private font(size: number, bold: boolean): number {
    return this.made('font', `${size} ${bold}`, (handle) => {
      const face = new Uint8Array(320 - 28);
      const view = new DataView(face.buffer);
      for (let at = 0; at < fontName.length; at++) view.setUint16(2 * at, fontName.charCodeAt(at), true);
      // Neither italic nor underlined, of any set of characters.
      const anySet = 1 << 24;
      const [regular, heavy] = [400, 700];
      const described = [-Math.round(size * fine), 0, 0, 0, bold ? heavy : regular, anySet, 0];
      this.record(records.font, [handle, ...described], face);
    });
  }

  private record(type: number, values: readonly number[] = [], ...more: readonly Uint8Array[]): void {
    const size = 8 + 4 * values.length + more.reduce((sum, part) => sum + part.length, 0);
    this.parts.push(bytesOf([type, size, ...values]), ...more);
    this.count++;
  }
}

/** Offices have it; elsewhere something like it takes its place. */
const fontName = '微软雅黑';

function bytesOf(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setInt32(4 * index, value | 0, true);
  return bytes;
}

/** A number as a float of four bytes, taken for a whole one. */
function floatBits(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return view.getInt32(0, true);
}
