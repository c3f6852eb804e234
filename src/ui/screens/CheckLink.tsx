import { ButtonLink } from '../parts/Button.tsx';
import { screens } from '../words/screens.en.ts';

const { check: words } = screens;

/** The check page is its own document with its own policy; this only leads there. */
export function CheckLink() {
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <p>
        <ButtonLink look="primary" href="check.html">
          {words.open}
        </ButtonLink>
      </p>
    </>
  );
}
