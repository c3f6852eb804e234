import { toothPath } from '../../core/seal/tooth.ts';

const shape = { neck: 2, head: 3.6, depth: 5 };

/** The product's mark: two rails, three teeth that close. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  const teeth = toothPath(8, 5, 20, shape) + toothPath(16, 27, 12, shape) + toothPath(24, 5, 20, shape);
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M2 5h28M2 27h28" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <path d={teeth} fill="currentColor" />
    </svg>
  );
}
