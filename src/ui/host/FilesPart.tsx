import type { JsonObject } from '../../core/bytes/json.ts';
import type { FileBytes } from '../../core/kinds/protocol.ts';
import { fill } from '../../core/verdict/messages.ts';
import { saveFile } from '../files/saveFile.ts';
import { size } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { host } from '../words/host.en.ts';
import styles from './Host.module.css';

const { files: words } = host;

interface Props {
  readonly credential: JsonObject;
  readonly files: readonly FileBytes[];
}

/** Everything that others need to judge the same again. */
export function FilesPart({ credential, files }: Props) {
  return (
    <section className={lists.section} aria-labelledby="judged-with">
      <h2 id="judged-with">{words.title}</h2>
      <p>
        <Button onClick={() => saveFile('host.credential.json', `${JSON.stringify(credential)}\n`)}>
          {words.save}
        </Button>
      </p>
      <ul className={`${lists.lines} ${styles.files}`}>
        {files.map(({ name, bytes }) => (
          <li key={name}>
            <code>{name}</code> <span>{size(bytes.length)}</span>
            <Button look="quiet" onClick={() => saveFile(name, new Uint8Array(bytes), 'application/octet-stream')}>
              {fill(words.saveAll, { name })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
