import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encodeAbiParameters, encodeFunctionData } from 'viem';
import { proofOfExecutionAbi } from '../src/contracts/proofOfExecution.ts';
import { ethernityStandInBytecode } from '../src/contracts/test/ethernityStandIn.ts';
import { sha3 } from '../src/core/bytes/hash.ts';
import { fullTrust } from '../src/core/trust/trust.fixture.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import { utf8 } from '../src/core/bytes/bytes.ts';
import { toHex0x, type Hex } from '../src/core/evm/hex.ts';
import { ethernityAbi } from '../src/core/task/ethernity/ethernityAbi.ts';
import { metadata } from '../src/core/task/ethernity/order.fixture.ts';
import { startLedger } from '../src/services/ledger/startLedger.ts';
import { openLedger, type StackLedger } from '../src/services/start/openLedger.ts';
import { createPageServer } from '../src/services/start/pageServer.ts';
import { builtPage } from './builtPage.ts';
import { openHostsForTest } from './hostsHere.ts';
import { foundNetwork } from './networkOnLedger.ts';
import { giveFiles } from './screens.ts';
import { machineTrust, proveSample, recordSample } from './traceFiles.ts';

/** A screen that needs more than a chain, with an address of its own. */
export interface ScreenElsewhere {
  readonly name: string;
  open(page: Page): Promise<void>;
}

const patience = { timeout: 120_000 };

/** Hosts, a ledger with a task and an order, an attestation network: each on a page of its own, so that nobody's pins are in another's way. */
export async function openMoreScreens(chainPage: string): Promise<{
  readonly screens: readonly ScreenElsewhere[];
  close(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-screens-'));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  const serve = async (evm: readonly object[]): Promise<string> => {
    const local = { affidavit: 'local/1', trust: { affidavit: 'trust/1', evm }, writer: null };
    const site = await createPageServer({ folder: builtPage(), port: 0, local: () => local });
    closers.push(() => site.close());
    return site.url;
  };
  try {
    const screens = [...plainScreens(chainPage), ...(await traceScreens(chainPage))];
    const hosts = await openHostsForTest();
    closers.push(() => hosts.close());
    screens.push(...hostScreens(hosts.page));
    const tasks = await openLedger(true, { folder: join(folder, 'tasks'), port: 0 });
    if (!tasks) return { screens, close };
    closers.push(() => tasks.stop());
    const votes = await startLedger({ folder: join(folder, 'votes') });
    closers.push(() => votes.stop());
    screens.push(...ledgerScreens(await serve([tasks.pin]), tasks, await place(tasks)));
    const network = await foundNetwork(votes, folder);
    await network.attest();
    await network.ask({ liars: [6] });
    await network.ask({ silent: [2], equivocator: 5 });
    screens.push(...networkScreens(await serve([network.pin])));
    return { screens, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const title = (page: Page, name: RegExp | string = /./) =>
  page.getByRole('heading', { level: 1, name }).waitFor(patience);

function plainScreens(page: string): ScreenElsewhere[] {
  const at = (name: string, route: string): ScreenElsewhere => ({
    name,
    async open(tab) {
      await tab.goto('about:blank');
      await tab.goto(`${page}/${route}`);
      await title(tab);
    },
  });
  return [
    at('limits', '#/limits'),
    at('report', '#/report'),
    at('embed-demo', 'embed-demo.html'),
    {
      name: 'anchors-every-kind',
      async open(tab) {
        await tab.goto(`${page}/#/anchors`);
        await tab.evaluate((text) => localStorage.setItem('affidavit/trust', text), serializeTrust(fullTrust));
        await tab.reload();
        await tab.getByRole('rowheader', { name: 'Key of a machine that signs traces' }).waitFor(patience);
        await tab.evaluate(() => localStorage.clear());
      },
    },
    at('nothing-there', '#/nothing-there'),
    at('trace-compare', '#/trace/compare'),
    at('trace-reexecute', '#/trace/reexecute'),
    {
      name: 'help-german',
      async open(tab) {
        await tab.goto(`${page}/#/help`);
        await tab.evaluate(() => localStorage.clear());
        await tab.goto('about:blank');
        await tab.goto(`${page}/?#/help?lang=de`);
        await title(tab, 'Hilfe');
      },
    },
    {
      name: 'check-german',
      async open(tab) {
        await tab.goto('about:blank');
        await tab.goto(`${page}/check.html?#lang=de`);
        await title(tab);
      },
    },
  ];
}

async function traceScreens(page: string): Promise<ScreenElsewhere[]> {
  const { trace } = await recordSample(1);
  const proof = await proveSample(trace);
  return [
    {
      name: 'trace-run',
      async open(tab) {
        await tab.goto(`${page}/#/trace`);
        await tab.getByRole('button', { name: 'savings', exact: true }).click();
        await tab.getByRole('button', { name: 'Run it' }).click(patience);
        await title(tab, /ended with code 0/);
      },
    },
    {
      name: 'trace-proof',
      async open(tab) {
        await tab.goto(`${page}/check.html`);
        await giveFiles(tab, { 'event.json': proof, 'trust.json': machineTrust });
        await tab.getByRole('button', { name: /Use it/ }).click();
        await title(tab, /It holds/);
      },
    },
  ];
}

function hostScreens(page: string): ScreenElsewhere[] {
  return [
    {
      name: 'launch',
      async open(tab) {
        await tab.goto(`${page}#/launch`);
        await tab.evaluate(() => localStorage.clear());
        await tab.reload();
        await tab.getByRole('button', { name: 'Pin them and try it' }).waitFor(patience);
      },
    },
    {
      name: 'launched',
      async open(tab) {
        await tab.getByRole('button', { name: 'Pin them and try it' }).click(patience);
        await title(tab, /ran to its end/);
      },
    },
    {
      name: 'hosts',
      async open(tab) {
        await tab.goto(`${page}#/host`);
        await tab.getByRole('link', { name: /^did:key:/ }).waitFor(patience);
      },
    },
    {
      name: 'host',
      async open(tab) {
        await tab.getByRole('link', { name: /^did:key:/ }).click();
        await tab.getByRole('button', { name: /^Ask it (now|again)$/ }).click(patience);
        await title(tab, /vouch for it/);
      },
    },
  ];
}

function ledgerScreens(page: string, { chainId, contract }: StackLedger, order: Hex): ScreenElsewhere[] {
  return [
    {
      name: 'contract',
      async open(tab) {
        await tab.goto(`${page}#/`);
        const offer = tab.getByRole('button', { name: 'Pin the ledger and open its contract' });
        await offer.click(patience);
        await title(tab, /offers? at this contract/);
      },
    },
    {
      name: 'task',
      async open(tab) {
        await tab.goto(`${page}#/task/${chainId}/${contract}/1`);
        await title(tab, /waits for a processor/);
      },
    },
    {
      name: 'order',
      async open(tab) {
        await tab.goto(`${page}#/order/${chainId}/${order}/0`);
        await title(tab, /^Order 0/);
      },
    },
  ];
}

function networkScreens(page: string): ScreenElsewhere[] {
  return [
    {
      name: 'networks-offered',
      async open(tab) {
        await tab.goto(`${page}#/network`);
        await tab.getByRole('button', { name: 'Pin it and open it' }).waitFor(patience);
      },
    },
    {
      name: 'network',
      async open(tab) {
        await tab.getByRole('button', { name: 'Pin it and open it' }).click(patience);
        await title(tab, /answered every request/);
      },
    },
  ];
}

/** Submits a task, and places an order at a stand-in for a contract of Ethernity. @returns that contract */
async function place({ call, contract }: StackLedger): Promise<Hex> {
  const [owner, party] = await call<Hex[]>('eth_accounts');
  const transact = async (from: Hex | undefined, to: Hex | undefined, data: Hex): Promise<Hex | null> => {
    const sent = await call<Hex>('eth_sendTransaction', { from, ...(to && { to }), data, gas: '0x600000' });
    for (;;) {
      const receipt = await call<{ readonly contractAddress: Hex | null } | null>('eth_getTransactionReceipt', sent);
      if (receipt) return receipt.contractAddress;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const digest = (text: string): Hex => toHex0x(sha3(utf8(text)));
  const task = [
    digest('program'),
    digest('data'),
    digest('conditions'),
    digest('key'),
    2n ** 40n,
    'mean length',
  ] as const;
  await transact(
    owner,
    contract,
    encodeFunctionData({ abi: proofOfExecutionAbi, functionName: 'submitTask', args: task }),
  );
  const flag = encodeAbiParameters([{ type: 'bool' }], [true]).slice(2);
  const market = await transact(owner, undefined, `${ethernityStandInBytecode}${flag}`);
  if (!market) throw new Error('The stand-in for Ethernity could not be put on the ledger.');
  const ask = (from: Hex | undefined, functionName: string, args: readonly unknown[]) =>
    transact(from, market, encodeFunctionData({ abi: ethernityAbi, functionName, args } as never));
  await ask(owner, '_addDORequest', [1, 1, 1, 1, 60, 1, 1, ...metadata]);
  await ask(party, '_addDPRequest', [1, 1, 1, 1, 60, 1, '', '', '', '']);
  await ask(party, '_placeOrder', [0n, 0n]);
  return market;
}
