import {
  type BrokerCapabilities,
  type BrokerCommand,
  createEngine,
  type EngineEvent,
  emptyBars,
  everySlice,
  type InstrumentIndex,
  MINUTE_MS,
  noRisk,
  type Signal,
  type Timestamp,
  type Universe,
  weekdayCalendar,
} from '@tradekit/core';

/** Makes real commands: an engine seals what a test wishes for. Nobody else can. */
export interface CommandMaker {
  /** What the engine commands when its strategy says this, at a price of 100 for everything. */
  wish(signals: readonly Signal[]): readonly BrokerCommand[];
  /** Tells the engine what the broker answered; gives what it commands then. */
  tell(event: object): readonly BrokerCommand[];
  /** A wish of ten shares of the instrument at a place of the universe. */
  signal(instrument: number, direction: -1 | 0 | 1): Signal;
}

/** A maker of commands for ten shares each. */
export function commandMaker(universe: Universe, capabilities: BrokerCapabilities): CommandMaker {
  const calendar = weekdayCalendar({ name: 'contract', openMinuteUtc: 0, minutes: 1440 });
  let wishes: readonly Signal[] = [];
  const strategy = { name: 'contract', generateSignals: () => wishes, positionSize: () => 10 };
  const engine = createEngine({
    universe,
    calendar,
    strategies: [{ name: 'contract', weight: 1, create: () => strategy }],
    risk: noRisk,
    initialCash: 1_000_000,
    capabilities,
    timetable: everySlice,
    accountTag: 'contract',
  });
  const first = calendar.sessions(18_631 as never, 18_640 as never)[0];
  if (first === undefined) throw new RangeError('the contract calendar has no session');
  let time = first.open;
  let sequence = 0;
  const process = (event: object): readonly BrokerCommand[] => {
    const { commands } = engine.process({ ...event, sequence: sequence++, time } as EngineEvent);
    return [...commands];
  };
  return {
    tell: process,
    signal: (instrument, direction) => ({ instrument: instrument as InstrumentIndex, direction, reason: 'contract' }),
    wish(signals) {
      wishes = signals;
      time = (time + 15 * MINUTE_MS) as Timestamp;
      const bars = emptyBars(universe.size);
      for (const column of Object.values(bars)) column.fill(100);
      return process({ kind: 'slice', session: first.day, end: time, bars });
    },
  };
}
