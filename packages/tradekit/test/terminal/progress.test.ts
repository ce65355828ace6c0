import { expect, test } from 'vitest';
import { lineView } from '../../src/terminal/progress.js';

function lines(show: (view: ReturnType<typeof lineView>) => void): string {
  let text = '';
  const view = lineView({
    write: (part) => {
      text += part;
    },
  });
  show(view);
  view.close();
  return text;
}

test('a short stage is one line', () => {
  const text = lines(({ show }) => {
    for (const done of [0, 1, 2]) show('reading bars', done, 2, './data');
  });
  expect(text).toBe('reading bars\n');
});

test('a long stage has a line for each quarter, and no more', () => {
  const text = lines(({ show }) => {
    for (let day = 1; day <= 100; day++) show('trading', day, 100, `day ${day}`);
    show('writing the run folder', 0, 1, 'runs');
  });
  expect(text.split('\n')).toEqual([
    'trading',
    '  25 of 100 (day 25)',
    '  50 of 100 (day 50)',
    '  75 of 100 (day 75)',
    '  100 of 100 (day 100)',
    'writing the run folder',
    '',
  ]);
});
