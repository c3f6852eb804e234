/** Words of the page that shows the element. */
export const words = {
  title: 'A certificate on your page',
  lead: 'One tag shows your readers whether a certificate holds. Each browser checks it for itself; nothing green is shown before that, and nothing is sent anywhere.',
  own: 'Below, this page plays the publisher: it names certificates, and the trust file under which they are judged.',
  outcomes: 'Three outcomes, as badges',
  outcomesText:
    'A certificate that holds, one that was changed after it was made, and one of a chain that the trust file does not pin.',
  card: 'As a card',
  cardText: 'What it says, how it turned out and why, and whose anchors decide.',
  full: 'In full',
  fullText: 'With every fact and the tree of checks.',
  frame: 'In a frame',
  frameText:
    'For pages whose policy lets no program of others run: everything happens in a document of this site, with a policy of its own.',
  copyTitle: 'Put it on your page',
  copyText:
    'Copy these two lines. “src” names the certificate, “trust” your trust file; without one, only built-in public roots count.',
  frameCode: 'Or, without any program of ours in your page:',
  events: 'Hear how it turned out:',
  last: 'What the elements on this page have told last',
  nothing: 'Nothing yet',
  digestTitle: 'Pin the program',
  digestText: 'With this attribute a browser runs embed.js only if it is byte for byte that of this build:',
  digestMissing: 'The digest stands in build.json, under “integrity”, once the site is built.',
  copy: 'Copy',
  copied: 'Copied',
  home: 'Affidavit',
};

export type DemoWords = typeof words;
