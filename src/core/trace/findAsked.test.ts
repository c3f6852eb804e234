import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../bytes/json.ts';
import { findAsked, groupAsked } from './findAsked.ts';
import { matchesEvent, type ShownEvent } from './shownEvents.ts';

const value = fc.constantFrom(0, 1, '1', null, true);
const list = fc.oneof(
  fc.array(value, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('0', '1', '2'), value, { maxKeys: 3 }),
);
const event = fc.record({ event: value, func: value, args: list, results: list }, { requiredKeys: [] });
const shownOf = (events: readonly object[]): ShownEvent[] =>
  events.map((each, index) => ({ index, event: each as JsonObject, isWhole: false }));

test('it finds for each question the event that looking for it alone finds', () => {
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 12 }),
      fc.array(fc.oneof(event, fc.constant({ constructor: null }), fc.constant({ args: null })), { maxLength: 8 }),
      (events, questions) => {
        const [shown, asked] = [shownOf(events), questions as JsonObject[]];
        const found = findAsked(shown, groupAsked(asked));
        const alone = asked.map((each) => shown.find((one) => matchesEvent(one.event, each))?.index);
        expect(asked.map((_, place) => found.get(place)?.index)).toEqual(alone);
      },
    ),
    { numRuns: 300 },
  );
});

test('each event is looked at once for all that ask for the same members, however many they are', () => {
  let looks = 0;
  const watched = (values: JsonObject) => new Proxy(values, { get: (of, name) => (looks++, Reflect.get(of, name)) });
  const shown = shownOf(Array.from({ length: 100 }, (_, at) => watched({ event: 'func_call', func: at })));
  // In either order of their members, one of them is none that is shown.
  const asked = Array.from({ length: 1_024 }, (_, at) =>
    at % 2 === 0 ? { event: 'func_call', func: at % 101 } : { func: at % 101, event: 'func_call' },
  );
  const found = findAsked(shown, groupAsked(asked));
  expect(asked.map((_, place) => found.get(place)?.index ?? 100)).toEqual(asked.map(({ func }) => func));
  expect(looks).toBe(2 * shown.length);
});
