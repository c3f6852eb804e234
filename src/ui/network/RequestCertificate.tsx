import { useState } from 'react';
import { createEvmExecutor } from '../../audit/evm/createEvmExecutor.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { Button } from '../parts/Button.tsx';
import { MadeCertificate, madeCertificate, type Made } from '../parts/MadeCertificate.tsx';
import { Notice } from '../parts/Notice.tsx';
import { networkWords } from '../words/network.en.ts';
import type { NetworkResult, NetworkSession } from './networkSession.ts';

const { certificate: words } = networkWords;

type Making =
  | { readonly step: 'idle' | 'making' }
  | { readonly step: 'failed'; readonly reason: string }
  | { readonly step: 'made'; readonly made: Made };

interface Props {
  readonly session: NetworkSession;
  readonly result: NetworkResult;
  /** Number of a request with a record. */
  readonly request: number;
}

/** Makes the certificate of a record, and hands it to the person. */
export function RequestCertificate({ session: { pin, address }, result, request }: Props) {
  const { trust } = usePins();
  const [making, setMaking] = useState<Making>({ step: 'idle' });
  const make = async (): Promise<void> => {
    setMaking({ step: 'making' });
    const executor = createEvmExecutor();
    try {
      const { certifyNetwork } = await import('../../audit/network/certifyNetwork.ts');
      const text = await certifyNetwork({
        pin,
        contract: address,
        requestId: request,
        ledger: result.ledger,
        executor,
      });
      if (text === undefined) setMaking({ step: 'failed', reason: words.none });
      else setMaking({ step: 'made', made: madeCertificate(`network-record-${request}.affidavit.json`, text) });
    } catch (error) {
      setMaking({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    } finally {
      executor.close();
    }
  };
  return (
    <>
      <h4>{words.title}</h4>
      {making.step === 'failed' && <Notice urgent title={fill(words.failed, { reason: making.reason })} />}
      {making.step === 'made' ? (
        <MadeCertificate
          made={making.made}
          trust={{ name: `ledger-${pin.chainId}.trust.json`, trust: { ...trust, evm: [pin] } }}
          needs={words.needs}
        />
      ) : (
        <>
          <p>{words.hint}</p>
          <p>
            <Button disabled={making.step === 'making'} onClick={() => void make()}>
              {making.step === 'making' ? words.making : words.make}
            </Button>
          </p>
        </>
      )}
    </>
  );
}
