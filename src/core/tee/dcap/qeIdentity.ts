import { parseJson } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { JsonForm } from './jsonForm.ts';
import { versionLevels, type VersionLevel } from './tcbInfo.ts';

/** Which enclaves are Intel's quoting enclave: identity of version 2 (Intel PCS API v4, "Enclave Identity"); values in lower-case hex. */
export interface QeIdentity {
  /** `QE` for SGX, `TD_QE` for TDX. */
  readonly id: string;
  readonly version: number;
  readonly issued: number;
  readonly nextUpdate: number;
  readonly miscSelect: string;
  readonly miscSelectMask: string;
  readonly attributes: string;
  readonly attributesMask: string;
  readonly mrSigner: string;
  readonly isvProdId: number;
  readonly levels: readonly VersionLevel[];
}

/** @throws FormatError where the text is no enclave identity of version 2. */
export function parseQeIdentity(text: string): QeIdentity {
  const form = new JsonForm(parseJson(text, { maximumLength: 1024 * 1024, maximumDepth: 16 }), 'enclaveIdentity');
  const version = form.integer('version', 1000);
  if (version !== 2) throw new FormatError(`enclaveIdentity.version must be 2, here it is ${version}.`, 0);
  return {
    id: form.text('id', /^[A-Z_]{1,16}$/, 'a name in capitals'),
    version,
    issued: form.time('issueDate'),
    nextUpdate: form.time('nextUpdate'),
    miscSelect: form.hex('miscselect', 4),
    miscSelectMask: form.hex('miscselectMask', 4),
    attributes: form.hex('attributes', 16),
    attributesMask: form.hex('attributesMask', 16),
    mrSigner: form.hex('mrsigner', 32),
    isvProdId: form.integer('isvprodid', 65_535),
    levels: versionLevels(form),
  };
}
