/** A key pressed in a text: one character typed into what the agent says. */
export interface KeyPress {
  readonly line: number;
  readonly character: number;
  readonly offset: number;
  readonly typed: string;
  readonly after: string;
}

/** A key press in the middle of what is said in the line at this share of the text, or in the next line that an agent says. */
export function editOf(text: string, share = 0.5, typed = '的'): KeyPress {
  const from = text.indexOf('\n坐席：', Math.floor(share * text.length));
  const start = (from < 0 ? text.indexOf('\n坐席：') : from) + 1;
  const end = text.indexOf('\n', start);
  const offset = start + Math.floor((end - start) / 2);
  return {
    line: text.slice(0, start).split('\n').length - 1,
    character: offset - start,
    offset,
    typed,
    after: text.slice(0, offset) + typed + text.slice(offset),
  };
}
