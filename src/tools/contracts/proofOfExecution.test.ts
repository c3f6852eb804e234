import { type Address, type Hex, concat, encodeFunctionData, keccak256, numberToHex, size, slice } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { proofOfExecutionAbi as abi, proofOfExecutionCodeHash } from '../../contracts/proofOfExecution.ts';
import { proofOfExecutionHash } from '../../contracts/proofOfExecutionHash.ts';
import type { Anvil } from './anvil.ts';
import type { Outcome } from './deployContract.ts';
import { type TaskContract, deployTaskContract } from './taskContract.ts';
import { anvilForTests, word } from './withAnvil.fixture.ts';

const anvil: Anvil | undefined = await anvilForTests('the workflow of a task on a ledger');
afterAll(() => anvil?.stop());

const [program, dataSet, secretFile, wanted, resources, runnerKey] = [1, 2, 3, 4, 5, 6].map(word) as [
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
  Hex,
];
const [result, output, attestation] = [7, 8, 9].map(word) as [Hex, Hex, Hex];
const refused = (error: string, ...args: unknown[]) => ({ error, errorArgs: args });

describe.skipIf(!anvil)('ProofOfExecution', { timeout: 600_000 }, () => {
  let contract: TaskContract;
  let owner: Address, processor: Address, other: Address;

  beforeAll(async () => {
    contract = await deployTaskContract((anvil as Anvil).rpc);
    [owner, processor, other] = contract.accounts as [Address, Address, Address];
  });

  const soon = (seconds = 1_000) => BigInt(contract.now() + seconds);
  const idOf = ({ args, error }: Outcome) => {
    if (error !== undefined) throw new Error(error);
    return (args?.['id'] ?? args?.['offer']) as bigint;
  };
  const submit = async (deadline = soon()) =>
    idOf(await contract.send(owner, 'submitTask', [program, dataSet, secretFile, wanted, deadline, 'study 7']));
  const advertise = async (until = soon(), by = processor) =>
    idOf(await contract.send(by, 'advertise', [resources, until, '']));
  const approved = async () => {
    const [id, offer] = [await submit(), await advertise()];
    await contract.send(owner, 'matchTask', [id, offer]);
    expect((await contract.send(processor, 'approve', [id, offer])).event).toBe('MatchApproved');
    return id;
  };
  const started = async () => {
    const id = await approved();
    expect((await contract.send(processor, 'start', [id, runnerKey, soon(0)])).event).toBe('TaskStarted');
    return id;
  };

  describe('the whole flow', () => {
    it('writes one event a step, with what was said, and ends completed', async () => {
      const first = contract.logs.length + 1;
      const deadline = soon();
      const submitted = await contract.send(owner, 'submitTask', [
        program,
        dataSet,
        secretFile,
        wanted,
        deadline,
        '{"title":"é"}',
      ]);
      const id = BigInt(first);
      const what = { id, owner, program, dataSet, secretFile, wanted, deadline, metadata: '{"title":"é"}' };
      expect(submitted).toMatchObject({ event: 'TaskSubmitted', args: what });
      expect(await contract.task(id)).toMatchObject({ owner, deadline, state: 'submitted', offer: 0n, since: 0n });

      const offer = id + 1n;
      expect(await contract.send(processor, 'advertise', [resources, deadline, 'cores'])).toMatchObject({
        event: 'ResourcesAdvertised',
        args: { offer, processor, resources, until: deadline, metadata: 'cores' },
      });
      expect(await contract.offer(offer)).toEqual({ processor, until: deadline, taken: false });

      const between = (by: Address) => ({ id, offer, by });
      const match = await contract.send(processor, 'matchTask', [id, offer]);
      expect(match).toMatchObject({ event: 'TaskMatched', args: between(processor) });
      expect(await contract.task(id)).toMatchObject({ state: 'matched', matchedByOwner: false, offer });
      expect((await contract.offer(offer)).taken).toBe(false);
      expect(BigInt((await contract.task(id)).processor)).toBe(0n);

      const approval = await contract.send(owner, 'approve', [id, offer]);
      expect(approval).toMatchObject({ event: 'MatchApproved', args: between(owner) });
      expect(await contract.task(id)).toMatchObject({ state: 'approved', processor, since: soon(0) });
      expect((await contract.offer(offer)).taken).toBe(true);

      const startedAt = soon(1);
      expect(await contract.send(processor, 'start', [id, runnerKey, startedAt])).toMatchObject({
        event: 'TaskStarted',
        args: { id, processor, runnerKey, startedAt },
      });
      expect(await contract.task(id)).toMatchObject({ state: 'started', since: startedAt });

      const endedAt = soon(1);
      const done = { result, output, attestation, endedAt };
      expect(await contract.send(processor, 'complete', [id, result, output, attestation, endedAt])).toMatchObject({
        event: 'TaskCompleted',
        args: { id, processor, ...done },
      });
      expect((await contract.task(id)).state).toBe('completed');

      const note = { id, by: owner, topic: word(20), data: '0xc0ffee' };
      const noted = await contract.send(owner, 'annotate', [id, word(20), '0xc0ffee']);
      expect(noted).toMatchObject({ event: 'TaskAnnotated', args: note });
    });

    it('is the paper’s with the owner matching, too', async () => {
      expect((await contract.task(await approved())).matchedByOwner).toBe(true);
    });

    it('is closed by an account proof: code hash, count, running hash', async () => {
      await approved();
      const { count, hash, codeHash } = await contract.kept();
      expect(codeHash).toBe(proofOfExecutionCodeHash);
      expect(proofOfExecutionHash(contract.logs)).toEqual({ count, hash });
    });

    it('lies in storage where the README says', async () => {
      const id = await started();
      const { deadline, since, offer } = await contract.task(id);
      const at = (key: bigint, map: number, add = 0n) =>
        numberToHex(BigInt(keccak256(concat([numberToHex(key, { size: 32 }), numberToHex(map, { size: 32 })]))) + add);
      const first = await contract.slot(at(id, 2));
      expect(slice(first, 12, 32)).toBe(owner.toLowerCase());
      expect(BigInt(slice(first, 4, 12))).toBe(deadline);
      expect(slice(first, 2, 4)).toBe('0x0104');
      const second = await contract.slot(at(id, 2, 1n));
      expect(slice(second, 12, 32)).toBe(processor.toLowerCase());
      expect(BigInt(slice(second, 4, 12))).toBe(since);
      expect(BigInt(await contract.slot(at(id, 2, 2n)))).toBe(offer);
      const standing = await contract.slot(at(offer, 3));
      expect(slice(standing, 12, 32)).toBe(processor.toLowerCase());
      expect(BigInt(slice(standing, 3, 4))).toBe(1n);
      expect(BigInt(await contract.slot(numberToHex(0, { size: 32 })))).toBe(BigInt(contract.logs.length));
    });
  });

  describe('what is submitted and advertised', () => {
    const send = (hash: Hex, deadline: bigint, metadata: string) =>
      contract.undone(() => contract.send(owner, 'submitTask', [hash, word(0), word(0), word(0), deadline, metadata]));

    it('names a program; all other hashes may be left out', async () => {
      expect(await send(word(0), soon(), '')).toMatchObject(refused('ZeroHash'));
      expect(await send(program, soon(), '')).toMatchObject({ event: 'TaskSubmitted' });
    });

    it('has bounded text', async () => {
      expect(await send(program, soon(), 'x'.repeat(2_049))).toMatchObject(refused('TooLong', 2_049n));
      expect(await send(program, soon(), 'x'.repeat(2_048))).toMatchObject({ event: 'TaskSubmitted' });
      const offer = (text: string) =>
        contract.undone(() => contract.send(processor, 'advertise', [word(0), soon(), text]));
      expect(await offer('x'.repeat(2_049))).toMatchObject(refused('TooLong', 2_049n));
      expect(await offer('x'.repeat(2_048))).toMatchObject({ event: 'ResourcesAdvertised' });
    });

    it('lies ahead, by the very second', async () => {
      expect(await send(program, soon(0), '')).toMatchObject(refused('DeadlinePassed', soon(-1)));
      expect(await send(program, soon(1), '')).toMatchObject({ event: 'TaskSubmitted' });
      const offer = (until: bigint) =>
        contract.undone(() => contract.send(processor, 'advertise', [word(0), until, '']));
      expect(await offer(soon(0))).toMatchObject(refused('OfferLapsed', soon(-1)));
      expect(await offer(soon(1))).toMatchObject({ event: 'ResourcesAdvertised' });
    });

    it('may be text that is not UTF-8, and the logs still close', async () => {
      const data = encodeFunctionData({ abi, functionName: 'advertise', args: [resources, soon(), 'ab'] });
      const broken = data.replace('6162', 'ff80') as Hex;
      expect(broken).not.toBe(data);
      expect((await contract.sendBytes(processor, broken)).event).toBe('ResourcesAdvertised');
      expect(proofOfExecutionHash(contract.logs)).toEqual({
        count: contract.logs.length,
        hash: (await contract.kept()).hash,
      });
    });
  });

  describe('matching', () => {
    let id: bigint;
    beforeEach(async () => {
      id = await submit();
    });

    it('needs an offer that stands', async () => {
      expect(await contract.send(owner, 'matchTask', [id, 0n])).toMatchObject(refused('UnknownOffer'));
      expect(await contract.send(owner, 'matchTask', [id, id])).toMatchObject(refused('UnknownOffer'));
      const { offer } = await contract.task(await approved());
      expect(await contract.send(owner, 'matchTask', [id, offer])).toMatchObject(refused('OfferTaken'));
      const brief = await advertise(soon(2));
      expect(await contract.send(owner, 'matchTask', [id, brief], 2)).toMatchObject(refused('OfferLapsed', soon(-1)));
      expect((await contract.send(owner, 'matchTask', [id, await advertise(soon(2))])).event).toBe('TaskMatched');
    });

    it('is not of one address with itself', async () => {
      const own = await advertise(soon(), owner);
      expect(await contract.send(owner, 'matchTask', [id, own])).toMatchObject(refused('SameParty'));
    });

    it('by a stranger’s offer blocks nobody: the owner matches over it, and an approval cannot hit another offer', async () => {
      const [stranger, wished] = [await advertise(soon(), other), await advertise()];
      expect((await contract.send(other, 'matchTask', [id, stranger])).event).toBe('TaskMatched');
      expect(await contract.send(processor, 'matchTask', [id, wished])).toMatchObject(refused('WrongState', 2));
      expect(await contract.send(owner, 'approve', [id, wished])).toMatchObject(refused('OtherOffer', stranger));
      expect((await contract.send(owner, 'matchTask', [id, wished])).event).toBe('TaskMatched');
      expect(await contract.send(other, 'approve', [id, wished])).toMatchObject(refused('NotCounterpart'));
      expect(await contract.send(other, 'withdraw', [id])).toMatchObject(refused('NotParty'));
      expect((await contract.send(processor, 'approve', [id, wished])).event).toBe('MatchApproved');
      expect((await contract.offer(stranger)).taken).toBe(false);
    });

    it('can be withdrawn by either side, and the task is open again', async () => {
      const offer = await advertise();
      for (const [by, back] of [
        [owner, processor],
        [processor, owner],
        [processor, processor],
      ] as const) {
        await contract.send(by, 'matchTask', [id, offer]);
        const args = { id, offer, by: back };
        expect(await contract.send(back, 'withdraw', [id])).toMatchObject({ event: 'MatchWithdrawn', args });
        const { state, offer: none } = await contract.task(id);
        expect({ state, none }).toEqual({ state: 'submitted', none: 0n });
      }
    });

    it('gives one offer to one task only', async () => {
      const [second, offer] = [await submit(), await advertise()];
      await contract.send(owner, 'matchTask', [id, offer]);
      await contract.send(owner, 'matchTask', [second, offer]);
      expect((await contract.send(processor, 'approve', [id, offer])).event).toBe('MatchApproved');
      expect(await contract.send(processor, 'approve', [second, offer])).toMatchObject(refused('OfferTaken'));
      await contract.send(owner, 'cancel', [id]);
      expect(await contract.send(processor, 'approve', [second, offer])).toMatchObject(refused('OfferTaken'));
    });

    it('is not approved once the offer has lapsed', async () => {
      const offer = await advertise(soon(5));
      await contract.send(owner, 'matchTask', [id, offer]);
      const { until } = await contract.offer(offer);
      const wait = Number(until) - contract.now() + 1;
      expect(await contract.undone(() => contract.send(processor, 'approve', [id, offer], wait))).toMatchObject(
        refused('OfferLapsed', until),
      );
    });
  });

  describe('time', () => {
    it('lets a task move up to its deadline and expire after it', async () => {
      const id = await submit();
      const { deadline } = await contract.task(id);
      const last = Number(deadline) - contract.now();
      const ahead = await contract.send(owner, 'expire', [id], last);
      expect(ahead).toMatchObject(refused('DeadlineAhead', deadline));
      expect(await contract.send(owner, 'cancel', [id])).toMatchObject(refused('DeadlinePassed', deadline));
      expect((await contract.send(owner, 'expire', [id])).event).toBe('TaskExpired');
      expect(await contract.send(owner, 'expire', [id])).toMatchObject(refused('WrongState', 8));

      const next = await submit();
      const at = await contract.task(next);
      const wait = Number(at.deadline) - contract.now();
      expect((await contract.send(owner, 'cancel', [next], wait)).event).toBe('TaskCancelled');
    });

    it('of the start is neither before the approval nor ahead of the block, by 60 seconds of allowance', async () => {
      const id = await approved();
      const { since } = await contract.task(id);
      const start = (startedAt: bigint) =>
        contract.undone(() => contract.send(processor, 'start', [id, runnerKey, startedAt]));
      expect(await start(since - 61n)).toMatchObject(refused('TimeOutOfOrder', since - 61n));
      expect((await start(since - 60n)).event).toBe('TaskStarted');
      expect(await start(soon(62))).toMatchObject(refused('TimeOutOfOrder', soon(61)));
      expect((await start(soon(61))).event).toBe('TaskStarted');
      expect(await start(2n ** 64n - 1n)).toMatchObject(refused('TimeOutOfOrder', 2n ** 64n - 1n));
      expect(await start(0n)).toMatchObject(refused('TimeOutOfOrder', 0n));
    });

    it('of the end is not before the start, nor ahead of the block', async () => {
      const id = await started();
      const { since } = await contract.task(id);
      const end = (endedAt: bigint) =>
        contract.undone(() => contract.send(processor, 'complete', [id, result, output, attestation, endedAt]));
      expect(await end(since - 1n)).toMatchObject(refused('TimeOutOfOrder', since - 1n));
      expect((await end(since)).event).toBe('TaskCompleted');
      expect(await end(soon(62))).toMatchObject(refused('TimeOutOfOrder', soon(61)));
      expect((await end(soon(61))).event).toBe('TaskCompleted');
      expect(await end(2n ** 64n - 1n)).toMatchObject(refused('TimeOutOfOrder', 2n ** 64n - 1n));
    });
  });

  describe('running', () => {
    it('names a key, a result and an attestation', async () => {
      const ready = await approved();
      expect(await contract.send(processor, 'start', [ready, word(0), soon(0)])).toMatchObject(refused('ZeroHash'));
      const id = await started();
      const end = (a: Hex, b: Hex, c: Hex) =>
        contract.undone(() => contract.send(processor, 'complete', [id, a, b, c, soon(0)]));
      expect(await end(word(0), output, attestation)).toMatchObject(refused('ZeroHash'));
      expect(await end(result, output, word(0))).toMatchObject(refused('ZeroHash'));
      expect((await end(result, word(0), attestation)).event).toBe('TaskCompleted');
    });

    it('bounds what is added', async () => {
      const id = await started();
      const add = (data: Hex) => contract.undone(() => contract.send(processor, 'annotate', [id, word(1), data]));
      expect(await add(`0x${'00'.repeat(2_049)}`)).toMatchObject(refused('TooLong', 2_049n));
      expect((await add(`0x${'00'.repeat(2_048)}`)).event).toBe('TaskAnnotated');
      expect((await add('0x')).event).toBe('TaskAnnotated');
    });
  });

  describe('nothing else', () => {
    it('is taken: no ether, by any function or none, and no unknown call', async () => {
      const calls: Hex[] = [
        '0x',
        '0xdeadbeef',
        encodeFunctionData({ abi, functionName: 'advertise', args: [resources, soon(), ''] }),
        encodeFunctionData({ abi, functionName: 'eventCount' }),
      ];
      for (const data of calls) {
        expect(await contract.sendBytes(owner, data, { value: 1n })).toMatchObject({ error: 'nothing' });
      }
      expect(await contract.sendBytes(owner, '0xdeadbeef')).toMatchObject({ error: 'nothing' });
      expect(await contract.sendBytes(owner, '0x')).toMatchObject({ error: 'nothing' });
      expect(await contract.client.getBalance({ address: contract.address })).toBe(0n);
    });

    it('is written by a call that is cut short', async () => {
      const data = encodeFunctionData({ abi, functionName: 'advertise', args: [resources, soon(), 'two cores'] });
      const before = await contract.kept();
      for (const length of [4, 36, 68, 100, 132]) {
        expect(length).toBeLessThan(size(data));
        const cut = await contract.sendBytes(processor, slice(data, 0, length));
        expect(cut.error, `${length} bytes`).toBe('nothing');
      }
      expect(await contract.kept()).toEqual(before);
    });
  });
});
