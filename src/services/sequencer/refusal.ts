/** Why a sequencer will not have a request. The first group comes from the program, the second from its door. */
export type RefusalCode =
  | 'BLOCK_FORM'
  | 'TIMESTAMP_FORM'
  | 'TIMESTAMP_CLAIM'
  | 'TIMESTAMP_SIGNATURE'
  | 'PARENT_UNKNOWN'
  | 'SECOND_GENESIS'
  | 'FULL'
  | 'REQUEST_FORM'
  | 'REQUEST_TOO_LARGE'
  | 'NOT_SIGNED'
  | 'WRONG_SIGNATURE'
  | 'REPLAYED'
  | 'OTHER_SEQUENCER'
  | 'NOT_FOUND';

/** A request that is refused: nothing was numbered. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}
