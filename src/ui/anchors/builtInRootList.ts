import { awsNitroRoot, awsNitroRootFingerprint } from '../../core/tee/nitro/awsNitroRoot.ts';
import { amdRoots } from '../../core/tee/sevSnp/amdRoots.ts';
import { intelSgxRoot, intelSgxRootFingerprint } from '../../core/tee/dcap/intelSgxRoot.ts';
import { fill } from '../../core/verdict/messages.ts';
import { anchors } from '../words/anchors.en.ts';

/** A public root that ships with the program, as the pages name it. */
export interface BuiltInRoot {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly title: string;
  readonly uses: string;
  readonly origin: string;
  readonly der: Uint8Array;
}

const { roots: words } = anchors.builtIn;

/** Every root that is trusted without having been pinned: listed when first asked for, since they are decoded for it. */
export function builtInRoots(): readonly BuiltInRoot[] {
  list ??= [
    { fingerprint: awsNitroRootFingerprint, der: awsNitroRoot(), ...words.nitro },
    ...amdRoots().map(({ product, fingerprint, der }) => ({
      fingerprint,
      der,
      title: fill(words.amd.title, { product }),
      uses: fill(words.amd.uses, { product }),
      origin: words.amd.origin,
    })),
    { fingerprint: intelSgxRootFingerprint, der: intelSgxRoot(), ...words.intel },
  ];
  return list;
}

let list: readonly BuiltInRoot[] | undefined;

/** What people call the root of this fingerprint; the fingerprint itself where none ships. */
export function titleOfRoot(fingerprint: string): string {
  return builtInRoots().find((root) => root.fingerprint === fingerprint)?.title ?? fingerprint;
}
