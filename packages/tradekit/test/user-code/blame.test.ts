import { RiskError, StrategyError } from '@tradekit/core';
import { describe, expect, test } from 'vitest';
import { blamed } from '../../src/user-code/blame.js';

const FILES = ['/home/me/system/strategies/first.ts'];

function thrown(frames: readonly string[], message = 'boom'): Error {
  const error = new Error(message);
  error.stack = [`Error: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return error;
}

describe('blamed', () => {
  test('names the topmost line of the user’s file', () => {
    const error = thrown([
      'inner (/home/me/system/node_modules/lib/index.js:5:1)',
      'Object.generateSignals (/home/me/system/strategies/first.ts:12:39)',
      'other (/home/me/system/strategies/first.ts:40:2)',
    ]);
    expect(blamed(error, FILES)).toEqual(
      new StrategyError('USER_CODE_FAILED', 'a strategy or risk manager threw Error: boom; correct it at first.ts:12'),
    );
  });

  test('looks into the cause, and keeps the kind of error', () => {
    const cause = thrown(['async file:///home/me/system/strategies/rules/exit.ts:7:1']);
    const error = new RiskError('RISK', 'the rule threw: boom', {}, { cause });
    const blame = blamed(error, FILES);
    expect(blame).toBeInstanceOf(RiskError);
    expect((blame as Error).message).toBe('the rule threw: boom; correct it at rules/exit.ts:7');
  });

  test('leaves alone what did not come from there', () => {
    const error = thrown([
      'run (/opt/tradekit/dist/cli.js:1:1)',
      'lib (/home/me/system/strategies/node_modules/x/i.js:1:1)',
    ]);
    expect(blamed(error, FILES)).toBe(error);
    expect(blamed('text', FILES)).toBe('text');
  });
});
