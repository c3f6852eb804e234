import type { ReactNode } from 'react';
import { sha3Hex } from '../../core/bytes/hash.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { SeatRow } from '../host/SeatRow.tsx';
import { MerklePicture } from '../merkle/MerklePicture.tsx';
import { Shape } from '../network/Shape.tsx';
import { Digest } from '../parts/Digest.tsx';
import { Labels } from '../parts/Labels.tsx';
import { Seal } from '../seal/Seal.tsx';
import { help as words } from '../words/help.en.ts';
import { host } from '../words/host.en.ts';
import { networkWords } from '../words/network.en.ts';
import { verdictWords } from '../words/outcome.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { samplePath } from './samplePath.ts';
import styles from './HelpScreen.module.css';

export type JobName = 'check' | 'certify' | 'audit' | 'launch' | 'publish' | 'follow' | 'operate';

/** Drawn by the very components of the screens that it is about, each with its words. */
export function JobPicture({ of }: { readonly of: JobName }) {
  return drawn[of]();
}

const seats = ['pass', 'pass', 'fail', 'pending', 'pending'] as const;
const seatStates = ['counted', 'counted', 'duplicate-key', 'silent', 'silent'] as const;

const drawn: Readonly<Record<JobName, () => ReactNode>> = {
  check: () => (
    <ul role="list" className={styles.outcomes}>
      {(['verified', 'undetermined', 'rejected'] as const).map((verdict, index) => (
        <li key={verdict}>
          <StatusMark of={verdict} size={36} />
          <span>
            <strong>{verdictWords[verdict]}</strong>
            <br />
            {words.outcomes[index]}
          </span>
        </li>
      ))}
    </ul>
  ),
  certify: () => <MerklePicture {...samplePath()} />,
  audit: () => (
    <>
      <ZipperBar
        states={['closed', 'closed', 'closed', 'closed', 'broken', 'closed', 'closed', 'closed', 'open', 'open']}
      />
      <p className="visually-hidden">{words.zipper}</p>
    </>
  ),
  launch: () => (
    <>
      <SeatRow
        threshold={3}
        seats={seats.map((mark, index) => ({
          key: String(index),
          mark,
          name: words.seats.names[index] ?? '',
          text: host.states[seatStates[index] ?? 'silent'],
        }))}
      />
      <p className="visually-hidden">{words.seats.label}</p>
    </>
  ),
  publish: () => {
    const digest = sha3Hex(utf8('affidavit'));
    return (
      <div className={styles.rosette}>
        <Seal digest={digest} size={112} />
        <Digest hex={digest} what="SHA3-256" />
      </div>
    );
  },
  follow: () => (
    <ul role="list" className={styles.outcomes}>
      {(['agreed', 'disagreed', 'silent', 'equivocated'] as const).map((kind) => (
        <li key={kind}>
          <Shape of={kind} size={22} />
          <span>{networkWords.matrix.kinds[kind]}</span>
        </li>
      ))}
    </ul>
  ),
  operate: () => <Labels labels={['simulated', 'development']} />,
};
