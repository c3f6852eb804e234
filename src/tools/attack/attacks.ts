import type { Attack } from './attack.ts';
import { attestationAttacks } from './attestationAttacks.ts';
import { certificateAttacks } from './certificateAttacks.ts';
import { contentAttacks } from './contentAttacks.ts';
import { orderAttacks } from './orderAttacks.ts';
import { resourceAttacks } from './resourceAttacks.ts';
import { storageAttacks } from './storageAttacks.ts';
import { successorAttacks } from './successorAttacks.ts';

/** The matrix. */
export const attacks: readonly Attack[] = [
  ...storageAttacks,
  ...orderAttacks,
  ...attestationAttacks,
  ...contentAttacks,
  ...successorAttacks,
  ...certificateAttacks,
  ...resourceAttacks,
];
