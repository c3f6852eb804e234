import type { CertificateDetails } from '../../x509/describeCertificate.ts';
import type { Explained } from '../explained.ts';
import type { Registers } from '../nitro/policy.ts';
import type { EifSectionType } from './image.ts';

/** What the view of an image draws. */
export interface EifDetails {
  readonly explained: Explained;
  readonly size: number;
  readonly version: number;
  readonly architecture: 'x86_64' | 'aarch64';
  /** In bytes, decimal; as the builder wrote it. */
  readonly defaultMemory: string;
  readonly defaultProcessors: string;
  readonly sections: readonly EifSectionDetails[];
  /** 0, 1, 2 and 8, lower-case hex. */
  readonly registers: Registers;
  /** The command line of the kernel, its first 4 KiB. Untrusted text. */
  readonly cmdline: string;
  /** JSON, laid out; as it stands where it is none; null where the image has none. Untrusted text, and not measured. */
  readonly metadata: string | null;
  /** The certificate that signed the image, where one did. */
  readonly signer: CertificateDetails | null;
  readonly attested: readonly {
    readonly name: string;
    readonly moduleId: string | null;
    readonly time: string | null;
    readonly registers: Registers;
  }[];
}

export interface EifSectionDetails {
  readonly type: EifSectionType;
  /** Of the section's header in the file. */
  readonly offset: number;
  /** Without its header. */
  readonly size: number;
  /** Which registers take it in. */
  readonly measuredIn: readonly number[];
}
