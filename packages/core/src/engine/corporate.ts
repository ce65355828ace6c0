/** Corporate actions and adjustments: what moved without an order of ours. */

import { wholeLots } from '../orders/quantity.js';
import type { AdjustmentEvent, CorporateActionEvent } from '../ports/events.js';
import type { StrategyIndex } from '../strategy/strategy.js';
import type { Core } from './core.js';
import { endByOthers } from './endings.js';
import { cancel } from './issue.js';

/** Books, features and stances in the new shares; resting orders are ended and made again. */
export function applyCorporateAction(core: Core, { instrument, action }: CorporateActionEvent): void {
  const { portfolio, stances, orders, features } = core;
  if (action.type !== 'dividend') {
    for (let cell = instrument as number; cell < core.cells; cell += core.instruments) {
      for (const order of orders.of(cell)) {
        order.reissued = true;
        if (!order.cancelAsked && !order.waiting) cancel(core, order);
      }
    }
  }
  const before = Float64Array.from(
    { length: core.running.length },
    (_, s) => portfolio.held[s * core.instruments + instrument]!,
  );
  portfolio.act(instrument, action, core.context.lot(instrument));
  core.memory.act(instrument, action);
  if (action.type === 'split') features.split(instrument, action.ratio);
  for (let s = 0; s < core.running.length; s++) {
    const cell = s * core.instruments + instrument;
    if (action.type === 'delisted') {
      if (stances.direction[cell] !== 0) core.endStance(cell);
    } else if (action.type === 'split' && stances.direction[cell] !== 0) {
      splitStance(core, cell, before[s]!, action.ratio);
    }
  }
  core.touchInstrument(instrument);
}

function splitStance(core: Core, cell: number, heldBefore: number, ratio: number): void {
  const { stances, portfolio } = core;
  const signal = stances.signal[cell];
  const target = stances.target[cell]!;
  // What was held completely stays held completely, whatever the fraction paid in cash.
  const after =
    target === heldBefore
      ? portfolio.held[cell]!
      : wholeLots(target * ratio, core.context.lot(core.instrumentOf(cell)));
  if (signal === undefined) return core.changeStance(cell, after);
  const { targetPrice, trailDistance } = signal;
  const stopPrice = trailDistance === undefined ? signal.stopPrice : stances.stopPrice[cell];
  if (trailDistance !== undefined) stances.stopPrice[cell] = stances.stopPrice[cell]! / ratio;
  const adjusted = {
    ...signal,
    ...(stopPrice === undefined ? {} : { stopPrice: stopPrice / ratio }),
    ...(targetPrice === undefined ? {} : { targetPrice: targetPrice / ratio }),
    ...(trailDistance === undefined ? {} : { trailDistance: trailDistance / ratio }),
  };
  if (after === 0 && target !== 0) core.endStance(cell);
  else core.changeStance(cell, after, adjusted);
}

/** Cash or shares that moved without an order of ours. */
export function applyAdjustment(core: Core, event: AdjustmentEvent): void {
  const { type, cash, instrument, quantity } = event;
  const isFlow = type === 'deposit' || type === 'withdrawal';
  const strategy = event.strategy ?? (instrument === undefined ? undefined : mainHolder(core, instrument));
  core.portfolio.adjustCash(cash, strategy, isFlow);
  if (instrument === undefined || quantity === undefined || quantity === 0) return;
  const owner = strategy ?? (0 as StrategyIndex);
  core.portfolio.adjustQuantity(owner, instrument, quantity);
  endByOthers(core, owner * core.instruments + instrument);
  core.touchInstrument(instrument);
}

function mainHolder(core: Core, instrument: number): StrategyIndex {
  let best = 0;
  for (let s = 1; s < core.running.length; s++) {
    const held = (place: number): number => Math.abs(core.portfolio.held[place * core.instruments + instrument]!);
    if (held(s) > held(best)) best = s;
  }
  return best as StrategyIndex;
}
