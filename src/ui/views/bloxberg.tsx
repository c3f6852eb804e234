import { credentialView } from '../credentials/credentialView.tsx';

export const view = credentialView('bloxberg');
