import { equivocationFiles } from '../../core/evm/equivocationFiles.ts';
import type { Equivocation } from '../../core/evm/equivocation.ts';
import type { EvmPin } from '../../core/trust/trust.ts';
import { fill } from '../../core/verdict/messages.ts';
import { handOver } from '../files/handoff.ts';
import { saveFile } from '../files/saveFile.ts';
import { number } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { taskWords } from '../words/task.en.ts';

const { histories: words } = taskWords;

interface Props {
  readonly pin: EvmPin;
  readonly found: Equivocation;
}

/** Two sealed histories of a ledger were shown: both, to be kept and to be given to others, who need no node to judge them. */
export function TwoHistories({ pin, found }: Props) {
  const files = equivocationFiles(pin, found);
  const bytes = (text: string) => new TextEncoder().encode(text);
  return (
    <Notice title={fill(words.title, { number: number(found.number) })} next={words.next}>
      <p className={lists.actions}>
        {files.map(({ name, text }, side) => (
          <Button key={name} onClick={() => saveFile(name, text)}>
            {fill(words.download, { by: found.shownBy[side] ?? '' })}
          </Button>
        ))}
        <Button
          look="quiet"
          onClick={() => void handOver({ files: files.map(({ name, text }) => ({ name, bytes: bytes(text) })) })}
        >
          {words.check}
        </Button>
      </p>
    </Notice>
  );
}
