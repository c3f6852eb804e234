import type { Check, Plan } from '../verdict/check.ts';
import type { Context } from '../kinds/kind.ts';
import type { Certificate, System } from './envelope.ts';

/** What a system found in a certificate whose envelope holds. */
export interface SystemJudgement {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** The time that the certificate's evidence says, milliseconds since 1970; null where it could not be read so far. */
  readonly at: number | null;
  readonly details: unknown;
}

/** How one of the five systems judges its certificates. */
export interface CertificateSystem {
  readonly plan: (certificate: Certificate, context: Context) => readonly Plan[];
  readonly check: (certificate: Certificate, context: Context) => Promise<SystemJudgement>;
}

/** The systems whose certificates this version judges, each loaded when one is met. */
export const certificateSystems: Partial<Record<System, () => Promise<CertificateSystem>>> = {
  chain: async () => (await import('../chain/certificate/chainSystem.ts')).chainSystem,
  task: async () => (await import('../task/certificate/taskSystem.ts')).taskSystem,
  trace: async () => (await import('../trace/certificate/traceSystem.ts')).traceSystem,
  host: async () => (await import('../host/certificate/hostSystem.ts')).hostSystem,
  network: async () => (await import('../network/certificate/networkSystem.ts')).networkSystem,
};
