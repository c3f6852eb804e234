import { createEvmExecutor } from '../../audit/evm/createEvmExecutor.ts';
import { MakeCertificate } from '../parts/MakeCertificate.tsx';
import { networkWords } from '../words/network.en.ts';
import type { NetworkResult, NetworkSession } from './networkSession.ts';

const { certificate: words } = networkWords;

interface Props {
  readonly session: NetworkSession;
  readonly result: NetworkResult;
  /** Number of a request with a record. */
  readonly request: number;
}

/** Makes the certificate of a record. */
export function RequestCertificate({ session: { pin, address }, result: { ledger }, request }: Props) {
  const make = async (): Promise<string> => {
    const executor = createEvmExecutor();
    try {
      const { certifyNetwork } = await import('../../audit/network/certifyNetwork.ts');
      const text = await certifyNetwork({ pin, contract: address, requestId: request, ledger, executor });
      if (text === undefined) throw new Error(words.none);
      return text;
    } finally {
      executor.close();
    }
  };
  return (
    <>
      <h4>{words.title}</h4>
      <MakeCertificate words={words} name={`network-record-${request}.affidavit.json`} pin={pin} make={make} />
    </>
  );
}
