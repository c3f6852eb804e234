import { fromHex } from '../bytes/hex.ts';
import type { Content } from '../kinds/content.ts';
import type { Checker, Context, Judgement } from '../kinds/kind.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check, type Plan } from '../verdict/check.ts';
import { verifyAccountProof, type ProvenAccount } from './accountProof.ts';
import { parseBlockFile, type BlockFile } from './blockFile.ts';
import { choosePin, pinnedOtherwise } from './choosePin.ts';
import { describeBlocks } from './describeBlocks.ts';
import { toHex0x } from './hex.ts';
import { judgeHeaders, readHeaders, type ReadHeader } from './judgeHeaders.ts';
import { encodeReceipt } from './receipt.ts';
import { listRoot } from './trie.ts';

/** Judges blocks in a file by themselves: no node is asked. */
export const evmBlockChecker: Checker = { plan, check: judgeBlocks };

function plan({ text }: Content): readonly Plan[] {
  const ends = (text ?? '').slice(-1_000_000);
  return [
    { code: 'EVM_FORM' },
    { code: 'EVM_LINKS' },
    { code: 'EVM_VALIDATORS' },
    { code: 'EVM_SEALS' },
    ...(/"receipts"/.test(text?.slice(0, 4096) ?? '') || /"receipts"/.test(ends)
      ? [{ code: 'EVM_RECEIPTS' as const }]
      : []),
    ...(/"accountProof"/.test(ends) ? [{ code: 'EVM_STATE' as const }] : []),
  ];
}

async function judgeBlocks(content: Content, context: Context): Promise<Judgement> {
  const at = context.givenTime ?? context.now;
  const timeSource = context.givenTime === undefined ? 'now' : 'given';
  let file: BlockFile;
  let headers: readonly ReadHeader[];
  try {
    file = parseBlockFile(content.text ?? '');
    headers = readHeaders(file.headers, file.consensus);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const params = { reason: error.message };
    return {
      checks: [
        fail('EVM_FORM', { params }),
        ...(['EVM_LINKS', 'EVM_VALIDATORS', 'EVM_SEALS'] as const).map((code) =>
          unknown(code, { params: { reason: 'The headers were not read.' } }),
        ),
      ],
      labels: [],
      at,
      timeSource,
    };
  }
  const [first, last] = [headers[0], headers.at(-1)];
  const { trust } = context;
  const pin = choosePin(trust, file.chainId, file.consensus, first?.header.number ?? 0, last?.header.number ?? 0);
  const judged = judgeHeaders(headers, file.consensus, pin);
  const receipts = last && (await checkReceipts(file, last));
  const state = last && (await checkState(file, last));
  return {
    checks: [
      formCheck(file, context),
      ...judged.checks,
      ...(receipts ? [receipts] : []),
      ...(state ? [state.check] : []),
    ],
    labels: [],
    at,
    timeSource,
    details: describeBlocks({ file, headers, pin, validators: judged.validators, proven: state?.proven }),
  };
}

/** A ledger that is pinned under another consensus is another ledger than the file says, or the file asks to be judged by other rules. */
function formCheck({ chainId, consensus }: BlockFile, { trust }: Context): Check {
  const other = pinnedOtherwise(trust, chainId, consensus);
  if (!other) return pass('EVM_FORM', { params: { chainId, consensus } });
  return fail('EVM_FORM', {
    params: {
      reason: `It says that the ledger ${chainId} agrees by ${consensus}; your trust file says ${other.consensus}.`,
    },
  });
}

async function checkReceipts({ receipts }: BlockFile, { header }: ReadHeader): Promise<Check | undefined> {
  if (!receipts) return undefined;
  const root = toHex0x(await listRoot(receipts.map(encodeReceipt)));
  const logs = receipts.reduce((sum, receipt) => sum + receipt.logs.length, 0);
  const details = {
    spec: 'Ethereum Yellow Paper §4.3.1, EIP-2718',
    params: { count: receipts.length, logs, number: header.number, root, expected: header.receiptsRoot },
  };
  return root === header.receiptsRoot ? pass('EVM_RECEIPTS', details) : fail('EVM_RECEIPTS', details);
}

async function checkState(
  { accountProof }: BlockFile,
  { header }: ReadHeader,
): Promise<{ check: Check; proven?: ProvenAccount } | undefined> {
  if (accountProof === undefined) return undefined;
  const spec = 'EIP-1186; Ethereum Yellow Paper §4.1';
  try {
    const proven = await verifyAccountProof(fromHex(header.stateRoot.slice(2)), accountProof);
    const params = { address: proven.address, slots: proven.slots.length, number: header.number };
    return { proven, check: pass('EVM_STATE', { spec, params }) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { check: fail('EVM_STATE', { spec, params: { reason: error.message, number: header.number } }) };
  }
}
