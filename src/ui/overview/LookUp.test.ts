import { describe, expect, it } from 'vitest';
import { addressOf } from './LookUp.tsx';

const digest = '0123abcd'.repeat(8);
const chains = [
  { name: 'lab notes', genesis: 'ee'.repeat(32) },
  { name: 'other', genesis: 'dd'.repeat(32) },
];

describe('what can be typed', () => {
  it('is a digest, in groups or with a prefix', () => {
    expect(addressOf(digest, [])).toBe(`#/tx/${digest}`);
    expect(addressOf(` 0x${digest.toUpperCase()} `, [])).toBe(`#/tx/${digest}`);
    expect(addressOf(digest.replace(/(.{4})/g, '$1 '), [])).toBe(`#/tx/${digest}`);
  });

  it('is a chain by name or by block zero', () => {
    expect(addressOf('lab notes', chains)).toBe('#/chain/lab%20notes');
    expect(addressOf('dd'.repeat(32), chains)).toBe('#/chain/other');
  });

  it('is a height on the first chain, where there is one', () => {
    expect(addressOf('12', chains)).toBe('#/chain/lab%20notes?block=12');
    expect(addressOf('12', [])).toBeUndefined();
  });

  it('is the address of a file, which is fetched to be checked', () => {
    expect(addressOf(' https://files.example/a?b=c&d.json ', [])).toBe(
      '#/check?src=https%3A%2F%2Ffiles.example%2Fa%3Fb%3Dc%26d.json',
    );
    for (const text of ['ftp://files.example/a', 'https://me:secret@files.example/a', 'https://a b']) {
      expect(addressOf(text, chains), text).toBeUndefined();
    }
  });

  it('is nothing else', () => {
    expect(addressOf('hello', chains)).toBeUndefined();
    expect(addressOf(digest.slice(1), chains)).toBeUndefined();
    expect(addressOf('', chains)).toBeUndefined();
  });
});
