import { readHandle, type FolderHandle } from './readFolder.ts';

type Picker = (options: { readonly mode: 'read' }) => Promise<FolderHandle>;

/** Opens the browser's window for choosing a folder; nothing where it is closed without a choice. */
export async function chooseFolder(): Promise<readonly File[]> {
  const picker = (window as { readonly showDirectoryPicker?: Picker }).showDirectoryPicker;
  if (!picker) return chooseByInput();
  try {
    return await readHandle(await picker.call(window, { mode: 'read' }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    return chooseByInput();
  }
}

/** What every browser has, where the newer window is not there or is forbidden. */
function chooseByInput(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.webkitdirectory = true;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
