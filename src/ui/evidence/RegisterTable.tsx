import type { MeasuredRegister } from '../../core/tee/measured.ts';
import { fill } from '../../core/verdict/messages.ts';
import { list, number } from '../format/quantity.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Digest } from '../parts/Digest.tsx';
import lists from '../parts/lists.module.css';
import { evidence } from '../words/evidence.en.ts';
import { StatusMark } from '../zipper/StatusMark.tsx';
import { compareHex, type HexPiece } from './compareHex.ts';
import styles from './RegisterTable.module.css';

const { registers: words } = evidence;

interface Props {
  readonly registers: readonly MeasuredRegister[];
  /** Where in a trust file they are pinned: `nitro.measurements`. */
  readonly pinnedAt: string;
}

/** What was measured, with what is pinned beside each register and the digits marked in which they differ. */
export function RegisterTable({ registers, pinnedAt }: Props) {
  const isShown = ({ hex, pinned }: MeasuredRegister): boolean => pinned !== null || !/^0*$/.test(hex);
  const zeros = registers.filter((register) => !isShown(register));
  const shown = registers.filter(isShown);
  const pinned = registers.filter((register) => register.pinned !== null);
  // Some kinds are pinned by the key that signs, and by no register.
  const isPinnable = pinned.length > 0 || pinnedAt.endsWith('measurements');
  const hint =
    pinned.length === 0
      ? fill(isPinnable ? words.hintNone : words.hintNever, { where: pinnedAt })
      : pinned.every(({ hex, pinned: pin }) => hex === pin)
        ? words.hintEqual
        : words.hintDiffers;
  return (
    <section className={lists.section} aria-labelledby="registers">
      <h2 id="registers">{words.title}</h2>
      <p className={lists.hint}>{hint}</p>
      <table className={styles.registers} aria-labelledby="registers">
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.measured}</th>
            {isPinnable && <th scope="col">{words.columns.pinned}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((register) => (
            <Row key={register.name} register={register} isPinnable={isPinnable} />
          ))}
          {zeros.length > 0 && (
            <tr>
              <th scope="row">{list(shortNames(zeros.map(({ name }) => name)))}</th>
              <td>{words.zeros}</td>
              {isPinnable && <td className={styles.open}>{words.notPinned}</td>}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly register: MeasuredRegister;
  readonly isPinnable: boolean;
}

function Row({ register: { name, hex, pinned }, isPinnable }: RowProps) {
  const measuredName = `${name}, ${words.columns.measured}`;
  if (pinned === null) {
    return (
      <tr data-register={name} data-outcome="open">
        <th scope="row">{name}</th>
        <td>{hex === '' ? words.none : <Digest hex={hex} what={name} />}</td>
        {isPinnable && <td className={styles.open}>{words.notPinned}</td>}
      </tr>
    );
  }
  if (pinned === hex) {
    return (
      <tr data-register={name} data-outcome="equal">
        <th scope="row">{name}</th>
        <td>
          <Digest hex={hex} what={name} />
        </td>
        <td>
          <span className={styles.equal}>
            <StatusMark of="pass" /> {words.equal}
          </span>
        </td>
      </tr>
    );
  }
  const comparison = compareHex(hex, pinned);
  const { different, count, first } = comparison;
  return (
    <tr data-register={name} data-outcome="differs">
      <th scope="row">
        {name}
        <span className={styles.differs}>
          <StatusMark of="fail" /> {words.differs}
        </span>
        <span className={lists.hint}>
          {hex === ''
            ? words.none
            : hex.length === pinned.length
              ? fill(words.differsText, { different: number(different), count: number(count), first })
              : fill(words.lengths, { measured: hex.length, pinned: pinned.length })}
        </span>
      </th>
      <td>{hex === '' ? words.none : <Marked groups={comparison.measured} hex={hex} what={measuredName} />}</td>
      <td>
        <Marked groups={comparison.pinned} hex={pinned} what={`${name}, ${words.columns.pinned}`} />
      </td>
    </tr>
  );
}

interface MarkedProps {
  readonly groups: readonly (readonly HexPiece[])[];
  readonly hex: string;
  readonly what: string;
}

function Marked({ groups, hex, what }: MarkedProps) {
  return (
    <span className={styles.marked}>
      <code>
        {groups.map((group, index) => (
          <span key={index}>
            {group.map(({ text, differs }, piece) =>
              differs ? <mark key={piece}>{text}</mark> : <span key={piece}>{text}</span>,
            )}{' '}
          </span>
        ))}
      </code>
      <CopyButton text={hex} what={what} />
    </span>
  );
}

/** `PCR 5, PCR 6` → `PCR 5, 6`: the word before the number is said once. */
export function shortNames(names: readonly string[]): readonly string[] {
  const word = /^(\D+ )\d+$/.exec(names[0] ?? '')?.[1];
  if (word === undefined || !names.every((name) => name.startsWith(word))) return names;
  return names.map((name, index) => (index === 0 ? name : name.slice(word.length)));
}
