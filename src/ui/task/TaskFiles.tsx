import { sentence } from '../../core/verdict/messages.ts';
import { walk, type Check } from '../../core/verdict/check.ts';
import { fill } from '../../core/verdict/messages.ts';
import { taskHashNames, type TaskTimeline } from '../../core/task/timeline.ts';
import { DropZone } from '../files/DropZone.tsx';
import { handOver } from '../files/handoff.ts';
import type { ReadFault, ReadFile } from '../files/readFiles.ts';
import { useDigest } from '../files/useDigest.ts';
import { humane, withoutDigests } from '../format/humane.ts';
import { kindAtSight } from '../judging/kindAtSight.ts';
import { Button } from '../parts/Button.tsx';
import { Digest } from '../parts/Digest.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { common } from '../words/common.en.ts';
import { taskWords } from '../words/task.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { allMessages } from './taskMessages.ts';
import styles from './Task.module.css';

const { files: words } = taskWords;

interface Props {
  readonly files: readonly ReadFile[];
  readonly faults: readonly ReadFault[];
  readonly timeline: TaskTimeline | undefined;
  /** What the task's judging said, with these files beside it. */
  readonly checks: readonly Check[];
  readonly onFiles: (chosen: readonly File[]) => void;
  readonly onRemove: (id: number) => void;
}

/** Files held against the hashes on the ledger. They are hashed in workers of this page; nothing of them is sent anywhere. */
export function TaskFiles({ files, faults, timeline, checks, onFiles, onRemove }: Props) {
  return (
    <section className={lists.section} aria-labelledby="files">
      <h2 id="files">{words.title}</h2>
      {faults.map((fault) => (
        <Notice key={fault.name} urgent title={fault.title} next={fault.next} />
      ))}
      {files.length > 0 && (
        <ul className={`${lists.lines} ${styles.files}`} role="list">
          {files.map((file) => (
            <li key={file.id}>
              <FileRow file={file} timeline={timeline} checks={checks} onRemove={() => onRemove(file.id)} />
            </li>
          ))}
        </ul>
      )}
      <DropZone title={words.zone} hint={words.hint} multiple compact opens onFiles={onFiles} />
    </section>
  );
}

interface RowProps {
  readonly file: ReadFile;
  readonly timeline: TaskTimeline | undefined;
  readonly checks: readonly Check[];
  readonly onRemove: () => void;
}

function FileRow({ file, timeline, checks, onRemove }: RowProps) {
  const digest = useDigest(file);
  const named = timeline && digest && taskHashNames.find((name) => timeline.hashes[name] === `0x${digest}`);
  const said = [...walk(checks)].find(({ code, params }) => code.startsWith('TASK_') && params?.['name'] === file.name);
  const kind = kindAtSight(file.name, file.bytes);
  const status = named ? 'pass' : (said?.status ?? 'unknown');
  const text = named
    ? fill(words.fits, { what: words.names[named] })
    : said
      ? withoutDigests(humane(sentence(said, allMessages)))
      : words.fitsNothing;
  return (
    <div className={styles.file}>
      <div>
        <h3>{file.name}</h3>
        {digest === undefined ? <p>{words.hashing} …</p> : <Digest hex={digest} what={words.digest} />}
        {timeline && digest !== undefined && (
          <p className={styles.outcome}>
            <StatusMark of={status} size={20} />
            <span>{text}</span>
          </p>
        )}
      </div>
      <p className={lists.actions}>
        {kind && (
          <Button onClick={() => void handOver({ files: [{ name: file.name, bytes: file.bytes }] })}>
            {words.document}
          </Button>
        )}
        <Button look="quiet" onClick={onRemove} aria-label={`${common.remove}: ${file.name}`}>
          {common.remove}
        </Button>
      </p>
    </div>
  );
}
