import { utf8 } from '../../core/bytes/bytes.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { sealCertificate, type Certificate } from '../../core/certificate/envelope.ts';
import { makeCertificate } from '../../core/chain/certificate/makeCertificate.ts';
import { entryOf, type MadeBlock } from '../../core/chain/chain.fixture.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import type { FileEvidence } from './attack.ts';
import { forked, type Scene } from './scene.ts';

/** Three records in the last block of a chain with a fork of one. */
export interface Certified {
  readonly scene: Scene;
  /** A certificate of one of them that holds. */
  readonly text: string;
}

const hashesOf = ({ transactions }: MadeBlock): Uint8Array =>
  Uint8Array.from(transactions.flatMap((transaction) => [...transactionHash(transaction)]));

/** A right certificate of the record at this index of three. */
export async function certified(leaf = 1): Promise<Certified> {
  const scene = await forked(1);
  const { world, genesis, storage } = scene;
  const b1 = scene.blocks[1] as MadeBlock;
  const transactions = ['one', 'two', 'three'].map(utf8);
  const last = await world.block({ parent: b1, transactions, time: b1.time + 60 });
  const blocks = [...scene.blocks.slice(0, 3), last];
  await world.store(storage, genesis, last, { k: 3 });
  const entries = await Promise.all(
    blocks.map(async (made, k) => entryOf(k, made, await world.attest(genesis, made, { k }))),
  );
  const text = await makeCertificate({
    pin: world.pin(genesis),
    hash: toHex(transactionHash(transactions[leaf] as Uint8Array)),
    height: 2,
    transactions: hashesOf(last),
    entries,
    earlierTreesUnread: false,
  });
  return { scene: { ...scene, blocks }, text };
}

/** The certificate as a file, under the trust that it holds under. */
export const asFile = ({ scene, text }: Certified): FileEvidence => ({
  kind: 'file',
  name: 'certificate.affidavit.json',
  text,
  trust: { chains: [scene.world.pin(scene.genesis)] },
});

/** Changes parts of the certificate and gives it a right digest again, as an attacker would. */
// oxlint-disable-next-line typescript/no-explicit-any -- whatever a file may hold
export function rewritten(certificate: Certified, change: (body: Record<string, any>) => void): FileEvidence {
  const { digest: _, ...body } = JSON.parse(certificate.text) as Certificate;
  change(body);
  return asFile({ ...certificate, text: sealCertificate(body) });
}
