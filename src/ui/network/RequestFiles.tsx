import type { Hex } from '../../core/evm/hex.ts';
import type { Check } from '../../core/verdict/check.ts';
import { sentence } from '../../core/verdict/messages.ts';
import { DropZone } from '../files/DropZone.tsx';
import type { ReadFault, ReadFile } from '../files/readFiles.ts';
import { humane, withoutDigests } from '../format/humane.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import task from '../task/Task.module.css';
import { common } from '../words/common.en.ts';
import { networkWords } from '../words/network.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { networkPageMessages } from './networkPageMessages.ts';

const { request: words } = networkWords;

export interface RequestFilesProps {
  readonly files: readonly ReadFile[];
  readonly faults: readonly ReadFault[];
  /** Whether they are being judged. */
  readonly judging: boolean;
  /** What was found of them about this request. */
  readonly checks: readonly Check[];
  /** Digest of the criteria of the epoch that decided it. */
  readonly criteria: Hex | undefined;
  readonly onFiles: (chosen: readonly File[]) => void;
  readonly onRemove: (id: number) => void;
}

/** Where the document of a request is dropped, and what comes of it. */
export function RequestFiles({ files, faults, judging, checks, criteria, onFiles, onRemove }: RequestFilesProps) {
  return (
    <>
      <p>{words.judgeText}</p>
      {criteria && (
        <div>
          <p className={lists.hint}>{words.criteria}</p>
          <Digest hex={criteria.slice(2)} what={words.criteria} />
        </div>
      )}
      {faults.map((fault) => (
        <Notice key={fault.name} urgent title={fault.title} next={fault.next} />
      ))}
      {files.length > 0 && (
        <ul className={lists.lines} role="list">
          {files.map(({ id, name }) => (
            <li key={id} className={task.file}>
              <span>{name}</span>
              <Button look="quiet" aria-label={`${common.remove}: ${name}`} onClick={() => onRemove(id)}>
                {common.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div role="status">
        {judging && <p>{words.judging}</p>}
        {files.length > 0 && !judging && checks.length === 0 && <p>{words.nothing}</p>}
        {checks.map((check, index) => (
          <p key={index} className={task.outcome}>
            <StatusMark of={check.status} size={20} />
            <span>{withoutDigests(humane(sentence(check, networkPageMessages)))}</span>
          </p>
        ))}
      </div>
      <DropZone title={words.zone} hint={words.zoneHint} multiple compact opens onFiles={onFiles} />
    </>
  );
}
