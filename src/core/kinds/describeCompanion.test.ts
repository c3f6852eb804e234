import { describe, expect, it } from 'vitest';
import { describeCompanion, describeUnused } from './describeCompanion.ts';
import { readContent } from './content.ts';
import { kinds } from './registry.ts';

const wasm = readContent('guest.wasm', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
const collateral = readContent('collateral.json', new TextEncoder().encode('{"tcb_info":"{}"}'));
const trust = readContent('trust.json', new TextEncoder().encode('{"affidavit":"trust/1"}'));
const text = readContent('data.csv', new TextEncoder().encode('a,b\n1,2\n'));

describe('what is said of files beside evidence', () => {
  it('names what one is and what it goes with', () => {
    const companion = { name: 'x', title: 'an AMD VCEK certificate', recognise: () => true, serves: ['nitro'] };
    expect(describeCompanion('a.der', companion, kinds)).toBe(
      'a.der is an AMD VCEK certificate, which is no evidence by itself. Give it with --with beside the evidence: AWS Nitro attestation document.',
    );
  });

  it('says where nothing could have used it, and nothing where something might', () => {
    expect(describeUnused(collateral, new Set(['nitro']), kinds)).toMatch(
      /Nothing that was judged used collateral\.json.*collateral for Intel quotes/,
    );
    expect(describeUnused(collateral, new Set(['nitro', 'dcap']), kinds)).toBeUndefined();
    expect(describeUnused(wasm, new Set(['nitro']), kinds)).toMatch(/a WebAssembly module/);
    expect(describeUnused(wasm, new Set(['blocky']), kinds)).toBeUndefined();
    expect(describeUnused(text, new Set(['certificate']), kinds)).toBeUndefined();
    expect(describeUnused(text, new Set(['nitro']), kinds)).toMatch(/a file of no kind that is known/);
    expect(describeUnused(trust, new Set(['nitro']), kinds)).toMatch(/Trust file|evidence of its own/);
  });
});
