/** How far a run is: a bar on a terminal, plain lines elsewhere. Both go to the error output. */
import type { RunHooks } from '../run/hooks.js';

/** Shows progress. */
export interface ProgressView {
  readonly show: NonNullable<RunHooks['progress']>;
  /** Ends the line that is being drawn. */
  close(): void;
}

/** A stream that text is written to. */
export interface TextStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar for a terminal, lines for anything else. */
export async function progressView(stream: NodeJS.WriteStream): Promise<ProgressView> {
  return stream.isTTY ? barView(stream) : lineView(stream);
}

/** One line when a stage begins, and one for every quarter of a long one. */
export function lineView(stream: TextStream): ProgressView {
  let stage = '';
  let quarter = 0;
  return {
    show(name, done, total, what) {
      if (name !== stage) {
        stage = name;
        quarter = 0;
        stream.write(`${name}\n`);
      }
      const reached = Math.floor((4 * done) / total);
      if (total >= LONG && reached > quarter) stream.write(`  ${done} of ${total} (${what})\n`);
      quarter = Math.max(quarter, reached);
    },
    close() {},
  };
}

/** Stages of fewer parts are one line. */
const LONG = 20;

async function barView(stream: NodeJS.WriteStream): Promise<ProgressView> {
  const { default: progress } = await import('cli-progress');
  let stage = '';
  let bar: InstanceType<typeof progress.SingleBar> | undefined;
  return {
    show(name, done, total, what) {
      if (name !== stage) {
        bar?.stop();
        stage = name;
        bar = new progress.SingleBar(
          { stream, format: `${name.padEnd(28)} {bar} {value}/{total} {what}`, hideCursor: true },
          progress.Presets.shades_classic,
        );
        bar.start(total, done, { what });
      }
      bar?.update(done, { what });
    },
    close() {
      bar?.stop();
      bar = undefined;
      stage = '';
    },
  };
}
