import { deflateRawSync, deflateSync } from 'node:zlib';
import { concatBytes, utf8 } from '../bytes/bytes.ts';
import { crc32 } from './crc32.ts';

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  /** Sizes and check sum behind the data, as writers to a pipe do it. */
  readonly descriptor?: boolean;
  /** Lies, for tests. */
  readonly flags?: number;
  readonly method?: number;
  readonly mode?: number;
  readonly crc?: number;
  readonly length?: number;
  readonly localName?: string;
}

const u16 = (value: number): readonly number[] => [value & 255, (value >>> 8) & 255];
const u32 = (value: number): readonly number[] => [...u16(value), ...u16(value >>> 16)];

/** A ZIP archive. */
export function makeZip(
  files: readonly ZipFile[],
  comment = '',
  lies: { readonly sameOffset?: boolean; readonly count?: number } = {},
): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const { name, bytes, stored = false, descriptor = false } = file;
    const packed = stored ? bytes : new Uint8Array(deflateRawSync(bytes));
    const flags = (file.flags ?? 0) | 0x800 | (descriptor ? 8 : 0);
    const method = file.method ?? (stored ? 0 : 8);
    const sums = [...u32(file.crc ?? crc32(bytes)), ...u32(packed.length), ...u32(file.length ?? bytes.length)];
    const names = [utf8(file.localName ?? name), utf8(name)] as const;
    const common = [...u16(20), ...u16(flags), ...u16(method), ...u32(0)];
    const local = concatBytes(
      Uint8Array.from([
        0x50,
        0x4b,
        3,
        4,
        ...common,
        ...(descriptor ? Array<number>(12).fill(0) : sums),
        ...u16(names[0].length),
        ...u16(0),
      ]),
      names[0],
      packed,
      Uint8Array.from(descriptor ? [0x50, 0x4b, 7, 8, ...sums] : []),
    );
    central.push(
      Uint8Array.from([
        0x50,
        0x4b,
        1,
        2,
        20,
        3,
        ...common,
        ...sums,
        ...u16(names[1].length),
        ...u16(0),
        ...u16(0),
        ...u16(0),
        ...u16(0),
      ]),
      Uint8Array.from([...u32(((file.mode ?? 0x81a4) << 16) >>> 0), ...u32(lies.sameOffset ? 0 : offset)]),
      names[1],
    );
    parts.push(local);
    offset += local.length;
  }
  const directory = concatBytes(...central);
  const count = u16(lies.count ?? files.length);
  const end = [
    0x50,
    0x4b,
    5,
    6,
    0,
    0,
    0,
    0,
    ...count,
    ...count,
    ...u32(directory.length),
    ...u32(offset),
    ...u16(comment.length),
  ];
  return concatBytes(...parts, directory, Uint8Array.from(end), utf8(comment));
}

/** A tar archive (ustar, with a pax header for a long name). */
export function makeTar(
  files: readonly { readonly name: string; readonly bytes: Uint8Array; readonly type?: string }[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  const add = (name: string, bytes: Uint8Array, type: string): void => {
    const header = new Uint8Array(512);
    header.set(utf8(name.slice(0, 100)), 0);
    header.set(utf8('0000644\0'), 100);
    header.set(utf8(`${bytes.length.toString(8).padStart(11, '0')}\0`), 124);
    header.set(utf8('        '), 148);
    header.set(utf8(`${type}`), 156);
    header.set(utf8('ustar\u000000'), 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const body = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    body.set(bytes);
    parts.push(header, body);
  };
  for (const { name, bytes, type = '0' } of files) {
    const record = ` path=${name}\n`;
    if (name.length > 100) add('pax', utf8(`${record.length + 3}${record}`), 'x');
    add(name, bytes, type);
  }
  return concatBytes(...parts, new Uint8Array(1024));
}

/** A PDF with files attached, without a table of its objects. */
export function makePdf(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  { objectStream = false, utf16 = false, more = '' } = {},
): Uint8Array {
  const parts: Uint8Array[] = [utf8(`%PDF-1.7\n1 0 obj\n<</Type/Catalog${more}>>\nendobj\n`)];
  const stream = (number: number, dictionary: string, bytes: Uint8Array): void => {
    const packed = new Uint8Array(deflateSync(bytes));
    const head = `${number} 0 obj\n<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`;
    parts.push(utf8(head), packed, utf8('\nendstream\nendobj\n'));
  };
  const specifications = files.map(({ name }, index) => {
    const units = [0xfeff, ...Array.from({ length: name.length }, (_, at) => name.charCodeAt(at))];
    const hex = units.map((unit) => unit.toString(16).padStart(4, '0')).join('');
    const told = utf16 ? `<${hex}>` : `(${name.replace(/[()\\]/g, '\\$&')})`;
    return `<</Type/Filespec/F ${told}/UF ${told}/EF<</F ${10 + index} 0 R>>>>`;
  });
  for (const [index, { bytes }] of files.entries()) stream(10 + index, '', bytes);
  if (objectStream) {
    const pairs = specifications.map(
      (_, index) => `${100 + index} ${specifications.slice(0, index).join(' ').length + (index && 1)}`,
    );
    const head = `${pairs.join(' ')} `;
    stream(99, `/Type/ObjStm/N ${files.length}/First ${head.length}`, utf8(head + specifications.join(' ')));
  } else
    for (const [index, each] of specifications.entries()) parts.push(utf8(`${100 + index} 0 obj\n${each}\nendobj\n`));
  return concatBytes(...parts, utf8('trailer\n<</Root 1 0 R>>\n%%EOF\n'));
}
