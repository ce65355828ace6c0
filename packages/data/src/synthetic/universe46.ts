import type { SyntheticInstrument } from './options.js';

const SYMBOLS_BY_SECTOR: Readonly<Record<string, string>> = {
  'Information Technology': 'AAPL MSFT NVDA AVGO ADBE CRM CSCO INTC IBM',
  'Communication Services': 'GOOGL META DIS VZ',
  'Consumer Discretionary': 'AMZN TSLA HD MCD NKE',
  'Consumer Staples': 'COST KO PEP PG WMT WBA',
  'Health Care': 'ABBV AMGN JNJ LLY MRK TMO UNH',
  Financials: 'AXP BAC BRK.B GS JPM MA TRV V',
  Industrials: 'BA CAT HON MMM',
  Energy: 'CVX XOM',
  Materials: 'DOW',
};

/** 46 large US stocks with their GICS sectors: the default universe. Their synthetic bars have nothing of the real companies. */
export const UNIVERSE_46: readonly SyntheticInstrument[] = Object.entries(SYMBOLS_BY_SECTOR).flatMap(
  ([sector, symbols]) => symbols.split(' ').map((id) => ({ id, sector })),
);
