import { chooseFiles } from '../files/chooseFiles.ts';
import { useKeys } from '../keys/useKeys.ts';
import { keys } from '../words/keys.en.ts';
import { goToTimeField } from './goToTimeField.ts';

interface Given {
  /** The files on the page in their order, and the one that is shown. */
  readonly files: readonly { readonly id: number }[];
  readonly shown: number | undefined;
  readonly onSelect: (id: number) => void;
  readonly onFiles: (chosen: readonly File[]) => void;
  readonly onPaste: () => void;
  readonly onAddFile: () => void;
}

/** What the check page does by keys, beside what a verdict does. */
export function useCheckKeys({ files, shown, onSelect, onFiles, onPaste, onAddFile }: Given): void {
  const go = (step: 1 | -1): void => {
    const next = files[files.findIndex(({ id }) => id === shown) + step];
    if (next) onSelect(next.id);
  };
  useKeys([
    {
      key: 'o',
      name: keys.openFiles,
      run: () => void chooseFiles().then((chosen) => chosen.length > 0 && onFiles(chosen)),
    },
    { key: 'v', name: keys.paste, run: onPaste },
    { key: 't', name: keys.time, run: goToTimeField },
    ...(shown === undefined ? [] : [{ key: 'a', name: keys.addFile, run: onAddFile }]),
    ...(files.length < 2
      ? []
      : [
          { key: 'j', name: keys.nextFile, run: () => go(1) },
          { key: 'k', name: keys.previousFile, run: () => go(-1) },
        ]),
  ]);
}
