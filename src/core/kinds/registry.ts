import type { Kind } from './kind.ts';
import { nitroKind } from '../tee/nitro/kind.ts';
import { eifKind } from '../tee/eif/kind.ts';
import { blockyKind } from '../tee/blocky/kind.ts';
import { sevSnpKind } from '../tee/sevSnp/kind.ts';
import { dcapKind } from '../tee/dcap/kind.ts';
import { tpmKind } from '../tee/tpm/kind.ts';
import { jwtKind } from '../jwt/kind.ts';
import { certificateKind } from '../certificate/kind.ts';
import { equivocationKind } from '../chain/equivocationKind.ts';
import { evmBlockKind } from '../evm/kind.ts';
import { trustKind } from '../trust/kind.ts';
import { reportKind } from '../report/kind.ts';
import { traceKind } from '../trace/kind.ts';
import { traceProofKind } from '../trace/proofKind.ts';
import { blockcertsKind } from '../vc/blockcerts/kind.ts';
import { bloxbergKind } from '../vc/bloxberg/kind.ts';
import { poxKind } from '../vc/pox/kind.ts';
import { verifiableKind } from '../vc/verifiable/kind.ts';

/** Every kind of evidence that Affidavit knows. The order matters only where two could claim the same content: the first wins. */
export const kinds: readonly Kind[] = [
  certificateKind,
  trustKind,
  equivocationKind,
  reportKind,
  jwtKind,
  nitroKind,
  eifKind,
  blockyKind,
  tpmKind,
  sevSnpKind,
  dcapKind,
  evmBlockKind,
  traceKind,
  traceProofKind,
  poxKind,
  bloxbergKind,
  blockcertsKind,
  verifiableKind,
];
