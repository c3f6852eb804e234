import { useEffect, useState } from 'react';

/** This machine's clock in milliseconds since 1970, good to half a minute: for “3 minutes ago”, never for evidence. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
