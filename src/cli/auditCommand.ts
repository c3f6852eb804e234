import { withSuccession } from '../audit/chain/succession.ts';
import { limits } from '../core/chain/limits.ts';
import { readContent } from '../core/kinds/content.ts';
import { auditContractCommand } from './auditContractCommand.ts';
import { auditHostCommand } from './auditHostCommand.ts';
import { auditNetworkCommand } from './auditNetworkCommand.ts';
import { auditOrderCommand } from './auditOrderCommand.ts';
import { auditTaskCommand } from './auditTaskCommand.ts';
import { readArgs, wrongCall } from './args.ts';
import { chooseChains } from './chooseChains.ts';
import { durabilityOption, readableDurability } from './durabilityOption.ts';
import { readGivenFile, requirePlace, writeResult } from './files.ts';
import { worst, type ExitCode, type Io } from './io.ts';
import { openAudit, openPinnedBuckets } from './openAudit.ts';
import { paintFor } from './readable.ts';
import { readableAudit } from './readableAudit.ts';
import { readTrust } from './readTrust.ts';
import type { HoldFile } from '../audit/chain/readHolds.ts';
import type { ChainAudit, SequencedBlock } from '../core/chain/types.ts';

const optionKinds = {
  resume: 'flag',
  json: 'flag',
  trust: 'value',
  out: 'value',
  with: 'values',
  durability: 'value',
  task: 'value',
  order: 'value',
  contract: 'value',
  network: 'value',
  host: 'value',
  service: 'value',
  validator: 'values',
  from: 'value',
  to: 'value',
  rpc: 'values',
  code: 'value',
  abi: 'value',
  'light-client': 'flag',
  help: 'flag',
} as const;

const usage = `Usage: npm run -s audit -- --trust FILE [--json] [--resume] [--with FILE]… [--durability INPUTS] [--out FILE] [CHAIN]
       npm run -s audit -- --trust FILE [--json] [--with FILE]… [--out FILE] --task CHAIN_ID/CONTRACT/ID
       npm run -s audit -- --trust FILE [--json] [--with FILE]… [--out FILE] --order CHAIN_ID/CONTRACT/NUMBER
       npm run -s audit -- --trust FILE [--json] [--from BLOCK] [--to BLOCK] [--rpc URL]… [--code HASH|NAME] [--abi FILE]
                           [--light-client] [--out FILE] --contract CHAIN_ID/ADDRESS
       npm run -s audit -- --trust FILE [--json] [--rpc URL]… [--with FILE]… [--out FILE] --network CHAIN_ID/ADDRESS
       npm run -s audit -- --trust FILE [--json] [--service URL] [--validator URL]… [--out FILE] --host DID`;

/**
 * `audit`: pinned chains from their buckets, block by block (CHAIN.md G). One line of JSON a chain on standard output, unless
 * that is a terminal and `--json` was not asked for; without `--json` the same in words on standard error. `--with` takes hold attestations, for chains whose pin asks for them, `--durability` the inputs of
 * that. `--out` gets the lines with the whole main chain. With `--task` one task of a contract, from the nodes of its ledger;
 * with `--order` one order of a contract of Ethernity, with `--contract` all events of any, with `--network` an attestation network, with `--host` a host as it is now.
 */
export async function auditCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, rest } = readArgs(args, optionKinds, usage);
  if (options.help) {
    io.say(usage);
    return 0;
  }
  if (options.trust === undefined)
    throw wrongCall('A trust file is needed: what is not pinned cannot be audited.', usage);
  await requirePlace(io.folder, options.out);
  if (options.host !== undefined) {
    const others = [options.network, options.contract, options.order, options.task, options.durability, options.from];
    const more = [options.to, options.code, options.abi, options.rpc[0], options.with[0], rest[0]];
    if (options.resume || options['light-client'] || [...others, ...more].some((other) => other !== undefined)) {
      throw wrongCall('--host stands alone: --service, --validator, --out and --json go with it.', usage);
    }
    const { trust, host: did, service, validator: validators, out, json } = options;
    return auditHostCommand({ did, trust, service, validators, out, json, usage }, io);
  }
  if (options.service !== undefined || options.validator.length > 0) {
    throw wrongCall('--service and --validator go with --host.', usage);
  }
  if (options.network !== undefined) {
    const others = [options.contract, options.order, options.task, options.durability, options.from, options.to];
    if (options.resume || [...others, options.code, options.abi, rest[0]].some((other) => other !== undefined)) {
      throw wrongCall('--network stands alone: --rpc, --with, --out and --json go with it.', usage);
    }
    const { trust, network: name, rpc, with: files, out, json } = options;
    return auditNetworkCommand({ name, trust, rpc, files, out, json, usage }, io);
  }
  const ofContract = options.from ?? options.to ?? options.code ?? options.abi ?? options.rpc[0];
  if (options.contract !== undefined) {
    const others = [options.order, options.task, options.durability, options.with[0], rest[0]];
    if (options.resume || others.some((other) => other !== undefined)) {
      throw wrongCall('--contract stands alone: no chain, --task, --order, --with, --resume or --durability.', usage);
    }
    const { trust, contract: name, from, to, rpc, code, abi, out, json, 'light-client': lightClient } = options;
    return auditContractCommand({ name, trust, from, to, rpc, code, abi, lightClient, out, json, usage }, io);
  }
  if (ofContract !== undefined || options['light-client']) {
    throw wrongCall('--from, --to, --rpc, --code, --abi and --light-client go with --contract.', usage);
  }
  if (options.order !== undefined) {
    if (rest.length > 0 || options.resume || options.durability !== undefined || options.task !== undefined) {
      throw wrongCall('--order stands alone: no chain, --task, --resume or --durability goes with it.', usage);
    }
    const { trust, order: name, with: files, out, json } = options;
    return auditOrderCommand({ name, trust, files, out, json, usage }, io);
  }
  if (options.task !== undefined) {
    if (rest.length > 0 || options.resume || options.durability !== undefined) {
      throw wrongCall('--task stands alone: no chain, --resume or --durability goes with it.', usage);
    }
    const { trust, task: name, with: files, out, json } = options;
    return auditTaskCommand({ name, trust, files, out, json, usage }, io);
  }
  if (rest.length > 1) throw wrongCall(`One chain was expected, found ${rest.length}.`, usage);
  const lasting = durabilityOption(options.durability, usage);
  const trust = await readTrust(io.folder, options.trust, io.signal);
  const chains = chooseChains(trust, rest[0]);
  const buckets = openPinnedBuckets(chains, io.folder);
  const holds: HoldFile[] = [];
  for (const name of options.with) {
    const bytes = await readGivenFile(io.folder, name, limits.enclaveDocument * 2, io.signal);
    holds.push({ name, bytes: readContent(name, bytes).bytes });
  }
  const read: ChainAudit[] = [];
  for (const [index, pin] of chains.entries()) {
    read.push(await openAudit(pin, buckets[index] ?? [], io, options.resume, holds).run());
  }
  const codes: ExitCode[] = [];
  const whole: string[] = [];
  // Only now, since a chain read last may speak against one read first.
  for (const audit of withSuccession(read, trust.chains ?? [])) {
    if (options.json || !io.watched) io.line({ ...printed(audit), durability: lasting });
    if (!options.json) io.say(readableAudit(audit, paintFor(io.colour)));
    whole.push(`${JSON.stringify({ ...audit, durability: lasting })}\n`);
    codes.push(audit.verdict === 'verified' ? 0 : 1);
  }
  if (!options.json) io.say(readableDurability(lasting));
  if (options.out !== undefined) await writeResult(io.folder, options.out, whole.join(''));
  return worst(codes);
}

/** What is printed, in the shape of CHAIN.md G: all but the main chain, which may be long. */
function printed({ mainChain: _, ...audit }: ChainAudit) {
  return {
    ...audit,
    tip: audit.tip && { ...briefly(audit.tip), time: audit.tip.time },
    forks: audit.forks.map((fork) => ({ ...fork, blocks: fork.blocks.map(briefly) })),
    orphans: audit.orphans.map(briefly),
  };
}

function briefly({ k, height, block, timestampHash }: SequencedBlock) {
  return { k, height, block, timestampHash };
}
