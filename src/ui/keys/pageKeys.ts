import { KeyStore } from './keyStore.ts';

const setting = 'affidavit/keys';

/** The keys of this page. */
export const pageKeys = new KeyStore(readSetting());

/** Switches single keys on or off, here and at the next visit. */
export function switchKeys(on: boolean): void {
  pageKeys.isOn = on;
  try {
    if (on) localStorage.removeItem(setting);
    else localStorage.setItem(setting, 'off');
  } catch {
    // Where nothing can be kept it holds for this visit.
  }
}

if (typeof window !== 'undefined') window.addEventListener('keydown', press);

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
  if (pageKeys.press(event.key)) event.preventDefault();
}

/** Whether the key belongs to what has the focus: to a field that is written in, or to a window over the page. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('dialog, textarea, select')) return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|file)$/.test(target.type);
}

function readSetting(): boolean {
  try {
    return localStorage.getItem(setting) !== 'off';
  } catch {
    return true;
  }
}
