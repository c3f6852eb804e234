/** Id of the choice of a time on the check page. */
export const timeFieldId = 'judge-at';

/** Brings the choice of a time into view, with the focus on what is chosen. */
export function goToTimeField(): void {
  const field = document.getElementById(timeFieldId);
  field?.scrollIntoView({ block: 'center' });
  field?.querySelector<HTMLInputElement>('input:checked')?.focus({ preventScroll: true });
}
