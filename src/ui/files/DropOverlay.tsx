import { ZipperBar } from '../zipper/ZipperBar.tsx';
import { files as words } from '../words/files.en.ts';
import styles from './DropOverlay.module.css';

const teeth = Array.from({ length: 24 }, () => 'pending' as const);

/** Covers the page while a file is dragged over it. */
export function DropOverlay() {
  return (
    <div className={styles.overlay}>
      <div className={styles.sheet}>
        <p className={styles.title}>{words.dropHere}</p>
        <ZipperBar states={teeth} />
        <p>{words.dropCancel}</p>
      </div>
    </div>
  );
}
