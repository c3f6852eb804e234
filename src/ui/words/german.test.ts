import { describe, expect, it } from 'vitest';
import { german } from './german.ts';
import { chosenLanguage } from './language.ts';
import { lay } from './words.ts';

/** English words that still wait for their German: this list only shrinks. */
const notYet: readonly string[] = [];

const files = import.meta.glob<Record<string, unknown>>('./*.en.ts', { eager: true });
const english = new Map(Object.values(files).flatMap((module) => Object.entries(module)));

describe('German', () => {
  it('is there for all English words, in the same shape, with the same values to be filled in', () => {
    const faults = [...english].flatMap(([name, words]) => differences(words, german[name], name));
    expect(faults.filter((fault) => !notYet.some((name) => fault.split(/[.:]/)[0] === name))).toEqual([]);
  });

  it('has no words that English does not have', () => {
    expect(Object.keys(german).filter((name) => !english.has(name))).toEqual([]);
  });

  it('is awaited only for words that wait for it', () => {
    expect(notYet.filter((name) => german[name] !== undefined)).toEqual([]);
  });
});

describe('words of another language', () => {
  it('are laid into what is held of the English ones, at every depth', () => {
    const own = { title: 'Title', parts: [{ name: 'one' }, { name: 'two' }], stays: 'stays' };
    const [, held] = own.parts;
    lay(own, { title: 'Titel', parts: [{ name: 'eins' }, { name: 'zwei' }] });
    expect(held).toEqual({ name: 'zwei' });
    expect(own).toEqual({ title: 'Titel', parts: [{ name: 'eins' }, { name: 'zwei' }], stays: 'stays' });
  });
});

describe('the language', () => {
  it('is that of the address, else the chosen one, else the first offered one that is known', () => {
    expect(chosenLanguage('#/check?src=a&lang=de', 'en', ['en'])).toBe('de');
    expect(chosenLanguage('#/', 'de', ['en-US'])).toBe('de');
    expect(chosenLanguage('#/', null, ['fr', 'de-AT', 'en'])).toBe('de');
    expect(chosenLanguage('#/?lang=fr', 'constructor', ['fr'])).toBe('en');
  });
});

/** Where `other` is not the same thing as `own` in other words. */
function differences(own: unknown, other: unknown, path: string): readonly string[] {
  if (typeof own === 'string') {
    if (typeof other !== 'string') return [`${path}: missing`];
    return names(own) === names(other) ? [] : [`${path}: ${names(own)} and ${names(other)}`];
  }
  if (typeof own !== 'object' || own === null) return [];
  if (typeof other !== 'object' || other === null) return [`${path}: missing`];
  const more = Object.keys(other).filter((key) => !Object.hasOwn(own, key));
  return [
    ...more.map((key) => `${path}.${key}: not in English`),
    ...Object.entries(own).flatMap(([key, value]) =>
      differences(value, (other as Record<string, unknown>)[key], `${path}.${key}`),
    ),
  ];
}

function names(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g))].sort().join(' ');
}
