import { isAbsolute, join } from 'node:path';

/**
 * The folder of this user's settings for Affidavit: `XDG_CONFIG_HOME` where it is set (XDG Base Directory Specification: relative paths are
 * ignored), else `%APPDATA%` on Windows, else `~/.config`.
 */
export function userFolder(env: Readonly<Record<string, string | undefined>>, platform: string, home: string): string {
  const named = env.XDG_CONFIG_HOME || (platform === 'win32' ? env.APPDATA : undefined);
  return join(named && isAbsolute(named) ? named : join(home, '.config'), 'affidavit');
}
