import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import { screens } from '../words/screens.en.ts';

const { broken: words } = screens;

/** A fault of the program itself: said as such, and never as a verdict. */
export function Broken({ error }: ErrorComponentProps) {
  return (
    <>
      <h1>{words.title}</h1>
      <Notice urgent title={error instanceof Error ? error.message : String(error)} next={words.next}>
        <Button onClick={() => window.location.reload()}>{words.reload}</Button>
      </Notice>
    </>
  );
}
