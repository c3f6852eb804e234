import { expect, it } from 'vitest';
import { sameDid } from '../did/didChange.ts';
import type { HostDetails } from './details.ts';
import { hostTime, judgeMade, makeHost, told, validatorSigners, vouched, type MadeHost } from './host.fixture.ts';

it('a validator counts for what it signed while the client trusts that operator', async () => {
  const host = await makeHost();
  const right = await vouched(host.json, validatorSigners.slice(0, 3));
  const [v0] = validatorSigners as [(typeof validatorSigners)[number]];
  const at = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  const [pinnedHost] = host.trust.hosts ?? [];
  const ranged = (range: object): MadeHost => ({
    ...host,
    trust: {
      ...host.trust,
      hosts: [
        {
          ...(pinnedHost as NonNullable<typeof pinnedHost>),
          validators: (pinnedHost?.validators ?? []).map((each) =>
            sameDid(each.did) === sameDid(v0.did) ? { ...each, ...range } : each,
          ),
        },
      ],
    },
  });
  expect(
    told(await judgeMade(ranged({ from: at(hostTime - 3_600_000), until: at(hostTime + 60_000) }), right)),
  ).toEqual([]);
  const late = await judgeMade(ranged({ until: at(hostTime - 3_600_000) }), right);
  expect(told(late)).toEqual(['HOST_THRESHOLD fail']);
  expect((late.details as HostDetails).proofs.map(({ state }) => state)).toContain('unauthorised');
  expect(told(await judgeMade(ranged({ from: at(hostTime + 60_000) }), right))).toEqual(['HOST_THRESHOLD fail']);
});
