import type { Block, Document, Inline, Piece } from '../handover/document.ts';
import { type Paint, printable } from './text.ts';

/** A document as lines of text for a screen. */
export function documentText({ title, subtitle, blocks }: Document, paint: Paint): string {
  const lines = blocks.flatMap((block) => blockLines(block, paint));
  const head = [paint('underline', printable(title)), ...(subtitle === undefined ? [] : [printable(subtitle)])];
  return `${[...head, ...lines].join('\n')}\n`;
}

function blockLines(block: Block, paint: Paint): string[] {
  const plain = (text: Inline): string => text.map((piece) => pieceText(piece, paint)).join('');
  switch (block.kind) {
    case 'heading': {
      const note = block.note === undefined ? '' : `  ${printable(block.note)}`;
      return block.level === 1
        ? ['', paint('underline', printable(block.text)) + note]
        : [`  ${printable(block.text)}${note}`];
    }
    case 'paragraph':
      return [plain(block.text)];
    case 'list':
      return block.items.map((item) => `    ${plain(item.text)}`);
    case 'table':
      return block.rows.map(({ cells }) => `    ${cells.map((cell) => cell.map(plain).join(' ')).join('  ')}`);
    case 'picture':
      return [];
    default:
      return block satisfies never;
  }
}

function pieceText(piece: string | Piece, paint: Paint): string {
  // What goes on in a new line begins below its own beginning.
  if (piece === '\n') return '\n      ';
  if (typeof piece === 'string') return printable(piece);
  const text = printable(piece.text);
  switch (piece.look) {
    case 'new':
      return paint('green', text);
    case 'gone':
      return paint('red', text);
    case 'quiet':
      return paint('dim', text);
    default:
      return text;
  }
}
