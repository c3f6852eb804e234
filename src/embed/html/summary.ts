import type { JsonObject } from '../../core/bytes/json.ts';
import { parseCertificate, type System } from '../../core/certificate/envelope.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';

/** What a certificate says of itself, before anything of it is judged. */
export interface Summary {
  readonly system: System;
  readonly subject: JsonObject;
  readonly claim: JsonObject;
  readonly anchors: JsonObject;
  readonly labels: readonly string[];
  readonly digest: string;
}

/** Undefined where it cannot be read, which the checks say with the reason. */
export function summaryOf(text: string): Summary | undefined {
  try {
    const { system, subject, claim, anchors, labels, digest } = parseCertificate(text);
    return { system, subject, claim, anchors, labels, digest };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
