import { ConfigError } from '../errors.js';

/** The place of an instrument in its {@link Universe}: 0 … size − 1. */
export type InstrumentIndex = number & { readonly __brand: 'InstrumentIndex' };

/** What can be traded. */
export interface Instrument {
  /** Unique and stable; also the order in the universe. */
  readonly id: string;
  /** Smallest price step in dollars. */
  readonly tickSize: number;
  /** Smallest quantity step in shares: 1, or for example 1e-6 where fractional shares trade. */
  readonly lot: number;
  /** GICS sector, or `undefined` when it is not known. */
  readonly sector: string | undefined;
}

/** The instruments of a run, sorted by id, so that the order of symbols in a config changes nothing. */
export interface Universe {
  readonly instruments: readonly Instrument[];
  readonly size: number;
  /** Place of an instrument. Throws `ConfigError` with the nearest known id when there is none. */
  index(id: string): InstrumentIndex;
  /** Place of an instrument, `undefined` when it is not in the universe. */
  find(id: string): InstrumentIndex | undefined;
}

/** A US stock with the usual tick of one cent and whole shares. */
export function stock(id: string, sector?: string): Instrument {
  return { id, tickSize: 0.01, lot: 1, sector };
}

/** Sorts instruments by id (by code unit, the same on every machine). Throws `ConfigError` on a repeated id, a bad tick or lot. */
export function universe(instruments: readonly Instrument[]): Universe {
  const sorted = [...instruments].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const places = new Map<string, InstrumentIndex>();
  for (const [place, instrument] of sorted.entries()) {
    if (places.has(instrument.id)) {
      throw new ConfigError('INSTRUMENT_REPEATED', `instrument "${instrument.id}" is listed twice; list it once`, {
        id: instrument.id,
      });
    }
    if (!(instrument.tickSize > 0 && instrument.lot > 0)) {
      throw new ConfigError('INSTRUMENT_STEP', `instrument "${instrument.id}" needs a tick size and a lot above zero`, {
        id: instrument.id,
      });
    }
    places.set(instrument.id, place as InstrumentIndex);
  }
  return Object.freeze({
    instruments: Object.freeze(sorted),
    size: sorted.length,
    find: (id: string) => places.get(id),
    index(id: string): InstrumentIndex {
      const place = places.get(id);
      if (place !== undefined) return place;
      const near = nearest(id, [...places.keys()]);
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      throw new ConfigError('INSTRUMENT_UNKNOWN', `no instrument "${id}" in the universe${hint}`, { id });
    },
  });
}

/** The known word with the smallest edit distance, when it is near enough to be a slip. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
