import { useEffect, useRef, useState } from 'react';
import { certifyTraceInWorkers } from '../../../audit/trace/certifyTraceInWorkers.ts';
import type { Content } from '../../../core/kinds/content.ts';
import type { Trust } from '../../../core/trust/trust.ts';
import { madeCertificate, type Made } from '../../parts/MadeCertificate.tsx';

export type Certifying =
  | { readonly step: 'none' | 'making' }
  | { readonly step: 'failed'; readonly reason: string }
  | { readonly step: 'made'; readonly made: Made };

export interface ToCertify {
  /** Of the certificate's file. */
  readonly name: string;
  /** The text of a proof about a trace. */
  readonly proof: () => Promise<string>;
  readonly trust: Trust;
  readonly companions?: readonly Content[];
}

/** One certificate of a proof about an anchored trace at a time; what is under way ends with the part of the page that asked for it. */
export function useCertificate(): { readonly state: Certifying; readonly make: (asked: ToCertify) => Promise<void> } {
  const [state, setState] = useState<Certifying>({ step: 'none' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const make = async ({ name, proof, trust, companions = [] }: ToCertify): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setState({ step: 'making' });
    try {
      const text = await certifyTraceInWorkers({ proof: await proof(), trust, companions, now: Date.now(), signal });
      if (!signal.aborted) setState({ step: 'made', made: madeCertificate(name, text) });
    } catch (error) {
      if (signal.aborted) return;
      setState({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return { state, make };
}
