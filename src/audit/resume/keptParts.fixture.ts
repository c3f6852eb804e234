import type { AuditMemory } from './auditMemory.ts';
import { memoryKey, memoryKeyLength } from './memoryKey.ts';

/** A memory in memory. What is in `parts` anybody may change; the secret only the user has. */
export class KeptParts implements AuditMemory {
  parts: string[] = [];
  secret: Uint8Array;

  constructor(secret: Uint8Array = newSecret()) {
    this.secret = secret;
  }

  key = () => memoryKey(this.secret);
  load = async () => this.parts;
  save = async (index: number, part: string) => {
    if (index !== this.parts.length) throw new Error(`Part ${index} came after ${this.parts.length}.`);
    this.parts.push(part);
  };
  clear = async () => {
    this.parts = [];
    this.secret = newSecret();
  };
}

function newSecret(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(memoryKeyLength));
}
