import { useState, type ReactNode } from 'react';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { usePins } from '../anchors/usePins.ts';
import { Button } from './Button.tsx';
import { MadeCertificate, madeCertificate, type Made } from './MadeCertificate.tsx';
import { Notice } from './Notice.tsx';

type Making =
  | { readonly step: 'idle' | 'making' }
  | { readonly step: 'failed'; readonly reason: string }
  | { readonly step: 'made'; readonly made: Made };

interface Props {
  readonly words: Readonly<Record<'hint' | 'failed' | 'needs' | 'making' | 'make', string>>;
  /** Of the file. */
  readonly name: string;
  /** The ledger's entry, without which nobody can check it. */
  readonly pin: EvmPin;
  /** Why it cannot be made yet. */
  readonly missing?: ReactNode;
  readonly look?: 'primary';
  /** @throws Error that says why there is none */
  readonly make: () => Promise<string>;
}

/** Makes a certificate of something on a ledger, and hands it to the person. */
export function MakeCertificate({ words, name, pin, missing, look, make }: Props) {
  const { trust } = usePins();
  const [making, setMaking] = useState<Making>({ step: 'idle' });
  const start = async (): Promise<void> => {
    setMaking({ step: 'making' });
    try {
      setMaking({ step: 'made', made: madeCertificate(name, await make()) });
    } catch (error) {
      setMaking({ step: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  if (making.step === 'made') {
    const file = { name: `ledger-${pin.chainId}.trust.json`, trust: { ...trust, evm: [pin] } };
    return <MadeCertificate made={making.made} trust={file} needs={words.needs} />;
  }
  const isMaking = making.step === 'making';
  return (
    <>
      {making.step === 'failed' && <Notice urgent title={fill(words.failed, { reason: making.reason })} />}
      <p>{words.hint}</p>
      {missing && <p>{missing}</p>}
      <p>
        <Button {...(look && { look })} disabled={isMaking || Boolean(missing)} onClick={() => void start()}>
          {isMaking ? words.making : words.make}
        </Button>
      </p>
    </>
  );
}
