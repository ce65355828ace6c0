/** Trading on probabilities. */
import {
  type BarFeed,
  type FeatureHandle,
  type InstrumentIndex,
  type MarketView,
  newYorkMinute,
  type Signal,
  type Strategy,
  type StrategySetup,
} from '@tradekit/core';
import { featureSet } from '@tradekit/indicators';
import type { DatedModel } from '../folder/dated-model.js';
import { requireFeatures } from '../folder/identity.js';
import { readModelFolder } from '../folder/read.js';
import { retrainedModels } from '../retrain/retrain.js';
import { Abstentions } from './abstentions.js';
import { DriftWatch } from './drift-watch.js';
import type { ModelSource } from './model-source.js';
import { trainedModels } from './model-source.js';
import { type MlRules, type MlStrategyParameters, refuse, rulesOf } from './parameters.js';
import { betOf, type Outlook, outlookOf, wantedDirection } from './wanted.js';

/** A strategy that says why it did nothing. */
export interface MlStrategy extends Strategy {
  /** One sentence for every reason to abstain, with how often it came up. */
  notes(): readonly string[];
}

/**
 * Trades on a model folder, or on models that are trained as the bars come: `use: '@tradekit/ml/strategy'` in a config, with `model` or `retrain` beside it. Throws `ConfigError`
 * `STRATEGY_PARAMETER` on parameters that cannot be meant, and `MlError` on models that cannot be used: see `readModelFolder` and {@link trainedModels}.
 */
export function mlStrategy(setup: StrategySetup, given: MlStrategyParameters): MlStrategy {
  const rules = rulesOf(given);
  const { model, retrain, feed = 'unknown', feeds = [] } = given;
  if ((model === undefined) === (retrain === undefined)) {
    refuse('model', 'needs either the folder of a model or retrain; give one of them');
  }
  return strategyOn(setup, sourceOf(setup, given, feed, feeds), rules);
}

function sourceOf(
  setup: StrategySetup,
  { model, retrain }: MlStrategyParameters,
  feed: BarFeed,
  feeds: readonly BarFeed[],
): ModelSource {
  if (retrain !== undefined) return retrainedModels(setup, feed, retrain);
  return trainedModels(readModelFolder(model!), feed, feeds);
}

/**
 * Trades on models by rules. Nothing is held beyond the session, nor longer than the horizon of the labels without being wished for anew, and nothing is opened at a time of day that
 * training had no label for.
 */
export function strategyOn(setup: StrategySetup, source: ModelSource, rules: MlRules): MlStrategy {
  return new Trading(setup, source, rules);
}

class Trading implements MlStrategy {
  readonly name = 'ml';
  readonly #source: ModelSource;
  readonly #rules: MlRules;
  readonly #text: string;
  readonly #names: readonly string[];
  readonly #handles: readonly FeatureHandle[];
  readonly #watch: DriftWatch;
  readonly #abstentions = new Abstentions();
  #checked: DatedModel | undefined;

  constructor(setup: StrategySetup, source: ModelSource, rules: MlRules) {
    const set = featureSet(source.definitions);
    this.#source = source;
    this.#rules = rules;
    this.#text = set.text;
    const used = set.features.filter(({ name }) => !name.startsWith('_'));
    this.#names = used.map(({ name }) => name);
    this.#handles = used.map(({ spec }) => setup.feature(spec));
    this.#watch = new DriftWatch(this.#names, rules.driftSessions, rules.driftLimit);
  }

  notes(): readonly string[] {
    return this.#abstentions.texts();
  }

  generateSignals(market: MarketView): readonly Signal[] {
    const model = this.#source.at(market);
    if (model === undefined) {
      this.#abstentions.add('no model could be had yet', market.time);
      return this.#closing(market, () => 'no model');
    }
    if (model !== this.#checked) requireFeatures(model.identity, this.#text);
    this.#checked = model;
    const { minutes, horizonBars } = model.identity;
    const minute = newYorkMinute(market.time);
    const isTrained = minute >= minutes[0] && minute <= minutes[1];
    const held = (i: InstrumentIndex): number => market.slice - market.stance(i).sinceSlice;
    const tooLong = (i: InstrumentIndex): string | undefined =>
      market.lastExit ? 'the session ends' : held(i) >= horizonBars ? `held ${horizonBars} bars` : undefined;
    if (!isTrained) return this.#closing(market, tooLong);
    const rows = market.instruments.filter((instrument) => market.traded(instrument));
    const values = this.#valuesOf(market, rows);
    this.#watch.take(market.session, values);
    const drifted = this.#watch.drifted(model.drift);
    if (drifted !== undefined) {
      const { feature, index } = drifted;
      const reason = `feature ${feature} has drifted, PSI ${index.toFixed(2)} above ${this.#rules.driftLimit}`;
      this.#abstentions.add(`a feature has drifted beyond ${this.#rules.driftLimit}, first ${feature}`, market.time);
      return this.#closing(market, () => reason);
    }
    return [
      ...this.#closing(market, (i) => (rows.includes(i) ? undefined : tooLong(i))),
      ...this.#wishes(market, model, rows, values, tooLong),
    ];
  }

  /** One row an instrument. */
  #valuesOf(market: MarketView, rows: readonly InstrumentIndex[]): Float64Array {
    const width = this.#handles.length;
    const values = new Float64Array(rows.length * width);
    for (const [row, instrument] of rows.entries()) {
      for (const [k, handle] of this.#handles.entries()) values[row * width + k] = market.feature(handle, instrument);
    }
    return values;
  }

  /** Wishes to be flat, where something is held or wished for and there is a reason. */
  #closing(market: MarketView, reasonFor: (instrument: InstrumentIndex) => string | undefined): readonly Signal[] {
    return market.instruments.flatMap((instrument): Signal[] => {
      if (market.stance(instrument).direction === 0) return [];
      const reason = reasonFor(instrument);
      return reason === undefined ? [] : [{ instrument, direction: 0, reason }];
    });
  }

  #wishes(
    market: MarketView,
    model: DatedModel,
    rows: readonly InstrumentIndex[],
    values: Float64Array,
    tooLong: (instrument: InstrumentIndex) => string | undefined,
  ): readonly Signal[] {
    const width = this.#names.length;
    const said = model.predict({ names: this.#names, values, rows: rows.length });
    return rows.flatMap((instrument, row): readonly Signal[] => {
      const missing = values
        .subarray(row * width, (row + 1) * width)
        .reduce((sum, own) => sum + (Number.isNaN(own) ? 1 : 0), 0);
      const isKnown = missing <= this.#rules.maxMissingFraction * width;
      if (!isKnown) this.#abstentions.add('features are missing', market.time);
      const outlook = outlookOf(said, 3 * row, model.identity.classReturns);
      return this.#wish(market, instrument, isKnown ? outlook : undefined, model, tooLong(instrument));
    });
  }

  #wish(
    market: MarketView,
    instrument: InstrumentIndex,
    outlook: Outlook | undefined,
    { identity: { classReturns } }: DatedModel,
    tooLong: string | undefined,
  ): readonly Signal[] {
    const { direction: held } = market.stance(instrument);
    const mayStay = tooLong === undefined ? held : 0;
    const wanted = outlook === undefined ? mayStay : wantedDirection(outlook, mayStay, this.#rules);
    const isOpening = wanted !== 0 && wanted !== held;
    const direction = market.lastExit || (isOpening && !market.canEnter) ? 0 : wanted;
    if (direction === held) return [];
    const share = outlook === undefined ? Number.NaN : outlook.share;
    const reason = direction === 0 && tooLong !== undefined ? tooLong : `up ${share.toFixed(3)} of up and down`;
    if (direction === 0 || outlook === undefined) return [{ instrument, direction: 0, reason }];
    const own = direction === 1 ? share : 1 - share;
    const wish = { instrument, direction, strength: Math.abs(outlook.expected), probability: own, reason };
    if (!this.#rules.protect) return [wish];
    const bet = betOf(outlook, direction, market.close(instrument), classReturns);
    return bet === undefined ? [] : [{ ...wish, ...bet }];
  }
}
