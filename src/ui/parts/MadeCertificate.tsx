import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { handOver } from '../files/handoff.ts';
import { saveFile } from '../files/saveFile.ts';
import { size } from '../format/quantity.ts';
import { Seal } from '../seal/Seal.tsx';
import { taskWords } from '../words/task.en.ts';
import { Button } from './Button.tsx';
import { Digest } from './Digest.tsx';
import lists from './lists.module.css';
import styles from './MadeCertificate.module.css';

const { certificate: words } = taskWords;

/** A certificate that was made here. */
export interface Made {
  readonly name: string;
  readonly text: string;
  readonly digest: string;
}

/** The certificate's file with the name that it goes under. */
export function madeCertificate(name: string, text: string): Made {
  const { digest } = JSON.parse(text) as { readonly digest: string };
  return { name, text, digest };
}

interface Props {
  readonly made: Made;
  /** What whoever checks it has to have pinned, as a file. */
  readonly trust: { readonly name: string; readonly trust: Trust };
  readonly needs: string;
  /** The check is opened in a tab of its own. */
  readonly beside?: boolean;
}

/** A certificate that was just made, with the two files that a person sends by two ways. */
export function MadeCertificate({ made: { name, text, digest }, trust, needs, beside = false }: Props) {
  const trustText = serializeTrust(trust.trust);
  const bytes = () => new TextEncoder().encode(text);
  return (
    <div className={styles.made}>
      <Seal digest={digest} size={120} />
      <div>
        <p>
          {name} · {fill(words.made, { size: size(text.length) })}
        </p>
        <Digest hex={digest} what={words.title} />
        <p className={lists.actions}>
          <Button look="primary" onClick={() => saveFile(name, text)}>
            {words.download}
          </Button>
          <Button
            onClick={() =>
              void handOver(
                { files: [{ name, bytes: bytes() }], trust: { name: trust.name, text: trustText } },
                { beside },
              )
            }
          >
            {words.check}
          </Button>
          <Button onClick={() => saveFile(trust.name, trustText)}>{words.trust}</Button>
        </p>
        <p className={lists.hint}>{needs}</p>
      </div>
    </div>
  );
}
