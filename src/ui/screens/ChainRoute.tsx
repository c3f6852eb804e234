import { getRouteApi } from '@tanstack/react-router';
import { ChainScreen } from '../chain/ChainScreen.tsx';

const route = getRouteApi('/chain/$name');

/** The chain page at its address: the chosen block stands in it. */
export function ChainRoute() {
  const { name } = route.useParams();
  const { block } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <ChainScreen
      name={name}
      block={block}
      onBlock={(next) => void navigate({ search: { block: next }, replace: true, resetScroll: false })}
    />
  );
}
