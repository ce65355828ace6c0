import type { BarColumns, StreamedBar } from '@tradekit/data';

/** Bars as columns. */
export function columnsOf(bars: readonly StreamedBar[]): BarColumns {
  const column = (name: keyof StreamedBar): Float64Array => Float64Array.from(bars, (bar) => bar[name]);
  return {
    start: column('start'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}
