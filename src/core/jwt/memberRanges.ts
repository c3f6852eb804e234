/** Where a member of an object stands in its JSON text: from its name to the end of its value, in UTF-16 units. */
export interface MemberRange {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The members of the object that a JSON text is, in the order of the text. The text was read strictly before, so it is only walked through:
 * strings are passed over whole, brackets counted.
 */
export function memberRanges(text: string): readonly MemberRange[] {
  const ranges: MemberRange[] = [];
  let depth = 0;
  let start = -1;
  let nameEnd = -1;
  const close = (end: number) => {
    if (start < 0) return;
    const name = JSON.parse(text.slice(start, nameEnd)) as string;
    ranges.push({ name, start, end: start + text.slice(start, end).trimEnd().length });
    start = -1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const begin = at;
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      if (depth === 1 && start < 0) [start, nameEnd] = [begin, at + 1];
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (--depth === 0) close(at);
    } else if (character === ',' && depth === 1) close(at);
  }
  return ranges;
}
