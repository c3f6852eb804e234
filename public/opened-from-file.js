/**
 * For pages that are opened from a file instead of an address: there browsers load no modules and no workers, so the page would stay empty without a word.
 * This is a classic script, which they do run, and says what works instead. Everywhere else it does nothing.
 */
(() => {
  if (location.protocol !== 'file:') return;
  const english = {
    title: 'This page needs an address',
    lead: 'It was opened from a file. Browsers run no program from there that lies in several files, so nothing can be checked here.',
    works: 'What works instead:',
    ways: [
      ['A certificate that checks itself: one HTML file, which may be opened like this one.', 'NAME.html'],
      ['Serve this folder on this machine, then open check.html there.', 'npx serve .'],
      ['The same with Python, at http://localhost:8000/check.html', 'python3 -m http.server'],
      ['The command, in a copy of the project.', 'npm run -s check -- --trust trust.json FILE'],
    ],
    later: 'A page that was opened once at its address works there without a network, too.',
  };
  const german = {
    title: 'Diese Seite braucht eine Adresse',
    lead: 'Sie wurde aus einer Datei geöffnet. Browser führen von dort kein Programm aus, das in mehreren Dateien liegt; hier lässt sich also nichts prüfen.',
    works: 'Was stattdessen geht:',
    ways: [
      ['Eine Bescheinigung, die sich selbst prüft: eine HTML-Datei, die sich öffnen lässt wie diese.', 'NAME.html'],
      ['Diesen Ordner auf diesem Rechner ausliefern und dort check.html öffnen.', 'npx serve .'],
      ['Dasselbe mit Python, unter http://localhost:8000/check.html', 'python3 -m http.server'],
      ['Der Befehl, in einer Kopie des Projekts.', 'npm run -s check -- --trust trust.json DATEI'],
    ],
    later: 'Eine Seite, die einmal unter ihrer Adresse geöffnet war, geht dort auch ohne Netz.',
  };
  const isGerman = (navigator.languages[0] ?? '').startsWith('de');
  const words = isGerman ? german : english;
  const add = (parent, name, text, style = {}) => {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    Object.assign(element.style, style);
    return element;
  };
  document.documentElement.lang = isGerman ? 'de' : 'en';
  const main = document.createElement('main');
  Object.assign(main.style, {
    maxWidth: '40rem',
    margin: '3rem auto',
    padding: '0 1.5rem',
    font: '1rem/1.5 system-ui, sans-serif',
  });
  const serif = 'Charter, "Iowan Old Style", Georgia, serif';
  add(main, 'h1', words.title, { font: `600 2rem/1.25 ${serif}` });
  add(main, 'p', words.lead);
  add(main, 'h2', words.works, { font: `600 1.2rem/1.35 ${serif}` });
  const list = add(main, 'ul', '', { paddingInlineStart: '1.25em' });
  for (const [meaning, command] of words.ways) {
    const item = add(list, 'li', `${meaning} `, { marginBlockEnd: '0.75rem' });
    add(item, 'code', command, { display: 'block' });
  }
  add(main, 'p', words.later);
  document.getElementById('root')?.replaceWith(main);
})();
