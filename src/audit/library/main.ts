/**
 * What `import … from 'affidavit'` gives: the stable part. Everything else of the core and the audit is there by its file,
 * `affidavit/core/…` and `affidavit/audit/…`, and may change with any version.
 * @module
 */
export { check, type CheckOptions, type GivenFile } from './check.ts';
export { explain, type ExplainedCheck } from './explain.ts';
export {
  createChainAuditor,
  type Certified,
  type ChainAuditor,
  type ChainAuditorOptions,
} from '../chain/chainAuditor.ts';
export { InProcessExecutor } from '../pool/inProcessExecutor.ts';
export { openBuckets } from '../source/openBuckets.ts';
export { parseTrust } from '../../core/trust/parseTrust.ts';
export { serializeTrust } from '../../core/trust/serializeTrust.ts';
export type { Trust } from '../../core/trust/trust.ts';
export type { Report } from '../../core/kinds/judge.ts';
export type { Check } from '../../core/verdict/check.ts';
export type { Verdict } from '../../core/verdict/status.ts';
export { AuditorError } from '../../core/verdict/auditorError.ts';
