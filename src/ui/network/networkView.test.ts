import { expect, test } from 'vitest';
import { judgeNetwork } from '../../core/network/judgeNetwork.ts';
import { accountOf, MadeNetwork } from '../../core/network/network.fixture.ts';
import { curveFrame, curvesOf, nearest, reputationAt, spread, ticks } from './curve.ts';
import { lanesOf, runsOf } from './lanesOf.ts';
import { NetworkView, placeKey } from './networkView.ts';

/** Request 1: node 6 lies. 2: node 5 is silent. 3: node 6 signs both, node 5 leaves before. 4: no record, nodes 0 and 1 have voted. */
async function made(): Promise<NetworkView> {
  const network = new MadeNetwork();
  network.vote(network.request(), [0, 1, 2, 3, 4, 5, 6], [6]);
  network.vote(network.request(), [0, 1, 2, 3, 4, 6]);
  network.step((moment) => network.model.depart(accountOf(5), moment));
  network.block += 20;
  const third = network.request();
  network.vote(third, [0, 1, 2, 3, 4]);
  const keys = [network.keys[6]?.address, network.keys[6]?.address] as const;
  const [first, second] = [network.signed(6, third), network.signed(6, third, { valid: false })];
  network.step((moment) => network.model.slash({ first, second, keys }, moment));
  network.vote(network.request(), [0, 1]);
  network.block += 20;
  network.request();
  const reading = network.reading();
  const { details } = await judgeNetwork(reading, { trust: {}, now: 0, companions: [] });
  return new NetworkView(details as NonNullable<typeof details>, reading);
}

const view = await made();
const kinds = (request: number) =>
  view.details.nodes.map(
    (node) =>
      view.cell(
        view.rows.find((row) => row.requestId === request)!,
        node,
      ).kind,
  );

test('each cell says what a node did in the epoch that decided the request', () => {
  expect(kinds(1)).toEqual([...Array<string>(6).fill('agreed'), 'disagreed']);
  expect(kinds(2)).toEqual(['agreed', 'agreed', 'agreed', 'agreed', 'agreed', 'silent', 'agreed']);
  expect(kinds(3)).toEqual(['agreed', 'agreed', 'agreed', 'agreed', 'agreed', 'absent', 'equivocated']);
  expect(kinds(4)).toEqual(['valid', 'valid', 'waiting', 'waiting', 'waiting', 'absent', 'absent']);
});

test('who is to be named is named, the worst first, with the requests', () => {
  expect(view.findings().map(({ node, kind, requests }) => [node.index, kind, requests])).toEqual([
    [6, 'equivocated', [3]],
    [6, 'disagreed', [1]],
    [5, 'silent', [2]],
  ]);
});

test('lanes tell trust nodes from such as only vote, are slashed, or have left', () => {
  const [first, leaver, liar] = [0, 5, 6].map((index) => lanesOf(view, view.details.nodes[index]!));
  expect(first?.slice(1).every((standing) => standing === 'trust')).toBe(true);
  expect(first?.[0]).toBe('node');
  expect(leaver?.at(-1)).toBe('away');
  expect(liar?.at(-1)).toBe('slashed');
  expect(runsOf(['node', 'trust', 'trust', 'away'])).toEqual([
    { standing: 'node', from: 0, to: 0 },
    { standing: 'trust', from: 1, to: 2 },
    { standing: 'away', from: 3, to: 3 },
  ]);
});

test('what the contract keeps, the key in force and the event of a mark are found', () => {
  for (const { index, reputation, account, key, curve } of view.details.nodes) {
    expect(view.keptReputation(index)).toBe(reputation);
    expect(view.keyAt(account, { block: 1e6, logIndex: 0 })).toBe(key);
    for (const { at } of curve) expect(view.event(placeKey(at))?.block).toBe(at.block);
  }
  expect(view.keyAt(accountOf(0), { block: 1, logIndex: 0 })).toBeUndefined();
});

test('every event of a curve has its mark inside of the picture, and is found where it is drawn', () => {
  const frame = curveFrame(view.details, 100, 800, 300, [1000, 800]);
  const curves = curvesOf(view.details, frame);
  for (const { node, marks } of curves) {
    expect(marks).toHaveLength(node.curve.length);
    for (const { x, y } of marks) {
      expect(x).toBeGreaterThanOrEqual(frame.left);
      expect(x).toBeLessThanOrEqual(frame.width - frame.right);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(frame.height - frame.bottom + 12);
      const found = nearest(curves, x, y, 5);
      expect(found && Math.hypot(found.mark.x - x, found.mark.y - y)).toBe(0);
    }
  }
  expect(nearest(curves, -100, -100, 24)).toBeUndefined();
  expect(reputationAt(view.details.nodes[6]!, 1)).toBeUndefined();
  expect(reputationAt(view.details.nodes[6]!, 1e6)).toBe(0);
});

test('scales have round values, and labels keep their distance', () => {
  expect(ticks(0, 138, 6)).toEqual([0, 50, 100]);
  expect(ticks(750, 1050, 4)).toEqual([800, 900, 1000]);
  expect(spread([50, 50, 51], 10, 0, 100)).toEqual([50, 60, 70]);
  expect(spread([99, 99, 99], 10, 0, 100)).toEqual([80, 90, 100]);
});
