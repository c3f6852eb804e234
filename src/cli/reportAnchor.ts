import { createPublicClient, createWalletClient, defineChain, http } from 'viem';
import { awaitReceipt } from '../audit/evm/awaitReceipt.ts';
import { readReportAnchor, reportLedger } from '../audit/report/readReportAnchor.ts';
import { reportAnchorAbi } from '../contracts/reportAnchor.ts';
import { readContent } from '../core/kinds/content.ts';
import { checkAnchored } from '../core/report/anchored.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { readArgs, wrongCall } from './args.ts';
import { writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { readTrust } from './readTrust.ts';
import { readKey, readOneReport } from './reportFiles.ts';
import { reportUsage as usage } from './reportUsage.ts';

const optionKinds = { trust: 'value', key: 'value', ledger: 'value', out: 'value' } as const;

/** `report anchor`: puts the digest of one's own report on the pinned ledger, and fetches the blocks that show it. One that is anchored already is only fetched. */
export async function reportAnchor(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, usage);
  const [name] = rest;
  if (options.trust === undefined || options.key === undefined || name === undefined || rest.length > 1) {
    throw wrongCall('A trust file, a key and one report are needed.', usage);
  }
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const report = await readOneReport(name, io);
  const account = await readKey(options.key, io);
  if (account.address.toLowerCase() !== report.auditor) {
    throw new AuditorError('usage', 'REPORT_KEY', `The report is that of ${report.auditor}: only they can anchor it.`);
  }
  const ledger = reportLedger(trust, options.ledger === undefined ? undefined : Number(options.ledger));
  const { pin, contract } = ledger;
  const [node] = pin.rpc;
  const chain = defineChain({
    id: pin.chainId,
    name: 'ledger',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [node] } },
  });
  const reader = createPublicClient({ chain, transport: http(node), pollingInterval: 100 });
  const writer = createWalletClient({ account, chain, transport: http(node) });
  const at = { address: contract, abi: reportAnchorAbi } as const;
  const digest = `0x${report.digest}` as const;
  io.doing(`anchoring ${name}`);
  try {
    const [number] = await reader.readContract({ ...at, functionName: 'anchors', args: [account.address, digest] });
    if (number === 0n) {
      const { request } = await reader.simulateContract({ ...at, functionName: 'anchor', args: [digest], account });
      const hash = await writer.writeContract(request);
      const { status } = await awaitReceipt(hash, () => reader.getTransactionReceipt({ hash }));
      if (status !== 'success') throw new Error('the transaction was reverted');
    }
  } catch (cause) {
    const words = `The ledger ${pin.chainId} did not take the report: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`;
    throw new AuditorError('source', 'REPORT_ANCHOR', words, { cause });
  }
  const text = await readReportAnchor(report, ledger, io.signal);
  if (options.out !== undefined) await writeResult(io.folder, options.out, text);
  const check = await checkAnchored(
    report,
    [readContent(options.out ?? 'blocks', new TextEncoder().encode(text))],
    trust,
  );
  io.line({ file: name, chainId: pin.chainId, contract, digest: report.digest, check });
  const block = String(check?.params?.['block'] ?? '?');
  io.say(
    check?.status === 'pass'
      ? `${name} is anchored in block ${block} of ledger ${pin.chainId}.`
      : `Sent, and not shown: ${String(check?.params?.['reason'])}`,
  );
  return check?.status === 'pass' ? 0 : 1;
}
