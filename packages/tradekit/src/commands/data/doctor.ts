/** `tradekit data doctor`: what is wrong with a folder of bar files. */
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { nyse } from '@tradekit/core';
import { examineFolder, needsDecision, qualityHtml, qualityJson, qualityText } from '@tradekit/data';
import { loadInstruments } from '../../config/load.js';
import { EXIT } from '../../errors.js';
import { writtenInto } from '../../terminal/output.js';
import { progressView } from '../../terminal/progress.js';
import type { FileFlags } from './files.js';

/** Flags of the command. */
export interface DoctorFlags extends FileFlags {
  /** Folder for `quality.json` and `quality.html`. */
  readonly output: string;
  /** A YAML file with what is known of instruments. */
  readonly instruments?: string;
  /** Exit code 3 when a person has to decide something. */
  readonly strict?: boolean;
  /** The report as JSON, and nothing else on the standard output. */
  readonly json?: boolean;
}

/**
 * Examines a folder, prints a line a symbol and a summary, and writes both reports. Answers the exit code. Throws what
 * `examineFolder` throws, and `TradekitError` `OUTPUT`.
 */
export async function doctorCommand(folder: string, flags: DoctorFlags): Promise<number> {
  const { zone = 'UTC', stamps = 'bar-start', barMinutes = 15, symbols, strict = false, json = false } = flags;
  const view = await progressView(process.stderr);
  const report = examineFolder({
    folder: resolve(folder),
    calendar: nyse,
    barMinutes,
    source: { zone, stamps },
    ...(symbols === undefined ? {} : { symbols }),
    ...(flags.instruments === undefined ? {} : { instruments: loadInstruments(resolve(flags.instruments)) }),
    onProgress: ({ symbol, done, total }) => view.show('examining files', done, total, symbol),
  });
  view.close();
  const output = resolve(flags.output);
  const text = qualityJson(report);
  writtenInto(output, () => {
    writeFileSync(join(output, 'quality.json'), text);
    writeFileSync(join(output, 'quality.html'), qualityHtml(report));
  });
  const place = (name: string): string => relative('', join(output, name)) || name;
  const written = `\nReports: ${place('quality.html')}, ${place('quality.json')}\n`;
  process.stdout.write(json ? text : `${qualityText(report)}${written}`);
  return strict && needsDecision(report) ? EXIT.data : EXIT.done;
}
