import { expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { readContent } from '../../kinds/content.ts';
import { membershipKey } from '../../trace/zk/membershipKey.ts';
import { judgeNetwork } from '../judgeNetwork.ts';
import { MadeNetwork } from '../network.fixture.ts';
import { exampleFile } from './exampleFile.fixture.ts';
import { exampleCriteria, exampleCriteriaDigest, exampleRequest } from './exampleMembership.fixture.ts';

const { vmId, measurements } = exampleRequest;

/** A network whose seventh request is the example's. */
function made(votes: readonly number[], otherwise: readonly number[] = []): MadeNetwork {
  const network = new MadeNetwork(7, 16, exampleCriteriaDigest);
  for (let at = 0; at < 7; at += 1) network.request({ vmId, measurements });
  network.vote(7, votes, otherwise);
  return network;
}

async function judged(network: MadeNetwork, ...texts: readonly string[]) {
  const companions = texts.map((text, at) => readContent(`file ${at}`, utf8(text)));
  const trust = { zk: { keys: [membershipKey.digest] } };
  const { checks } = await judgeNetwork(network.reading(), { trust, now: 1_800_000_000_000, companions });
  const { status, children = [] } = checks.find(({ code }) => code === 'NET_MEMBERSHIP') ?? {};
  return [status, ...children.filter((child) => child.status !== 'pass').map(({ code }) => code)];
}

it('a proof of membership beside an audit holds for a request with a record, under the criteria of that record', async () => {
  const everyone = [0, 1, 2, 3, 4, 5, 6];
  const network = made(everyone);
  expect(await judged(network, exampleFile, exampleCriteria)).toEqual(['pass']);
  expect(await judged(network, exampleFile)).toEqual(['unknown', 'MEMBER_SET', 'MEMBER_PROOF']);
  expect(await judged(network, exampleFile, exampleCriteria.replaceAll('01'.repeat(48), '09'.repeat(48)))).toEqual([
    'unknown',
    'MEMBER_SET',
    'MEMBER_PROOF',
  ]);
  const other = exampleFile.replace('"requestId":7', '"requestId":6');
  expect(await judged(network, other, exampleCriteria)).toEqual(['fail', 'MEMBER_RECORD', 'MEMBER_PROOF']);
  expect(await judged(network, exampleFile.replace('"requestId":7', '"requestId":8'))).toEqual([undefined]);
  expect(await judged(made([]), exampleFile, exampleCriteria)).toEqual(['unknown', 'MEMBER_RECORD']);
  expect(await judged(made(everyone, everyone), exampleFile, exampleCriteria)).toEqual(['fail', 'MEMBER_RECORD']);
});
