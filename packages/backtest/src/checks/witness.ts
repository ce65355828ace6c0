import type {
  FeatureHandle,
  MarketView,
  Signal,
  Strategy,
  StrategySetup,
  StrategySlot,
  Timeframe,
} from '@tradekit/core';

/** What a strategy was shown and what it said, row by row of the market. */
export interface Witness {
  readonly strategy: string;
  /** Keys of the features that it asked for, and their values: cell `row × instruments + instrument`, NaN where it was not asked. */
  readonly features: ReadonlyMap<string, Float64Array>;
  /** Warm-up of each of them, in bars of the market. */
  readonly warmUpBars: ReadonlyMap<string, number>;
  /** What it wished: direction + 2, so that 0 is no wish; and the prices that went with it. */
  readonly direction: Int8Array;
  readonly stopPrice: Float64Array;
  readonly targetPrice: Float64Array;
}

/** Slots that behave as those given and are listened to, and what was heard of each. */
export function witnesses(
  slots: readonly StrategySlot[],
  rows: number,
  instruments: number,
  barsOf: (timeframe: Timeframe | undefined) => number,
): { slots: readonly StrategySlot[]; heard: readonly Witness[] } {
  const cells = rows * instruments;
  const heard = slots.map(({ name }) => ({
    strategy: name,
    features: new Map<string, Float64Array>(),
    warmUpBars: new Map<string, number>(),
    direction: new Int8Array(cells),
    stopPrice: new Float64Array(cells).fill(Number.NaN),
    targetPrice: new Float64Array(cells).fill(Number.NaN),
  }));
  const listened = slots.map((slot, place): StrategySlot => {
    const witness = heard[place]!;
    const handles: [FeatureHandle, Float64Array][] = [];
    return {
      ...slot,
      create(setup, parameters) {
        const asked: StrategySetup = {
          instruments: setup.instruments,
          index: (id) => setup.index(id),
          id: (instrument) => setup.id(instrument),
          sector: (instrument) => setup.sector(instrument),
          feature(spec) {
            const handle = setup.feature(spec);
            if (!witness.features.has(spec.key)) {
              const values = new Float64Array(cells).fill(Number.NaN);
              witness.features.set(spec.key, values);
              witness.warmUpBars.set(spec.key, spec.warmUpBars * barsOf(spec.timeframe));
              handles.push([handle, values]);
            }
            return handle;
          },
        };
        return listenedTo(slot.create(asked, parameters), witness, handles);
      },
    };
  });
  return { slots: listened, heard };
}

function listenedTo(
  strategy: Strategy,
  witness: Omit<Witness, 'features' | 'warmUpBars'>,
  handles: readonly [FeatureHandle, Float64Array][],
): Strategy {
  return {
    name: strategy.name,
    generateSignals(market) {
      const signals = strategy.generateSignals(market);
      note(market, signals, witness, handles);
      return signals;
    },
    ...(strategy.positionSize === undefined
      ? {}
      : { positionSize: (signal, budget) => strategy.positionSize!(signal, budget) }),
    ...(strategy.validateSignal === undefined
      ? {}
      : { validateSignal: (signal, market) => strategy.validateSignal!(signal, market) }),
  };
}

function note(
  market: MarketView,
  signals: readonly Signal[],
  { direction, stopPrice, targetPrice }: Omit<Witness, 'features' | 'warmUpBars'>,
  handles: readonly [FeatureHandle, Float64Array][],
): void {
  const { instruments, slice } = market;
  const base = slice * instruments.length;
  if (base >= direction.length) return;
  for (const [handle, values] of handles) {
    for (const instrument of instruments) values[base + instrument] = market.feature(handle, instrument);
  }
  for (const signal of signals) {
    direction[base + signal.instrument] = signal.direction + 2;
    stopPrice[base + signal.instrument] = signal.stopPrice ?? Number.NaN;
    targetPrice[base + signal.instrument] = signal.targetPrice ?? Number.NaN;
  }
}
