import { useEffect, useState } from 'react';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { link as words } from '../words/link.en.ts';
import { linkText } from './certificateLink.ts';

/** Hands a small certificate on as a link; shows nothing where it is too long for one. */
export function CopyLink({ bytes }: { readonly bytes: Uint8Array }) {
  const [text, setText] = useState<string>();
  const [said, setSaid] = useState('');
  useEffect(() => {
    let current = true;
    void linkText(bytes).then((made) => {
      if (current) setText(made);
    });
    return () => {
      current = false;
    };
  }, [bytes]);
  if (text === undefined) return null;
  const copy = async (): Promise<void> => {
    const address = new URL(`./#/check/${text}`, window.location.href).href;
    setSaid(
      await navigator.clipboard.writeText(address).then(
        () => words.copied,
        () => words.copyFailed,
      ),
    );
  };
  return (
    <div className={lists.section}>
      <p className={lists.actions}>
        <Button onClick={() => void copy()}>{words.copy}</Button>
        <span role="status">{said}</span>
      </p>
      <p className={lists.hint}>{words.copyHint}</p>
    </div>
  );
}
