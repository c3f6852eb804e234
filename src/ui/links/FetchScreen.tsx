import { useEffect, useMemo, useState } from 'react';
import { maximumFileLength } from '../../core/kinds/content.ts';
import { fill } from '../../core/verdict/messages.ts';
import { handOver } from '../files/handoff.ts';
import { size } from '../format/quantity.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import lists from '../parts/lists.module.css';
import { link as words } from '../words/link.en.ts';
import { fetchLinked, linkedAddress, type LinkedFault } from './fetchLinked.ts';

type Fault = LinkedFault['fault'] | 'stopped';

/** A link that says where the evidence lies: what is asked, of whom, and what came of it. What came is judged on the check page, which may fetch nothing itself. */
export function FetchScreen({ src }: { readonly src: string }) {
  const address = useMemo(() => linkedAddress(src, document.baseURI), [src]);
  const [attempt, setAttempt] = useState(0);
  const [fault, setFault] = useState<{ readonly fault: Fault; readonly code?: number }>();
  const [stop, setStop] = useState<() => void>();
  useEffect(() => {
    if (!address) return;
    const control = new AbortController();
    setFault(undefined);
    setStop(() => () => {
      control.abort();
      setFault({ fault: 'stopped' });
    });
    fetchLinked(address, control.signal).then(
      (found) => {
        if (control.signal.aborted) return;
        if ('fault' in found) return setFault(found);
        void handOver({ files: [found], linked: { src, from: found.from } });
      },
      () => undefined,
    );
    return () => control.abort();
  }, [address, attempt, src]);
  const shown = address ? fault : ({ fault: 'address' } as const);
  return (
    <>
      <h1>{words.fetching.title}</h1>
      {address && (
        <>
          <p>{words.fetching.text}</p>
          <p>
            <code>{address.href}</code>
          </p>
          <p>{address.origin === window.location.origin ? words.fetching.own : words.fetching.asked}</p>
        </>
      )}
      {shown && <FaultNotice src={src} {...shown} />}
      <p className={lists.actions}>
        {!shown && <Button onClick={stop}>{words.fetching.cancel}</Button>}
        {shown && address && <Button onClick={() => setAttempt((last) => last + 1)}>{words.fetching.again}</Button>}
        {shown && <ButtonLink href="check.html">{words.fetching.instead}</ButtonLink>}
      </p>
    </>
  );
}

function FaultNotice({ src, fault, code }: { readonly src: string; readonly fault: Fault; readonly code?: number }) {
  if (fault === 'stopped') return <Notice title={words.fetching.stopped} />;
  const why = fill(words.fetchFaults[fault], { src, code: String(code ?? ''), limit: size(maximumFileLength) });
  return (
    <Notice urgent title={words.fetchFaults.title} next={words.fetchFaults.next}>
      <p>{why}</p>
    </Notice>
  );
}
