import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { userFolder } from './userFolder.ts';

it('is where the system keeps settings of this user, and never a relative path', () => {
  const home = resolve('home');
  const set = resolve('set');
  expect(userFolder({ XDG_CONFIG_HOME: set }, 'linux', home)).toBe(join(set, 'affidavit'));
  expect(userFolder({ XDG_CONFIG_HOME: 'set' }, 'linux', home)).toBe(join(home, '.config', 'affidavit'));
  expect(userFolder({ APPDATA: set }, 'linux', home)).toBe(join(home, '.config', 'affidavit'));
  expect(userFolder({ APPDATA: set }, 'win32', home)).toBe(join(set, 'affidavit'));
  expect(userFolder({}, 'win32', home)).toBe(join(home, '.config', 'affidavit'));
});
