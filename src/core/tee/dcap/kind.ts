import type { Content } from '../../kinds/content.ts';
import type { Kind } from '../../kinds/kind.ts';
import { isReport } from './envelope.ts';
import { dcapMessages } from './messages.en.ts';
import { intelVendor } from './platform.ts';

/** Version, key type and TEE type that quotes begin with, or, where one of these is broken, Intel's name in the header behind them. */
function recognise({ bytes, text }: Content): boolean {
  if (isReport(text)) return true;
  if (bytes.length < 28) return false;
  const u16 = (offset: number) => (bytes[offset] ?? 0) + 256 * (bytes[offset + 1] ?? 0);
  const version = u16(0);
  const teeType = u16(4) + 65_536 * u16(6);
  const begins = version >= 3 && version <= 5 && (u16(2) === 2 || u16(2) === 3) && (teeType === 0 || teeType === 0x81);
  return begins || [...bytes.subarray(12, 28)].every((byte, index) => byte === vendor[index]);
}

const vendor = (intelVendor.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/** A quote of an Intel SGX enclave or TDX trust domain, alone or in a report. */
export const dcapKind: Kind = {
  name: 'dcap',
  title: 'Intel SGX or TDX quote',
  recognise,
  messages: dcapMessages,
  load: async () => (await import('./check.ts')).dcapChecker,
};
