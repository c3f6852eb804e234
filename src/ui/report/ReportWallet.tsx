import { useMemo, useState } from 'react';
import { useConfig, WagmiProvider } from 'wagmi';
import { signTypedData, simulateContract, writeContract } from 'wagmi/actions';
import { readReportAnchor, type ReportLedger } from '../../audit/report/readReportAnchor.ts';
import { reportAnchorAbi } from '../../contracts/reportAnchor.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { Report } from '../../core/report/report.ts';
import { draftFor } from '../../core/report/sealReport.ts';
import {
  canonicalSignature,
  reportDomain,
  reportMessage,
  reportSigner,
  reportTypes,
} from '../../core/report/typedData.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { shortened } from '../format/groups.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { Connection } from '../wallet/Connection.tsx';
import { awaitMined } from '../wallet/awaitMined.ts';
import { isDevelopmentLedger } from '../wallet/developmentAccounts.ts';
import { refusalOf } from '../wallet/refusal.ts';
import { walletConfig } from '../wallet/walletConfig.ts';
import { reportWords } from '../words/report.en.ts';

const { sign: words, anchor: anchorWords } = reportWords;

interface Props {
  /** A ledger to reach wallets of; signing is the same on all of them. */
  readonly pin: EvmPin & { readonly rpc: readonly [string, ...string[]] };
  readonly report: Report;
  readonly onSigned?: (report: Report) => void;
  /** Where it is to be anchored, and what to do with the blocks that show it. */
  readonly anchor?: { readonly pin: ReportLedger; readonly contract: Hex; readonly onBlocks: (text: string) => void };
}

/** What needs a wallet: signing a report, or anchoring one. Loaded only when it is asked for. */
export function ReportWallet({ pin, report, onSigned, anchor }: Props) {
  const config = useMemo(() => walletConfig(pin), [pin]);
  return (
    <WagmiProvider config={config} reconnectOnMount={false}>
      <Connection chainId={pin.chainId} development={isDevelopmentLedger(pin)} anyChain={anchor === undefined}>
        {(account) =>
          anchor ? (
            <AnchorButton account={account} report={report} anchor={anchor} />
          ) : (
            <SignButton account={account} report={report} onSigned={onSigned ?? (() => undefined)} />
          )
        }
      </Connection>
    </WagmiProvider>
  );
}

/** Work of a wallet, with what it refused in words. */
function useAsking(): readonly [asking: boolean, fault: string, run: (work: () => Promise<void>) => Promise<void>] {
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState('');
  const run = async (work: () => Promise<void>): Promise<void> => {
    setAsking(true);
    setFault('');
    try {
      await work();
    } catch (error) {
      setFault(error instanceof SignatureFault ? error.message : refusalOf(error));
    }
    setAsking(false);
  };
  return [asking, fault, run];
}

class SignatureFault extends Error {}

interface SignProps {
  readonly account: Hex;
  readonly report: Report;
  readonly onSigned: (report: Report) => void;
}

function SignButton({ account, report, onSigned }: SignProps) {
  const config = useConfig();
  const [asking, fault, run] = useAsking();
  const sign = () =>
    run(async () => {
      const draft = draftFor(report, account, Math.floor(Date.now() / 1000));
      const signature = await signTypedData(config, {
        domain: reportDomain,
        types: reportTypes,
        primaryType: 'AuditReport',
        message: reportMessage(draft),
      });
      const signed: Report = /^0x[0-9a-f]{130}$/i.test(signature)
        ? { ...draft, signature: canonicalSignature(signature) }
        : draft;
      if (reportSigner(signed) !== account) throw new SignatureFault(words.wrong);
      onSigned(signed);
    });
  return (
    <>
      <p className={lists.actions}>
        <Button look="primary" disabled={asking} onClick={() => void sign()}>
          {fill(words.sign, { address: shortened(account) })}
        </Button>
      </p>
      <p role="status">{asking && words.asking}</p>
      {fault && <Notice urgent title={fault} />}
    </>
  );
}

interface AnchorProps {
  readonly account: Hex;
  readonly report: Report;
  readonly anchor: NonNullable<Props['anchor']>;
}

function AnchorButton({ account, report, anchor: { pin, contract, onBlocks } }: AnchorProps) {
  const config = useConfig();
  const [asking, fault, run] = useAsking();
  if (account !== report.auditor) return <p>{fill(anchorWords.other, { auditor: report.auditor })}</p>;
  const send = () =>
    run(async () => {
      const { chainId } = pin;
      const call = {
        abi: reportAnchorAbi,
        address: contract,
        functionName: 'anchor',
        args: [`0x${report.digest}`],
        account,
        chainId,
      } as const;
      // Tried first, so that a refusal comes in words and costs nothing.
      await simulateContract(config, call as unknown as Parameters<typeof simulateContract>[1]);
      const hash = await writeContract(config, call as unknown as Parameters<typeof writeContract>[1]);
      await awaitMined(config, { hash, chainId });
      onBlocks(await readReportAnchor(report, { pin, contract }));
    });
  return (
    <>
      <p className={lists.actions}>
        <Button look="primary" disabled={asking} onClick={() => void send()}>
          {fill(anchorWords.anchor, { address: shortened(account) })}
        </Button>
      </p>
      <p role="status">{asking && anchorWords.asking}</p>
      {fault && <Notice urgent title={fault} />}
    </>
  );
}
