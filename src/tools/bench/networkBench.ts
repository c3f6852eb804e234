import { MadeNetwork } from '../../core/network/network.fixture.ts';
import { judgeNetwork } from '../../core/network/judgeNetwork.ts';
import { voteDigest } from '../../core/network/vote.ts';
import { recoverSigner } from '../../core/evm/seals/recoverSigner.ts';
import { fromHex0x } from '../../core/evm/hex.ts';
import { concatBytes } from '../../core/bytes/bytes.ts';
import { atLeast, type Bench, figure } from './figure.ts';
import { networkGas } from './networkGas.ts';
import { sideBySide } from './sideBySide.ts';

const requests = 96;
const nodes = [0, 1, 2, 3, 4, 5, 6] as const;

/** How much an audit costs beside its signatures alone: events decoded, running hash, rules, records, reputation. */
export const networkBench: Bench = {
  name: 'network',
  about:
    'votes of an attestation network audited a second, beside the rate of their signatures alone; gas of each of its steps',
  run: async ({ say, emit }) => {
    await networkGas((step, gas) => emit([figure(`network.gas.${step}`, gas, 'gas')]));
    say(`a network of ${nodes.length} nodes with ${requests} requests`);
    const network = new MadeNetwork(nodes.length, 10_000);
    for (let each = 0; each < requests; each += 1) network.vote(network.request(), nodes);
    const reading = network.reading();
    const domain = { chainId: reading.chainId, verifyingContract: reading.contract };
    const signed = network.told.flatMap(({ said }) =>
      said.name === 'VoteCast'
        ? [
            {
              digest: voteDigest(said.vote, domain),
              seal: concatBytes(
                fromHex0x(said.signature.r),
                fromHex0x(said.signature.s),
                Uint8Array.of(said.signature.v - 27),
              ),
            },
          ]
        : [],
    );
    const { rate, ratio } = await sideBySide({
      signatures: () => {
        for (const { digest, seal } of signed) recoverSigner(digest, seal);
        return signed.length;
      },
      audited: async () => {
        const { checks } = await judgeNetwork(reading, { trust: {}, now: 0, companions: [] });
        const failed = checks.find(({ status }) => status !== 'pass');
        if (failed) throw new Error(`${failed.code} ${failed.status}`);
        return signed.length;
      },
    });
    emit([
      figure('network.votes.signatures', rate.signatures, 'votes/s'),
      figure('network.votes.audited', rate.audited, 'votes/s'),
      atLeast('network.votes.ratio', ratio('audited', 'signatures'), '×', 0.9),
    ]);
  },
};
