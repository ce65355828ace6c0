/**
 * Six indicators (RSI 14, MACD, ATR 14, Bollinger 20, OBV, ROC 10: ten columns) of B1's market: in batch over all symbols, slice by slice of all
 * symbols as the engine steps them, and bar by bar of one after the other through the wrapper for users, against technicalindicators and trading-signals in the same run. Where `TRADEKIT_PYTHON` (default `python3`) has TA-Lib,
 * its C code runs on the same bars. Prints rows.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Bars, FeatureBoard, type Timestamp } from '@tradekit/core';
import {
  atr,
  batchAll,
  bollingerLower,
  bollingerUpper,
  macdHistogram,
  macdLine,
  macdSignal,
  obv,
  roc,
  rsi,
  type StreamBar,
  sma,
  streamAll,
} from '@tradekit/indicators';
import { bareLoop, bareMarket } from '../b1-bare.js';
import { B1_BARS, B1_SYMBOLS, b1Calendar, b1History } from '../b1-market.js';
import { inTurn, report, row } from '../measure.js';

/** A class of one of the two libraries. */
interface Theirs {
  new (...options: readonly unknown[]): { add(value: unknown): unknown; nextValue(value: unknown): unknown };
  calculate(options: object): unknown;
}

// Both belong to the tests of the indicators, and are found from there.
const { resolve } = createRequire(new URL('../../packages/indicators/package.json', import.meta.url));
async function classes<Name extends string>(name: string, ..._names: readonly Name[]): Promise<Record<Name, Theirs>> {
  return import(pathToFileURL(resolve(name)).href);
}
const ti = await classes('technicalindicators', 'RSI', 'MACD', 'ATR', 'BollingerBands', 'OBV', 'ROC');
const ts = await classes('trading-signals', 'RSI', 'MACD', 'EMA', 'ATR', 'BollingerBands', 'OBV', 'ROC');

const specs = [
  rsi(14),
  macdLine(),
  macdSignal(),
  macdHistogram(),
  atr(14),
  bollingerUpper(),
  sma(20),
  bollingerLower(),
  obv(),
  roc(10),
];
const history = b1History();
const market = bareMarket(history.bars);
const into = specs.map(() => new Float64Array(history.bars.close.length));

/** One symbol as everybody likes it: bars as objects, columns as arrays of numbers. */
interface Series {
  readonly bars: readonly StreamBar[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly number[];
}

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;
const series: readonly Series[] = Array.from({ length: B1_SYMBOLS }, (_, s) => {
  const [open = [], high = [], low = [], close = [], volume = []] = FIELDS.map((name) =>
    Array.from({ length: B1_BARS }, (_, k) => history.bars[name][k * B1_SYMBOLS + s] ?? Number.NaN),
  );
  const bars = close.map((price, k) => ({
    open: open[k] ?? 0,
    high: high[k] ?? 0,
    low: low[k] ?? 0,
    close: price,
    volume: volume[k] ?? 0,
  }));
  return { bars, high, low, close, volume };
});

/** The slices as they arrive: one row of all symbols each, made before as the bars of the others are. */
const slices: readonly Bars[] = Array.from({ length: B1_BARS }, (_, at) => {
  const row = (column: Float64Array): Float64Array => column.slice(at * B1_SYMBOLS, (at + 1) * B1_SYMBOLS);
  const { open, high, low, close, volume } = history.bars;
  return { open: row(open), high: row(high), low: row(low), close: row(close), volume: row(volume) };
});

const MACD_OF_THEIRS = {
  fastPeriod: 12,
  slowPeriod: 26,
  signalPeriod: 9,
  SimpleMAOscillator: false,
  SimpleMASignal: false,
};

function theirBatch(): void {
  for (const { high, low, close, volume } of series) {
    ti.RSI.calculate({ period: 14, values: close });
    ti.MACD.calculate({ ...MACD_OF_THEIRS, values: close });
    ti.ATR.calculate({ period: 14, high, low, close });
    ti.BollingerBands.calculate({ period: 20, stdDev: 2, values: close });
    ti.OBV.calculate({ close, volume });
    ti.ROC.calculate({ period: 10, values: close });
  }
}

function ourStream(): void {
  for (const { bars } of series) {
    const all = streamAll(specs);
    for (const bar of bars) all.next(bar);
  }
}

/** As the engine does it, live and in a backtest: a slice of all symbols at once, one after the other. */
function ourSlices(): void {
  const { universe, sessions, firstRow, ends } = history;
  const board = new FeatureBoard(universe, b1Calendar, history.barMs);
  for (const spec of specs) board.add(spec);
  for (const [k, session] of sessions.entries()) {
    for (let at = firstRow[k] ?? 0; at < (firstRow[k + 1] ?? 0); at++) {
      const slice = slices[at];
      if (slice !== undefined) board.step(slice, session, ends[at] as Timestamp);
    }
  }
}

function streamOfTechnicalIndicators(): void {
  for (const { bars } of series) {
    const index = new ti.RSI({ period: 14, values: [] });
    const macd = new ti.MACD({ ...MACD_OF_THEIRS, values: [] });
    const range = new ti.ATR({ period: 14, high: [], low: [], close: [] });
    const bands = new ti.BollingerBands({ period: 20, stdDev: 2, values: [] });
    const balance = new ti.OBV({ close: [], volume: [] });
    const rate = new ti.ROC({ period: 10, values: [] });
    for (const bar of bars) {
      index.nextValue(bar.close);
      macd.nextValue(bar.close);
      range.nextValue(bar);
      bands.nextValue(bar.close);
      balance.nextValue(bar);
      rate.nextValue(bar.close);
    }
  }
}

function streamOfTradingSignals(): void {
  for (const { bars } of series) {
    const index = new ts.RSI(14);
    const macd = new ts.MACD(new ts.EMA(12), new ts.EMA(26), new ts.EMA(9));
    const range = new ts.ATR(14);
    const bands = new ts.BollingerBands(20);
    const balance = new ts.OBV(2);
    const rate = new ts.ROC(10);
    for (const bar of bars) {
      index.add(bar.close);
      macd.add(bar.close);
      range.add(bar);
      bands.add(bar.close);
      balance.add(bar);
      rate.add(bar.close);
    }
  }
}

const PYTHON = `
import sys, time, statistics
import numpy as np, talib
high, low, close, volume = np.frombuffer(sys.stdin.buffer.read()).reshape(4, ${B1_SYMBOLS}, ${B1_BARS})
def run():
    for h, l, c, v in zip(high, low, close, volume):
        talib.RSI(c, 14); talib.MACD(c, 12, 26, 9); talib.ATR(h, l, c, 14)
        talib.BBANDS(c, 20, 2, 2); talib.OBV(c, v); talib.ROC(c, 10)
times = []
for _ in range(6):
    before = time.process_time(); run(); times.append((time.process_time() - before) * 1000)
print(statistics.median(times[1:]))
`;

/** CPU milliseconds of TA-Lib's C code on the same bars, results dropped; `undefined` where Python has no TA-Lib. */
function talibMs(): number | undefined {
  const names = ['high', 'low', 'close', 'volume'] as const;
  const input = Buffer.from(Float64Array.from(names.flatMap((name) => series.flatMap((one) => one[name]))).buffer);
  const python = process.env.TRADEKIT_PYTHON ?? 'python3';
  const { status, stdout } = spawnSync(python, ['-c', PYTHON], { input, encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

const ms = inTurn({
  bare: () => bareLoop(market),
  batch: () => batchAll(specs, history, into),
  stream: ourStream,
  slices: ourSlices,
  theirBatch,
  technicalIndicators: streamOfTechnicalIndicators,
  tradingSignals: streamOfTradingSignals,
});
const talib = talibMs();
report(
  row('indicators, six of them in batch', ms.batch / ms.bare, 'x', 2.2),
  row('indicators, batch against technicalindicators', ms.batch / ms.theirBatch, 'of its CPU', 1 / 40),
  row('indicators, slice by slice', ms.slices / ms.bare, 'x', null),
  row('indicators, slice by slice against trading-signals', ms.slices / ms.tradingSignals, 'of its CPU', 1 / 10),
  row(
    'indicators, slice by slice against technicalindicators',
    ms.slices / ms.technicalIndicators,
    'of its CPU',
    1 / 10,
  ),
  row('indicators, bar by bar', ms.stream / ms.bare, 'x', null),
  row('indicators, bar by bar against trading-signals', ms.stream / ms.tradingSignals, 'of its CPU', null),
  row('indicators, bar by bar against technicalindicators', ms.stream / ms.technicalIndicators, 'of its CPU', null),
  ...(talib === undefined ? [] : [row('indicators, batch against TA-Lib in C', ms.batch / talib, 'of its CPU', 3)]),
);
