import { parseTrust } from '../../core/trust/parseTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Handoff } from '../files/handoff.ts';

/** A certificate that the host offers for trying out, as it is and with one digit changed, and what it is judged by. */
export interface LiveSample {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly changed: Uint8Array<ArrayBuffer>;
  readonly trust: Trust;
  readonly trustText: string;
}

const name = 'chain.affidavit.json';
const trustName = 'trust.json';

/** Fetches the sample; undefined where the host has none, or another form of it. */
export async function readLiveSample(base: string, signal?: AbortSignal): Promise<LiveSample | null> {
  try {
    const [text, trustText] = await Promise.all([name, trustName].map((file) => fetchText(file, base, signal)));
    const changed = text === undefined ? undefined : changeOneDigit(text);
    if (text === undefined || trustText === undefined || changed === undefined) return null;
    const encoder = new TextEncoder();
    return {
      name,
      bytes: encoder.encode(text),
      changed: encoder.encode(changed),
      trust: parseTrust(trustText),
      trustText,
    };
  } catch {
    return null;
  }
}

/** The text of a certificate with the first digit of the record that it claims changed; undefined where it claims none. */
export function changeOneDigit(text: string): string | undefined {
  const found = /"hash":"([0-9a-f])[0-9a-f]{63}"/.exec(text);
  if (!found?.[1]) return undefined;
  const at = found.index + '"hash":"'.length;
  const digit = (Number.parseInt(found[1], 16) ^ 1).toString(16);
  return `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
}

/** What the check page is given to show all of it. */
export function handoffOf({ bytes, changed, trustText }: LiveSample, isChanged: boolean): Handoff {
  return { files: [{ name, bytes: isChanged ? changed : bytes }], trust: { name: trustName, text: trustText } };
}

async function fetchText(file: string, base: string, signal?: AbortSignal): Promise<string | undefined> {
  const answer = await fetch(new URL(`samples/${file}`, base), signal ? { signal } : {});
  return answer.ok ? answer.text() : undefined;
}
