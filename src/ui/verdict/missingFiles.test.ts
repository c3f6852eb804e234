import { describe, expect, it } from 'vitest';
import { all, fail, pass, unknown } from '../../core/verdict/check.ts';
import { isForAFile, missingFiles } from './missingFiles.ts';

const messages = {
  A_KEY: { title: 'Key', action: 'Fetch it from https://kds.example/{chip} and give it by --with or drop it beside.' },
  A_PIN: { title: 'Pin', action: 'Get the measurement from whoever builds the image.' },
};

describe('files that would settle what is open', () => {
  it('are named once each, with their values filled in', () => {
    const checks = [
      all('A_ALL', [unknown('A_KEY', { params: { chip: 'ab' } }), unknown('A_KEY', { params: { chip: 'ab' } })]),
      unknown('A_PIN'),
    ];
    expect(missingFiles(checks, messages).map(({ action }) => action)).toEqual([
      'Fetch it from https://kds.example/ab and give it by --with or drop it beside.',
    ]);
  });

  it('are those of the outermost check that says so', () => {
    const inner = { ...messages, A_ALL: { title: 'Keys', action: 'Give all of them by --with.' } };
    const checks = [all('A_ALL', [unknown('A_KEY', { params: { chip: 'ab' } })])];
    expect(missingFiles(checks, inner).map(({ action }) => action)).toEqual(['Give all of them by --with.']);
  });

  it('are none where a check holds or does not', () => {
    expect(isForAFile(pass('A_KEY'), messages)).toBe(false);
    expect(isForAFile(fail('A_KEY'), messages)).toBe(false);
    expect(isForAFile(unknown('A_PIN'), messages)).toBe(false);
    expect(missingFiles([unknown('A_NOTHING')], messages)).toEqual([]);
  });
});
