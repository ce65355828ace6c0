import { rulesOf } from '@tradekit/ml';
import { expect, test } from 'vitest';

test('defaults', () => {
  expect(rulesOf({})).toEqual({
    enterShare: 0.53,
    exitShare: 0.5,
    costBps: 2,
    minNetBps: 0,
    driftLimit: 0.25,
    driftSessions: 60,
    maxMissingFraction: 0,
    shorts: false,
    protect: false,
  });
});

test.each([
  [{ enterShre: 0.6 }, 'did you mean "enterShare"?'],
  [{ enterShare: 60 }, 'has enterShare 60; give a number from 0.5 to 1'],
  [{ enterShare: '0.6' }, 'has enterShare "0.6"; give a number'],
  [{ shorts: 'yes' }, 'has shorts "yes"; give true or false'],
  [{ driftSessions: 1.5 }, 'give a whole number'],
  [{ enterShare: 0.52, exitShare: 0.53 }, 'closed at a smaller share than it is opened at'],
])('%j is refused', (given, message) => {
  expect(() => rulesOf(given)).toThrow(message);
});
