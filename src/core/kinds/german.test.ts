import { describe, expect, it } from 'vitest';
import type { Code } from '../verdict/check.ts';
import type { Status } from '../verdict/status.ts';
import { actionOf, sentence, type Message, type Messages } from '../verdict/messages.ts';
import { companions } from './companion.ts';
import { german } from './german.ts';
import { kinds } from './registry.ts';

/** Files under `core` that still wait for their German: this list only shrinks. */
const notYet: readonly string[] = [];

const english = import.meta.glob<Record<string, Messages>>('../**/*essages.en.ts', { eager: true });
const other = new Set(Object.keys(import.meta.glob('../**/*essages.de.ts')));
const fields = ['title', 'pass', 'fail', 'unknown', 'action'] as const;

describe('German words of checks', () => {
  it('stand beside the English ones in every folder', () => {
    const missing = Object.keys(english).filter((path) => !other.has(path.replace('.en.ts', '.de.ts')));
    expect(missing.sort()).toEqual([...notYet].sort());
  });

  it('are there for every check of every kind, filled from the values that English has too', () => {
    const faults = kinds.flatMap((kind) => {
      const own = german.kinds[kind.name];
      return own ? differences(kind.messages, own.messages, kind.name) : [`${kind.name}: missing`];
    });
    const waiting = new Set(notYet.flatMap((path) => Object.values(english[path] ?? {}).flatMap(Object.keys)));
    expect(faults.filter((fault) => !waiting.has(/: (\w+) is missing/.exec(fault)?.[1] ?? ''))).toEqual([]);
  });

  it('can be said of every check with every outcome, in both languages', () => {
    const sets = [...kinds.map(({ messages }) => messages), ...all()];
    for (const messages of sets) {
      for (const [code, message] of Object.entries(messages) as [Code, Message][]) {
        const params = Object.fromEntries(fields.flatMap((field) => names(message[field])).map((name) => [name, 'x']));
        for (const status of ['pass', 'fail', 'unknown'] as const satisfies readonly Status[]) {
          const said = `${sentence({ code, status, params }, messages)} ${actionOf({ code, status, params }, messages) ?? ''}`;
          expect(said).not.toMatch(/\{\w+\}|undefined/);
        }
      }
    }
  });

  it('name every kind and every companion', () => {
    expect(Object.keys(german.kinds).filter((name) => !kinds.some((kind) => kind.name === name))).toEqual([]);
    expect(companions.filter(({ name }) => german.companions[name] === undefined)).toEqual([]);
  });
});

function all(): readonly Messages[] {
  return [...Object.values(german.kinds).map(({ messages }) => messages), ...Object.values(german.messages)];
}

function differences(own: Messages, translated: Messages, path: string): readonly string[] {
  const more = Object.keys(translated).filter((code) => !Object.hasOwn(own, code));
  return [
    ...more.map((code) => `${path}: ${code} is not in English`),
    ...(Object.entries(own) as [Code, Message][]).flatMap(([code, message]) =>
      ofMessage(message, translated[code]).map((fault) => `${path}: ${code} ${fault}`),
    ),
  ];
}

function ofMessage(own: Message, translated: Message | undefined): readonly string[] {
  if (!translated) return ['is missing'];
  return fields.flatMap((field) => {
    if ((own[field] === undefined) !== (translated[field] === undefined)) return [`${field} is in one language only`];
    const unknown = names(translated[field]).filter((name) => !names(own[field]).includes(name));
    const asked = isAsking(own[field]) === isAsking(translated[field]) || field !== 'action';
    return [
      ...unknown.map((name) => `${field} names ${name}`),
      ...(asked ? [] : [`${field} asks for a file in one language only`]),
    ];
  });
}

function isAsking(text = ''): boolean {
  return /--with\b|\bbeside\b|\bdazulegen\b/.test(text);
}

function names(text = ''): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
