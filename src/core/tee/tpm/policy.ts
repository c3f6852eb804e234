import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { sameKey, type AttestationKey } from './attestationKey.ts';
import type { PublicArea } from './publicArea.ts';

/** What is known of the key that signed. */
export interface KeyFacts {
  /** Keys under which signatures were found to hold. */
  readonly signers: readonly AttestationKey[];
  /** Keys that came in the file or stand in a hardware report. */
  readonly bundled: readonly AttestationKey[];
  readonly pinned: readonly AttestationKey[];
  readonly publicArea: PublicArea | undefined;
  /** TPM_HARDWARE, where a report of the processor is there. */
  readonly hardware: Check | undefined;
}

/**
 * Whether the key is one that the person trusts: pinned, or vouched for by the processor. Either is enough, so this parent decides on its own count; but a
 * part that fails (a key that may sign anything, a report that speaks for another key) contradicts what the file claims, and fails it.
 */
export function checkKey({ signers, bundled, pinned, publicArea, hardware }: KeyFacts): Check {
  const named = signers.length > 0 ? signers : bundled;
  const isPinned = named.length > 0 && named.every((key) => pinned.some((pin) => sameKey(pin, key)));
  const children: Check[] = [
    isPinned ? pass('TPM_KEY_PINNED') : unknown('TPM_KEY_PINNED'),
    ...(publicArea ? [attributesCheck(publicArea)] : []),
    ...(hardware ? [hardware] : []),
  ];
  const failing = children.find(({ status }) => status === 'fail');
  const distinct =
    signers.some((key) => signers[0] && !sameKey(key, signers[0])) ||
    bundled.some((key) => bundled[0] && !sameKey(key, bundled[0]));
  if (distinct)
    return {
      ...fail('TPM_KEY', { params: { reason: 'The file names several keys where it must be one.' } }),
      children,
    };
  if (failing) return { ...fail('TPM_KEY', { params: { reason: reasonOf(failing) } }), children };
  const vouched = hardware?.status === 'pass';
  if (isPinned || vouched) {
    const how = [isPinned ? 'pinned in your trust file' : '', vouched ? 'vouched for by the processor' : '']
      .filter(Boolean)
      .join(' and ');
    return { ...pass('TPM_KEY', { params: { how } }), children };
  }
  const reason = hardware
    ? 'What vouches for it is itself not settled, see below.'
    : named.length === 0
      ? 'No key is at hand.'
      : 'It is not pinned, and nothing vouches for it.';
  return { ...unknown('TPM_KEY', { params: { reason } }), children };
}

function attributesCheck({ attributeFault }: PublicArea): Check {
  const spec = 'TPM 2.0 Library, Part 1, §26.3; Part 2, §8.3';
  if (attributeFault === undefined) return pass('TPM_KEY_ATTRIBUTES', { spec });
  return fail('TPM_KEY_ATTRIBUTES', { spec, params: { reason: attributeFault } });
}

function reasonOf({ code, params }: Check): string {
  if (code === 'TPM_KEY_ATTRIBUTES') return `It may sign anything that it is given. ${String(params?.['reason'])}`;
  return 'The report of the processor contradicts it, see below.';
}
