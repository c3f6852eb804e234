import { ButtonLink } from '../parts/Button.tsx';
import { screens } from '../words/screens.en.ts';

const { notFound: words } = screens;

export function NotFound() {
  return (
    <>
      <h1>{words.title}</h1>
      <p>{words.next}</p>
      <p>
        <ButtonLink href="#/">{words.back}</ButtonLink>
      </p>
    </>
  );
}
