import { describe, expect, it } from 'vitest';
import { KeyStore } from './keyStore.ts';

function recorder() {
  const done: string[] = [];
  return { done, action: (key: string, name: string) => ({ key, name, run: () => void done.push(name) }) };
}

describe('keys', () => {
  it('do what they stand for, and nothing where they stand for nothing', () => {
    const { done, action } = recorder();
    const keys = new KeyStore(true);
    keys.add([action('c', 'copy')]);
    expect([keys.press('c'), keys.press('x')]).toEqual([true, false]);
    expect(done).toEqual(['copy']);
  });

  it('belong to what was shown last, and go back to what was shown before', () => {
    const { done, action } = recorder();
    const keys = new KeyStore(true);
    keys.add([action('c', 'outer'), action('o', 'open')]);
    const leave = keys.add([action('c', 'inner')]);
    expect(keys.actions.map(({ name }) => name)).toEqual(['inner', 'open']);
    keys.press('c');
    leave();
    keys.press('c');
    expect(done).toEqual(['inner', 'outer']);
  });

  it('do nothing while they are switched off, but stay listed', () => {
    const { done, action } = recorder();
    const keys = new KeyStore(false);
    keys.add([action('c', 'copy')]);
    expect(keys.press('c')).toBe(false);
    expect(keys.actions).toHaveLength(1);
    keys.isOn = true;
    expect(keys.press('c')).toBe(true);
    expect(done).toEqual(['copy']);
  });

  it('tell who shows them', () => {
    let told = 0;
    const keys = new KeyStore(true);
    const stop = keys.subscribe(() => (told += 1));
    keys.add([])();
    stop();
    keys.add([]);
    expect(told).toBe(2);
  });
});
