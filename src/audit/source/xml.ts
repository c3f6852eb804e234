import { FormatError } from '../../core/verdict/auditorError.ts';

/** An element of a small document: either further elements or text. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Text directly inside, entities decoded; what stands between child elements is white space and left out. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** Bounds on what a storage service may send as a listing: attacker-controlled, read in one pass without recursion. */
const limits = { characters: 8 * 1024 * 1024, depth: 8, elements: 40_000, name: 64 } as const;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the part of XML 1.0 that S3's listings are written in: elements, attributes (skipped), text with the five named entities and
 * character references, comments and the declaration. A document type, CDATA and other instructions are refused.
 * @throws FormatError with the offset in characters
 */
export function parseXml(document: string): XmlElement {
  if (document.length > limits.characters) {
    throw new FormatError(`XML: at most ${limits.characters} characters are read, found ${document.length}.`, 0);
  }
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let at = 0;
  while (at < document.length) {
    const bracket = document.indexOf('<', at);
    const textEnd = bracket < 0 ? document.length : bracket;
    if (textEnd > at) addText(open.at(-1), document.slice(at, textEnd), at);
    if (bracket < 0) break;
    const close = endOfMarkup(document, bracket);
    const markup = document.slice(bracket + 1, close);
    at = close + 1;
    if (markup.startsWith('!--') || (markup.startsWith('?xml ') && bracket <= 1)) continue;
    if (markup.startsWith('!') || markup.startsWith('?')) {
      throw new FormatError('XML: a document type, CDATA or an instruction is not read here.', bracket);
    }
    if (markup.startsWith('/')) {
      const element = open.pop();
      if (!element || element.name !== markup.slice(1).trimEnd()) {
        throw new FormatError(`XML: the end of ${element ? `<${element.name}>` : 'nothing'} was expected.`, bracket);
      }
      const done = finish(element);
      const parent = open.at(-1);
      if (parent) parent.children.push(done);
      else root = done;
      continue;
    }
    if (root) throw new FormatError('XML: nothing was expected after the outermost element.', bracket);
    elements += 1;
    if (elements > limits.elements) throw new FormatError(`XML: more than ${limits.elements} elements.`, bracket);
    const { name, empty } = readTag(markup, bracket + 1);
    const element: Open = { name, children: [], text: '' };
    const parent = open.at(-1);
    if (parent && parent.text.trim() !== '') {
      throw new FormatError('XML: an element was not expected after text.', bracket);
    }
    if (!empty) {
      if (open.length >= limits.depth) throw new FormatError(`XML: more than ${limits.depth} levels.`, bracket);
      open.push(element);
    } else if (parent) parent.children.push(finish(element));
    else root = finish(element);
  }
  if (open.length > 0) throw new FormatError(`XML: <${open.at(-1)?.name}> is not closed.`, document.length);
  if (!root) throw new FormatError('XML: an element was expected, found none.', document.length);
  return root;
}

/** The text of the first child of that name, or undefined. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

function finish({ name, children, text }: Open): XmlElement {
  return { name, children, text: children.length > 0 ? '' : text };
}

function addText(parent: Open | undefined, raw: string, offset: number): void {
  const text = decode(raw, offset);
  if (text.includes('\0')) throw new FormatError('XML: a zero character is not allowed.', offset);
  if (parent && parent.children.length === 0) {
    parent.text += text;
    return;
  }
  if (text.replace('\uFEFF', '').trim() !== '') {
    throw new FormatError('XML: text was not expected between elements.', offset);
  }
}

/** Where the markup that begins at `from` ends: its `>`; a comment ends with `-->`, and a `>` inside quotes counts for nothing. */
function endOfMarkup(document: string, from: number): number {
  if (document.startsWith('<!--', from)) {
    const end = document.indexOf('-->', from + 4);
    if (end >= 0) return end + 2;
  } else {
    let quote = '';
    for (let at = from + 1; at < document.length; at += 1) {
      const character = document[at] as string;
      if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '>') return at;
      else if (character === '<') break;
      else if (character === '"' || character === "'") quote = character;
    }
  }
  throw new FormatError('XML: a tag or comment does not end.', from);
}

const tag = /^([A-Za-z_][A-Za-z0-9_.:-]*)((?:\s+[A-Za-z_][A-Za-z0-9_.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)$/;

function readTag(markup: string, offset: number): { readonly name: string; readonly empty: boolean } {
  const match = markup.length <= 1024 ? tag.exec(markup) : null;
  const name = match?.[1];
  if (name === undefined || name.length > limits.name) throw new FormatError('XML: a tag was expected.', offset);
  return { name, empty: match?.[3] === '/' };
}

function decode(raw: string, offset: number): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&([^;&]{0,10});?/g, (whole, name: string, at: number) => {
    const character = whole.endsWith(';') ? (entities[name] ?? characterOf(name)) : undefined;
    if (character === undefined) throw new FormatError('XML: an unknown entity.', offset + at);
    return character;
  });
}

function characterOf(name: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (!match) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  const allowed = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return allowed ? String.fromCodePoint(code) : undefined;
}
