import type { Content } from '../../kinds/content.ts';
import { nitroKind } from '../nitro/kind.ts';
import { nitroMessages } from '../nitro/messages.en.ts';
import { awsNitroRoot } from '../nitro/awsNitroRoot.ts';
import { nitroPathRules } from '../nitro/pathRules.ts';
import { isDebug, registersOf, type Registers } from '../nitro/policy.ts';
import { checkTime, examineNitroDocument, type NitroExamination } from '../nitro/verify.ts';
import type { Trust } from '../../trust/trust.ts';
import type { Check } from '../../verdict/check.ts';
import { sentence } from '../../verdict/messages.ts';
import { PathCache } from '../../x509/pathCache.ts';
import { parsePem } from '../../x509/pem.ts';
import { timeText } from '../../x509/validity.ts';

/** One attestation document that was given beside an image, and what it says about it. */
export interface Attested {
  readonly name: string;
  readonly check: Check;
  /** Undefined where the document could not be read. */
  readonly registers: Registers | undefined;
  readonly moduleId: string | undefined;
  /** RFC 3339. */
  readonly time: string | undefined;
  /** Under any root but AWS's. */
  readonly simulated: boolean;
}

export function isAttestation(content: Content): boolean {
  return content.source === undefined && nitroKind.recognise(content);
}

/**
 * Whether the enclave of a document was started from the image: H(I) = H(I'). Only a document that holds by itself can say so, at its own time or a
 * given one; one that does not hold says nothing, neither for nor against. @param measured the image's registers, by number
 */
export async function examineAttested(
  contents: readonly Content[],
  measured: Registers,
  trust: Trust,
  givenTime: number | undefined,
): Promise<readonly Attested[]> {
  const roots = [awsNitroRoot(), ...(trust.nitro?.roots ?? []).map((pem) => parsePem(pem))];
  const paths = new PathCache(nitroPathRules);
  return Promise.all(
    contents.map(async ({ name, bytes }): Promise<Attested> => {
      const examination = await examineNitroDocument(bytes, roots, paths);
      const { document, root } = examination;
      const registers = document && registersOf(document);
      return {
        name,
        check: compare(name, examination, measured, givenTime),
        registers,
        moduleId: document?.moduleId,
        time: document && timeText(document.timestamp),
        simulated: document !== undefined && root !== 0,
      };
    }),
  );
}

const spec = 'AWS Nitro Enclaves User Guide, "Enclave measurements"';

function compare(
  name: string,
  examination: NitroExamination,
  measured: Registers,
  givenTime: number | undefined,
): Check {
  const { document, form, platform, chain, signature } = examination;
  const at = givenTime ?? document?.timestamp ?? 0;
  const time = checkTime(examination, at, givenTime === undefined ? 'signed' : 'given');
  const params = { name, module: document?.moduleId ?? '', time: document ? timeText(document.timestamp) : '' };
  const make = (status: Check['status'], reason: string): Check => ({
    code: 'EIF_ATTESTED',
    status,
    spec,
    params: { ...params, reason },
  });
  const fault = [form, platform, chain, signature, time].find((check) => check.status !== 'pass');
  if (!document || fault) {
    const why = fault ? sentence(innermost(fault), nitroMessages) : '';
    return make('unknown', `The document does not hold by itself, so it says nothing about the image. ${why}`);
  }
  const registers = registersOf(document);
  if (isDebug(registers)) return make('fail', 'The enclave ran in debug mode: it measured nothing.');
  const differing = Object.keys(measured).filter((register) => registers[register] !== measured[register]);
  if (differing.length === 0) return make('pass', '');
  return make('fail', `Different are ${differing.map((register) => `PCR ${register}`).join(', ')}.`);
}

/** The check that decides, down to the certificate at fault. */
function innermost(check: Check): Check {
  const inner = check.children?.find(({ status }) => status === check.status);
  return inner ? innermost(inner) : check;
}
