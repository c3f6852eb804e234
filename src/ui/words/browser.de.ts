import type { Translated } from './words.ts';
import type { browser as english } from './browser.en.ts';

export const browser: Translated<typeof english> = {
  title: 'Diesem Browser fehlt etwas, das Affidavit braucht.',
  next: 'Was darauf angewiesen ist, geht nicht oder bleibt offen; nichts gilt deswegen als bestätigt. Ein aktueller Firefox, Chrome, Edge oder Safari hilft, oder die Befehlszeile.',
  features: {
    secure: 'Kryptographie (WebCrypto): Browser geben sie nur Seiten über https oder von diesem Rechner.',
    workers: 'Worker, in denen alles beurteilt wird.',
    storage: 'Ein eigener Speicher (IndexedDB) für Audits, angenommene Zustände und Schlüssel.',
    ed25519: 'Ed25519-Unterschriften, mit denen Sequenzer von Ketten und viele Hosts unterschreiben.',
    wasm: 'WebAssembly, in dem Programme erneut ausgeführt und manche Beweise geprüft werden.',
    streams: 'Entpacken von Datenströmen, für Belege, die gepackt kommen.',
    language: 'Teile des heutigen JavaScript.',
  },
};
