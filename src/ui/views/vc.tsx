import { verifiableView } from '../credentials/verifiableView.tsx';

export const view = verifiableView;
