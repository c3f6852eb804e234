import type { Pin } from '../../audit/pool/pins.ts';

/**
 * The text of a worker's program, compared with its digest by the browser. Of a page that checks itself (`templates/`) it is the program in it, which judges what its system
 * certifies. @throws TypeError where it does not come, is not what it should be, or the page's policy forbids the request; the signal's reason when aborted
 */
export async function fetchProgram(site: URL, { name, integrity }: Pin, signal: AbortSignal): Promise<string> {
  const response = await fetch(new URL(name, site), {
    integrity,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
  });
  if (!response.ok) throw new TypeError(name);
  const text = await response.text();
  if (!name.endsWith('.html')) return text;
  const begin = '<script id="program">';
  return text.slice(text.lastIndexOf(begin) + begin.length, text.lastIndexOf('</script>'));
}
