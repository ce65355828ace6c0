/** What is known of an instrument besides its bars: who it is, when it may be traded, and what happened to its shares. */
import { ConfigError, type Instrument, isoDate, type SessionDay, stock } from '@tradekit/core';

/** New shares for one old one: 4 for a split of four for one, 0.1 for a reverse split. */
export interface SplitRecord {
  /** First session with the new shares. */
  readonly date: SessionDay;
  readonly ratio: number;
}

/** A cash dividend. */
export interface DividendRecord {
  /** First session without it. */
  readonly date: SessionDay;
  /** Dollars a share as it was declared, for the shares of that day. */
  readonly perShare: number;
}

/** Shares of another company are handed out; whoever holds gets their value in cash. */
export interface SpinOffRecord {
  /** First session without it. */
  readonly date: SessionDay;
  /** What is handed out for one share, in dollars of its first trade. */
  readonly perShare: number;
  /** The files have it taken out already. Default: as dividends are, by the adjustment of the data. */
  readonly adjusted?: boolean | undefined;
}

/** Another ticker before a date. */
export interface RenameRecord {
  /** First session under the symbol that it has now. */
  readonly date: SessionDay;
  /** The symbol before. */
  readonly from: string;
}

/** The shares are gone. */
export interface DelistingRecord {
  /** First session on which it is not traded. */
  readonly date: SessionDay;
  /** Dollars that are paid for a share. Default: its last close. */
  readonly perShare?: number | undefined;
}

/** One instrument. A ticker that changed its owner is two of them, with the same symbol and different dates. */
export interface InstrumentRecord {
  /** What strategies, orders and reports call it; unique. */
  readonly id: string;
  /** Ticker in the name of its file. Default: the id. */
  readonly symbol?: string | undefined;
  readonly sector?: string | undefined;
  /** Smallest price step in dollars. Default 0.01. */
  readonly tickSize?: number | undefined;
  /** Smallest quantity step in shares. Default 1. */
  readonly lot?: number | undefined;
  /** First session on which it may be traded. Default: the first of its data. */
  readonly from?: SessionDay | undefined;
  /** Last session on which it may be traded. Default: the one before its delisting, or the last of its data. */
  readonly to?: SessionDay | undefined;
  readonly renames?: readonly RenameRecord[] | undefined;
  readonly splits?: readonly SplitRecord[] | undefined;
  readonly dividends?: readonly DividendRecord[] | undefined;
  readonly spinOffs?: readonly SpinOffRecord[] | undefined;
  readonly delisted?: DelistingRecord | undefined;
}

/** The ticker of the files. */
export function symbolOf({ id, symbol = id }: InstrumentRecord): string {
  return symbol;
}

/** Last session on which an instrument may be traded; `undefined` when nothing ends it. */
export function lastDay({ to, delisted }: InstrumentRecord): SessionDay | undefined {
  return to ?? (delisted === undefined ? undefined : ((delisted.date - 1) as SessionDay));
}

/** What was handed out and is in the prices of the files unless dividends are taken out: dividends, and spin-offs that are not adjusted. */
export function distributionsOf({ dividends = [], spinOffs = [] }: InstrumentRecord): readonly DividendRecord[] {
  return [...dividends, ...spinOffs.filter(({ adjusted }) => adjusted !== true)];
}

/** The instrument as the engine knows it. */
export function instrumentOf({ id, sector, tickSize, lot }: InstrumentRecord): Instrument {
  const plain = stock(id, sector);
  return { ...plain, tickSize: tickSize ?? plain.tickSize, lot: lot ?? plain.lot };
}

/**
 * Throws `ConfigError` on the first thing that cannot be meant: an id twice, dates in the wrong order, one symbol that is two
 * instruments on one day, a ratio or an amount that is not above zero, an action outside the dates of its instrument.
 */
export function checkInstruments(records: readonly InstrumentRecord[]): void {
  for (const [place, record] of records.entries()) {
    const { id } = record;
    const before = records.slice(0, place);
    if (before.some((other) => other.id === id)) {
      throw fault(record, 'is listed twice; give each instrument an id of its own, and a symbol where they share one');
    }
    const first = record.from ?? Number.NEGATIVE_INFINITY;
    const last = lastDay(record) ?? Number.POSITIVE_INFINITY;
    if (first > last)
      throw fault(record, `ends on ${isoDate(last as SessionDay)}, before it begins; exchange the dates`);
    if (record.delisted !== undefined && last >= record.delisted.date) {
      throw fault(
        record,
        `may be traded to ${isoDate(last as SessionDay)}, after it was delisted; move one of the dates`,
      );
    }
    const twin = before.find((other) => symbolOf(other) === symbolOf(record) && overlap(other, first, last));
    if (twin !== undefined) {
      throw fault(
        record,
        `and "${twin.id}" both have the symbol "${symbolOf(record)}" on the same days; end one before the other begins`,
      );
    }
    checkActions(record, first, last);
  }
}

function overlap(other: InstrumentRecord, first: number, last: number): boolean {
  return (other.from ?? Number.NEGATIVE_INFINITY) <= last && (lastDay(other) ?? Number.POSITIVE_INFINITY) >= first;
}

function checkActions(record: InstrumentRecord, first: number, last: number): void {
  const { splits = [], dividends = [], spinOffs = [], delisted } = record;
  const amounts = [
    ...splits.map(({ date, ratio }) => ({ what: 'a split', date, name: 'ratio', amount: ratio })),
    ...dividends.map(({ date, perShare }) => ({ what: 'a dividend', date, name: 'perShare', amount: perShare })),
    ...spinOffs.map(({ date, perShare }) => ({ what: 'a spin-off', date, name: 'perShare', amount: perShare })),
  ];
  for (const { what, date, name, amount } of amounts) {
    if (!(amount > 0 && amount < Number.POSITIVE_INFINITY)) {
      throw fault(record, `has ${what} on ${isoDate(date)} with ${name} ${amount}; give a number above 0`);
    }
    if (date < first || date > last) {
      throw fault(record, `has ${what} on ${isoDate(date)}, when it is not traded; correct the date or leave it out`);
    }
  }
  const days = new Set<SessionDay>();
  for (const { date } of splits) {
    if (days.has(date))
      throw fault(record, `has two splits on ${isoDate(date)}; give one with the product of their ratios`);
    days.add(date);
  }
  if (delisted?.perShare !== undefined && !(delisted.perShare >= 0)) {
    throw fault(record, `was delisted for ${delisted.perShare} a share; give dollars of at least 0`);
  }
}

function fault({ id }: InstrumentRecord, what: string): ConfigError {
  return new ConfigError('INSTRUMENT_RECORD', `instrument "${id}" ${what}`, { id });
}

/**
 * The records of some symbols, in their order: of each the one of that id, or else all with that symbol in their files. A symbol
 * without a record is an instrument of which nothing is known. Throws `ConfigError` when two ids mean the same instrument.
 */
export function recordsFor(
  symbols: readonly string[],
  known: readonly InstrumentRecord[],
): readonly InstrumentRecord[] {
  const chosen = symbols.flatMap((symbol): readonly InstrumentRecord[] => {
    const byId = known.find(({ id }) => id === symbol);
    if (byId !== undefined) return [byId];
    const bySymbol = known.filter((record) => symbolOf(record) === symbol);
    return bySymbol.length > 0 ? bySymbol : [{ id: symbol }];
  });
  checkInstruments(chosen);
  return chosen;
}
