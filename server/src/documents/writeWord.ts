import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  InternalHyperlink,
  type IRunOptions,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { strFromU8, strToU8 } from 'fflate';
import {
  type Block,
  type Document as Content,
  type Table as Grid,
  type Inline,
  isWide,
  type Picture,
  type Piece,
  type Tone,
  widestPicture,
} from '../handover/document.ts';
import { widthOf } from '../views/textWidth.ts';
import { repacked } from './archive.ts';
import { metafileOf } from './metafile.ts';

/** A document as the bytes of a `.docx` file; the same content has the same bytes on every day. */
export async function writeWord({ title, subtitle, blocks, language }: Content): Promise<Uint8Array> {
  const document = new Document({
    title,
    creator: 'Huashu',
    lastModifiedBy: 'Huashu',
    styles: stylesFor(language),
    sections: [
      {
        properties: { page: { size: { width: page.width, height: page.height }, margin: page.margin } },
        footers: { default: footerOf(title) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [run(title)] }),
          ...(subtitle === undefined ? [] : [new Paragraph({ children: [run(subtitle, { color: grey })] })]),
          ...blocks.filter((block) => isReadable(block, blocks)).flatMap(blockOf),
        ],
      },
    ],
  });
  const written = new Uint8Array(await (await Packer.toBlob(document)).arrayBuffer());
  return repacked(written, (name, part) => [asMetafiles(name), timeless(name, part)]);
}

/** A4, in twentieths of a point. */
const page = {
  width: 11_906,
  height: 16_838,
  margin: { top: 1_134, bottom: 1_134, left: 1_020, right: 1_020, footer: 567 },
};
const inside = page.width - page.margin.left - page.margin.right;

const grey = '57606A';
const rule = { style: BorderStyle.SINGLE, size: 4, color: 'B9C3C5' } as const;
const tones: { readonly [tone in Tone]: { readonly color: string; readonly fill?: string } } = {
  bad: { color: 'A40E26', fill: 'FDF1F0' },
  warning: { color: '7D4E00', fill: 'FDF8EC' },
  good: { color: '116329' },
  quiet: { color: grey },
  note: { color: grey },
};

/** Offices have these; elsewhere something like them takes their place. */
const font = { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Calibri', eastAsia: '微软雅黑' };

function stylesFor(language: Content['language']) {
  const headed = (size: number, before: number, after: number) => ({
    run: { size, bold: true, color: '123A3F', font },
    paragraph: { spacing: { before, after }, keepNext: true },
  });
  return {
    default: {
      document: {
        run: { font, size: 21, language: { value: 'en-US', eastAsia: language === 'en' ? 'en-US' : 'zh-CN' } },
      },
      title: headed(36, 0, 60),
      heading1: headed(26, 320, 100),
      heading2: headed(22, 220, 60),
    },
  };
}

function footerOf(title: string): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          run(`${title}　`, { color: grey, size: 16 }),
          new TextRun({ color: grey, size: 16, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}

function blockOf(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading': {
      const text = run(block.text);
      const named = block.id === undefined ? text : new Bookmark({ id: block.id, children: [text] });
      const note = block.note === undefined ? [] : [run(`　${block.note}`, { bold: false, size: 19, color: grey })];
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          children: [named, ...note],
        }),
      ];
    }
    case 'paragraph':
      return [textOf(block.text, block.tone)];
    case 'list':
      return block.items.map(
        (item) => new Paragraph({ bullet: { level: 0 }, spacing: { after: 20 }, children: runsOf(item.text) }),
      );
    case 'table':
      // What follows a table does not stick to it.
      return [tableOf(block), new Paragraph({ spacing: { before: 0, after: 60, line: 120 }, children: [] })];
    case 'picture':
      return [pictureOf(block)];
    default:
      return block satisfies never;
  }
}

/** No page here lies on its side: of a picture that would want one, the others are parts that can be read. */
function isReadable(block: Block, blocks: readonly Block[]): boolean {
  const pictures = blocks.filter(({ kind }) => kind === 'picture');
  return block.kind !== 'picture' || pictures.length === 1 || !isWide(block);
}

/** As large as the others, as long as there is room. */
function pictureOf({ svg, width, height, about }: Picture & { readonly about: string }): Paragraph {
  const scale = Math.min(dots(inside) / widestPicture, dots(inside) / width, dots(highest) / height);
  return new Paragraph({
    spacing: { before: 60, after: 60 },
    children: [
      new ImageRun({
        // The library knows no metafiles: it takes this for a picture of another kind, and is set right when all is packed.
        type: 'bmp',
        data: metafileOf(svg, widthOf),
        transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
        altText: { name: about, description: about, title: about },
      }),
    ],
  });
}

/** From twentieths of a point to dots, of which 96 make an inch. */
function dots(twips: number): number {
  return (twips / 1440) * 96;
}

/** Below a heading a page has so much room. */
const highest = page.height - page.margin.top - page.margin.bottom - 900;

function textOf(text: Inline, tone?: Tone): Paragraph {
  return new Paragraph({
    spacing: { before: 20, after: 60, line: 300 },
    ...(tone === 'note' && { indent: { left: 160 }, border: { left: { ...rule, size: 12, space: 6 } } }),
    children: runsOf(text, tone && { color: tones[tone].color }),
  });
}

function tableOf({ titles, widths, rows, rowsAre }: Grid): Table {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columnWidths = widths.map((width) => Math.round((inside * width) / whole));
  const [padding, size, line] = rowsAre === 'dense' ? [15, 17, 250] : [50, 19, 280];
  const cell = (text: readonly Inline[], index: number, isName: boolean, tone?: Tone): TableCell => {
    const fill = isName ? 'EEF3F3' : tone && tones[tone].fill;
    return new TableCell({
      width: { size: columnWidths[index] ?? 0, type: WidthType.DXA },
      margins: { top: padding, bottom: padding, left: 90, right: 90 },
      ...(rowsAre === 'tall' && { verticalAlign: VerticalAlign.CENTER }),
      ...(fill !== undefined && { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
      children: (text.length > 0 ? text : [[]]).map(
        (each) =>
          new Paragraph({
            // What is signed stays on one page.
            ...(rowsAre === 'tall' && { keepNext: true }),
            spacing: { line },
            children: runsOf(each, isName ? { bold: true, size } : { size }),
          }),
      ),
    });
  };
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: inside, type: WidthType.DXA },
    columnWidths,
    borders: { top: rule, bottom: rule, left: rule, right: rule, insideHorizontal: rule, insideVertical: rule },
    rows: [
      ...(titles
        ? [
            new TableRow({
              tableHeader: true,
              cantSplit: true,
              children: titles.map((each, index) => cell([[each]], index, true)),
            }),
          ]
        : []),
      ...rows.map(
        ({ cells, tone }) =>
          new TableRow({
            cantSplit: true,
            ...(rowsAre === 'tall' && { height: { value: 620, rule: 'atLeast' as const } }),
            children: cells.map((text, index) => cell(text, index, !titles && index === 0, tone)),
          }),
      ),
    ],
  });
}

function runsOf(text: Inline, options: IRunOptions = {}): ParagraphChild[] {
  return text.map((piece) => {
    if (piece === '\n') return new TextRun({ ...options, break: 1 });
    return typeof piece === 'string' ? run(piece, options) : pieceOf(piece, options);
  });
}

function pieceOf({ text, look, tone, to, id }: Piece, options: IRunOptions): ParagraphChild {
  const child = run(text, {
    ...options,
    ...(tone && { color: tones[tone].color }),
    ...(look === 'strong' && { bold: true }),
    ...(look === 'quiet' && { color: grey }),
    ...(look === 'code' && { font: 'Consolas' }),
    ...(look === 'new' && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'DFF3E3' } }),
    ...(look === 'gone' && { strike: true, shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'FBE3E1' } }),
    ...(to !== undefined && { color: '0B5C66' }),
  });
  if (id !== undefined) return new Bookmark({ id, children: [child] });
  return to === undefined ? child : new InternalHyperlink({ anchor: to, children: [child] });
}

/** XML holds no control characters and no halves of pairs. */
function run(text: string, options: IRunOptions = {}): TextRun {
  return new TextRun({
    ...options,
    text: text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd'),
  });
}

/** The name of a part, once its pictures are what they are. */
function asMetafiles(text: string): string {
  return text.replace(/(media\/[\w-]+)\.bmp\b/g, '$1.emf');
}

/** The library numbers bookmarks and pictures across documents and writes down when each was made. */
function timeless(name: string, part: Uint8Array): Uint8Array {
  if (!/\.(?:xml|rels)$/.test(name)) return part;
  const ids = new Map<string, number>();
  const numbered = (id: string): number => {
    const known = ids.get(id) ?? ids.size + 1;
    ids.set(id, known);
    return known;
  };
  const text = asMetafiles(strFromU8(part))
    .replace(
      /<Default ContentType="image\/bmp" Extension="bmp"\/>/,
      '<Default ContentType="image/x-emf" Extension="emf"/>',
    )
    .replace(/<dcterms:(?:created|modified)[^>]*>[^<]*<\/dcterms:(?:created|modified)>/g, '')
    .replace(
      /(<w:bookmark(?:Start|End)\b[^>]*\bw:id=")([^"]+)/g,
      (_, before: string, id: string) => before + numbered(id),
    );
  let pictures = 0;
  return strToU8(text.replace(/(<wp:docPr id=")\d+/g, (_, before: string) => before + ++pictures));
}
