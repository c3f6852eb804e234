import { describe, expect, it } from 'vitest';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { mergeCandidates, readCandidates, startReputation } from './candidates.ts';
import { selectedPolicy, trustWith } from './launchTrust.ts';

const did = 'did:key:zHost';
const one = { did: 'did:web:one.example', operator: 'a', region: 'x', reputation: 900, url: 'http://127.0.0.1:1' };
const two = { did: 'did:web:two.example', operator: 'b', region: 'y', reputation: 800, url: undefined };

describe('candidates', () => {
  it('are addresses, each once, or a published list', () => {
    expect(readCandidates(' http://a:1 \n\nhttp://b:2\nhttp://a:1')).toEqual({
      form: 'addresses',
      addresses: ['http://a:1', 'http://b:2'],
    });
    const { did: name, operator, region } = one;
    expect(readCandidates(JSON.stringify([one, { did: 'did:web:x', operator, region }]))).toEqual({
      form: 'list',
      candidates: [one, { did: 'did:web:x', operator, region, reputation: startReputation, url: undefined }],
    });
    expect(name).toBe(one.did);
  });

  it.each(['[', '{}', '[1]', '[{"did":"a"}]', '[{"did":"a","operator":"b","region":"c","reputation":-1}]'])(
    '%s is no list',
    (text) => expect(readCandidates(text).form).toBe('wrong'),
  );

  it('of the trust file keep what is pinned of them, and get their address', () => {
    const pinned = [{ did: one.did, operator: 'pinned' }, { did: 'did:web:three.example' }];
    expect(mergeCandidates(pinned, [one, two])).toEqual([
      { ...one, operator: 'pinned' },
      two,
      {
        did: 'did:web:three.example',
        operator: 'did:web:three.example',
        region: '',
        reputation: startReputation,
        url: undefined,
      },
    ]);
  });
});

describe('what a launch is judged by', () => {
  const boot = 'ab'.repeat(32);
  const trust = {
    hosts: [
      { name: did, validators: [{ did: 'did:web:old.example' }], threshold: 1, measurements: [boot] },
      { name: 'did:key:zOther', validators: [{ did: 'did:web:old.example' }], threshold: 1 },
    ],
  };

  it('is the selection in place of what was pinned for the host, with what was pinned as its measurements', () => {
    const policy = selectedPolicy(trust, did, [one, two], 2);
    expect(policy).toEqual({
      name: did,
      validators: [
        { did: one.did, operator: 'a', region: 'x' },
        { did: two.did, operator: 'b', region: 'y' },
      ],
      threshold: 2,
      measurements: [boot],
    });
    const whole = trustWith(trust, policy);
    expect(whole.hosts?.map(({ name, threshold }) => [name, threshold])).toEqual([
      ['did:key:zOther', 1],
      [did, 2],
    ]);
    expect(parseTrust(serializeTrust(whole)).hosts).toEqual(whole.hosts);
  });

  it('is what was pinned where the selection says the same, in whatever order', () => {
    const { hosts } = trustWith({}, selectedPolicy({}, did, [one, two], 2));
    expect(selectedPolicy({ hosts: hosts ?? [] }, did, [two, one], 2)).toBe(hosts?.[0]);
    expect(selectedPolicy({ hosts: hosts ?? [] }, did, [two, one], 1)).not.toBe(hosts?.[0]);
    expect(selectedPolicy({ hosts: hosts ?? [] }, did, [two], 2)).not.toBe(hosts?.[0]);
  });

  it('has no measurements where none are pinned', () => {
    expect(selectedPolicy({}, did, [one], 1).measurements).toBeUndefined();
  });
});
