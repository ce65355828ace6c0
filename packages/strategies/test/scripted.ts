import type {
  FeatureHandle,
  FeatureSpec,
  InstrumentIndex,
  MarketView,
  Signal,
  Stance,
  StrategyFactory,
  StrategySetup,
  Timestamp,
} from '@tradekit/core';

/** What one slice of one instrument says: values of features by the order in which they were asked for. */
export interface Slice {
  readonly features: readonly number[];
  readonly direction?: -1 | 0 | 1;
  readonly status?: Stance['status'];
  readonly slice?: number;
  readonly sinceSlice?: number;
  readonly close?: number;
  readonly lastExit?: boolean;
}

/** A strategy that is shown what a test says, and the features that it asked for. */
export function scripted(factory: StrategyFactory, parameters: object = {}, sectors: readonly string[] = ['Energy']) {
  const specs: FeatureSpec[] = [];
  const setup: StrategySetup = {
    instruments: [0 as InstrumentIndex],
    index: () => 0 as InstrumentIndex,
    id: () => 'A',
    sector: () => sectors[0],
    feature: (spec) => (specs.push(spec) - 1) as FeatureHandle,
  };
  const strategy = factory(setup, parameters as Readonly<Record<string, unknown>>);
  const ask = ({
    features,
    direction = 0,
    status = 'standing',
    slice = 100,
    sinceSlice = 0,
    close = 50,
    lastExit = false,
  }: Slice): readonly Signal[] => {
    const stance: Stance = { direction, status, target: 0, held: 0, entryPrice: undefined, sinceSlice };
    const view: MarketView = {
      time: 0 as Timestamp,
      session: 0,
      slice,
      instruments: setup.instruments,
      canEnter: true,
      lastExit,
      traded: () => true,
      open: () => close,
      high: () => close,
      low: () => close,
      close: () => close,
      volume: () => 1000,
      feature: (handle) => features[handle] ?? Number.NaN,
      closedNow: () => true,
      stance: () => stance,
    };
    return strategy.generateSignals(view);
  };
  /** The direction that is wished, `undefined` without a wish. */
  const wish = (slice: Slice): number | undefined => ask(slice)[0]?.direction;
  return { specs, ask, wish };
}
