/** What can be done about a check: addresses to fetch from are links that open elsewhere, since this page itself may not connect to anything. */
export function ActionText({ text }: { readonly text: string }) {
  return text.split(/(https:\/\/[^\s,;()]*[^\s,;().]|--[a-z]+)/).map((part, index) => {
    if (part.startsWith('https://')) {
      return (
        <a key={index} href={part} target="_blank" rel="noopener noreferrer">
          {part}
        </a>
      );
    }
    return part.startsWith('--') ? (
      <code key={index} style={{ whiteSpace: 'nowrap' }}>
        {part}
      </code>
    ) : (
      part
    );
  });
}
