import { certifyNetwork } from '../audit/network/certifyNetwork.ts';
import { readContractEvents } from '../audit/evm/readContractEvents.ts';
import { batchVersion } from '../core/network/batch.ts';
import { affidavitType, maximumFileLength, readContent } from '../core/kinds/content.ts';
import { combine, verdictOf } from '../core/verdict/status.ts';
import type { Hex } from '../core/evm/hex.ts';
import { wrongCall } from './args.ts';
import { readNetworkName, networkLedgerOf } from './auditNetworkCommand.ts';
import { readGivenFile, writeResult } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { createProgress, progressWords } from './progress.ts';
import { clean, paintFor } from './readable.ts';
import { readTrust } from './readTrust.ts';

export interface RecordToCertifyHere {
  /** `chainId/contract/request`, of one request of a batch with `/machine` behind it. */
  readonly name: string;
  /** Path of the trust file. */
  readonly trust: string;
  readonly out: string | undefined;
  /** Paths; the file of the batch where one of its requests is meant. */
  readonly files: readonly string[];
  readonly json: boolean;
  readonly usage: string;
}

/** `certify --network`: reads the events of the network, and makes the certificate that it has attested a machine; checked, and written. */
export async function certifyNetworkCommand(wanted: RecordToCertifyHere, io: Io): Promise<ExitCode> {
  const { usage } = wanted;
  const found = /^(.+?\/[^/]+)\/([1-9]\d{0,14})(?:\/(0x[0-9a-f]{64}))?$/.exec(wanted.name);
  if (!found) {
    const words = `--network: ledger, contract and number of the request were expected, as 412346/0x…/1, and of one request of a batch its machine behind that; found ${JSON.stringify(wanted.name.slice(0, 160))}.`;
    throw wrongCall(words, usage);
  }
  const { chainId, contract } = readNetworkName(String(found[1]), usage);
  const [requestId, vmId] = [Number(found[2]), found[3] as Hex | undefined];
  const batch = await readBatch(wanted, io);
  if ((batch === undefined) !== (vmId === undefined)) {
    throw wrongCall('The file of a batch (--with) and the machine behind the request’s number go together.', usage);
  }
  const trust = await readTrust(io.folder, wanted.trust, io.signal);
  const { pin, rpc } = networkLedgerOf(trust, chainId, contract, []);
  const progress = createProgress(io);
  io.doing(`reading the network ${contract}`);
  const ledger = await readContractEvents({
    rpc,
    pin,
    address: contract,
    contract: 'AttestationNetwork',
    signal: io.signal,
    onProgress: (each) => progress.show(progressWords(each)),
  }).finally(() => progress.end());
  const verdict = verdictOf(combine(ledger.checks.map(({ status }) => status)));
  io.doing(`making the certificate of request ${requestId}`);
  const leaf = batch !== undefined && vmId ? { leaf: { batch, vmId } } : {};
  const text =
    verdict === 'verified'
      ? await certifyNetwork({ pin: { ...pin, rpc }, contract, requestId, ledger, ...leaf, signal: io.signal })
      : undefined;
  const line = { verdict, network: wanted.name };
  if (text === undefined) {
    io.line({ ...line, result: 'none', file: null });
    const why =
      verdict === 'verified'
        ? 'There is no record of that request, or no such machine in the batch.'
        : 'What the nodes of the ledger show is not proven. Run audit --network to see why.';
    if (!wanted.json) io.say(`No certificate was made of ${clean(wanted.name)}. ${why}\n`);
    return 1;
  }
  const file = wanted.out ?? `request-${requestId}.affidavit.json`;
  await writeResult(io.folder, file, text);
  io.line({ ...line, result: 'certificate', file });
  if (!wanted.json) {
    const words = `request ${requestId} of ${contract} on ledger ${chainId}`;
    io.say(
      `${paintFor(io.colour)('Certified', 'verified')}: ${words}.\n  Written to ${clean(file)}. Check it with: npm run -s check -- --trust FILE ${clean(file)}\n`,
    );
  }
  return 0;
}

async function readBatch({ files, usage }: RecordToCertifyHere, io: Io): Promise<string | undefined> {
  const [name] = files;
  if (name === undefined) return undefined;
  const content = readContent(name, await readGivenFile(io.folder, name, maximumFileLength, io.signal));
  if (files.length === 1 && affidavitType(content) === batchVersion) return content.text;
  throw wrongCall('With --network, --with gives one file: that of the batch.', usage);
}
