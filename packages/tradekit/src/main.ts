/** The program: commands, flags, and how it ends. */
import { inspect } from 'node:util';
import { ConfigError, nearest } from '@tradekit/core';
import { Command, CommanderError, Option } from 'commander';
import type { RunCommandFlags } from './commands/run.js';
import { defaultRun } from './commands/start.js';
import { EXIT, exitCodeOf, messageOf } from './errors.js';
import { version } from './version.js';

/** Runs the program with its arguments, without node and script; answers the exit code. Nothing is thrown. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = commands(async (command) => {
    exitCode = await command();
  });
  const debug = args.includes('--debug') || process.env.TRADEKIT_DEBUG !== undefined;
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${debug ? `${inspect(error)}\n` : ''}${faultLines(messageOf(error))}\n`);
    return exitCodeOf(error);
  }
}

function faultLines(message: string): string {
  return message
    .split('\n')
    .map((line) => `error: ${line}`)
    .join('\n');
}

type Run = (command: () => Promise<number>) => Promise<void>;

function commands(run: Run): Command {
  const program = new Command('tradekit')
    .description('Runs trading systems on 15-minute bars of US stocks: backtests, and paper trading on recorded bars.')
    .version(version())
    .option('--debug', 'show where an error comes from')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError('(see tradekit --help)');
  program.addHelpText('after', HELP_END);
  const sub = (name: string, description: string): Command =>
    program.command(name).description(description).option('--debug', 'show where an error comes from');
  sub('init <folder>', 'make a project of your own: a config, a strategy, a test, and a small synthetic market').action(
    (folder: string) => run(async () => (await import('./commands/init.js')).initCommand(folder)),
  );
  sub('run <config>', 'run the system that a config file describes')
    .addOption(new Option('--mode <mode>', 'in place of the config').choices(['backtest', 'paper', 'live']))
    .option('--start <date>', 'first New York session date, included: YYYY-MM-DD')
    .option('--end <date>', 'last New York session date, included')
    .option('--data <folder>', 'folder with the bar files, in place of the config')
    .option('--output <folder>', "the run folder itself; by default one named by time in the config's output folder")
    .option('--json', 'the summary as JSON on the standard output, and nothing else there')
    .action((config: string, { debug: _, ...flags }: RunCommandFlags & { debug?: boolean }) =>
      run(async () => (await import('./commands/run.js')).runCommand(config, flags)),
    );
  program.allowExcessArguments().action(() => run(() => start(program)));
  return program;
}

/** Without a command: the embedded default where there is one, else the help. */
async function start(program: Command): Promise<number> {
  const [unknown] = program.args;
  if (unknown !== undefined) {
    const known = program.commands.map((command) => command.name());
    const near = nearest(unknown, known);
    const hint = near === undefined ? `use ${known.join(' or ')}` : `did you mean "${near}"?`;
    throw new ConfigError('COMMAND_UNKNOWN', `there is no command "${unknown}"; ${hint}`, { command: unknown });
  }
  const found = defaultRun(process.cwd());
  if (found === undefined) {
    program.outputHelp();
    return EXIT.done;
  }
  const { runCommand } = await import('./commands/run.js');
  return runCommand(found.config, found.data === undefined ? {} : { data: found.data, everyFile: true });
}

const HELP_END = `
Begin with:
  tradekit init my-system

Exit codes: 0 done, 1 failed, 2 bad config or usage, 3 bad data; 130 interrupted by Ctrl-C, with what there was until then.`;
