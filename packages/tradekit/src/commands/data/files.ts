/** Flags that say how bar files are meant, the same for every command that reads them. */
import { ConfigError } from '@tradekit/core';
import type { BarSource } from '@tradekit/data';
import { Option } from 'commander';

/** How bar files are meant. */
export interface FileFlags {
  /** Zone of stamps that name none. */
  readonly zone: NonNullable<BarSource['zone']>;
  /** Which end of the bar a stamp names. */
  readonly stamps: NonNullable<BarSource['stamps']>;
  /** Length of the bars, also in the names of the files. */
  readonly barMinutes: number;
  /** Only these symbols. */
  readonly symbols?: readonly string[];
}

/** The options of {@link FileFlags}. */
export function fileOptions(): readonly Option[] {
  return [
    new Option('--zone <zone>', 'zone of the stamps: UTC, America/New_York, UTC-5, Europe/Berlin, …').default('UTC'),
    new Option('--stamps <end>', 'which end of a bar its stamp names')
      .choices(['bar-start', 'bar-end'])
      .default('bar-start'),
    new Option('--bar-minutes <minutes>', 'length of the bars').default(15).argParser(wholeMinutes),
    symbolsOption(),
  ];
}

/** `--symbols AAPL,MSFT`. */
export function symbolsOption(): Option {
  const parse = (text: string): readonly string[] => text.split(',').map((symbol) => symbol.trim());
  return new Option('--symbols <list>', 'only these, separated by commas').argParser(parse);
}

function wholeMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes > 0) return minutes;
  throw new ConfigError('BAR_LENGTH', `--bar-minutes is "${text}"; give whole minutes above 0`, { text });
}
