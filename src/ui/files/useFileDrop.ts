import { useEffect, useRef, useState } from 'react';
import { files as words } from '../words/files.en.ts';
import { pastedFile } from './filePath.ts';
import { droppedEntries, readEntries } from './readFolder.ts';

/** How many screens take files themselves. */
let takers = 0;

/**
 * Takes files dropped anywhere on the page or pasted into it, and every file of a folder that is dropped. Text pasted outside of a field counts as a file too.
 * @param lastResort only where no screen takes files itself
 * @returns whether something is being dragged over the page; Escape ends that.
 */
export function useFileDrop(
  onFiles: (files: readonly File[]) => void,
  { lastResort = false }: { readonly lastResort?: boolean } = {},
): boolean {
  const [dragging, setDragging] = useState(false);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });
  useEffect(() => {
    if (lastResort) return undefined;
    takers += 1;
    return () => void (takers -= 1);
  }, [lastResort]);
  useEffect(() => {
    let depth = 0;
    const isOthers = (): boolean => lastResort && takers > 0;
    let cancelled = false;
    const end = (): void => {
      depth = 0;
      setDragging(false);
    };
    const enter = (event: DragEvent): void => {
      if (isOthers() || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      if (depth === 0) cancelled = false;
      depth += 1;
      if (!cancelled) setDragging(true);
    };
    const over = (event: DragEvent): void => {
      if (!isOthers() && event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const leave = (): void => {
      depth -= 1;
      if (depth <= 0) end();
    };
    const drop = (event: DragEvent): void => {
      if (isOthers() || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      end();
      if (cancelled) return;
      const { files, items } = event.dataTransfer;
      const entries = droppedEntries(items);
      if (entries) void readEntries(entries).then((found) => found.length > 0 && take.current(found));
      else if (files.length > 0) take.current([...files]);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || depth === 0) return;
      cancelled = true;
      end();
    };
    const paste = (event: ClipboardEvent): void => {
      if (isOthers() || isField(event.target) || !event.clipboardData) return;
      const pasted = [...event.clipboardData.files];
      const text = event.clipboardData.getData('text/plain');
      if (pasted.length === 0 && text.trim() !== '') pasted.push(pastedFile(text, words.pastedText));
      if (pasted.length === 0) return;
      event.preventDefault();
      take.current(pasted);
    };
    const listeners = [
      ['dragenter', enter],
      ['dragover', over],
      ['dragleave', leave],
      ['drop', drop],
      ['keydown', key],
      ['paste', paste],
    ] as const;
    for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener);
    };
  }, [lastResort]);
  return dragging;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
