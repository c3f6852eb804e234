/** A file of Project Wycheproof's; `Group` is what a group has besides its tests. */
export interface Wycheproof<Group> {
  readonly testGroups: readonly (Group & {
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: 'valid' | 'invalid' | 'acceptable';
    }[];
  })[];
}
