import { fill } from '../../core/verdict/messages.ts';
import { count } from '../format/quantity.ts';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { common } from '../words/common.en.ts';
import { files as words } from '../words/files.en.ts';
import { handOver } from './handoff.ts';
import { pathOf } from './filePath.ts';

interface Props {
  readonly files: readonly File[];
  readonly onClose: () => void;
}

/** What was dropped where it is not taken, or many files at once: offered to be judged, and nothing is done with it before that is said. */
export function OfferCheck({ files, onClose }: Props) {
  const { one, many } = words.elsewhere.title;
  const name = files[0] ? pathOf(files[0]) : '';
  const check = (): void => {
    // Handed over as files of the disk: nothing is read here.
    void handOver({ files: files.map((file) => ({ name: pathOf(file), bytes: new Uint8Array(), blob: file })) });
    onClose();
  };
  return (
    <Dialog
      title={files.length === 1 ? fill(one, { name }) : fill(many, { count: count(files.length, 'file') })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button look="primary" onClick={check}>
            {words.elsewhere.check}
          </Button>
        </>
      }
    >
      <p>{words.elsewhere.text}</p>
    </Dialog>
  );
}
