// Pictures and short films of the editor as WebP, small enough to be shipped. The browser that shows the editor turns pictures into
// WebP; a film is such pictures in a row, each only as large as what has changed.
import { Buffer } from 'node:buffer';

/** A picture as WebP, a quarter of the size. */
export async function webpOf(editor, png) {
  const [{ data }] = await drawn(editor, [png]);
  return Buffer.from(data, 'base64');
}

/** A film of screenshots, each shown for some milliseconds; it begins again at its end. */
export async function filmOf(editor, frames) {
  const parts = await drawn(
    editor,
    frames.map(({ png }) => png),
  );
  const { width, height } = parts[0];
  const film = parts.map((part, index) => ({ ...part, duration: frames[index].duration }));
  // Where nothing changed, the picture before stays.
  const changing = film.filter((part, index) => {
    if (part.data !== '') return true;
    film.slice(0, index).findLast(({ data }) => data !== '').duration += part.duration;
    return false;
  });
  const animated = 0x02;
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', Buffer.concat([Buffer.from([animated, 0, 0, 0]), size(width), size(height)])),
    chunk('ANIM', Buffer.alloc(6)),
    ...changing.map((part) => chunk('ANMF', frameOf(part))),
  ]);
  return chunk('RIFF', body);
}

/** A frame: its place in the film, how long it is shown, and the picture without what stands around it in a file of its own. */
function frameOf({ x, y, width, height, duration, data }) {
  const file = Buffer.from(data, 'base64');
  const picture = [];
  for (let at = 12; at < file.length; ) {
    const length = 8 + file.readUInt32LE(at + 4);
    const end = at + length + (length % 2);
    if (/^(?:ALPH|VP8 |VP8L)$/.test(file.toString('latin1', at, at + 4))) picture.push(file.subarray(at, end));
    at = end;
  }
  const overwriting = 0x02;
  const head = [number(x / 2), number(y / 2), size(width), size(height), number(duration), Buffer.from([overwriting])];
  return Buffer.concat([...head, ...picture]);
}

function chunk(name, body) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from(name), length, body, Buffer.alloc(body.length % 2)]);
}

/** Numbers have three bytes, sizes count from one. */
function number(value) {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(Math.round(value), 0, 3);
  return bytes;
}

const size = (value) => number(value - 1);

/** Pictures as WebP: the first whole, of the others the rectangle that differs from the one before, or nothing. */
async function drawn(editor, pngs) {
  // The page of the editor has its own ideas of what may be loaded.
  const page = await editor.page.context().newPage();
  const parts = await page.evaluate(
    async (sources) => {
      const pixels = [];
      for (const source of sources) {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
        context.drawImage(image, 0, 0);
        pixels.push({ canvas, data: context.getImageData(0, 0, canvas.width, canvas.height) });
      }
      return pixels.map(({ canvas, data }, index) => {
        const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
        const place = index === 0 ? whole : changed(pixels[index - 1].data, data);
        if (!place) return { ...whole, data: '' };
        const { x, y, width, height } = place;
        const part = Object.assign(document.createElement('canvas'), { width, height });
        part.getContext('2d', { alpha: false }).drawImage(canvas, x, y, width, height, 0, 0, width, height);
        const url = part.toDataURL('image/webp', 0.5);
        return { ...place, data: url.slice(url.indexOf(',') + 1) };
      });

      function changed(before, { data, width, height }) {
        const was = new Uint32Array(before.data.buffer);
        const is = new Uint32Array(data.buffer);
        let [left, top, right, bottom] = [width, height, 0, 0];
        for (let at = 0; at < is.length; at++) {
          if (was[at] === is[at]) continue;
          const [column, row] = [at % width, Math.floor(at / width)];
          [left, top] = [Math.min(left, column), Math.min(top, row)];
          [right, bottom] = [Math.max(right, column + 1), Math.max(bottom, row + 1)];
        }
        if (right === 0) return undefined;
        // Frames begin at even places.
        const [x, y] = [left - (left % 2), top - (top % 2)];
        return { x, y, width: right - x, height: bottom - y };
      }
    },
    pngs.map((png) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`),
  );
  await page.close();
  return parts;
}
