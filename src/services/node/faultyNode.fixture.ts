import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SignedVote } from '../../core/network/vote.ts';
import { AttestationNode, type NodeParts } from './attestationNode.ts';
import type { ViewRequest } from './networkView.ts';
import { tellVote } from './peers.ts';
import { serveNode } from './serveNode.ts';

/** How the process misbehaves: what the file `fault` in its folder says at the moment. */
const nodeFaults = ['honest', 'silent', 'liar', 'equivocator', 'crash'] as const;
export type NodeFault = (typeof nodeFaults)[number];

/** From now on. At once: while a file is written it says nothing. */
export async function misbehave(folder: string, fault: NodeFault): Promise<void> {
  await writeFile(join(folder, 'next-fault'), fault);
  await rename(join(folder, 'next-fault'), join(folder, 'fault'));
}

class FaultyNode extends AttestationNode {
  async #fault(): Promise<NodeFault> {
    const text = await readFile(join(this.parts.setting.folder, 'fault'), 'utf8').catch(() => 'honest');
    return nodeFaults.find((fault) => fault === text.trim()) ?? 'honest';
  }

  /** Who is silent judges nothing; who lies says the contrary. */
  protected override async judge(request: ViewRequest): Promise<boolean | undefined> {
    const fault = await this.#fault();
    if (fault === 'silent') return undefined;
    const judged = await super.judge(request);
    return fault === 'liar' && judged !== undefined ? !judged : judged;
  }

  /** One thing to the ledger, another to the others; or, between writing a vote down and sending it, the end. */
  protected override async publish(votes: readonly SignedVote[]): Promise<void> {
    const fault = await this.#fault();
    if (fault === 'crash') process.kill(process.pid, 'SIGKILL');
    if (fault === 'equivocator') {
      const { key, setting } = this.parts;
      const contrary = votes.map(({ vote }) => key.sign({ ...vote, valid: !vote.valid }));
      for (const each of contrary) while ((await tellVote(setting.peers, each)) === 0) await delay(setting.poll);
    }
    await super.publish(votes);
  }
}

const [setting] = process.argv.slice(2);
if (setting !== undefined && process.argv[1]?.includes('faultyNode')) {
  await serveNode(setting, (parts: NodeParts) => new FaultyNode(parts));
  process.exit(0);
}
