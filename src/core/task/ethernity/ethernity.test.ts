import fc from 'fast-check';
import { toEventSelector, toFunctionSelector, type Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import type { ProvenAccount } from '../../evm/accountProof.ts';
import { readContent } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { taskMessages } from '../messages.en.ts';
import { openCodes } from '../task.fixture.ts';
import { deploymentAt } from './deployments.ts';
import { enclaveSigner } from './enclaveSigner.ts';
import { ethernityAbi } from './ethernityAbi.ts';
import { judgeOrder, type OrderEvidence, type OrderJudged } from './judgeOrder.ts';
import { orderMessages } from './messages.en.ts';
import { readMetadata } from './metadata.ts';
import {
  call,
  chainId,
  clientChallenge,
  contract,
  enclave,
  enclaveChallenge,
  event,
  makeResult,
  metadata,
  node,
  outcome,
  owner,
  party,
  program,
  rightOrder,
  sha256Hex,
  storedSlots,
  stranger,
} from './order.fixture.ts';
import { readOrderResult } from './orderResult.ts';
import { orderTimeline } from './orderTimeline.ts';
import type { ProvenTransaction } from './readSteps.ts';
import { readTaskCode } from './taskCodes.ts';

let result: string;
beforeAll(async () => {
  result = await makeResult();
});

type Change = Partial<Pick<OrderEvidence, 'events' | 'transactions' | 'chainId' | 'contract'>> & {
  readonly slots?: ProvenAccount['slots'];
};

function judge(
  change: Change = {},
  beside: Readonly<Record<string, Uint8Array>> = { challenge: utf8(`${clientChallenge}\n`) },
): Promise<OrderJudged> {
  const companions = Object.entries(beside).map(([name, bytes]) => readContent(name, bytes));
  return judgeOrder({ chainId, contract, ...rightOrder(result), ...change }, 7n, { companions });
}
const codes = async (...args: Parameters<typeof judge>): Promise<string[]> => openCodes((await judge(...args)).checks);

/** The right transactions with one of them sent by somebody else, in another block, with other arguments, or not at all. */
function sent(
  name: string,
  change: { from?: Hex; block?: number; args?: readonly unknown[]; none?: true; succeeded?: boolean },
): Change {
  const parts: readonly [string, number, Hex, readonly unknown[]][] = [
    ['_approveOrder', 13, owner, [7n]],
    ['_addProcessorToOrder', 14, party, [7n, node]],
    ['_addResultToOrder', 20, node, [7n, result]],
    ['_placeOrder', 12, party, [4n, 5n]],
  ];
  const [, block, from, args] = parts.find(([each]) => each === name)!;
  const made = call(change.block ?? block, change.from ?? from, name, change.args ?? args);
  const { transactions } = rightOrder(result);
  const old = call(block, from, name, args).input;
  return {
    transactions: transactions.flatMap((each): ProvenTransaction[] =>
      each.input === old ? (change.none ? [] : [{ ...made, succeeded: change.succeeded ?? true }]) : [each],
    ),
  };
}

describe('the interface', () => {
  it('has the selectors and topics of the deployed contracts', () => {
    const selectors = Object.fromEntries(
      ethernityAbi.flatMap((item) => (item.type === 'function' ? [[item.name, toFunctionSelector(item)]] : [])),
    );
    expect(selectors).toMatchObject({
      _addDORequest: '0x92b93774',
      _addDPRequest: '0x3701f582',
      _placeOrder: '0x9818e66c',
      _approveOrder: '0xefa09d85',
      _addProcessorToOrder: '0x4509b7e0',
      _addResultToOrder: '0x14e9f384',
      _cancelDORequest: '0x9ecbec41',
      _cancelDPRequest: '0x676a96d8',
    });
    const topics = Object.fromEntries(
      ethernityAbi.flatMap((item) => (item.type === 'event' ? [[item.name, toEventSelector(item)]] : [])),
    );
    expect(topics).toEqual({
      _addDPRequestEV: '0x4c8c70b2a4a4432c71bae55aa7d26fd87cad0deea0ba1aff77d2fb64c9136d8e',
      _addDORequestEV: '0xeccaef2766efce444edd10aa43fdedc15db863e63aaac53a1325b0e878e6bc7c',
      _placeOrderEV: '0xdc3a6d828aee9328544a5092f889da39f808a288f223812d4ab33b59c60867c6',
      _orderPlacedEV: '0x52ec990a555aaad1a6395f34d1532ac11fa3c72139719d9469c880315c01806d',
      _orderApprovedEV: '0x9b30afe0f76574363e78b150c33c302dafe8c2a0dbe597cda7938b0ba721a2a5',
      _orderClosedEV: '0x82c71af4e0a9a239768fac6f9df215013913a0cc66faa82cbc9acd3299b7fc32',
      _orderValidatedEV: '0xb1c39ae9e5276f66f3a413fd02db269d80bbc55f61afd375917e7bbae368230f',
      _orderInvalidatedEV: '0x1d58276cd8287e9f5f935672f809d99bf1dc6efa93ef34c6fffb66b45dcda5b6',
    });
    expect(deploymentAt(137, '0x439945BE73fD86fcC172179021991E96Beff3Cc4')?.family).toBe('polygon');
    expect(deploymentAt(1, contract)).toBeUndefined();
  });
});

describe('an order on bloxberg', () => {
  it('that went as it should holds for whoever has the challenge', async () => {
    const judged = await judge({ slots: storedSlots(result) });
    expect(openCodes(judged.checks)).toEqual([]);
    expect(judged.checks[0]?.notes?.map(({ code }) => code)).toEqual(['ORDER_UPGRADABLE']);
    expect(judged.order).toMatchObject({ owner, party, processor: node, doRequest: 4n, dpRequest: 5n });
    expect(judged.result).toMatchObject({
      order: 7n,
      signer: enclave.address.toLowerCase(),
      resultAt: 'QmResult',
      resultHash: sha256Hex(outcome),
    });
    expect(orderTimeline(judged.order).map(({ lane, step, shownBy }) => [lane, step, shownBy])).toEqual([
      ['owner', 'requested', 'both'],
      ['processor', 'offered', 'both'],
      ['processor', 'placed', 'both'],
      ['owner', 'approved', 'transaction'],
      ['processor', 'named', 'transaction'],
      ['node', 'resulted', 'transaction'],
    ]);
  });

  it('has words for every check, whether it holds or not', async () => {
    const words = { ...taskMessages, ...orderMessages };
    const none = await judge({ events: [], transactions: [], slots: [] }, { x: utf8('x') });
    const half = await judge({ transactions: rightOrder(result).transactions.slice(3) }, {});
    for (const { checks } of [await judge(), none, half]) {
      for (const each of walk(checks)) expect(sentence(each, words)).not.toMatch(/^[A-Z_0-9]+$|\{\w+\}/);
    }
  });

  it('without the challenge leaves the enclave open, and the challenge is in no check', async () => {
    expect(await codes({}, {})).toEqual(['ORDER_ENCLAVE unknown']);
    expect(JSON.stringify((await judge()).checks)).not.toContain(clientChallenge);
    expect(await codes({}, { challenge: utf8('0123456789abcdef0124') })).toEqual(['ORDER_ENCLAVE fail']);
  });

  it('of which only the events are shown is unknown in what leaves none', async () => {
    expect(await codes({ transactions: [] })).toEqual(
      ['ORDER_REQUEST', 'ORDER_PLACED', 'ORDER_APPROVED', 'ORDER_PROCESSOR', 'ORDER_RESULT'].map(
        (code) => `${code} unknown`,
      ),
    );
    const stored = await judge({ transactions: [], slots: storedSlots(result) });
    expect(openCodes(stored.checks)).not.toContain('ORDER_BOUND fail');
    expect(stored.stored).toMatchObject({ owner, party, processor: node, status: 'closed', result });
  });

  it.each([
    ['_approveOrder', { from: party }, 'ORDER_APPROVED'],
    ['_approveOrder', { from: stranger }, 'ORDER_APPROVED'],
    ['_approveOrder', { block: 11 }, 'ORDER_APPROVED'],
    ['_addProcessorToOrder', { from: owner }, 'ORDER_PROCESSOR'],
    ['_addProcessorToOrder', { block: 12 }, 'ORDER_PROCESSOR'],
    ['_addResultToOrder', { from: party }, 'ORDER_RESULT'],
    ['_addResultToOrder', { block: 13 }, 'ORDER_RESULT'],
  ] as const)('%s with %o breaks a guard', async (name, change, code) => {
    expect(await codes(sent(name, change))).toEqual([`${code} fail`]);
  });

  it('placed by a stranger, or before request or offer, fails', async () => {
    const { events } = rightOrder(result);
    const placed = (block: number, by: Hex): Change => ({
      events: [...events.slice(0, 2), event(block, '_placeOrderEV', [by, 7n])],
      ...sent('_placeOrder', { block, from: by }),
    });
    expect(await codes(placed(12, stranger))).toContain('ORDER_PLACED fail');
    expect(await codes(placed(9, party))).toContain('ORDER_PLACED fail');
    expect(await codes(placed(12, party))).toEqual([]);
  });

  it('placed by the owner is approved by the processor, and by nobody else', async () => {
    const { events } = rightOrder(result);
    const approvedBy = (by: Hex): Change => ({
      events: events.with(2, event(12, '_placeOrderEV', [owner, 7n])),
      transactions: [
        ...(sent('_placeOrder', { from: owner }).transactions ?? []).filter((_, index) => index !== 3),
        call(13, by, '_approveOrder', [7n]),
      ],
    });
    expect(await codes(approvedBy(party))).toEqual([]);
    expect(await codes(approvedBy(owner))).toEqual(['ORDER_APPROVED fail']);
    expect(await codes(approvedBy(stranger))).toEqual(['ORDER_APPROVED fail']);
  });

  it('a transaction that failed, or that is sent to another contract, is no step', async () => {
    expect(await codes(sent('_approveOrder', { succeeded: false }))).toEqual(['ORDER_APPROVED unknown']);
    expect(await codes(sent('_approveOrder', { none: true }))).toEqual(['ORDER_APPROVED unknown']);
    const { transactions } = rightOrder(result);
    const elsewhere = transactions.map((each, index) => (index === 3 ? { ...each, to: stranger } : each));
    expect(await codes({ transactions: elsewhere })).toEqual(['ORDER_APPROVED unknown']);
  });

  it('storage that says something else fails, and missing slots are unknown', async () => {
    for (const [name, value] of [
      ['owner', BigInt(stranger)],
      ['party', BigInt(stranger) << 8n],
      ['processor', 1n],
      ['placedBy', 1n],
      ['doRequest', 9n],
      ['dpRequest', 9n],
      ['placedAt', 9n],
      ['status', 1n],
      ['result', 5n],
    ] as const) {
      expect(await codes({ slots: storedSlots(result, { [name]: value }) }), name).toEqual(['ORDER_STORAGE fail']);
    }
    expect(await codes({ slots: storedSlots(result).slice(1) })).toEqual(['ORDER_STORAGE unknown']);
    expect(await codes({ slots: storedSlots(result, { result: 2n ** 200n + 1n }) })).toEqual(['ORDER_STORAGE fail']);
  });

  it('an address that is not known is said', async () => {
    expect(await codes({ chainId: 8996 })).toEqual(['ORDER_DEPLOYMENT unknown', 'ORDER_BOUND fail']);
  });
});

describe('an order of the Polygon family', () => {
  it('is shown by its events but for who acted', async () => {
    const events = [
      event(10, '_addDORequestEV', [owner, 4n]),
      event(11, '_addDPRequestEV', [party, 5n]),
      event(12, '_orderPlacedEV', [7n, 4n, 5n]),
      event(13, '_orderApprovedEV', [owner, party, 7n]),
      event(20, '_orderClosedEV', [7n]),
      event(21, '_orderInvalidatedEV', [7n]),
    ];
    const only = await judge({ events, transactions: [] });
    expect(only.order).toMatchObject({ owner, party, doRequest: 4n, dpRequest: 5n });
    expect(openCodes(only.checks).every((code) => code.endsWith('unknown'))).toBe(true);
    const whole = await judge({ events });
    expect(openCodes(whole.checks)).toEqual(['ORDER_RESULT fail']);
    expect(whole.checks.find(({ code }) => code === 'ORDER_RESULT')?.notes?.[0]?.code).toBe('ORDER_INVALIDATED');
    // What validators said last counts, and only of this order.
    const taken = await judge({ events: [...events, event(22, '_orderValidatedEV', [7n])] });
    expect(openCodes(taken.checks)).toEqual([]);
    expect(taken.checks.find(({ code }) => code === 'ORDER_RESULT')?.notes?.[0]?.code).toBe('ORDER_VALIDATED');
    const another = [...events.slice(0, 5), event(21, '_orderInvalidatedEV', [8n])];
    expect(openCodes((await judge({ events: another })).checks)).toEqual([]);
    expect(orderTimeline(whole.order).at(-1)).toMatchObject({ step: 'invalidated', block: 21 });
  });
});

describe('the result', () => {
  it.each([
    ['another order', { order: 8n }, 'ORDER_BOUND'],
    ['another contract', { to: stranger }, 'ORDER_BOUND'],
    ['another ledger', { chainId: 137 }, 'ORDER_BOUND'],
    ['a failed task', { code: '21' }, 'ORDER_CODE'],
    ['another key', { account: privateKeyToAccount(`0x${'11'.repeat(32)}`) }, 'ORDER_ENCLAVE'],
    [
      'another call',
      { call: '0xefa09d850000000000000000000000000000000000000000000000000000000000000007' },
      'ORDER_RESULT_FORM',
    ],
    ['no digest', { hash: 'abc' }, 'ORDER_RESULT_FORM'],
  ] as const)('signed with %s fails by its own code', async (_, change, code) => {
    const other = await makeResult(change);
    expect(await codes(sent('_addResultToOrder', { args: [7n, other] }))).toEqual([`${code} fail`]);
  });

  it('signed for every ledger is remarked', async () => {
    const other = await makeResult({ chainId: undefined });
    const judged = await judge(sent('_addResultToOrder', { args: [7n, other] }));
    expect(openCodes(judged.checks)).toEqual([]);
    expect(judged.checks.find(({ code }) => code === 'ORDER_BOUND')?.notes?.[0]?.code).toBe('ORDER_ANY_LEDGER');
  });

  it('is compared with files beside, as is the program', async () => {
    const challenge = utf8(clientChallenge);
    expect(await codes({}, { challenge, program, outcome })).toEqual([]);
    expect(await codes({}, { challenge, x: utf8('else') })).toEqual(['TASK_FILE fail']);
  });

  it('of any text is read or refused, never more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.nat(result.length - 1).map((at) => result.slice(0, at) + 'f' + result.slice(at + 1)),
        ),
        async (text) => {
          try {
            await readOrderResult(text);
          } catch (error) {
            expect(error).toBeInstanceOf(FormatError);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('names the code in words and whose affair it is', () => {
    expect([0, 6, 21, 44, 77].map((code) => readTaskCode(code).whose)).toEqual([
      'nobody',
      'customer',
      'customer',
      'operator',
      'unknown',
    ]);
  });

  it('is signed by the key of both challenges', () => {
    expect(enclaveSigner(clientChallenge, enclaveChallenge)).toBe(enclave.address.toLowerCase());
  });
});

describe('the payload of a request', () => {
  const [image, code, input] = metadata;

  it('is read in every version', () => {
    expect(readMetadata([...metadata])).toMatchObject({
      version: 'v3',
      image: 'QmImage',
      clientKey: 'aabb',
      code: 'QmCode',
      input: null,
      interactive: false,
      node: null,
    });
    expect(readMetadata([image, code, input.replace('v3', 'v3s'), stranger])).toMatchObject({
      interactive: true,
      node: stranger,
    });
    const v1 = [
      'v1:QmImage:etny-pynithy:QmCompose:QmChallenge',
      `v1:QmCode:0x${'ab'.repeat(65)}`,
      'v1::0',
      '',
    ] as const;
    expect(readMetadata([...v1])).toMatchObject({
      version: 'v1',
      clientKey: null,
      codeChecksum: { kind: 'signature' },
      inputChecksum: { kind: 'none' },
    });
    expect(readMetadata(['v2:a:b:c:d:e', `v2:x:${'0'.repeat(64)}`, 'v2:null:0', ''])).toMatchObject({
      version: 'v2',
      clientKey: 'e',
      input: null,
    });
  });

  it('is refused in words where it is none', () => {
    for (const texts of [
      ['v4:a:b:c:d:e', code, input],
      ['v3:a:b:c:d', code, input],
      ['v1:a:b:c:d:e', code, input],
      [image, code.replace('v3', 'v2'), input],
      [image, 'v3:QmCode:zz', input],
      [image, code, 'v3:0'],
      [image.padEnd(5000, 'x'), code, input],
    ] as const) {
      expect(() => readMetadata([texts[0], texts[1], texts[2], ''])).toThrow(FormatError);
    }
  });

  it('that cannot be read fails the request', async () => {
    const { transactions } = rightOrder(result);
    const odd = call(10, owner, '_addDORequest', [1, 1, 1, 1, 60, 1, 1, 'v9', ...metadata.slice(1)]);
    expect(await codes({ transactions: [odd, ...transactions.slice(1)] })).toEqual(['ORDER_REQUEST fail']);
  });
});
