/** Flags that say how bar files are meant, the same for every command that reads them. */
import { ConfigError } from '@tradekit/core';
import type { BarSource } from '@tradekit/data';
import { Option } from 'commander';

/** How bar files are meant. */
export interface FileFlags {
  /** Zone of stamps that name none. */
  readonly zone?: NonNullable<BarSource['zone']>;
  /** Which end of the bar a stamp names. */
  readonly stamps?: NonNullable<BarSource['stamps']>;
  /** Length of the bars, also in the names of the files. */
  readonly barMinutes?: number;
  /** Only these symbols. */
  readonly symbols?: readonly string[];
}

/** The options of {@link FileFlags}. */
export function fileOptions(): readonly Option[] {
  return [
    new Option('--zone <zone>', 'zone of the stamps: UTC (the default), America/New_York, UTC-5, Europe/Berlin, …'),
    new Option('--stamps <end>', 'which end of a bar its stamp names; by default its start').choices([
      'bar-start',
      'bar-end',
    ]),
    new Option('--bar-minutes <minutes>', 'length of the bars; 15 by default').argParser(wholeMinutes),
    symbolsOption(),
  ];
}

/** `--symbols AAPL,MSFT`. */
export function symbolsOption(): Option {
  return new Option('--symbols <list>', 'only these, separated by commas').argParser(symbolList);
}

function symbolList(text: string): readonly string[] {
  const symbols = text.split(',').map((symbol) => symbol.trim());
  if (!symbols.includes('')) return [...new Set(symbols)];
  throw new ConfigError('SYMBOLS', `--symbols is "${text}"; give symbols, separated by commas`, { text });
}

function wholeMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes > 0) return minutes;
  throw new ConfigError('BAR_LENGTH', `--bar-minutes is "${text}"; give whole minutes above 0`, { text });
}
