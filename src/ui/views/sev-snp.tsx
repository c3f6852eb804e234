import { attestationView } from '../evidence/attestationView.tsx';
import { attestations } from '../words/attestations.en.ts';

export const view = attestationView(attestations['sev-snp']);
