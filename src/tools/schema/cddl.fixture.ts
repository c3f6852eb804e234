import type { CborValue } from '../../core/bytes/cbor.ts';

/** What of CDDL (RFC 8610) our own formats need: arrays, alternatives, literals, sizes. */
type Type = (value: CborValue) => boolean;

const token = /\s*(?:;[^\n]*)?(\[|\]|,|\/|\*|\+|=|:|\.size|"[^"]*"|[\w-]+)/y;

/** The rules of a specification, each as a test of one value. @throws Error where it is not the part of CDDL that is known here */
export function readCddl(text: string): ReadonlyMap<string, Type> {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (const plain = text.replaceAll(/;.*$/gm, '').trimEnd(); token.lastIndex < plain.length;) {
    const match = token.exec(plain);
    if (!match) throw new Error('This is not the CDDL that is known here.');
    tokens.push(match[1] as string);
  }
  const rules = new Map<string, Type>();
  const next = (): string => tokens.shift() ?? '';
  const expect = (wanted: string): void => {
    const found = next();
    if (found !== wanted) throw new Error(`${wanted} was expected, found ${found}.`);
  };

  const alternatives = (): Type => {
    const all = [single()];
    while (tokens[0] === '/') all.push((next(), single()));
    return (value) => all.some((type) => type(value));
  };
  const single = (): Type => {
    const found = next();
    if (found === '[') return array();
    if (found.startsWith('"')) return (value) => value === found.slice(1, -1);
    if (/^\d+$/.test(found)) return (value) => value === Number(found);
    if (found === 'uint') return (value) => typeof value === 'number';
    if (found === 'tstr') return (value) => typeof value === 'string';
    if (found === 'bstr') {
      const size = tokens[0] === '.size' ? (next(), Number(next())) : undefined;
      return (value) => value instanceof Uint8Array && (size === undefined || value.length === size);
    }
    return (value) => {
      const rule = rules.get(found);
      if (!rule) throw new Error(`There is no rule ${found}.`);
      return rule(value);
    };
  };
  const array = (): Type => {
    const members: { type: Type; many: '' | '*' | '+' }[] = [];
    while (tokens[0] !== ']') {
      const many = tokens[0] === '*' || tokens[0] === '+' ? (next() as '*' | '+') : '';
      if (tokens[1] === ':') tokens.splice(0, 2);
      members.push({ type: alternatives(), many });
      if (tokens[0] !== ']') expect(',');
    }
    expect(']');
    return (value) => {
      if (!Array.isArray(value)) return false;
      const [first] = members;
      if (first?.many) return value.length >= (first.many === '+' ? 1 : 0) && value.every(first.type);
      return value.length === members.length && members.every(({ type }, index) => type(value[index] as CborValue));
    };
  };

  while (tokens.length > 0) {
    const name = next();
    expect('=');
    rules.set(name, alternatives());
  }
  return rules;
}
